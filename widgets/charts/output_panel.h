#pragma once

#include "core/engine/charts.h"
#include "widgets/charts/code_editor.h"

#include <QHash>
#include <QWidget>

class QAbstractButton;
class QLineEdit;

namespace fairway::ui {

class EmptyState;
class PageHeader;

/// The rendered documents: each with its head, folded by a click, in the order of an install or by file, filtered by kind and name.
/// Goes on showing the last good output while a state can't be rendered.
class OutputPanel final : public QWidget {
    Q_OBJECT
public:
    explicit OutputPanel(engine::ChartService &charts, QWidget *parent = nullptr);

    void refresh(); ///< After outputChanged().
    void setMarks(const QList<LineMark> &marks);
    void setHighlight(const QList<int> &lines, bool reveals);
    [[nodiscard]] CodeEditor &editor() const { return *m_editor; }
    void focusFilter();
    void foldAll(bool isFolded);
    void clear();

Q_SIGNALS:
    void lineClicked(int line);

private:
    void applyFilter();
    [[nodiscard]] QList<LineHeader> headers() const;
    [[nodiscard]] QString noteOf(const engine::ChartObject &object, QHash<int, QString> &sizes) const; ///< In words, by count.

    engine::ChartService &m_charts;
    PageHeader *m_header;
    QLineEdit *m_filter;
    QAbstractButton *m_byFile;
    QAbstractButton *m_apply;
    CodeEditor *m_editor;
    EmptyState *m_state;
    std::shared_ptr<const engine::ChartOutput> m_shown;
};

} // namespace fairway::ui
