#pragma once

#include "core/chart/value_completion.h"
#include "core/engine/charts.h"

#include <QObject>

#include <memory>
#include <vector>

namespace fairway::engine {

class TaskThread;

/// What may be typed at the caret of a values file: from schema, defaults and comments of the chart and its subcharts.
///
/// Shape:   each ask() is answered once by answered(), unless a newer one came; an empty list when nothing is to be offered.
/// Threads: GUI thread; looking through schema and texts happens on a thread of its own.
class ChartCompletion final : public QObject {
    Q_OBJECT
public:
    explicit ChartCompletion(const ChartService &charts, QObject *parent = nullptr);
    ~ChartCompletion() override;

    /// `line` counts from 1, `column` in bytes of UTF-8.
    void ask(const QString &file, int line, int column);

Q_SIGNALS:
    void answered(const QString &file, const fairway::chart::CompletionPlace &place, const std::vector<fairway::chart::Completion> &offers);

private:
    const ChartService &m_charts;
    quint64 m_asked = 0;
    std::unique_ptr<TaskThread> m_thread; ///< Last: stops before what its tasks report to.
};

} // namespace fairway::engine
