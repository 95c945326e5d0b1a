#include "widgets/routes/xray_panel.h"

#include "widgets/common/layout_parts.h"
#include "widgets/common/text_label.h"
#include "widgets/routes/xray_view.h"
#include "widgets/theme/button_kind.h"
#include "widgets/theme/icons.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPushButton>
#include <QToolButton>

namespace fairway::ui {

namespace {
constexpr int RequestLines = 3;
constexpr int MostText = 64 * 1024; // what is read at most; more is cut off, which is said then
} // namespace

RequestEdit::RequestEdit(QWidget *parent)
    : QPlainTextEdit(parent)
{
    setFont(theme().font(FontRole::Mono));
    setTabChangesFocus(true);
    setFixedHeight(fontMetrics().lineSpacing() * RequestLines + 18);
    connect(&theme(), &Theme::changed, this, [this] { setFont(theme().font(FontRole::Mono)); });
}

void RequestEdit::keyPressEvent(QKeyEvent *event)
{
    const bool isReturn = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isReturn && !event->modifiers().testFlag(Qt::ShiftModifier)) {
        Q_EMIT submitted();
        return;
    }
    QPlainTextEdit::keyPressEvent(event);
}

void RequestEdit::insertFromMimeData(const QMimeData *source)
{
    QPlainTextEdit::insertFromMimeData(source);
    Q_EMIT submitted();
}

XrayPanel::XrayPanel(engine::XrayService &xray, QWidget *parent)
    : QWidget(parent)
    , m_xray(xray)
    , m_header(new SectionHeader(tr("Which rule does this request hit?")))
    , m_busy(new TextLabel({}, FontRole::Small, Token::Muted))
    , m_close(new QToolButton)
    , m_request(new RequestEdit)
    , m_row(new QHBoxLayout)
    , m_place(new QComboBox)
    , m_client(new QLineEdit)
    , m_follow(new QPushButton(tr("Follow")))
    , m_view(new XrayView)
{
    m_close->setIcon(lineIcon(QStringLiteral("close")));
    m_close->setAccessibleName(tr("Close the X-ray"));
    m_close->setToolTip(tr("Back to split and rehearsal (Esc)"));
    setButtonKind(m_close, ButtonKind::Flat);
    setCompact(m_close);
    m_header->addWidget(m_busy);
    m_header->addWidget(m_close);
    m_request->setAccessibleName(tr("Request to follow"));
    m_request->setPlaceholderText(QStringLiteral("curl -H 'x-tester: true' http://reviews.shop:9080/api/7"));
    m_place->setAccessibleName(tr("Where the request is seen from"));
    m_place->setToolTip(tr("The proxy that decides: a gateway, or the sidecar of a client in the mesh"));
    m_place->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_place->setMinimumContentsLength(14);
    setCompact(m_place);
    m_client->setAccessibleName(tr("Client pod"));
    m_client->setPlaceholderText(tr("client: app=web or its pod, shop/web-7"));
    m_client->setToolTip(tr("Labels or name of the client's pod: rules with sourceLabels or sourceNamespace look at them"));
    m_client->setMinimumWidth(128);
    setCompact(m_client);
    setCompact(m_follow);
    m_follow->setToolTip(tr("Follow the request through the routes (Return)"));
    auto *from = new TextLabel(tr("Seen from"), FontRole::Small, Token::Muted);
    m_row->setSpacing(8);
    m_row->addWidget(from);
    m_row->addWidget(m_place, 1);
    m_row->addWidget(m_client, 1);
    m_row->addWidget(m_follow);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(16, 10, 16, 12);
    column->setSpacing(6);
    column->addWidget(m_header);
    column->addWidget(m_request);
    column->addLayout(m_row);
    column->addSpacing(6);
    column->addWidget(m_view, 1);

    connect(m_close, &QToolButton::clicked, this, &XrayPanel::closed);
    connect(m_request, &RequestEdit::submitted, this, &XrayPanel::ask);
    connect(m_follow, &QPushButton::clicked, this, &XrayPanel::ask);
    connect(m_client, &QLineEdit::returnPressed, this, &XrayPanel::ask);
    connect(m_place, &QComboBox::activated, this, [this] {
        refreshClient();
        ask();
    });
    connect(m_view, &XrayView::ruleChosen, this, &XrayPanel::ruleChosen);
    connect(m_view, &XrayView::podChosen, this, &XrayPanel::podChosen);
    connect(&m_xray, &engine::XrayService::answerChanged, this, &XrayPanel::onAnswer);
    connect(&m_xray, &engine::XrayService::placesChanged, this, &XrayPanel::refreshPlaces);
    refreshPlaces();
    onAnswer();
}

void XrayPanel::setNarrow(bool isNarrow)
{
    m_view->setNarrow(isNarrow);
    m_client->setPlaceholderText(isNarrow ? tr("app=web or shop/web-7") : tr("client: app=web or its pod, shop/web-7"));
}

void XrayPanel::focusRequest()
{
    m_request->setFocus(Qt::ShortcutFocusReason);
    m_request->selectAll();
}

void XrayPanel::follow(const QString &request)
{
    m_request->setPlainText(request);
    ask();
}

void XrayPanel::copy()
{
    m_view->copy();
}

void XrayPanel::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape) {
        Q_EMIT closed();
        return;
    }
    QWidget::keyPressEvent(event);
}

void XrayPanel::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_xray.setWatched(true);
}

void XrayPanel::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_xray.setWatched(false);
}

void XrayPanel::ask()
{
    engine::XrayQuestion question;
    question.text = m_request->toPlainText().left(MostText + 1);
    question.place = m_place->currentData().toString();
    question.client = m_client->isEnabled() ? m_client->text() : QString();
    question.routeId = m_routeId;
    m_isAwaited = !question.text.trimmed().isEmpty();
    m_xray.ask(question);
}

void XrayPanel::refreshPlaces()
{
    const QString chosen = m_place->currentData().toString();
    const QSignalBlocker blocker(m_place);
    m_place->clear();
    m_place->addItem(tr("Wherever a rule takes it"), QString());
    for (const engine::XrayPlace &place : m_xray.places()) {
        m_place->addItem(place.title, place.id);
    }
    m_place->setCurrentIndex(std::max(0, m_place->findData(chosen)));
    refreshClient();
}

/// Only a sidecar asks who its client is.
void XrayPanel::refreshClient()
{
    const QString chosen = m_place->currentData().toString();
    m_client->setEnabled(chosen.isEmpty() || chosen.startsWith(QLatin1String("mesh/")));
}

void XrayPanel::onAnswer()
{
    const engine::XrayAnswer answer = m_xray.answer();
    m_busy->setText(answer.isAsking ? tr("looking…") : QString());
    if (answer.isAsking) {
        return; // the older answer stays until the new one is there
    }
    m_view->setAnswer(answer, m_xray.places());
    if (const engine::XrayRule *taken = answer.taken(); taken != nullptr && m_isAwaited && !taken->routeId.isEmpty()) {
        Q_EMIT ruleChosen(taken->routeId, taken->section, taken->index);
    }
    m_isAwaited = m_isAwaited && answer.state == engine::XrayAnswer::State::Empty;
}

} // namespace fairway::ui
