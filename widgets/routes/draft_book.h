#pragma once

#include "core/engine/types.h"
#include "widgets/routes/split_model.h"

#include <QHash>
#include <QObject>

#include <memory>
#include <string>
#include <unordered_map>

namespace fairway::ui {

/// The drafts of this window: one SplitModel for every rule that was looked at, kept while other routes are shown and
/// also when the object disappears, so that nothing typed is lost.
///
/// A draft remembers the version of the object it started from. A newer object moves that mark while the draft is unchanged,
/// or when the rule's own destinations and weights are as they were then (a status update is no conflict); otherwise the mark
/// stays: isOvertaken() says so at once, and the write path would report the conflict too.
class DraftBook final : public QObject {
    Q_OBJECT
public:
    struct Key {
        QString routeId;
        QString section;
        int rule = 0;
        friend bool operator==(const Key &, const Key &) = default;
    };

    explicit DraftBook(QObject *parent = nullptr);

    /// The draft of a rule as the object is now; made on first use. The pointer stays valid until forget() or clear().
    SplitModel *open(const engine::RouteDetail &detail, const engine::Rule &rule);
    [[nodiscard]] SplitModel *find(const Key &key) const;
    [[nodiscard]] engine::WeightDraft weightDraft(const Key &key) const;
    [[nodiscard]] bool isChanged(const Key &key) const;
    /// Somebody else changed the rule's weights since the draft began: what it would overwrite was never looked at.
    [[nodiscard]] bool isOvertaken(const Key &key) const;
    [[nodiscard]] QList<Key> changed() const;
    [[nodiscard]] QList<Key> changedOf(const QString &routeId) const;

    /// The engine laid the draft over a newer object: its weights and version are the draft's from now on.
    void take(const engine::WeightDraft &draft);
    /// Written: what was the draft is live now.
    void written(const engine::WeightDraft &draft);
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
    };
    static QString text(const Key &key);

    std::unordered_map<std::string, std::unique_ptr<Draft>> m_drafts;
    QHash<QString, Key> m_keys;
};

} // namespace fairway::ui
