#include "widgets/routes/quick_xray.h"

#include "widgets/common/layout_parts.h"
#include "widgets/common/text_label.h"
#include "widgets/theme/button_kind.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/severity.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace fairway::ui {

namespace {

constexpr int LongestRequest = 8192; // a line; the X-ray itself takes more
constexpr int MarkSize = 14;
constexpr qsizetype MostTargets = 3;

/// "v1 90 of 100, v2 10 of 100"
QString targetsOf(const engine::XrayAnswer &answer)
{
    QStringList words;
    for (const engine::XrayTarget &target : answer.targets.first(std::min(MostTargets, answer.targets.size())))
        words << (target.share.isEmpty() ? target.label : QStringLiteral("%1 %2").arg(target.label, target.share));
    if (answer.targets.size() > MostTargets)
        words << QStringLiteral("…");
    return words.join(QStringLiteral(", "));
}

} // namespace

QuickXray::QuickXray(engine::XrayService &xray, QWidget *parent)
    : QWidget(parent)
    , m_xray(xray)
    , m_request(new QLineEdit)
    , m_answer(new QWidget)
    , m_mark(new TextLabel)
    , m_rule(new QPushButton)
    , m_words(new ElidedLabel({}, FontRole::Small))
    , m_more(new QPushButton(tr("Why")))
{
    auto *header = new SectionHeader(tr("Which rule does this request hit?"));
    m_request->setFont(theme().font(FontRole::Mono));
    connect(&theme(), &Theme::changed, this, [this] {
        m_request->setFont(theme().font(FontRole::Mono));
        onAnswer(); // the mark is painted in the theme's colour
    });
    m_request->setMaxLength(LongestRequest);
    m_request->setAccessibleName(tr("Request to look up"));
    m_request->setPlaceholderText(QStringLiteral("GET /reviews/7 x-tester: true"));
    m_request->setToolTip(tr("A request line with headers, a URL, a curl command or a line of an access log; Return looks it up"));
    m_request->setClearButtonEnabled(true);
    setCompact(m_request);
    setButtonKind(m_rule, ButtonKind::Link);
    setButtonKind(m_more, ButtonKind::Link);
    setCompact(m_rule);
    setCompact(m_more);
    m_rule->setToolTip(tr("Show the rule"));
    m_more->setToolTip(tr("The whole decision: every rule that was tried, and why (X)"));
    m_more->setAccessibleName(tr("Open the X-ray of this request"));

    auto *row = new QHBoxLayout(m_answer);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    row->addWidget(m_mark);
    row->addWidget(m_rule);
    row->addWidget(m_words, 1);
    row->addWidget(m_more);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(16, 10, 16, 10);
    column->setSpacing(6);
    column->addWidget(header);
    column->addWidget(m_request);
    column->addWidget(m_answer);
    m_answer->hide();

    connect(m_request, &QLineEdit::returnPressed, this, &QuickXray::ask);
    connect(m_request, &QLineEdit::textEdited, this, [this](const QString &text) {
        if (text.trimmed().isEmpty())
            m_answer->hide();
    });
    connect(m_rule, &QPushButton::clicked, this, [this] {
        const engine::XrayAnswer answer = m_xray.answer();
        if (const engine::XrayRule *const taken = answer.taken(); taken != nullptr)
            Q_EMIT ruleChosen(taken->routeId, taken->section, taken->index);
    });
    connect(m_more, &QPushButton::clicked, this, [this] { Q_EMIT xrayRequested(m_request->text()); });
    connect(&m_xray, &engine::XrayService::answerChanged, this, &QuickXray::onAnswer);
}

void QuickXray::setRoute(const QString &routeId)
{
    if (routeId == m_routeId)
        return;
    m_routeId = routeId;
    if (isVisible())
        ask();
}

void QuickXray::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    ask(); // the X-ray may have asked for something else meanwhile
}

void QuickXray::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_xray.setWatched(false);
}

void QuickXray::ask()
{
    const QString text = m_request->text().trimmed();
    m_xray.setWatched(!text.isEmpty());
    if (text.isEmpty())
        return;
    engine::XrayQuestion question;
    question.text = text;
    question.routeId = m_routeId;
    m_xray.ask(question);
}

void QuickXray::onAnswer()
{
    if (!isVisible() || m_request->text().trimmed().isEmpty())
        return;
    const engine::XrayAnswer answer = m_xray.answer();
    if (!answer.isAsking)
        showAnswer(answer);
}

void QuickXray::showAnswer(const engine::XrayAnswer &answer)
{
    using State = engine::XrayAnswer::State;
    m_answer->setVisible(answer.state != State::Empty);
    const engine::XrayRule *const taken = answer.taken();
    const bool isRule = taken != nullptr && !taken->routeId.isEmpty();
    const engine::Severity severity = answer.state == State::Answered ? answer.severity : engine::Severity::Error;
    m_mark->setPixmap(lineIcon(Theme::severityIcon(severity), severityToken(severity)).pixmap(MarkSize, MarkSize));
    m_rule->setVisible(isRule);
    m_more->setVisible(answer.state == State::Answered);
    if (!isRule) {
        m_words->setText(answer.state == State::Answered ? answer.verdict : answer.problem);
        return;
    }
    const QString name = taken->routeId.section(QLatin1Char('/'), -1);
    m_rule->setText(taken->routeId == m_routeId ? tr("Rule %1").arg(taken->index + 1) : tr("%1, rule %2").arg(name).arg(taken->index + 1));
    m_rule->setToolTip(taken->field);
    const QString targets = targetsOf(answer);
    m_words->setText(targets.isEmpty() ? answer.verdict : QStringLiteral("→ %1").arg(targets));
}

} // namespace fairway::ui
