#pragma once

#include "core/engine/types.h"

#include <QWidget>

class QCheckBox;
class QDoubleSpinBox;
class QGridLayout;
class QSpinBox;

namespace fairway::ui {

/// What a rehearsal is run with: load, duration, whether reachable pods may be used, and for every destination the latency
/// and error dial of the stand-in that plays it where no pod can be reached.
class RehearsalDials final : public QWidget {
    Q_OBJECT
public:
    explicit RehearsalDials(QWidget *parent = nullptr);

    void setDestinations(const QStringList &labels, const QList<engine::Role> &roles);
    void setUsesPods(bool isOn);
    void setRunning(bool isRunning); ///< Duration and the choice of pods stand while it runs; rate and dials may change.
    void setNarrow(bool isNarrow); ///< One stand-in a line instead of two.
    [[nodiscard]] int rate() const;
    [[nodiscard]] int duration() const;
    [[nodiscard]] bool usesPods() const;
    [[nodiscard]] QList<engine::StandInDial> dials() const;

Q_SIGNALS:
    void rateChanged(int requestsPerSecond);
    void dialChanged(const fairway::engine::StandInDial &dial);

private:
    struct Row {
        QSpinBox *latency = nullptr;
        QDoubleSpinBox *errors = nullptr;
        QWidget *cell = nullptr;
    };
    [[nodiscard]] engine::StandInDial dial(qsizetype row) const;
    void placeRows();

    QSpinBox *m_rate;
    QSpinBox *m_duration;
    QCheckBox *m_pods;
    QGridLayout *m_grid;
    QStringList m_labels;
    QList<engine::Role> m_roles;
    QList<Row> m_rows;
    bool m_isNarrow = false;
    QWidget *m_hint = nullptr;
};

} // namespace fairway::ui
