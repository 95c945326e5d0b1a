#pragma once

#include "core/engine/chart_completion.h"
#include "core/engine/charts.h"
#include "widgets/charts/code_editor.h"

#include <QHash>
#include <QWidget>

class QPushButton;
class QStackedWidget;
class QTabBar;

namespace fairway::ui {

class ConflictBar;
class FlagsEditor;
class ValueForm;

/// Editors as tabs. One panel has the layers of values: the chart's values.yaml, each -f file, the flags, what they merge to; another the
/// files opened from the tree, each of which can be closed.
/// Values may be edited as a form, too, made when first asked for.
/// Texts are the service's: typing goes there with each key, changes from elsewhere come from there.
class ValuesPanel final : public QWidget {
    Q_OBJECT
public:
    static const QString FlagsTab;  ///< "--set"
    static const QString MergedTab;

    enum class Holds { Layers, Files };

    ValuesPanel(engine::ChartService &charts, Holds holds, QWidget *parent = nullptr);
    /// Whether the file is a layer of the open chart's values.
    [[nodiscard]] static bool isLayer(const engine::ChartService &charts, const QString &file);
    [[nodiscard]] bool isEmpty() const { return m_tabs.isEmpty(); }

    /// Goes there, with a new tab where it has none yet. Line 0: as it stands.
    void openFile(const QString &file, int line = 0);
    void openFlag(int index);
    void setForm(bool isOn); ///< Values files as a form instead of their YAML.
    void toggleForm();
    [[nodiscard]] bool isFormShown() const; ///< The current tab is shown as a form.
    [[nodiscard]] ValueForm *form() const { return m_form; } ///< Null before it was asked for.
    [[nodiscard]] QString currentFile() const;
    [[nodiscard]] CodeEditor *currentEditor() const;
    void setMarks(const QHash<QString, QList<LineMark>> &marks);
    void setHighlight(const QHash<QString, QList<int>> &lines, int flag);
    void refresh();  ///< Tabs and titles after a change of inputs or files.
    void clear();    ///< Another chart.

Q_SIGNALS:
    void currentChanged(const QString &file);
    void lineClicked(const QString &file, int line);
    void emptied(); ///< The last tab was closed.

private:
    struct Tab {
        QString file;
        CodeEditor *editor = nullptr;
    };
    void showTab(int index);
    CodeEditor *makeEditor(const QString &file);
    [[nodiscard]] int indexOf(const QString &file) const;
    [[nodiscard]] QString titleOf(const QString &file) const;
    [[nodiscard]] bool isEditable(const QString &file) const;
    void takeText(const QString &file);
    void applyMarks(const QString &file);
    void closeTab(int index);

    void addCloseButton(int index);
    [[nodiscard]] bool hasForm(const QString &file) const; ///< Is a file of values, and they are shown as a form.
    void showForm(const QString &file);
    void showText(const QString &pointer);

    engine::ChartService &m_charts;
    engine::ChartCompletion m_completion;
    const Holds m_holds;
    QTabBar *m_bar;
    ConflictBar *m_conflict;
    QStackedWidget *m_stack;
    FlagsEditor *m_flags;
    QPushButton *m_asText;
    QPushButton *m_asForm;
    ValueForm *m_form = nullptr;
    QList<Tab> m_tabs; ///< As in the bar.
    bool m_isMergedOld = true; ///< Its tab shows what was merged before, or nothing yet.
    QHash<QString, QList<LineMark>> m_marks;
    QHash<QString, QList<int>> m_highlight;
    bool m_isArranging = false;
};

} // namespace fairway::ui
