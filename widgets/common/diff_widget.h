#pragma once

#include "core/engine/types.h"

#include <QAbstractScrollArea>

namespace fairway::ui {

/// Lines of a diff in monospace: removed and added lines on their tints with - and +, header lines muted. Grows to its
/// content up to `setMaximumLines`, then scrolls. A line that is random carries a note. Ctrl+C copies it all.
class DiffWidget : public QAbstractScrollArea {
    Q_OBJECT
public:
    explicit DiffWidget(QWidget *parent = nullptr);
    void setLines(const QList<engine::DiffLine> &lines);
    void setMaximumLines(int count);
    [[nodiscard]] QString text() const;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void updateBars();
    [[nodiscard]] QString described(bool withNotes) const;

    QList<engine::DiffLine> m_lines;
    int m_maximumLines = 24;
};

} // namespace fairway::ui
