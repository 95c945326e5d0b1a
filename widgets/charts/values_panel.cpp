#include "widgets/charts/values_panel.h"

#include "core/value/yaml_tree.h"
#include "widgets/charts/conflict_bar.h"
#include "widgets/charts/editor_syntax.h"
#include "widgets/charts/flags_editor.h"
#include "widgets/charts/problems_model.h"
#include "widgets/common/segmented_control.h"
#include "widgets/theme/button_kind.h"
#include "widgets/theme/icons.h"
#include "widgets/values/value_form.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QTabBar>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace fairway::ui {
namespace {

const QString ValuesFile = QStringLiteral("values.yaml");

Syntax syntaxOf(const QString &file)
{
    if (file.contains(QLatin1String("templates/")))
        return Syntax::Template;
    return file.endsWith(QLatin1String(".yaml")) || file.endsWith(QLatin1String(".yml")) || file == ValuesPanel::MergedTab ? Syntax::Yaml : Syntax::Plain;
}

} // namespace

const QString ValuesPanel::FlagsTab = QStringLiteral("--set");
const QString ValuesPanel::MergedTab = QStringLiteral("merged");

ValuesPanel::ValuesPanel(engine::ChartService &charts, Holds holds, QWidget *parent)
    : QWidget(parent)
    , m_charts(charts)
    , m_completion(charts)
    , m_holds(holds)
    , m_bar(new QTabBar)
    , m_conflict(new ConflictBar(charts))
    , m_stack(new QStackedWidget)
    , m_flags(new FlagsEditor)
    , m_asText(new QPushButton(tr("YAML")))
    , m_asForm(new QPushButton(tr("Form")))
{
    m_bar->setAccessibleName(holds == Holds::Layers ? tr("Layers of values") : tr("Open files"));
    m_bar->setExpanding(false);
    m_bar->setDrawBase(false);
    m_bar->setUsesScrollButtons(true);
    m_bar->setElideMode(Qt::ElideNone);
    m_bar->setFixedHeight(36);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(0, 0, 8, 0);
    head->setSpacing(4);
    head->addWidget(m_bar, 1);
    auto *view = new SegmentedControl({m_asText, m_asForm});
    view->setVisible(holds == Holds::Layers);
    head->addWidget(view);
    m_asText->setToolTip(tr("Edit the values as YAML (Alt+5)"));
    m_asForm->setToolTip(tr("Edit the values as a form made of schema and defaults (Alt+5)"));
    m_asText->setChecked(true);
    column->addLayout(head);
    column->addWidget(m_conflict);
    column->addWidget(m_stack, 1);
    auto *scroll = new QScrollArea;
    scroll->setWidget(m_flags);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setAccessibleName(tr("Flags"));
    m_stack->addWidget(scroll);
    connect(m_bar, &QTabBar::currentChanged, this, [this](int index) {
        if (!m_isArranging)
            showTab(index);
    });
    connect(m_asForm, &QPushButton::toggled, this, [this] { showTab(m_bar->currentIndex()); });
    connect(m_flags, &FlagsEditor::edited, this, [this](const QList<engine::SetFlag> &flags) {
        engine::ChartInputs inputs = m_charts.inputs();
        inputs.sets = flags;
        m_charts.setInputs(inputs);
    });
    connect(&m_completion, &engine::ChartCompletion::answered, this, [this](const QString &file, const chart::CompletionPlace &place, const std::vector<chart::Completion> &offers) {
        if (CodeEditor *editor = currentEditor(); editor && file == currentFile())
            editor->suggest(place, offers);
    });
    connect(&charts, &engine::ChartService::textChanged, this, &ValuesPanel::takeText);
    connect(&charts, &engine::ChartService::originsReady, this, [this] {
        m_isMergedOld = true;
        takeText(MergedTab);
    });
}

int ValuesPanel::indexOf(const QString &file) const
{
    const auto found = std::find_if(m_tabs.begin(), m_tabs.end(), [&](const Tab &tab) { return tab.file == file; });
    return found == m_tabs.end() ? -1 : int(found - m_tabs.begin());
}

QString ValuesPanel::titleOf(const QString &file) const
{
    if (file == MergedTab)
        return tr("merged");
    const QString name = file.section(QLatin1Char('/'), -1) + (m_charts.isEdited(file) ? QStringLiteral(" •") : QString());
    return m_holds == Holds::Files ? name + QStringLiteral("      ") : name; // room for the close button
}

bool ValuesPanel::isEditable(const QString &file) const
{
    if (file == MergedTab)
        return false;
    if (file.startsWith(QLatin1Char('/')) || (file == ValuesFile && !m_charts.info().isArchive))
        return true;
    const QList<engine::ChartFileRow> files = m_charts.info().files;
    const auto found = std::find_if(files.begin(), files.end(), [&](const engine::ChartFileRow &row) { return row.path == file; });
    return found != files.end() && found->isEditable;
}

void ValuesPanel::clear()
{
    m_isArranging = true;
    for (const Tab &tab : std::as_const(m_tabs)) {
        if (tab.editor)
            tab.editor->deleteLater();
    }
    m_tabs.clear();
    m_isMergedOld = true;
    while (m_bar->count() > 0)
        m_bar->removeTab(0);
    m_isArranging = false;
    m_marks.clear();
    m_highlight.clear();
    if (m_form)
        m_form->setFile({});
}

void ValuesPanel::refresh()
{
    QStringList wanted;
    if (m_holds == Holds::Layers) {
        wanted << ValuesFile;
        for (const engine::ValuesFile &file : m_charts.inputs().valuesFiles)
            wanted << file.path;
        wanted << FlagsTab << MergedTab;
    } else {
        for (const Tab &tab : std::as_const(m_tabs))
            wanted << tab.file;
    }
    const QString current = currentFile();
    QList<Tab> tabs;
    for (const QString &file : std::as_const(wanted)) {
        const int old = indexOf(file);
        tabs << (old >= 0 ? m_tabs[old] : Tab {file});
    }
    for (const Tab &tab : std::as_const(m_tabs)) {
        if (!wanted.contains(tab.file) && tab.editor)
            tab.editor->deleteLater();
    }
    const bool isSameOrder = std::equal(tabs.begin(), tabs.end(), m_tabs.begin(), m_tabs.end(), [](const Tab &a, const Tab &b) { return a.file == b.file; });
    m_tabs = tabs;
    m_isArranging = true;
    while (!isSameOrder && m_bar->count() > 0)
        m_bar->removeTab(m_bar->count() - 1);
    while (m_bar->count() < m_tabs.size())
        m_bar->addTab({});
    for (int i = 0; i < m_tabs.size(); ++i) {
        m_bar->setTabText(i, titleOf(m_tabs[i].file));
        m_bar->setTabToolTip(i, m_tabs[i].file == MergedTab ? tr("All layers together, as templates see them") : m_tabs[i].file);
        m_bar->setAccessibleTabName(i, titleOf(m_tabs[i].file));
        addCloseButton(i);
    }
    const int index = std::max(0, indexOf(current));
    m_bar->setCurrentIndex(index);
    m_isArranging = false;
    m_flags->setFlags(m_charts.inputs().sets);
    showTab(index);
}

CodeEditor *ValuesPanel::makeEditor(const QString &file)
{
    auto *editor = new CodeEditor(syntaxOf(file), file == MergedTab ? tr("Merged values") : tr("Text of %1").arg(placeText(file, 0)));
    if (file != MergedTab)
        editor->setUtf8(m_charts.sharedText(file));
    editor->setReadOnly(!isEditable(file));
    m_stack->addWidget(editor);
    connect(editor, &CodeEditor::textEdited, this, [this, editor, file] {
        m_charts.setUtf8(file, editor->utf8());
        if (m_form)
            m_form->refresh();
    });
    connect(editor, &CodeEditor::lineClicked, this, [this, file](int line) { Q_EMIT lineClicked(file, line); });
    if (isLayer(m_charts, file) && file != MergedTab)
        connect(editor, &CodeEditor::suggestionsWanted, this, [this, file](int line, int column) { m_completion.ask(file, line, column); });
    return editor;
}

void ValuesPanel::showTab(int index)
{
    if (index < 0 || index >= m_tabs.size())
        return;
    Tab &tab = m_tabs[index];
    const bool isFlags = tab.file == FlagsTab;
    if (!isFlags && !tab.editor) {
        tab.editor = makeEditor(tab.file);
        applyMarks(tab.file);
    }
    if (tab.file == MergedTab)
        takeText(tab.file);
    // One step: a stack on its way through the editor would take the keyboard there, out of a field of the form.
    if (hasForm(tab.file)) {
        showForm(tab.file);
    } else {
        m_stack->setCurrentWidget(isFlags ? m_stack->widget(0) : tab.editor);
        if (m_form)
            m_form->setFile({}); // what nobody sees isn't kept up
    }
    m_conflict->setFile(tab.file);
    setFocusProxy(m_stack->currentWidget());
    Q_EMIT currentChanged(tab.file);
}

void ValuesPanel::openFile(const QString &file, int line)
{
    if (indexOf(file) < 0) {
        m_tabs.append({file, nullptr});
        const int at = int(m_tabs.size()) - 1;
        m_isArranging = true;
        m_bar->addTab(titleOf(file));
        m_bar->setTabToolTip(at, file);
        addCloseButton(at);
        m_isArranging = false;
    }
    const int index = indexOf(file);
    if (m_bar->currentIndex() == index)
        showTab(index);
    else
        m_bar->setCurrentIndex(index);
    if (line > 0 && m_tabs[index].editor)
        m_tabs[index].editor->goTo(line);
    if (line > 0 && hasForm(file))
        m_form->showValue(m_charts.valueAt({file, line}));
}

bool ValuesPanel::hasForm(const QString &file) const
{
    return m_holds == Holds::Layers && m_asForm->isChecked() && file != FlagsTab && file != MergedTab;
}

bool ValuesPanel::isFormShown() const
{
    return m_form && m_stack->currentWidget() == m_form;
}

void ValuesPanel::setForm(bool isOn)
{
    (isOn ? m_asForm : m_asText)->setChecked(true);
}

void ValuesPanel::toggleForm()
{
    setForm(!m_asForm->isChecked());
}

void ValuesPanel::showForm(const QString &file)
{
    if (!m_form) {
        m_form = new ValueForm(m_charts);
        m_stack->addWidget(m_form);
        connect(m_form, &ValueForm::textEdited, this, &ValuesPanel::takeText);
        connect(m_form, &ValueForm::textRequested, this, &ValuesPanel::showText);
    }
    m_form->setFile(file);
    m_stack->setCurrentWidget(m_form);
}

/// Leaves the form for the value's place in the YAML, or for its top when the file says nothing about it.
void ValuesPanel::showText(const QString &pointer)
{
    const QString file = currentFile();
    setForm(false);
    const auto roots = value::parseYamlTree(*m_charts.sharedText(file));
    const value::YamlNode *node = roots && !roots->empty() ? roots->front().at(pointer.toStdString()) : nullptr;
    if (CodeEditor *editor = currentEditor(); editor && node)
        editor->goTo(static_cast<int>(node->start.line));
}

void ValuesPanel::openFlag(int index)
{
    openFile(FlagsTab);
    m_flags->focusFlag(index);
}

void ValuesPanel::closeTab(int index)
{
    if (index < 0 || index >= m_tabs.size())
        return;
    // What was edited stays edited: the tree says so, and opening it again shows it.
    if (m_tabs[index].editor)
        m_tabs[index].editor->deleteLater();
    m_tabs.removeAt(index);
    m_isArranging = true;
    m_bar->removeTab(index);
    m_isArranging = false;
    if (m_tabs.isEmpty())
        Q_EMIT emptied();
    else
        showTab(m_bar->currentIndex());
}

void ValuesPanel::addCloseButton(int index)
{
    if (m_holds == Holds::Layers || m_bar->tabButton(index, QTabBar::RightSide))
        return;
    auto *close = new QToolButton;
    close->setIcon(lineIcon(QStringLiteral("close")));
    close->setIconSize({12, 12});
    close->setFixedSize(18, 18);
    close->setToolTip(tr("Close this text; what was edited stays"));
    close->setAccessibleName(tr("Close %1").arg(m_tabs[index].file));
    setButtonKind(close, ButtonKind::Flat);
    const QString file = m_tabs[index].file;
    connect(close, &QToolButton::clicked, this, [this, file] { closeTab(indexOf(file)); }, Qt::QueuedConnection);
    m_bar->setTabButton(index, QTabBar::RightSide, close);
}

bool ValuesPanel::isLayer(const engine::ChartService &charts, const QString &file)
{
    const QList<engine::ValuesFile> files = charts.inputs().valuesFiles;
    return file == ValuesFile || file == FlagsTab || file == MergedTab
        || std::any_of(files.begin(), files.end(), [&](const engine::ValuesFile &one) { return one.path == file; });
}

QString ValuesPanel::currentFile() const
{
    const int index = m_bar->currentIndex();
    return index >= 0 && index < m_tabs.size() ? m_tabs[index].file : QString();
}

CodeEditor *ValuesPanel::currentEditor() const
{
    const int index = m_bar->currentIndex();
    return index >= 0 && index < m_tabs.size() ? m_tabs[index].editor : nullptr;
}

void ValuesPanel::takeText(const QString &file)
{
    const int index = indexOf(file);
    CodeEditor *editor = index < 0 ? nullptr : m_tabs[index].editor;
    // What is merged may be large and changes with each key: only who looks at it gets it.
    if (!editor || (file == MergedTab && m_bar->currentIndex() != index))
        return;
    if (file == MergedTab) {
        if (!std::exchange(m_isMergedOld, false))
            return;
        editor->setText(m_charts.merged());
    } else {
        const engine::SharedText text = m_charts.sharedText(file);
        if (editor->holds(*text))
            return;
        editor->setUtf8(text, true);
    }
    applyMarks(file);
}

void ValuesPanel::applyMarks(const QString &file)
{
    const int index = indexOf(file);
    if (CodeEditor *editor = index < 0 ? nullptr : m_tabs[index].editor) {
        editor->setMarks(m_marks.value(file));
        editor->setHighlight(m_highlight.value(file));
    }
}

void ValuesPanel::setMarks(const QHash<QString, QList<LineMark>> &marks)
{
    m_marks = marks;
    for (const Tab &tab : std::as_const(m_tabs))
        applyMarks(tab.file);
}

void ValuesPanel::setHighlight(const QHash<QString, QList<int>> &lines, int flag)
{
    m_highlight = lines;
    m_flags->setHighlight(flag);
    for (const Tab &tab : std::as_const(m_tabs))
        applyMarks(tab.file);
}

} // namespace fairway::ui
