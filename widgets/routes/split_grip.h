#pragma once

#include <QSlider>

namespace fairway::ui {

/// The handle of one divider. A QSlider underneath (value: the left row's weight, range: what its two neighbours hold
/// together), so that screen readers and test drivers can read and set it; painted as a grip and moved by its bar.
class SplitGrip final : public QSlider {
    Q_OBJECT
public:
    static constexpr int hitWidth = 24;
    static constexpr int paintedWidth = 12;

    explicit SplitGrip(QWidget *parent);
    /// Range and value without telling anybody: the model already knows.
    void show(int maximum, int value);

Q_SIGNALS:
    void stepped(qint64 delta);        ///< Arrow keys, Home, End.
    void placed(qint64 leftWeight);    ///< Set through the accessibility interface.
    void dragged(const QPoint &inBar); ///< Where the pointer is, in the parent's coordinates, less the grab offset.
    void gestureBegan();
    void gestureEnded();

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void keyReleaseEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    int m_grabOffset = 0;
    bool m_isDragging = false;
};

} // namespace fairway::ui
