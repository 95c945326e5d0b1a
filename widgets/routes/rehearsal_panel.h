#pragma once

#include "core/engine/engine.h"
#include "widgets/routes/rehearsal_history.h"

#include <QWidget>

class QHBoxLayout;
class QPushButton;
class QTimer;
class QToolButton;

namespace fairway::ui {

class Badge;
class ElidedLabel;
class IconMark;
class RehearsalDials;
class RehearsalPlot;
class RehearsalRules;
class SectionHeader;
class TextLabel;

/// The section "Rehearsal": runs the chosen rule, or every rule of its route, with the draft's weights in the built-in proxy and shows what was measured.
/// A draft that changes while it runs is swapped in after a moment's rest.
class RehearsalPanel final : public QWidget {
    Q_OBJECT
public:
    RehearsalPanel(engine::RehearsalService &rehearsal, engine::ContextService &contexts, QWidget *parent = nullptr);

    void setRule(const engine::RouteDetail &detail, const engine::Rule &rule, const QList<qint64> &weights);
    void clearRule();
    /// What was measured for the rule shown; Idle when a rehearsal belongs to another rule or there is none.
    [[nodiscard]] engine::RehearsalStatus status() const;
    [[nodiscard]] bool isRunning() const;
    void setNarrow(bool isNarrow); ///< Plots one below the other.
    void toggle(); ///< Rehearse or Stop.

Q_SIGNALS:
    void statusChanged();
    void ruleChosen(const QString &section, int rule);

private:
    void start();
    void onStatus();
    void refresh();
    void refreshFigures(const engine::RehearsalStatus &status);
    void showMissing() const;
    void refreshVerdict(const engine::RehearsalStatus &status);
    void refreshRule();
    void refreshLegend(const engine::RehearsalStatus &status);
    void refreshScope(const engine::RehearsalStatus &status);
    void refreshRun(const engine::RehearsalStatus &status);
    [[nodiscard]] engine::RehearsalStatus told() const; ///< Of what is chosen to be played, or runs.
    [[nodiscard]] bool isOurs() const;
    [[nodiscard]] bool isOutdated() const; ///< What was played of this route is not there any more as it was.
    [[nodiscard]] QList<engine::RuleIdentity> identities() const;
    [[nodiscard]] bool showsRoute(const engine::RehearsalStatus &status) const; ///< Rules in the place of plots.
    [[nodiscard]] engine::RehearsalRequest request() const;

    engine::RehearsalService &m_service;
    engine::ContextService &m_contexts;
    engine::RouteDetail m_detail;
    engine::Rule m_rule;
    QList<qint64> m_weights;
    engine::RehearsalRequest m_started;
    QList<engine::RuleIdentity> m_startedRules; ///< Of the route then.
    bool m_hasRule = false;
    RehearsalHistory m_history;
    qsizetype m_watched = 0;

    SectionHeader *m_header;
    TextLabel *m_progress;
    QToolButton *m_scope; ///< Checked: every rule of the route.
    QToolButton *m_dialsButton;
    QPushButton *m_run;
    RehearsalDials *m_dials;
    QToolButton *m_shareTitle;
    TextLabel *m_draftLegend;
    QList<QWidget *> m_shareSamples;
    QHBoxLayout *m_latencyLegend;
    QList<QWidget *> m_latencyParts;
    QString m_legendKey;
    RehearsalPlot *m_share;
    RehearsalPlot *m_latency;
    QWidget *m_verdictRow;
    IconMark *m_verdictMark;
    TextLabel *m_verdict;
    TextLabel *m_figures;
    QPushButton *m_missing; ///< What is not executed or modelled, where a line has no room for all of it.
    QTimer *m_swap;
    QHBoxLayout *m_plots = nullptr;
    QWidget *m_plotArea = nullptr;
    RehearsalRules *m_rules = nullptr;
    Badge *m_note = nullptr;
};

} // namespace fairway::ui
