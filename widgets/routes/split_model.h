#pragma once

#include <QCoreApplication>
#include <QList>
#include <QString>

#include <optional>

namespace fairway::ui {

/// The weights of one rule while they are being edited: live beside draft, with the rows to keep and the way back.
///
/// Shape:  a plain value; rows are the rule's destinations in order. Every edit keeps the draft's total, which starts as
///         the object's own (1:1:1 stays 3, 1050 stays 1050) and changes only in normalise(). A rule whose weights are
///         all 0 has no total to keep, so its draft is edited out of 100.
/// Units:  weights as written in the object, never percent.
/// Errors: an edit that can't be made leaves everything as it was and returns why, in the user's language.
/// Undo:   one step an edit; moves of a divider between beginGesture() and endGesture() are one step. At most 200.
class SplitModel {
    Q_DECLARE_TR_FUNCTIONS(fairway::ui::SplitModel)
public:
    using Refusal = std::optional<QString>; ///< Empty when the edit was made.

    SplitModel() = default;
    /// `loneGetsAll`: a lone row takes everything whatever its weight, as Istio has it.
    explicit SplitModel(const QList<qint64> &live, bool loneGetsAll = false);

    [[nodiscard]] qsizetype size() const { return m_live.size(); }
    [[nodiscard]] const QList<qint64> &live() const { return m_live; }
    [[nodiscard]] const QList<qint64> &draft() const { return m_now.draft; }
    [[nodiscard]] qint64 total() const { return m_now.total; }     ///< What the draft's weights add up to, or may.
    [[nodiscard]] qint64 liveTotal() const;
    [[nodiscard]] bool isKept(qsizetype row) const;
    [[nodiscard]] bool loneGetsAll() const { return m_loneGetsAll; }
    [[nodiscard]] bool isLoneWithAll() const { return m_loneGetsAll && size() == 1; }
    [[nodiscard]] QList<qint64> liveParts() const { return isLoneWithAll() ? QList<qint64> {1} : m_live; } ///< What live gives out, to be drawn.
    [[nodiscard]] bool isChanged() const { return m_now.draft != m_live; }
    [[nodiscard]] double share(qsizetype row) const;     ///< Of the draft, 0..1; 0 when all weights are 0.
    [[nodiscard]] double liveShare(qsizetype row) const;

    /// Moves the boundary between `divider` and `divider` + 1: the left row gains `delta`, the right one loses it,
    /// stopping at 0. Refused when one of the two is kept or nothing could move.
    Refusal moveDivider(qsizetype divider, qint64 delta);
    /// The same, to where the left row has exactly `leftWeight` (clamped).
    Refusal placeDivider(qsizetype divider, qint64 leftWeight);
    /// A typed value: the rest goes to the rows that are not kept, in the proportion they have now.
    Refusal setWeight(qsizetype row, qint64 value);
    /// Reads what was typed: a whole number as a weight, or with "%" as a share of the total.
    Refusal setText(qsizetype row, const QString &text);
    void setKept(qsizetype row, bool isKept);
    /// Everything to one row ("100 % stable"); kept rows don't stand in the way.
    Refusal giveAllTo(qsizetype row);

    [[nodiscard]] bool canNormalise() const;
    [[nodiscard]] QList<qint64> normalised() const; ///< The same shares out of 100, by largest remainder.
    void normalise();
    void resetToLive();

    void beginGesture();
    void endGesture() { m_isInGesture = false; }
    [[nodiscard]] bool canUndo() const { return !m_undo.isEmpty(); }
    [[nodiscard]] bool canRedo() const { return !m_redo.isEmpty(); }
    void undo();
    void redo();

    /// The object changed in the cluster: an untouched draft follows, a touched one stays as it is. False when the number
    /// of rows differs, in which case nothing can be laid over and the caller must start afresh.
    bool rebase(const QList<qint64> &live);
    /// Sets the draft as a whole (laid over a newer object by the engine). One undo step.
    bool setDraft(const QList<qint64> &draft);

private:
    struct State {
        QList<qint64> draft;
        QList<bool> kept;
        qint64 total = 0;
        friend bool operator==(const State &, const State &) = default;
    };

    void change(State next);
    [[nodiscard]] static qint64 workingTotal(const QList<qint64> &weights);

    QList<qint64> m_live;
    bool m_loneGetsAll = false;
    State m_now;
    QList<State> m_undo;
    QList<State> m_redo;
    bool m_isInGesture = false;
    bool m_hasGestureStep = false;
};

/// Shares `amount` out in proportion to `parts` by largest remainder; equally when all parts are 0. Exact: the result
/// adds up to `amount`. Ties go to the earlier row.
[[nodiscard]] QList<qint64> apportion(qint64 amount, const QList<qint64> &parts);

} // namespace fairway::ui
