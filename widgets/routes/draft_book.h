#pragma once

#include "core/engine/types.h"
#include "widgets/routes/split_model.h"

#include <QObject>

#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace fairway::ui {

/// The drafts of this window: one SplitModel for every rule that was looked at, kept while other routes are shown and
/// also when the object disappears, so that nothing typed is lost.
///
/// A draft belongs to its rule, not to the rule's place: follow() moves it when others insert, remove or move rules. When its rule is not
/// there any more, or nothing tells it from others, the draft is lost(): kept for export until it is discarded, never moved to another rule;
/// it comes back with the rule.
///
/// A draft remembers the version of the object it started from. A newer object moves that mark while the draft is unchanged,
/// or when the rule's own destinations and weights are as they were then (a status update is no conflict); otherwise the mark
/// stays: isOvertaken() says so at once, and the write path would report the conflict too.
///
/// When the rule leads to other destinations than before, its weights stand for other rows: the draft is set aside, displaced()
/// holds it, and the rule shows what is live until somebody decides: layOver() or discard(). Should the old destinations come
/// back untouched, the draft comes back with them.
class DraftBook final : public QObject {
    Q_OBJECT
public:
    struct Key {
        QString routeId;
        QString section;
        int rule = 0;
        friend bool operator==(const Key &, const Key &) = default;
    };

    /// A draft whose rule leads elsewhere by now.
    struct Displaced {
        QStringList labels; ///< Parallel to `weights`.
        QList<qint64> weights;
        QStringList added; ///< Destinations the draft does not know.
        QStringList gone;  ///< Destinations it knows and the rule does not; neither: only their order changed.
    };

    /// A draft whose rule is not there any more.
    struct Lost {
        engine::RouteDraft draft;
        QString title;      ///< Of the rule: "Everything else".
        QStringList labels; ///< Parallel to the draft's weights.
    };

    explicit DraftBook(QObject *parent = nullptr);

    /// Takes the drafts of a route to where their rules stand now. To be called with each newer object before anything else is asked of it.
    void follow(const engine::RouteDetail &detail);
    [[nodiscard]] std::optional<Lost> lost(const QString &routeId) const; ///< The first of them.
    void discardLost(const QString &routeId);

    /// The draft of a rule as the object is now; made on first use. The pointer stays valid until follow() finds the rule gone, or clear().
    SplitModel *open(const engine::RouteDetail &detail, const engine::Rule &rule);
    [[nodiscard]] SplitModel *find(const Key &key) const;
    [[nodiscard]] engine::RouteDraft weightDraft(const Key &key) const;
    [[nodiscard]] bool isChanged(const Key &key) const;
    /// Somebody else changed the rule's weights since the draft began: what it would overwrite was never looked at.
    [[nodiscard]] bool isOvertaken(const Key &key) const;
    /// Null when there is none.
    [[nodiscard]] const Displaced *displaced(const Key &key) const;
    /// Makes the draft that was set aside the draft again, as far as its destinations are still there: they share what the new
    /// ones leave of the total, in the draft's proportions.
    void layOver(const Key &key);
    /// Rules with a draft, those that were set aside or lost included: of the latter the key says where they stood.
    [[nodiscard]] QList<Key> changed() const;
    [[nodiscard]] QList<Key> changedOf(const QString &routeId) const;

    /// The engine laid the draft over a newer object: its weights and version are the draft's from now on.
    void take(const engine::RouteDraft &draft);
    /// Written: what was the draft is live now.
    void written(const engine::RouteDraft &draft);
    void discard(const Key &key);
    void clear(); ///< Another context: nothing carries over.

    /// To be called after an edit made through open()'s pointer.
    void noteEdited(const Key &key);

Q_SIGNALS:
    void draftChanged(const QString &routeId);

private:
    struct Draft {
        Key key;
        engine::RuleIdentity identity;
        QString title;
        SplitModel model;
        QString resourceVersion;
        QList<qint64> base; ///< The rule's weights in that version.
        QStringList destinations; ///< What the rows stand for.
        QStringList labels;
        std::optional<Displaced> displaced;
        QStringList displacedFrom; ///< `destinations` of the draft that was set aside.
    };
    void follow(Draft &draft, const Draft &fresh);
    [[nodiscard]] Draft *findDraft(const Key &key) const;
    [[nodiscard]] Draft *findDraft(const engine::RouteDraft &draft) const;
    [[nodiscard]] static bool isKept(const Draft &draft); ///< Something would be lost with it.
    static QString text(const Key &key);

    std::unordered_map<std::string, std::unique_ptr<Draft>> m_drafts; ///< By text(key).
    std::vector<std::unique_ptr<Draft>> m_lost;
};

} // namespace fairway::ui
