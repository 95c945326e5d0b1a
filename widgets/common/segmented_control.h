#pragma once

#include <QList>
#include <QWidget>

class QAbstractButton;

namespace fairway::ui {

/// Buttons of which one is on, side by side in one frame: "Needs attention | Everything". The arrow keys move along them.
class SegmentedControl final : public QWidget {
    Q_OBJECT
public:
    /// Takes the buttons in; the first is on.
    explicit SegmentedControl(const QList<QAbstractButton *> &buttons, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QList<QAbstractButton *> m_buttons;
};

} // namespace fairway::ui
