#pragma once

#include "core/engine/types.h"
#include "widgets/routes/split_model.h"

#include <QHash>
#include <QObject>

#include <memory>
#include <optional>
#include <string>
#include <unordered_map>

namespace fairway::ui {

/// The drafts of this window: one SplitModel for every rule that was looked at, kept while other routes are shown and
/// also when the object disappears, so that nothing typed is lost.
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

    explicit DraftBook(QObject *parent = nullptr);

    /// The draft of a rule as the object is now; made on first use. The pointer stays valid until forget() or clear().
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
    /// Rules with a draft, one that was set aside included.
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
    static QString text(const Key &key);

    std::unordered_map<std::string, std::unique_ptr<Draft>> m_drafts;
    QHash<QString, Key> m_keys;
};

} // namespace fairway::ui
