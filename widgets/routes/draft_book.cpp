#include "widgets/routes/draft_book.h"

#include <numeric>
#include <utility>

namespace fairway::ui {

DraftBook::DraftBook(QObject *parent)
    : QObject(parent)
{
}

QString DraftBook::text(const Key &key)
{
    return key.routeId + u'\n' + key.section + u'\n' + QString::number(key.rule);
}

SplitModel *DraftBook::open(const engine::RouteDetail &detail, const engine::Rule &rule)
{
    QList<qint64> live;
    QStringList destinations;
    QStringList labels;
    for (const engine::Destination &destination : rule.destinations) {
        live.append(destination.weight);
        destinations.append(destination.host + u'|' + destination.subset + u'|' + QString::number(destination.port));
        labels.append(destination.label);
    }
    const Key key {detail.row.id, rule.section, rule.index};
    std::unique_ptr<Draft> &draft = m_drafts[text(key).toStdString()];
    m_keys.insert(text(key), key);
    Draft fresh {SplitModel(live), detail.resourceVersion, live, destinations, labels, {}, {}};
    if (!draft) {
        draft = std::make_unique<Draft>(std::move(fresh));
    } else if (draft->destinations != destinations) {
        follow(*draft, fresh);
    } else {
        draft->model.rebase(live);
        if (draft->base == live || !draft->model.isChanged()) {
            draft->resourceVersion = detail.resourceVersion;
            draft->base = live;
        }
    }
    return &draft->model;
}

/// The rule leads elsewhere: the old weights would land on the wrong rows.
void DraftBook::follow(Draft &draft, const Draft &fresh)
{
    std::optional<Displaced> displaced = draft.displaced;
    QStringList from = draft.displacedFrom;
    if (draft.model.isChanged()) {
        displaced = Displaced {draft.labels, draft.model.draft(), {}, {}};
        from = draft.destinations;
    }
    draft = fresh;
    if (!displaced) {
        return;
    }
    if (from == draft.destinations) { // Back again, as if nothing had been.
        draft.model.setDraft(displaced->weights);
        return;
    }
    displaced->added.clear();
    displaced->gone.clear();
    for (qsizetype i = 0; i < draft.destinations.size(); ++i) {
        if (!from.contains(draft.destinations[i])) {
            displaced->added.append(draft.labels[i]);
        }
    }
    for (qsizetype i = 0; i < from.size(); ++i) {
        if (!draft.destinations.contains(from[i])) {
            displaced->gone.append(displaced->labels[i]);
        }
    }
    draft.displaced = displaced;
    draft.displacedFrom = from;
}

DraftBook::Draft *DraftBook::findDraft(const Key &key) const
{
    const auto found = m_drafts.find(text(key).toStdString());
    return found == m_drafts.end() ? nullptr : found->second.get();
}

const DraftBook::Displaced *DraftBook::displaced(const Key &key) const
{
    const Draft *draft = findDraft(key);
    return draft != nullptr && draft->displaced ? &*draft->displaced : nullptr;
}

void DraftBook::layOver(const Key &key)
{
    Draft *draft = findDraft(key);
    if (draft == nullptr || !draft->displaced) {
        return;
    }
    const Displaced displaced = *std::exchange(draft->displaced, std::nullopt);
    const QList<qint64> live = draft->model.live();
    QList<qint64> weights = live;
    QList<qsizetype> kept;
    QList<qint64> parts;
    qint64 room = std::accumulate(live.begin(), live.end(), qint64 {0});
    for (qsizetype i = 0; i < weights.size(); ++i) {
        const qsizetype before = draft->displacedFrom.indexOf(draft->destinations[i]);
        if (before < 0) {
            room -= live[i];
        } else {
            kept.append(i);
            parts.append(displaced.weights[before]);
        }
    }
    // A draft that is all zero, or a rule whose total is taken by new destinations, has no proportions to keep.
    const qint64 asked = std::accumulate(parts.begin(), parts.end(), qint64 {0});
    const QList<qint64> shares = asked > 0 && room > 0 ? apportion(room, parts) : parts;
    for (qsizetype i = 0; i < kept.size(); ++i) {
        weights[kept[i]] = shares[i];
    }
    draft->displacedFrom.clear();
    draft->model.setDraft(weights);
    noteEdited(key);
}

SplitModel *DraftBook::find(const Key &key) const
{
    Draft *draft = findDraft(key);
    return draft != nullptr ? &draft->model : nullptr;
}

engine::RouteDraft DraftBook::weightDraft(const Key &key) const
{
    engine::RouteDraft out {key.routeId, key.section, key.rule, {}, {}};
    const auto found = m_drafts.find(text(key).toStdString());
    if (found != m_drafts.end()) {
        out.weights = found->second->model.draft();
        out.resourceVersion = found->second->resourceVersion;
    }
    return out;
}

bool DraftBook::isChanged(const Key &key) const
{
    const SplitModel *model = find(key);
    return model != nullptr && model->isChanged();
}

bool DraftBook::isOvertaken(const Key &key) const
{
    const auto found = m_drafts.find(text(key).toStdString());
    return found != m_drafts.end() && found->second->model.isChanged() && found->second->base != found->second->model.live();
}

QList<DraftBook::Key> DraftBook::changed() const
{
    QList<Key> out;
    for (const Key &key : m_keys) {
        if (isChanged(key) || displaced(key) != nullptr) {
            out.append(key);
        }
    }
    return out;
}

QList<DraftBook::Key> DraftBook::changedOf(const QString &routeId) const
{
    QList<Key> out = changed();
    out.removeIf([&](const Key &key) { return key.routeId != routeId; });
    return out;
}

void DraftBook::take(const engine::RouteDraft &draft)
{
    const Key key {draft.routeId, draft.section, draft.rule};
    const auto found = m_drafts.find(text(key).toStdString());
    if (found != m_drafts.end()) {
        found->second->model.setDraft(draft.weights);
        found->second->resourceVersion = draft.resourceVersion;
        found->second->base = found->second->model.live();
        noteEdited(key);
    }
}

void DraftBook::written(const engine::RouteDraft &draft)
{
    const Key key {draft.routeId, draft.section, draft.rule};
    const auto found = m_drafts.find(text(key).toStdString());
    if (found != m_drafts.end() && found->second->model.draft() == draft.weights) {
        // The watch brings the object a moment later; until then the draft must not look unwritten.
        found->second->model = SplitModel(draft.weights);
        found->second->base = draft.weights;
        noteEdited(key);
    }
}

void DraftBook::discard(const Key &key)
{
    if (SplitModel *model = find(key)) {
        model->resetToLive();
        Draft &draft = *findDraft(key);
        draft.base = model->live();
        draft.displaced.reset();
        draft.displacedFrom.clear();
        noteEdited(key);
    }
}

void DraftBook::clear()
{
    m_drafts.clear();
    m_keys.clear();
}

void DraftBook::noteEdited(const Key &key)
{
    Q_EMIT draftChanged(key.routeId);
}

} // namespace fairway::ui
