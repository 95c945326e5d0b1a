#include "widgets/frame/activity_strip.h"

#include "widgets/common/badge.h"
#include "widgets/common/format.h"
#include "widgets/common/layout_parts.h"
#include "widgets/common/text_label.h"
#include "widgets/theme/button_kind.h"
#include "widgets/theme/icons.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QProgressBar>
#include <QPushButton>
#include <QTimer>

namespace fairway::ui {
namespace {

engine::ContextInfo contextNamed(engine::ContextService &contexts, const QString &name)
{
    for (const engine::ContextInfo &context : contexts.contexts()) {
        if (context.name == name)
            return context;
    }
    engine::ContextInfo gone;
    gone.name = name;
    return gone;
}

} // namespace

QString undoObstacle(const engine::JournalEntry &entry, const engine::ContextInfo &current)
{
    if (!entry.canUndo)
        return entry.undoNote.isEmpty() ? ActivityStrip::tr("This can't be undone") : entry.undoNote;
    if (entry.context != current.name)
        return ActivityStrip::tr("Written in %1: switch there to undo it").arg(entry.context);
    if (current.isLocked)
        return ActivityStrip::tr("%1 is locked: unlock it to undo").arg(current.name);
    return {};
}

ActivityStrip::ActivityStrip(engine::Engine &engine, QWidget *parent)
    : QWidget(parent)
    , m_engine(engine)
    , m_progress(new QProgressBar)
    , m_title(new ElidedLabel({}, FontRole::Small))
    , m_amount(new TextLabel({}, FontRole::Small, Token::Muted))
    , m_cancel(new QPushButton)
    , m_more(new TextLabel({}, FontRole::Small, Token::Muted))
    , m_writeTitle(new TextLabel(tr("Last write"), FontRole::Small, Token::Muted))
    , m_tile(new TextLabel)
    , m_write(new ElidedLabel({}, FontRole::Small))
    , m_age(new TextLabel({}, FontRole::Small, Token::Muted))
    , m_undo(new QPushButton(tr("Undo")))
    , m_journal(new QPushButton(tr("Journal")))
{
    setFixedHeight(32);
    setFont(theme().font(FontRole::Small));
    m_progress->setFixedWidth(96);
    m_progress->setTextVisible(false);
    m_progress->setAccessibleName(tr("Progress of the running activity"));
    m_cancel->setIcon(lineIcon(QStringLiteral("close")));
    setButtonKind(m_cancel, ButtonKind::Flat);
    setCompact(m_cancel);
    m_undo->setIcon(lineIcon(QStringLiteral("undo"), Token::Accent));
    setButtonKind(m_undo, ButtonKind::Link);
    setCompact(m_undo);
    m_undo->setAccessibleName(tr("Undo the last write"));
    m_journal->setIcon(lineIcon(QStringLiteral("journal")));
    m_journal->setCheckable(true);
    setButtonKind(m_journal, ButtonKind::Flat);
    setCompact(m_journal);
    m_journal->setToolTip(tr("Every write, with Undo (Ctrl+J)"));
    m_journal->setAccessibleName(tr("Journal"));
    m_write->setMaximumWidth(520);
    m_title->setMaximumWidth(360);
    m_write->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    m_title->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);

    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12, 1, 8, 0);
    row->setSpacing(10);
    row->addWidget(m_progress);
    row->addWidget(m_title, 1);
    row->addWidget(m_amount);
    row->addWidget(m_cancel);
    row->addWidget(m_more);
    row->addStretch(1);
    row->addWidget(m_writeTitle);
    row->addWidget(m_tile);
    row->addWidget(m_write, 2);
    row->addWidget(m_age);
    row->addWidget(m_undo);
    auto *divider = new Hairline(Qt::Vertical);
    divider->setFixedHeight(16);
    row->addWidget(divider);
    row->addWidget(m_journal);

    connect(m_cancel, &QPushButton::clicked, this, [this] { m_engine.overview().cancel(m_activityId); });
    connect(m_undo, &QPushButton::clicked, this, [this] { Q_EMIT undoRequested(m_writeId); });
    connect(&engine.overview(), &engine::OverviewService::activitiesChanged, this, &ActivityStrip::refreshActivities);
    connect(&engine.writes(), &engine::WriteService::journalChanged, this, &ActivityStrip::refreshWrite);
    connect(&engine.contexts(), &engine::ContextService::currentChanged, this, &ActivityStrip::refreshWrite);
    connect(&theme(), &Theme::changed, this, &ActivityStrip::refreshWrite);
    auto *ages = new QTimer(this);
    ages->setInterval(20000);
    connect(ages, &QTimer::timeout, this, &ActivityStrip::refreshWrite);
    ages->start();
    refreshActivities();
    refreshWrite();
}

void ActivityStrip::refreshActivities()
{
    const QList<engine::Activity> all = m_engine.overview().activities();
    const engine::Activity *shown = nullptr;
    int others = 0;
    for (const engine::Activity &activity : all) {
        if (!activity.isRunning)
            continue;
        if (!shown)
            shown = &activity;
        else
            ++others;
    }
    // Nothing runs: what ended last still says how it ended.
    const bool isRunning = shown != nullptr;
    if (!shown && !all.isEmpty())
        shown = &all.first();
    m_progress->setVisible(isRunning);
    m_title->setText(shown ? shown->title : tr("Nothing is running"));
    m_title->setToken(isRunning ? Token::Text : Token::Muted);
    m_amount->setText(shown ? shown->progress : QString());
    m_amount->setVisible(shown && !shown->progress.isEmpty());
    m_activityId = shown ? shown->id : 0;
    m_cancel->setVisible(isRunning && shown->canCancel);
    if (isRunning) {
        m_cancel->setAccessibleName(tr("Cancel: %1").arg(shown->title));
        m_cancel->setToolTip(tr("Cancel: %1").arg(shown->title));
        m_progress->setRange(0, shown->fraction < 0 ? 0 : 1000);
        m_progress->setValue(shown->fraction < 0 ? 0 : int(shown->fraction * 1000));
    }
    m_more->setVisible(others > 0);
    m_more->setText(tr("and %1 more").arg(others));
}

void ActivityStrip::refreshWrite()
{
    const QList<engine::JournalEntry> journal = m_engine.writes().journal();
    const bool hasWrite = !journal.isEmpty();
    for (QWidget *part : {static_cast<QWidget *>(m_writeTitle), static_cast<QWidget *>(m_tile),
             static_cast<QWidget *>(m_age), static_cast<QWidget *>(m_undo)})
        part->setVisible(hasWrite);
    if (!hasWrite) {
        m_writeId = 0;
        m_write->setText(QString());
        return;
    }
    const engine::JournalEntry &last = journal.first();
    m_writeId = last.id;
    const engine::ContextInfo context = contextNamed(m_engine.contexts(), last.context);
    m_tile->setPixmap(contextTile(context, devicePixelRatioF()));
    const QString object = last.object.section(QLatin1Char(' '), 1);
    QString text = QStringLiteral("%1 · %2 · %3").arg(last.context, object.isEmpty() ? last.object : object, last.summary);
    if (last.state == QLatin1String("failed"))
        text += QLatin1Char(' ') + tr("(failed)");
    else if (last.state == QLatin1String("undone"))
        text += QLatin1Char(' ') + tr("(undone)");
    else if (last.state == QLatin1String("unknown"))
        text += QLatin1Char(' ') + tr("(outcome unknown)");
    else if (last.state == QLatin1String("partly"))
        text += QLatin1Char(' ') + tr("(written in part)");
    m_write->setText(text);
    m_write->setToolTip(text);
    m_age->setText(relativeTime(last.when, QDateTime::currentDateTimeUtc()));
    m_age->setToolTip(exactTime(last.when));
    const QString obstacle = undoObstacle(last, m_engine.contexts().current());
    m_undo->setEnabled(obstacle.isEmpty());
    m_undo->setToolTip(obstacle.isEmpty() ? last.undoNote : obstacle);
}

void ActivityStrip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme().color(Token::Surface));
    painter.fillRect(QRect(0, 0, width(), 1), theme().color(Token::Line));
}

} // namespace fairway::ui
