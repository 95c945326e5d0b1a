#include "widgets/home/in_line_panel.h"

#include "widgets/common/badge.h"
#include "widgets/common/layout_parts.h"
#include "widgets/common/text_label.h"
#include "widgets/theme/button_kind.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/style_controls.h"

#include <QAbstractButton>
#include <QHBoxLayout>
#include <QPainter>
#include <QPainterPath>
#include <QPushButton>
#include <QVBoxLayout>

namespace fairway::ui {
namespace {

/// One checked thing: icon, title, what was counted. A door like the cards.
class CheckedRow final : public QAbstractButton {
public:
    explicit CheckedRow(engine::Concern concern)
        : m_concern(std::move(concern))
    {
        setAttribute(Qt::WA_Hover);
        setFixedHeight(54);
        setEnabled(!m_concern.target.isEmpty());
        setAccessibleName(QStringLiteral("%1: %2").arg(m_concern.title, note()));
        setToolTip(m_concern.lines.join(QLatin1Char('\n')));
        if (isEnabled())
            setCursor(Qt::PointingHandCursor);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const Theme &t = theme();
        if (underMouse() && isEnabled())
            painter.fillRect(rect(), t.color(Token::Hover));
        if (hasFocus())
            paint::focusRing(painter, QRectF(rect()).adjusted(4, 4, -4, -4));
        paintLineIcon(painter, Theme::severityIcon(m_concern.severity), t.severityColor(m_concern.severity), QPointF(16, 10));
        painter.setFont(t.font(FontRole::Body));
        painter.setPen(t.color(Token::Text));
        painter.drawText(QRect(42, 8, width() - 54, 20), Qt::AlignVCenter, m_concern.title);
        painter.setFont(t.font(FontRole::Small));
        painter.setPen(t.color(Token::Muted));
        painter.drawText(QRect(42, 27, width() - 54, 20), Qt::AlignVCenter,
            painter.fontMetrics().elidedText(note(), Qt::ElideRight, width() - 54));
        painter.fillRect(QRect(0, height() - 1, width(), 1), t.color(Token::Line));
    }

private:
    [[nodiscard]] QString note() const
    {
        return m_concern.value.isEmpty() ? m_concern.lines.value(0) : m_concern.value;
    }

    engine::Concern m_concern;
};

/// Two roads that part and arrive: the picture of a calm split.
class CalmPicture final : public QWidget {
public:
    CalmPicture() { setFixedSize(72, 32); }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(theme().color(Token::Good), 1.5));
        QPainterPath path(QPointF(2, 25));
        path.lineTo(QPointF(60, 25));
        path.moveTo(24, 25);
        path.cubicTo(QPointF(38, 25), QPointF(32, 8), QPointF(46, 8));
        path.lineTo(QPointF(60, 8));
        painter.drawPath(path);
        painter.drawEllipse(QPointF(64, 25), 3, 3);
        painter.drawEllipse(QPointF(64, 8), 3, 3);
    }
};

} // namespace

InLinePanel::InLinePanel(engine::Engine &engine, QWidget *parent)
    : QWidget(parent)
    , m_engine(engine)
    , m_note(new TextLabel({}, FontRole::Small, Token::Muted))
    , m_rows(new QVBoxLayout)
    , m_calm(new QWidget)
    , m_calmTitle(new TextLabel({}, FontRole::Strong))
    , m_calmNote(new TextLabel({}, FontRole::Small, Token::Muted))
    , m_practice(new QWidget)
    , m_practiceNote(new ElidedLabel({}, FontRole::Small, Token::Muted))
    , m_practiceAction(new QPushButton)
{
    setFixedWidth(288);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(16, 0, 16, 0);
    head->addWidget(new TextLabel(tr("In line"), FontRole::Strong));
    head->addWidget(m_note);
    head->addStretch();
    auto *headBox = new QWidget;
    headBox->setFixedHeight(48);
    headBox->setLayout(head);
    m_rows->setSpacing(0);

    auto *calm = new QVBoxLayout(m_calm);
    calm->setContentsMargins(24, 0, 24, 0);
    calm->setSpacing(4);
    calm->addWidget(new CalmPicture, 0, Qt::AlignHCenter);
    calm->addSpacing(8);
    m_calmTitle->setAlignment(Qt::AlignHCenter);
    m_calmNote->setAlignment(Qt::AlignHCenter);
    m_calmNote->setWordWrap(true);
    calm->addWidget(m_calmTitle);
    calm->addWidget(m_calmNote);

    auto *practice = new QHBoxLayout(m_practice);
    practice->setContentsMargins(16, 10, 16, 10);
    practice->setSpacing(10);
    engine::ContextInfo lab;
    lab.isPractice = true;
    auto *tile = new TextLabel;
    tile->setPixmap(contextTile(lab, devicePixelRatioF()));
    connect(&theme(), &Theme::changed, tile, [tile, lab] { tile->setPixmap(contextTile(lab, tile->devicePixelRatioF())); });
    practice->addWidget(tile);
    auto *words = new QVBoxLayout;
    words->setSpacing(0);
    words->addWidget(new TextLabel(tr("practice"), FontRole::Strong));
    words->addWidget(m_practiceNote);
    practice->addLayout(words, 1);
    practice->addWidget(m_practiceAction);
    setCompact(m_practiceAction);
    m_practiceAction->setAccessibleName(tr("Open the practice cluster"));

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(1, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(headBox);
    column->addWidget(new Hairline);
    column->addLayout(m_rows);
    column->addStretch(1);
    column->addWidget(m_calm);
    column->addStretch(1);
    column->addWidget(new Hairline);
    column->addWidget(m_practice);

    connect(m_practiceAction, &QPushButton::clicked, this,
        [this] { Q_EMIT navigate(QStringLiteral("context:") + m_practiceName); });
    connect(&engine.overview(), &engine::OverviewService::concernsChanged, this, &InLinePanel::refresh);
    connect(&engine.contexts(), &engine::ContextService::currentChanged, this, &InLinePanel::refresh);
    connect(&engine.contexts(), &engine::ContextService::connectionChanged, this, &InLinePanel::refresh);
    connect(&engine.contexts(), &engine::ContextService::currentChanged, this, &InLinePanel::refreshPractice);
    connect(&engine.contexts(), &engine::ContextService::contextsChanged, this, &InLinePanel::refreshPractice);
    refresh();
    refreshPractice();
}

void InLinePanel::refresh()
{
    const QList<engine::Concern> fine = m_engine.overview().inLine();
    const QString context = m_engine.contexts().current().name;
    const bool isLive = m_engine.contexts().connection().state == engine::Connection::Live;
    m_note->setText(isLive ? tr("in %1").arg(context) : QString());
    QStringList now;
    for (const engine::Concern &concern : fine)
        now << concern.title + concern.value + concern.target + concern.lines.join(QLatin1Char('|'));
    if (now != m_shown) {
        m_shown = now;
        while (QLayoutItem *item = m_rows->takeAt(0)) {
            if (item->widget()) {
                item->widget()->hide();
                item->widget()->deleteLater();
            }
            delete item;
        }
        for (const engine::Concern &concern : fine) {
            auto *row = new CheckedRow(concern);
            const QString target = concern.target;
            connect(row, &QAbstractButton::clicked, this, [this, target] { Q_EMIT navigate(target); });
            m_rows->addWidget(row);
        }
    }
    const bool isCalm = isLive && m_engine.overview().concerns().isEmpty();
    m_calm->setVisible(isCalm || fine.isEmpty());
    if (isCalm) {
        m_calmTitle->setText(tr("%1 is calm").arg(context));
        m_calmNote->setText(tr("Nothing waits for you there."));
    } else {
        m_calmTitle->setText(isLive ? QString() : tr("Nothing checked yet"));
        m_calmNote->setText(isLive ? QString() : tr("What is fine appears here once the cluster has been read."));
    }
}

void InLinePanel::refreshPractice()
{
    m_practiceName.clear();
    for (const engine::ContextInfo &context : m_engine.contexts().contexts()) {
        if (context.isPractice)
            m_practiceName = context.name;
    }
    const bool isHere = !m_practiceName.isEmpty() && m_engine.contexts().current().name == m_practiceName;
    m_practice->setVisible(!m_practiceName.isEmpty());
    m_practiceNote->setText(isHere ? tr("you are in it: try anything") : tr("a cluster on this computer"));
    m_practiceAction->setText(tr("Start"));
    m_practiceAction->setVisible(!isHere);
}

void InLinePanel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme().color(Token::Surface));
    painter.fillRect(QRect(0, 0, 1, height()), theme().color(Token::Line));
}

} // namespace fairway::ui
