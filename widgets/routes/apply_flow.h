#pragma once

#include "core/engine/engine.h"

#include <QObject>

class QTimer;

namespace fairway::ui {

/// The way of one draft into the cluster: gate, dry run, apply, and what came of it. No widgets: the box that shows it asks
/// this object what is possible and why not.
///
/// Rules:  nothing is sent while the context is locked. Apply makes the dry run first when this very draft had none that
///         passed. With a stale connection it re-reads the object first and stops when that changed. A conflict keeps the
///         draft. Each outcome is kept until the draft or the rule changes.
class ApplyFlow final : public QObject {
    Q_OBJECT
public:
    enum class Step {
        Idle,       ///< Nothing under way; look at outcome() for what came before.
        DryRunning,
        Applying,
        Refreshing, ///< Re-reading the object.
        Undoing
    };

    ApplyFlow(engine::Engine &engine, QObject *parent = nullptr);

    /// What was changed in the cluster since the draft began: a conflict before anything is sent.
    enum class Overtaken {
        No,
        Weights,
        Destinations, ///< The draft is set aside; laying it over is the draft book's work, not the engine's.
        Rule          ///< The draft's rule is not there any more: it can be exported or discarded.
    };
    /// The draft shown. `isChanged`: it differs from live. `isGone`: the object no longer exists.
    void setDraft(const engine::RouteDraft &draft, bool isChanged, bool isGone, Overtaken overtaken = Overtaken::No);
    void clear(); ///< No rule is shown.
    /// Where the route comes from when it is only rendered ("chart checkout"): nothing can be sent then. Empty: from the cluster.
    void setSource(const QString &source);
    [[nodiscard]] const QString &source() const { return m_source; }

    [[nodiscard]] const engine::RouteDraft &draft() const { return m_draft; }
    [[nodiscard]] bool hasDraft() const { return m_isChanged; }
    [[nodiscard]] bool isGone() const { return m_isGone; }
    [[nodiscard]] bool isLocked() const;
    [[nodiscard]] bool isStale() const;
    [[nodiscard]] bool isConflict() const { return m_isConflict || m_overtaken != Overtaken::No; }
    [[nodiscard]] bool isDisplaced() const { return m_overtaken == Overtaken::Destinations; }
    [[nodiscard]] bool isRuleGone() const { return m_overtaken == Overtaken::Rule; }
    /// The controller that steers what the draft writes, as the gate found it; empty without one.
    [[nodiscard]] QString owner() const { return m_hasGate && m_isChanged ? m_gate.ownedBy : QString(); }
    [[nodiscard]] bool hasGate() const { return m_hasGate; }
    [[nodiscard]] const engine::WriteGate &gate() const { return m_gate; }
    [[nodiscard]] Step step() const { return m_step; }
    [[nodiscard]] bool isDryRunPassed() const { return m_isDryRunPassed; }
    [[nodiscard]] bool hasOutcome() const { return m_hasOutcome; }
    [[nodiscard]] const engine::WriteOutcome &outcome() const { return m_outcome; }
    [[nodiscard]] QString note() const { return m_note; } ///< After a refresh: what came of it.

    /// Why a dry run, or apply, can't be made now, as a sentence; empty when it can.
    [[nodiscard]] QString dryRunBlocker() const;
    [[nodiscard]] QString applyBlocker() const;
    [[nodiscard]] bool needsTypedName() const { return m_gate.needsTypedName; }
    [[nodiscard]] bool allowsUnready() const { return m_allowsUnready; }
    void setAllowsUnready(bool isAllowed);

    void dryRun();
    void apply(const engine::WriteConsent &consent);
    void layDraftOver();
    void undo(const engine::WriteConsent &consent); ///< The write that outcome() tells of.
    void dismissOutcome();

Q_SIGNALS:
    void changed();
    void written(const fairway::engine::RouteDraft &draft);
    void refreshed(const fairway::engine::RouteDraft &draft);
    void layOverRequested(); ///< Of a draft that was set aside.

private:
    void onGate(const engine::RouteDraft &draft, const engine::WriteGate &gate);
    void onFinished(const engine::RouteDraft &draft, const engine::WriteOutcome &outcome);
    void onRefreshed(const engine::RouteDraft &draft, const QString &note);
    void onUndone(qint64 journalId, const engine::WriteOutcome &outcome);
    void send();
    [[nodiscard]] bool isCurrent(const engine::RouteDraft &draft) const;
    [[nodiscard]] QString commonBlocker() const;

    engine::Engine &m_engine;
    QTimer *m_gateTimer;
    engine::RouteDraft m_draft;
    QString m_source;
    bool m_isChanged = false;
    bool m_isGone = false;
    bool m_hasGate = false;
    engine::WriteGate m_gate;
    bool m_allowsUnready = false;
    Step m_step = Step::Idle;
    bool m_isDryRunPassed = false;
    bool m_appliesAfter = false; ///< The step under way is on the way to Apply.
    bool m_isConflict = false;  ///< The server said so.
    Overtaken m_overtaken = Overtaken::No; ///< The picture says so.
    bool m_hasOutcome = false;
    engine::WriteOutcome m_outcome;
    engine::WriteConsent m_consent;
    QString m_note;
};

} // namespace fairway::ui
