#pragma once

#include "core/engine/charts.h"
#include "widgets/charts/code_editor.h"

#include <QHash>
#include <QWidget>

class QStackedWidget;
class QTabBar;

namespace fairway::ui {

class ConflictBar;
class FlagsEditor;

/// The editors as tabs: the chart's values.yaml, each -f file, the flags, what they merge to, and every other file that was opened.
/// Texts are the service's: typing goes there with each key, changes from elsewhere come from there.
class ValuesPanel final : public QWidget {
    Q_OBJECT
public:
    static const QString FlagsTab;  ///< "--set"
    static const QString MergedTab;

    explicit ValuesPanel(engine::ChartService &charts, QWidget *parent = nullptr);

    /// Goes there, with a new tab where it has none yet. Line 0: as it stands.
    void openFile(const QString &file, int line = 0);
    void openFlag(int index);
    [[nodiscard]] QString currentFile() const;
    [[nodiscard]] CodeEditor *currentEditor() const;
    void setMarks(const QHash<QString, QList<LineMark>> &marks);
    void setHighlight(const QHash<QString, QList<int>> &lines, int flag);
    void refresh();  ///< Tabs and titles after a change of inputs or files.
    void clear();    ///< Another chart.

Q_SIGNALS:
    void currentChanged(const QString &file);
    void lineClicked(const QString &file, int line);

private:
    struct Tab {
        QString file;
        CodeEditor *editor = nullptr;
        bool isExtra = false; ///< Opened from the tree: can be closed.
    };
    void show(int index);
    CodeEditor *makeEditor(const QString &file);
    [[nodiscard]] int indexOf(const QString &file) const;
    [[nodiscard]] QString titleOf(const QString &file) const;
    [[nodiscard]] bool isEditable(const QString &file) const;
    void takeText(const QString &file);
    void applyMarks(const QString &file);
    void closeTab(int index);

    engine::ChartService &m_charts;
    QTabBar *m_bar;
    ConflictBar *m_conflict;
    QStackedWidget *m_stack;
    FlagsEditor *m_flags;
    QList<Tab> m_tabs; ///< As in the bar.
    QHash<QString, QList<LineMark>> m_marks;
    QHash<QString, QList<int>> m_highlight;
    bool m_isArranging = false;
};

} // namespace fairway::ui
