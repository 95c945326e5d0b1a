#include "widgets/routes/inspector.h"

#include "core/engine/yaml_place.h"
#include "widgets/common/code_view.h"
#include "widgets/common/diff_widget.h"
#include "widgets/common/finding_list.h"
#include "widgets/common/format.h"
#include "widgets/common/layout_parts.h"
#include "widgets/common/text_label.h"
#include "widgets/routes/action_box.h"
#include "widgets/routes/quick_xray.h"

#include <QFormLayout>
#include <QScrollArea>
#include <QScrollBar>
#include <QStackedWidget>
#include <QTabBar>
#include <QTimer>
#include <QVBoxLayout>

namespace fairway::ui {

namespace {
QScrollArea *scrolling(QWidget *content)
{
    auto *area = new QScrollArea;
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setWidget(content);
    area->viewport()->setAutoFillBackground(false);
    content->setAutoFillBackground(false);
    return area;
}
} // namespace

Inspector::Inspector(ApplyFlow &flow, engine::Engine &engine, QWidget *parent)
    : QWidget(parent)
    , m_engine(engine)
    , m_tabs(new QTabBar)
    , m_stack(new QStackedWidget)
    , m_detailsSection(new QWidget)
    , m_facts(new QFormLayout(m_detailsSection))
    , m_diffSection(new QWidget)
    , m_diffHeader(new SectionHeader(tr("No change")))
    , m_diffNote(new TextLabel({}, FontRole::Small, Token::Muted))
    , m_diff(new DiffWidget)
    , m_findingsHeader(new SectionHeader(tr("Findings")))
    , m_findings(new FindingList)
    , m_yaml(new CodeView)
    , m_quickXrayBox(new QWidget)
    , m_quickXray(new QuickXray(engine.xray()))
    , m_actions(new ActionBox(flow, engine))
{
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->setAccessibleName(tr("Inspector"));
    for (const QString &text : {tr("Details"), tr("Diff"), tr("YAML"), tr("History")}) {
        m_tabs->addTab(text);
    }
    m_tabs->setFixedHeight(48);
    auto *tabRow = new QHBoxLayout;
    tabRow->setContentsMargins(6, 0, 6, 0);
    tabRow->addWidget(m_tabs);
    tabRow->addStretch();

    buildScrollPage();
    m_stack->addWidget(m_yaml);
    m_yaml->setAccessibleName(tr("YAML of the route"));
    m_yaml->setFrameShape(QFrame::NoFrame);
    auto *historyPage = new QWidget;
    m_history = new QVBoxLayout(historyPage);
    m_history->setContentsMargins(16, 12, 16, 12);
    m_history->setSpacing(4);
    m_stack->addWidget(scrolling(historyPage));

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(1, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(tabRow);
    column->addWidget(new Hairline);
    column->addWidget(m_stack, 1);
    auto *quick = new QVBoxLayout(m_quickXrayBox);
    quick->setContentsMargins(0, 0, 0, 0);
    quick->setSpacing(0);
    quick->addWidget(new Hairline);
    quick->addWidget(m_quickXray);
    m_quickXrayBox->hide();
    column->addWidget(m_quickXrayBox);
    column->addWidget(new Hairline);
    column->addWidget(m_actions);

    connect(m_tabs, &QTabBar::currentChanged, this, &Inspector::showTab);
    connect(m_findings, &FindingList::actionTriggered, this, &Inspector::findingActivated);
    connect(m_findings, &FindingList::mendTriggered, this, &Inspector::mendRequested);
    connect(m_quickXray, &QuickXray::ruleChosen, this, &Inspector::ruleChosen);
    connect(m_quickXray, &QuickXray::xrayRequested, this, &Inspector::xrayRequested);
    connect(&engine.writes(), &engine::WriteService::journalChanged, this, &Inspector::refreshHistory);
    auto *clock = new QTimer(this);
    clock->setInterval(1000);
    connect(clock, &QTimer::timeout, this, &Inspector::refreshAge);
    clock->start();
    m_tabs->setCurrentIndex(Diff);
    showTab(Diff);
}

void Inspector::buildScrollPage()
{
    m_facts->setContentsMargins(16, 12, 16, 12);
    m_facts->setHorizontalSpacing(16);
    m_facts->setVerticalSpacing(6);
    m_diffHeader->addWidget(m_diffNote);
    auto *diffColumn = new QVBoxLayout(m_diffSection);
    diffColumn->setContentsMargins(16, 10, 16, 12);
    diffColumn->setSpacing(4);
    diffColumn->addWidget(m_diffHeader);
    diffColumn->addWidget(m_diff);
    m_diff->setMaximumLines(16);
    m_diff->setAccessibleName(tr("What the draft changes"));

    auto *findings = new QWidget;
    auto *findingsColumn = new QVBoxLayout(findings);
    findingsColumn->setContentsMargins(16, 10, 16, 12);
    findingsColumn->setSpacing(2);
    findingsColumn->addWidget(m_findingsHeader);
    findingsColumn->addWidget(m_findings);

    auto *page = new QWidget;
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_detailsSection);
    column->addWidget(m_diffSection);
    column->addWidget(new Hairline);
    column->addWidget(findings);
    column->addStretch();
    m_stack->addWidget(scrolling(page));
}

void Inspector::showTab(int tab)
{
    m_detailsSection->setVisible(tab == Details);
    m_diffSection->setVisible(tab == Diff);
    m_stack->setCurrentIndex(tab == Yaml ? 1 : tab == History ? 2 : 0);
    if (tab == History) {
        refreshHistory();
    }
}

void Inspector::setTab(int tab)
{
    m_tabs->setCurrentIndex(tab);
}

void Inspector::showField(const QString &path)
{
    m_yaml->showLine(engine::lineOfField(m_yaml->toPlainText(), path));
}

void Inspector::setQuickXray(bool isWanted)
{
    m_isQuickXrayWanted = isWanted;
    refreshQuickXray();
}

/// Requests are followed through a cluster's objects: of a chart's routes, of none, or of connections, there is nothing to ask.
void Inspector::refreshQuickXray()
{
    m_quickXrayBox->setVisible(m_isQuickXrayWanted && m_isLive && !m_isOfConnections);
}

void Inspector::fillFacts(const engine::RouteDetail &detail)
{
    QList<QPair<QString, QString>> facts = detail.facts;
    if (!detail.controllerStatus.isEmpty()) {
        facts.append({tr("Controller"), detail.controllerStatus});
    }
    if (!detail.owner.isEmpty()) {
        facts.append({tr("Owned by"), detail.owner});
    }
    if (facts == m_shownFacts) {
        return;
    }
    m_shownFacts = facts;
    while (m_facts->rowCount() > 0) {
        m_facts->removeRow(0);
    }
    for (const auto &[name, value] : std::as_const(facts)) {
        auto *label = new TextLabel(value);
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        m_facts->addRow(new TextLabel(name, FontRole::Small, Token::Muted), label);
    }
}

void Inspector::setRoute(const engine::RouteDetail &detail, const engine::DiffView &diff, const QList<engine::Finding> &findings)
{
    const QString object = QStringLiteral("%1 %2/%3").arg(detail.row.kind, detail.row.ns, detail.row.name);
    const bool isOther = object != m_object;
    m_object = object;
    m_isLive = detail.source.isEmpty();
    m_isOfConnections = detail.row.kind == QStringLiteral("TLSRoute") || detail.row.kind == QStringLiteral("TCPRoute");
    m_readAt = m_isLive ? detail.readAt : QDateTime();
    m_quickXray->setRoute(detail.row.id);
    refreshQuickXray();
    m_diffNote->setText(detail.source.isEmpty() ? QString() : tr("only rendered"));
    m_diffNote->setToolTip({});
    fillFacts(detail);
    m_tabs->setTabText(Diff, diff.changedFields > 0 ? tr("Diff %1").arg(diff.changedFields) : tr("Diff"));
    m_diffHeader->setTitle(diff.changedFields > 0 ? diff.changedFields == 1 ? tr("1 field changes") : tr("%1 fields change").arg(diff.changedFields) : tr("Nothing changes"));
    m_diff->setLines(diff.lines);
    m_diff->setVisible(!diff.lines.isEmpty());
    m_findingsHeader->setNote(QString::number(findings.size()));
    m_findings->setFindings(findings);
    m_yaml->setCode(detail.yaml);
    if (isOther) {
        refreshHistory();
    }
    refreshAge();
}

void Inspector::setGone(const QString &object)
{
    m_diffHeader->setTitle(tr("%1 is gone").arg(object));
    m_diffNote->setText({});
    m_findingsHeader->setNote(QStringLiteral("0"));
    m_findings->setFindings({});
    m_readAt = {};
}

void Inspector::clear()
{
    m_object.clear();
    m_isLive = false;
    refreshQuickXray();
    m_readAt = {};
    m_shownFacts.clear();
    while (m_facts->rowCount() > 0) {
        m_facts->removeRow(0);
    }
    m_tabs->setTabText(Diff, tr("Diff"));
    m_diffHeader->setTitle(tr("No route chosen"));
    m_diffNote->setText({});
    m_diff->setLines({});
    m_diff->hide();
    m_findingsHeader->setNote({});
    m_findings->setFindings({});
    m_yaml->setCode({});
}

void Inspector::refreshAge()
{
    if (!m_readAt.isValid()) {
        return;
    }
    const QString age = relativeTime(m_readAt, QDateTime::currentDateTimeUtc());
    m_diffNote->setText(tr("live, read %1").arg(age));
    m_diffNote->setToolTip(exactTime(m_readAt));
}

void Inspector::refreshHistory()
{
    if (m_tabs->currentIndex() != History) {
        return;
    }
    while (QLayoutItem *item = m_history->takeAt(0)) {
        if (item->widget() != nullptr) {
            item->widget()->deleteLater();
        }
        delete item;
    }
    int shown = 0;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const QString context = m_engine.contexts().current().name;
    for (const engine::JournalEntry &entry : m_engine.writes().journal()) {
        if (!entry.object.split(QStringLiteral(", ")).contains(m_object) || entry.context != context || shown >= 50) {
            continue;
        }
        ++shown;
        auto *head = new TextLabel(entry.summary, FontRole::Body);
        head->setWordWrap(true);
        auto *note = new TextLabel(QStringLiteral("%1 · %2 · %3").arg(entry.state, entry.who, relativeTime(entry.when, now)), FontRole::Small, Token::Muted);
        note->setToolTip(exactTime(entry.when));
        m_history->addWidget(head);
        m_history->addWidget(note);
        if (!entry.reason.isEmpty()) {
            m_history->addWidget(new TextLabel(entry.reason, FontRole::Small, Token::Muted));
        }
        m_history->addWidget(new Hairline);
    }
    if (shown == 0) {
        auto *none = new TextLabel(tr("Fairway has written nothing to this object yet."), FontRole::Small, Token::Muted);
        none->setWordWrap(true);
        m_history->addWidget(none);
    }
    m_history->addStretch();
}

} // namespace fairway::ui
