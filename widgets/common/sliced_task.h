#pragma once

#include <QObject>
#include <QTimer>

#include <functional>

namespace fairway::ui {

/// Work that must be done on the GUI thread and may take longer than a frame: in slices of a few milliseconds, between which keys, clicks and
/// paints have their turn. What fits in one slice is done when start() returns.
class SlicedTask final : public QObject {
    Q_OBJECT
public:
    /// Does a little, well below a millisecond or two; false: that was all.
    using Step = std::function<bool()>;

    explicit SlicedTask(QObject *parent = nullptr);
    void start(Step step); ///< Takes the place of one that is under way, which doesn't finish.
    void stop();
    [[nodiscard]] bool isRunning() const { return static_cast<bool>(m_step); }

Q_SIGNALS:
    void finished(); ///< Its last step is done.

private:
    void slice();

    Step m_step;
    quint64 m_number = 0; ///< Of the task: a step may start another.
    QTimer m_timer;
};

} // namespace fairway::ui
