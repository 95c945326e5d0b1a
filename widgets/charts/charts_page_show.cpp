#include "widgets/charts/chart_start.h"
#include "widgets/charts/charts_page.h"
#include "widgets/charts/files_panel.h"
#include "widgets/charts/layers_panel.h"
#include "widgets/charts/origin_strip.h"
#include "widgets/charts/output_panel.h"
#include "widgets/charts/problems_model.h"
#include "widgets/charts/problems_panel.h"
#include "widgets/charts/render_settings.h"
#include "widgets/charts/values_panel.h"
#include "widgets/common/badge.h"
#include "widgets/common/banner.h"
#include "widgets/common/empty_state.h"
#include "widgets/common/format.h"
#include "widgets/common/layout_parts.h"
#include "widgets/workspace/workspace_view.h"

#include <QLayout>
#include <QPushButton>
#include <QStackedWidget>
#include <QTimer>

#include <algorithm>

// What the page shows of the workshop's state, and the way from line to line.
namespace fairway::ui {

using engine::ChartPlace;
using engine::ChartService;

namespace {

/// Each part that is shown or hidden would lay out all of the page anew: once is enough.
class LayoutPause {
public:
    explicit LayoutPause(QLayout &layout)
        : m_layout(layout)
    {
        m_layout.setEnabled(false);
    }
    ~LayoutPause()
    {
        m_layout.setEnabled(true);
        m_layout.invalidate();
        m_layout.activate();
    }
    LayoutPause(const LayoutPause &) = delete;
    LayoutPause &operator=(const LayoutPause &) = delete;

private:
    QLayout &m_layout;
};

LineMark::Kind markOf(engine::Severity severity)
{
    return severity == engine::Severity::Error ? LineMark::Kind::Error : severity == engine::Severity::Warning ? LineMark::Kind::Warning : LineMark::Kind::Info;
}

} // namespace

// --- showing --------------------------------------------------------------------------------------------------------------------

void ChartsPage::showState()
{
    const LayoutPause pause(*layout());
    const ChartService::State state = m_charts.state();
    const bool isOpen = state == ChartService::State::Open;
    m_start->setRecent(m_charts.recent());
    if (state == ChartService::State::Closed || state == ChartService::State::Loading) {
        if (!m_routes.previewSource().isEmpty())
            m_routes.closePreview(); // what it showed is no longer open
    }
    if (!isOpen) {
        m_values->clear();
        m_texts->clear();
        m_texts->hide();
        m_output->clear();
        forgetLine();
        m_banner->hide();
        m_header->setTitle(tr("Charts"));
        m_header->setNote({});
    }
    const bool isWorkshop = isOpen && !m_isWorkspaceShown;
    for (QWidget *part : QList<QWidget *> {m_version, m_time, m_settings, m_save, m_open, m_package, m_export})
        part->setVisible(isWorkshop);
    const bool hasWorkspace = m_workspace && !m_workspace->matrix().folder().isEmpty();
    m_back->setVisible(!m_isWorkspaceShown && hasWorkspace);
    m_back->setText(tr("Workspace"));
    m_back->setToolTip(tr("Back to the workspace (Ctrl+Shift+W)"));
    m_header->setVisible(!m_isWorkspaceShown);
    m_random->hide();
    offerRoutes();
    m_missing->hide();
    if (state == ChartService::State::Failed)
        m_start->setProblem(m_charts.openedPath(), m_charts.problem());
    else
        m_start->setProblem({}, {});
    if (state == ChartService::State::Loading)
        m_loading->show(EmptyState::Kind::Loading, tr("Reading %1").arg(homePath(m_charts.openedPath())), {});
    if (m_isWorkspaceShown) {
        m_banner->hide();
        m_stack->setCurrentWidget(m_workspace);
        setFocusProxy(m_workspace);
        return;
    }
    m_stack->setCurrentWidget(isOpen ? m_workshop : state == ChartService::State::Loading ? static_cast<QWidget *>(m_loading) : m_start);
    setFocusProxy(isOpen ? static_cast<QWidget *>(m_values) : m_start);
    if (isOpen) {
        if (!m_wantedChart.isEmpty() && m_wantedChart == m_charts.info().path) {
            engine::ChartInputs inputs = m_charts.inputs();
            for (engine::ValuesFile &file : inputs.valuesFiles)
                file.isOn = m_wantedValues.contains(file.path);
            for (const QString &wanted : std::as_const(m_wantedValues)) {
                if (std::none_of(inputs.valuesFiles.cbegin(), inputs.valuesFiles.cend(), [&](const engine::ValuesFile &file) { return file.path == wanted; }))
                    inputs.valuesFiles.append({wanted, true});
            }
            m_wantedChart.clear();
            m_charts.setInputs(inputs);
        }
        showFiles();
        showInputs();
        showOutput();
    }
}

void ChartsPage::showFiles()
{
    const engine::ChartInfo info = m_charts.info();
    m_header->setTitle(info.name.isEmpty() ? info.path.section(QLatin1Char('/'), -1) : info.name);
    m_version->setText(tr("Chart %1").arg(info.version));
    m_header->setNote(info.appVersion.isEmpty() ? homePath(info.path) : tr("app %1, %2").arg(info.appVersion, homePath(info.path)));
    m_files->setChart(info);
    const QStringList edited = m_charts.editedFiles();
    m_layers->setEdited(edited);
    m_values->refresh();
    m_texts->refresh();
    m_package->setEnabled(!info.isArchive);
    m_package->setToolTip(info.isArchive ? tr("This is a package already") : tr("Make a .tgz of it, signed if you like (Ctrl+Shift+K)"));
    m_missing->setVisible(false);
    if (!info.missing.isEmpty() && !m_isWorkspaceShown) {
        const QString names = info.missing.mid(0, 5).join(QStringLiteral(", "));
        m_missing->show(Tone::Warning, info.isArchive ? tr("Dependencies are missing in this package: %1").arg(names) : tr("Dependencies are missing in charts/: %1").arg(names),
            info.isArchive ? QString() : tr("Fetch them"));
    }
    m_save->setEnabled(!edited.isEmpty());
    m_save->setToolTip(edited.isEmpty() ? tr("Nothing to save") : tr("Save all texts (Ctrl+Shift+S)"));
}

void ChartsPage::showInputs()
{
    const engine::ChartInputs inputs = m_charts.inputs();
    m_settings->setText(renderSettingsText(inputs));
    m_layers->setInputs(inputs);
    if (m_charts.state() == ChartService::State::Open)
        m_values->refresh();
}

void ChartsPage::showTime()
{
    const auto output = m_charts.output();
    const bool isWaiting = m_charts.isRendering() && output->generation == 0;
    m_time->setText(isWaiting ? tr("rendering") : milliseconds(output->milliseconds));
    m_time->setToolTip(tr("From your last key to the manifests"));
}

void ChartsPage::showOutput()
{
    const auto output = m_charts.output();
    showTime();
    if (output->generation == 0)
        return;
    m_output->refresh();
    offerRoutes();
    const auto error = std::find_if(output->problems.cbegin(), output->problems.cend(), [](const engine::ChartProblem &one) { return one.severity == engine::Severity::Error; });
    if (error == output->problems.cend()) {
        m_banner->hide();
    } else {
        m_bannerProblem = *error;
        const QString place = placeText(error->file, error->line);
        const QString sentence = place.isEmpty() || error->message.contains(place) ? error->message : QStringLiteral("%1: %2").arg(place, error->message);
        const QString whole = output->isRendered ? tr("Helm would stop here: %1").arg(sentence) : sentence;
        if (!m_isWorkspaceShown)
            m_banner->show(Tone::Bad, whole, error->file.isEmpty() ? QString() : tr("Show (F8)"));
    }
    showProblems();
    followOrigins();
}

void ChartsPage::showProblems()
{
    QList<engine::ChartProblem> all = m_charts.output()->problems;
    for (const engine::ChartProblem &finding : m_charts.findings()) {
        // The render's own words are there already.
        const bool isKnown = std::any_of(all.cbegin(), all.cend(), [&](const engine::ChartProblem &one) {
            return one.severity == finding.severity && one.severity == engine::Severity::Error && (one.line == finding.line || finding.line == 0);
        });
        if (!isKnown)
            all.append(finding);
    }
    m_problems->setProblems(all);
    m_files->setProblems(all);
    QHash<QString, QList<LineMark>> marks;
    for (const engine::ChartProblem &problem : std::as_const(all)) {
        if (problem.line > 0)
            marks[problem.file].append({problem.line, markOf(problem.severity), problem.message});
    }
    // The layer that won, beside what it overrules.
    for (const engine::ValueOrigin &value : m_line.values) {
        const auto winner = std::find_if(value.layers.cbegin(), value.layers.cend(), [](const engine::ValueLayer &layer) { return layer.isWinner; });
        if (value.isCondition || winner == value.layers.cend())
            continue;
        for (const engine::ValueLayer &layer : value.layers) {
            if (layer.place.line == 0)
                continue;
            const QString note = layer.isWinner ? tr("wins") : tr("%1 wins: %2").arg(winner->label, winner->value);
            marks[layer.place.file].append({layer.place.line, layer.isWinner ? LineMark::Kind::Winner : LineMark::Kind::Note, note});
        }
    }
    m_values->setMarks(marks);
    m_texts->setMarks(marks);
}

/// The line stays chosen while one types; what it says follows.
void ChartsPage::followOrigins()
{
    if (m_charts.hasOrigins() && m_line.line > 0)
        chooseOutputLine(std::min(m_line.line, std::max(1, m_charts.output()->lineCount)));
    else if (m_charts.hasOrigins() && m_source.line > 0)
        m_output->setHighlight(m_charts.linesMadeBy(m_source), false);
    showMarks();
}

void ChartsPage::showMarks()
{
    QList<LineMark> marks;
    const QList<int> random = m_charts.hasOrigins() ? m_charts.randomLines() : QList<int>();
    const bool isPinned = m_charts.inputs().isPinned;
    for (const int line : random)
        marks.append({line, LineMark::Kind::Pin, isPinned ? tr("random, pinned") : tr("random")});
    m_random->setVisible(!random.isEmpty() && m_charts.state() == ChartService::State::Open && !m_isWorkspaceShown);
    m_random->setText(isPinned ? tr("%1 random lines pinned").arg(random.size()) : tr("%1 random lines").arg(random.size()));
    m_random->setToolTip(tr("Another run gives them differently. Ctrl+Shift+G gives new ones; the settings unpin them."));
    if (m_line.line > 0)
        marks.append({m_line.line, LineMark::Kind::Winner, {}});
    m_output->setMarks(marks);
}

// --- from line to line -------------------------------------------------------------------------------------------------------------

void ChartsPage::forgetLine()
{
    m_line = {};
    m_source = {};
    m_origin->setOrigin({}, {});
    m_output->setHighlight({}, false);
    m_values->setHighlight({}, -1);
    m_texts->setHighlight({}, -1);
}

void ChartsPage::chooseOutputLine(int line)
{
    if (!m_charts.output()->isRendered)
        return;
    const bool isNew = m_line.line != line;
    m_source = {};
    m_line = m_charts.originOf(line);
    m_line.line = line;
    m_origin->setOrigin(m_line, m_output->editor().lineText(line));
    m_output->setHighlight({line}, false);
    QHash<QString, QList<int>> lines;
    if (m_line.place.line > 0)
        lines[m_line.place.file].append(m_line.place.line);
    int flag = -1;
    for (const engine::ValueOrigin &value : std::as_const(m_line.values)) {
        for (const engine::ValueLayer &layer : value.layers) {
            if (!value.isCondition && layer.place.line > 0)
                lines[layer.place.file].append(layer.place.line);
            if (!value.isCondition && layer.isWinner && layer.setIndex >= 0)
                flag = layer.setIndex;
        }
    }
    m_values->setHighlight(lines, flag);
    m_texts->setHighlight(lines, -1);
    showProblems();
    if (!isNew)
        return;
    if (m_line.place.line > 0)
        openText(m_line.place.file, m_line.place.line);
    // The value beside the template: where the layer that won says it, else the strongest one with a line.
    ChartPlace value;
    for (const engine::ValueOrigin &origin : std::as_const(m_line.values)) {
        for (const engine::ValueLayer &layer : origin.layers) {
            if (!origin.isCondition && layer.place.line > 0 && ValuesPanel::isLayer(m_charts, layer.place.file))
                value = layer.place;
        }
        if (value.line > 0)
            break;
    }
    if (value.line > 0) {
        m_values->openFile(value.file, value.line);
        // The pane below may just have taken half of the room.
        CodeEditor *editor = m_values->currentEditor();
        QTimer::singleShot(0, editor, [editor, line = value.line] { editor->reveal(line); });
    } else if (flag >= 0)
        m_values->openFile(ValuesPanel::FlagsTab);
    showMarks();
}

void ChartsPage::chooseSourceLine(const QString &file, int line)
{
    m_line = {};
    m_source = {file, line};
    const QList<int> made = m_charts.linesMadeBy(m_source);
    m_output->setHighlight(made, true);
    m_values->setHighlight({{file, {line}}}, -1);
    m_texts->setHighlight({{file, {line}}}, -1);
    if (made.isEmpty())
        m_origin->setOrigin({}, {});
    else {
        engine::LineOrigin origin = m_charts.originOf(made.first());
        m_origin->setOrigin(origin, m_output->editor().lineText(made.first()));
    }
    showProblems();
    showMarks();
}

void ChartsPage::openText(const QString &file, int line)
{
    if (ValuesPanel::isLayer(m_charts, file)) {
        m_values->openFile(file, line);
        return;
    }
    m_texts->show();
    m_texts->openFile(file, line);
}

ValuesPanel &ChartsPage::focusedTexts() const
{
    return m_texts->isVisible() && m_texts->isAncestorOf(focusWidget()) ? *m_texts : *m_values;
}

void ChartsPage::goTo(const engine::ChartPlace &place)
{
    if (!place.file.isEmpty())
        openText(place.file, place.line);
    else if (m_line.line > 0)
        m_output->editor().goTo(m_line.line);
}

void ChartsPage::goToProblem(const engine::ChartProblem &problem)
{
    if (!problem.file.isEmpty()) {
        openText(problem.file, problem.line);
        ValuesPanel *panel = ValuesPanel::isLayer(m_charts, problem.file) ? m_values : m_texts;
        if (CodeEditor *editor = panel->currentEditor())
            editor->setFocus();
        return;
    }
    // A flag has no line: the one that sets the value is shown.
    const QList<engine::ValueLayer> layers = m_charts.layersOf(problem.valuePath);
    if (!layers.isEmpty() && layers.last().setIndex >= 0)
        m_values->openFlag(layers.last().setIndex);
}

} // namespace fairway::ui
