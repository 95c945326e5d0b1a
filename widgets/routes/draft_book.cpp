#include "widgets/routes/draft_book.h"

#include "core/engine/rule_identity.h"

#include <algorithm>
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
    const bool loneGetsAll = detail.row.kind == QLatin1String("VirtualService");
    Draft fresh {key, rule.identity, rule.title, SplitModel(live, loneGetsAll), detail.resourceVersion, live, destinations, labels, {}, {}};
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

bool DraftBook::isKept(const Draft &draft)
{
    return draft.model.isChanged() || draft.displaced.has_value();
}

void DraftBook::follow(const engine::RouteDetail &detail)
{
    std::vector<std::unique_ptr<Draft>> moving = std::exchange(m_lost, {});
    for (auto each = m_drafts.begin(); each != m_drafts.end();) {
        if (each->second->key.routeId == detail.row.id) {
            moving.push_back(std::move(each->second));
            each = m_drafts.erase(each);
        } else {
            ++each;
        }
    }
    // Those with something to lose choose first: two of them never share a rule.
    std::stable_partition(moving.begin(), moving.end(), [](const auto &draft) { return isKept(*draft); });
    for (std::unique_ptr<Draft> &draft : moving) {
        const engine::FoundRule found = draft->key.routeId != detail.row.id
            ? engine::FoundRule {}
            : engine::findRule(detail, {draft->key.section, draft->key.rule, draft->identity});
        // Nothing but a place is known of the rule, or the whole route is another's: as it was.
        const bool isBlind = !draft->identity.isKnown() && found.fate == engine::RuleFate::Gone && draft->key.routeId == detail.row.id;
        Key key = draft->key;
        if (found.position >= 0) {
            key.rule = detail.rules[found.position].index;
        }
        const bool isTaken = m_drafts.contains(text(key).toStdString());
        const bool stays = !isTaken && (isBlind || found.fate == engine::RuleFate::There || (found.fate == engine::RuleFate::LeadsElsewhere && isKept(*draft)));
        if (!stays) {
            if (isKept(*draft)) {
                m_lost.push_back(std::move(draft));
            }
            continue;
        }
        draft->key = key;
        if (found.position >= 0) {
            draft->identity = detail.rules[found.position].identity;
            draft->title = detail.rules[found.position].title;
        }
        m_drafts.emplace(text(key).toStdString(), std::move(draft));
    }
}

std::optional<DraftBook::Lost> DraftBook::lost(const QString &routeId) const
{
    const auto found = std::find_if(m_lost.begin(), m_lost.end(), [&](const auto &draft) { return draft->key.routeId == routeId; });
    if (found == m_lost.end()) {
        return std::nullopt;
    }
    const Draft &draft = **found;
    Lost out {{routeId, draft.key.section, draft.key.rule, draft.displaced ? draft.displaced->weights : draft.model.draft(), draft.resourceVersion},
        draft.title, draft.displaced ? draft.displaced->labels : draft.labels};
    out.draft.identity = draft.identity;
    return out;
}

void DraftBook::discardLost(const QString &routeId)
{
    const auto found = std::find_if(m_lost.begin(), m_lost.end(), [&](const auto &draft) { return draft->key.routeId == routeId; });
    if (found != m_lost.end()) {
        m_lost.erase(found);
        Q_EMIT draftChanged(routeId);
    }
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

/// By what its rule is; by its place where that is all that is known.
DraftBook::Draft *DraftBook::findDraft(const engine::RouteDraft &wanted) const
{
    for (const auto &[where, draft] : m_drafts) {
        const bool isIt = draft->key.routeId == wanted.routeId && draft->key.section == wanted.section && draft->identity.isKnown() && draft->identity.isSameAs(wanted.identity);
        if (isIt) {
            return draft.get();
        }
    }
    return wanted.identity.isKnown() ? nullptr : findDraft(Key {wanted.routeId, wanted.section, wanted.rule});
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
    if (const Draft *draft = findDraft(key)) {
        out.weights = draft->model.draft();
        out.resourceVersion = draft->resourceVersion;
        out.identity = draft->identity;
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
    for (const auto &[where, draft] : m_drafts) {
        if (isKept(*draft)) {
            out.append(draft->key);
        }
    }
    for (const auto &draft : m_lost) {
        out.append(draft->key);
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
    if (Draft *found = findDraft(draft)) {
        found->model.setDraft(draft.weights);
        found->resourceVersion = draft.resourceVersion;
        found->base = found->model.live();
        noteEdited(found->key);
    }
}

void DraftBook::written(const engine::RouteDraft &draft)
{
    Draft *found = findDraft(draft);
    if (found != nullptr && found->model.draft() == draft.weights) {
        // The watch brings the object a moment later; until then the draft must not look unwritten.
        found->model = SplitModel(draft.weights, found->model.loneGetsAll());
        found->base = draft.weights;
        noteEdited(found->key);
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
    m_lost.clear();
}

void DraftBook::noteEdited(const Key &key)
{
    Q_EMIT draftChanged(key.routeId);
}

} // namespace fairway::ui
