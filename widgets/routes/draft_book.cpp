#include "widgets/routes/draft_book.h"

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
    for (const engine::Destination &destination : rule.destinations) {
        live.append(destination.weight);
        destinations.append(destination.host + u'|' + destination.subset + u'|' + QString::number(destination.port));
    }
    const Key key {detail.row.id, rule.section, rule.index};
    std::unique_ptr<Draft> &draft = m_drafts[text(key).toStdString()];
    m_keys.insert(text(key), key);
    if (!draft) {
        draft = std::make_unique<Draft>(Draft {SplitModel(live), detail.resourceVersion, live, destinations});
        return &draft->model;
    }
    if (draft->destinations != destinations) {
        // Other rows: the old weights would land on the wrong ones.
        *draft = Draft {SplitModel(live), detail.resourceVersion, live, destinations};
        return &draft->model;
    }
    draft->model.rebase(live);
    if (draft->base == live || !draft->model.isChanged()) {
        draft->resourceVersion = detail.resourceVersion;
        draft->base = live;
    }
    return &draft->model;
}

SplitModel *DraftBook::find(const Key &key) const
{
    const auto found = m_drafts.find(text(key).toStdString());
    return found == m_drafts.end() ? nullptr : &found->second->model;
}

engine::WeightDraft DraftBook::weightDraft(const Key &key) const
{
    engine::WeightDraft out {key.routeId, key.section, key.rule, {}, {}};
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
        if (isChanged(key)) {
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

void DraftBook::take(const engine::WeightDraft &draft)
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

void DraftBook::written(const engine::WeightDraft &draft)
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
        Draft &draft = *m_drafts.find(text(key).toStdString())->second;
        draft.base = model->live();
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
