#pragma once

#include "core/engine/types.h"

#include <QList>

namespace fairway::ui {

/// What the plots draw: one sample of every destination at most every half second, kept for the whole rehearsal up to a
/// bound (then every second sample is dropped, so the picture stays whole and gets coarser).
class RehearsalHistory {
public:
    static constexpr qsizetype maxSamples = 1200;

    struct Sample {
        double seconds = 0;
        QList<engine::RehearsalShare> shares;
    };

    /// A status older than the last one starts a new history: a rehearsal was restarted or its weights were swapped.
    void add(const engine::RehearsalStatus &status);
    void clear();
    [[nodiscard]] const QList<Sample> &samples() const { return m_samples; }
    /// Tops of the axes: rounded up to a figure that reads well.
    [[nodiscard]] double shareTop(qsizetype destination) const;
    [[nodiscard]] double shareBottom(qsizetype destination) const;
    [[nodiscard]] double latencyTop() const;
    [[nodiscard]] static double niceTop(double value);

private:
    QList<Sample> m_samples;
    double m_step = 0.5;
    QString m_routeId;
};

} // namespace fairway::ui
