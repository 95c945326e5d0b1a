#include "widgets/routes/rehearsal_history.h"

#include <algorithm>
#include <cmath>

namespace fairway::ui {

void RehearsalHistory::clear()
{
    m_samples.clear();
    m_step = 0.5;
}

void RehearsalHistory::add(const engine::RehearsalStatus &status)
{
    if (status.shares.isEmpty()) {
        return;
    }
    const bool isOther = status.routeId != m_routeId || (!m_samples.isEmpty() && m_samples.last().shares.size() != status.shares.size());
    if (isOther || (!m_samples.isEmpty() && status.elapsedSeconds < m_samples.last().seconds)) {
        clear();
    }
    m_routeId = status.routeId;
    if (status.requests == 0) {
        return; // Nothing measured is not a share of 0.
    }
    if (!m_samples.isEmpty() && status.elapsedSeconds - m_samples.last().seconds < m_step) {
        return;
    }
    m_samples.append({status.elapsedSeconds, status.shares});
    if (m_samples.size() > maxSamples) {
        QList<Sample> thinned;
        for (qsizetype i = 0; i < m_samples.size(); i += 2) {
            thinned.append(m_samples[i]);
        }
        m_samples = thinned;
        m_step *= 2;
    }
}

double RehearsalHistory::niceTop(double value)
{
    if (!(value > 0)) {
        return 1;
    }
    const double magnitude = std::pow(10.0, std::floor(std::log10(value)));
    for (const double step : {1.0, 2.0, 4.0, 5.0, 10.0}) {
        if (value <= step * magnitude * 1.0001) {
            return step * magnitude;
        }
    }
    return 10 * magnitude;
}

double RehearsalHistory::shareTop(qsizetype destination) const
{
    double most = 0;
    for (const Sample &sample : m_samples) {
        const engine::RehearsalShare share = sample.shares.value(destination);
        // The interval of the first second is as wide as the axis: it may leave the picture.
        const double high = sample.seconds < 2 ? share.share : share.high;
        most = std::max({most, high * 100, share.recentShare * 100, share.expected * 100});
    }
    const double top = most > 60 ? 100 : std::ceil(most * 1.25 / 10) * 10;
    return std::clamp(top, 10.0, 100.0);
}

double RehearsalHistory::shareBottom(qsizetype destination) const
{
    double least = 100;
    for (const Sample &sample : m_samples) {
        const engine::RehearsalShare share = sample.shares.value(destination);
        least = std::min({least, share.share * 100, share.recentShare * 100, share.expected * 100});
    }
    return least > 70 && !m_samples.isEmpty() ? 50 : 0;
}

double RehearsalHistory::latencyTop() const
{
    double most = 0;
    for (const Sample &sample : m_samples) {
        for (const engine::RehearsalShare &share : sample.shares) {
            most = std::max({most, share.p50Ms, share.p95Ms});
        }
    }
    return niceTop(std::max(most * 1.1, 1.0));
}

} // namespace fairway::ui
