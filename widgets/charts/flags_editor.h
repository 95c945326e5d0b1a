#pragma once

#include "core/engine/chart_types.h"

#include <QWidget>

class QVBoxLayout;

namespace fairway::ui {

/// The --set flags: a row each with its kind, its text, a switch. Typing is told with each key.
class FlagsEditor final : public QWidget {
    Q_OBJECT
public:
    explicit FlagsEditor(QWidget *parent = nullptr);
    void setFlags(const QList<engine::SetFlag> &flags);
    void focusFlag(int index); ///< -1: a new one.
    void setHighlight(int index); ///< -1: none.

Q_SIGNALS:
    void edited(const QList<fairway::engine::SetFlag> &flags);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void rebuild();
    void addRow(int index);

    QList<engine::SetFlag> m_flags;
    QVBoxLayout *m_rows;
    int m_highlight = -1;
};

} // namespace fairway::ui
