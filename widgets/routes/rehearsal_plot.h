#pragma once

#include "widgets/routes/rehearsal_history.h"

#include <QWidget>

class QCustomPlot;

namespace fairway::ui {

/// One plot of a rehearsal. Share: one destination since the start with its 95 % band, the last 3 s faint, the draft's share
/// dashed. Latency: p50 solid and p95 dashed for every destination. A plot is opaque to screen readers, so its figures are
/// in the accessible description. QCustomPlot appears in this .cpp only.
class RehearsalPlot final : public QWidget {
    Q_OBJECT
public:
    enum class Kind { Share, Latency };

    RehearsalPlot(Kind kind, QWidget *parent = nullptr);
    ~RehearsalPlot() override;

    /// `watched` is the destination whose share is drawn; `planned` seconds set the width of the time axis.
    void show(const RehearsalHistory &history, qsizetype watched, double planned);

private:
    void applyTheme();
    void showShare(const RehearsalHistory &history, qsizetype watched);
    void showLatency(const RehearsalHistory &history);
    void describe(const RehearsalHistory &history, qsizetype watched);
    void setTicks(double seconds);

    Kind m_kind;
    QCustomPlot *m_plot;
    QList<engine::Role> m_roles;
    qsizetype m_watched = 0;
};

} // namespace fairway::ui
