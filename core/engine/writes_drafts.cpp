#include "core/engine/writes.h"

#include "core/engine/route_preview.h"
#include "core/engine/rule_identity.h"
#include "core/engine/text.h"
#include "core/engine/write_words.h"
#include "core/route/canary_target.h"
#include "core/route/route_object.h"
#include "core/value/yaml.h"

/// What drafts make of which objects: local, nothing is sent.
namespace fairway::engine {

std::optional<value::ObjectView> Writes::known(const QString &id) const
{
    const auto &picture = isPreviewId(id) ? m_preview : m_picture;
    if (!picture)
        return std::nullopt;
    if (const auto entry = picture->entries.value(id))
        return entry->object;
    const auto policy = picture->policies.constFind(id);
    return policy == picture->policies.constEnd() ? std::nullopt : std::optional(*policy);
}

std::optional<value::ObjectView> Writes::objectOf(const RouteDraft &draft) const
{
    auto object = known(draft.routeId);
    const auto session = m_contexts.session();
    if (object || draft.host.isEmpty() || !m_picture || !session || !session->discovery())
        return object;
    const kube::ResourceType *type = session->discovery()->preferred("networking.istio.io", "destinationrules", {"v1", "v1beta1", "v1alpha3"});
    const auto bare = value::ObjectView::fromValue(route::bareDestinationRule(type ? type->apiVersion() : "networking.istio.io/v1",
        toUtf8(draft.routeId.section(u'/', 1, 1)), toUtf8(draft.routeId.section(u'/', 2)), toUtf8(draft.host)));
    return bare ? std::optional(*bare) : std::nullopt;
}

const RouteDetail *Writes::detailOf(const RouteDraft &draft) const
{
    const auto &picture = isPreviewId(draft.routeId) ? m_preview : m_picture;
    const auto entry = picture ? picture->entries.value(draft.routeId) : nullptr;
    return entry ? &entry->detail : nullptr;
}

QString Writes::baseKey(const RouteDraft &draft)
{
    return draft.routeId + QLatin1Char('@') + draft.resourceVersion;
}

Result<PlannedChanges> Writes::changesOf(const RouteDraft &draft) const
{
    const auto session = m_contexts.session();
    const auto discovery = session ? session->discovery() : nullptr;
    DraftPlace place;
    place.detail = detailOf(draft);
    place.plural = [discovery](const std::string &apiVersion, const std::string &kind) {
        const kube::ResourceType *type = discovery ? discovery->findKind(apiVersion, kind) : nullptr;
        return type ? type->plural : std::string();
    };
    if (draft.kind == DraftKind::Http1)
        return http1Changes(draft, place);
    const QString key = baseKey(draft);
    const auto newest = objectOf(draft);
    if (newest && toQString(newest->resourceVersion()) == draft.resourceVersion && !m_bases.contains(key)) {
        if (m_bases.size() > 64)
            m_bases.clear();
        m_bases.insert(key, *newest);
    }
    const auto found = m_bases.constFind(key);
    if (found == m_bases.constEnd())
        return fail(ErrorCode::NotFound,
            toUtf8(tr("%1 is gone, or changed before this draft was looked at.").arg(draft.routeId)));
    const value::ObjectView base = *found;
    // What goes with the object belongs to the same moment: the version that was first looked at for this draft.
    place.policy = [this, key](const QString &id) -> std::optional<value::ObjectView> {
        const QString pinned = key + QLatin1Char('>') + id;
        if (const auto policy = known(id); policy && !m_bases.contains(pinned))
            m_bases.insert(pinned, *policy);
        const auto policy = m_bases.constFind(pinned);
        return policy == m_bases.constEnd() ? std::nullopt : std::optional(*policy);
    };
    return changesOfDraft(draft, base, place);
}

Result<PlannedChanges> Writes::http1Changes(const RouteDraft &draft, const DraftPlace &place) const
{
    PlannedChanges planned;
    for (const auto &[id, ns] : draft.fields) {
        const auto plan = m_gateways.plan(id, ns);
        if (!plan)
            return failWith(toUtf8(id), plan.error());
        operate::Change change;
        change.verb = operate::WriteVerb::Create;
        change.desired = plan->filter;
        change.object = objectRefOf(plan->filter, place);
        if (change.object.plural.empty())
            return fail(ErrorCode::Unsupported, phrase("engine", "this server knows no %1").with(change.object.kind));
        change.summary = toUtf8(tr("HTTP/1.1 at %1").arg(id));
        planned.changes.push_back(std::move(change));
    }
    return planned;
}

/// What goes with the draft's object is looked at anew the next time.
void Writes::unpin(const RouteDraft &draft) const
{
    m_bases.removeIf([prefix = baseKey(draft) + QLatin1Char('>')](const auto &base) { return base.key().startsWith(prefix); });
}

/// What controllers say of the split that the draft changes; only weights are steered by them.
QList<OwnerClaim> Writes::claimsOn(const RouteDraft &draft) const
{
    QList<OwnerClaim> claims;
    const RouteDetail *detail = draft.kind == DraftKind::Weights ? detailOf(draft) : nullptr;
    const Rule *rule = detail ? findRule(*detail, draft) : nullptr;
    for (qsizetype i = 0; rule && i < detail->claims.size(); ++i) {
        if (detail->claims[i].section == rule->section && detail->claims[i].rule == rule->index)
            claims.append(detail->claims[i]);
    }
    return claims;
}

/// The draft on the newest object, where what it is about still stands there: for weights, the same destinations in the same order.
std::optional<RouteDraft> Writes::laidOver(const RouteDraft &draft, const value::ObjectView &newest, const operate::Merge &merge) const
{
    RouteDraft renewed = draft;
    renewed.resourceVersion = toQString(newest.resourceVersion());
    if (draft.kind == DraftKind::Weights) {
        const RouteDetail *detail = detailOf(draft);
        const Rule *rule = detail ? findRule(*detail, draft) : nullptr;
        const bool leadsThere = rule && rule->destinations.size() == draft.weights.size()
            && (!draft.identity.isKnown() || rule->identity.destinations == draft.identity.destinations);
        if (!leadsThere)
            return std::nullopt;
        renewed.rule = rule->index;
        renewed.identity = rule->identity;
        return renewed;
    }
    const EditForm form = formOfDraft(draft, newest, detailOf(draft));
    if (!form.problem.isEmpty())
        return std::nullopt;
    renewed.rule = form.rule;
    renewed.identity = form.identity;
    if (draft.kind == DraftKind::Mend) {
        // A finding is known by its path alone, which may be another rule's by now: only what mends the same fields counts.
        DraftPlace place;
        place.detail = detailOf(draft);
        const auto again = changesOfDraft(renewed, newest, place);
        if (!merge.isClean || !again || !(again->changes.back().desired == merge.merged))
            return std::nullopt;
    }
    return renewed;
}

EditForm Writes::editForm(const RouteDraft &draft) const
{
    if (draft.fields.isEmpty())
        unpin(draft); // nothing typed yet: it begins now
    const auto object = objectOf(draft);
    EditForm form;
    if (!object) {
        form.problem = tr("%1 is not there any more.").arg(draft.routeId);
        return form;
    }
    const auto parsed = draft.host.isEmpty() ? Result<value::Value>(value::Value()) : object->parse();
    const std::string ns = toUtf8(draft.routeId.section(u'/', 1, 1));
    if (parsed && !parsed->isNull() && route::fullHost((*parsed)["spec"]["host"].stringOr(), ns) != route::fullHost(toUtf8(draft.host), ns)) {
        form.problem = tr("%1 is there, but for another host: %2.").arg(draft.routeId, toQString((*parsed)["spec"]["host"].stringOr()));
        return form;
    }
    return formOfDraft(draft, *object, detailOf(draft));
}

DiffView Writes::diff(const RouteDraft &draft) const
{
    DiffView view;
    const auto planned = changesOf(draft);
    if (!planned) {
        view.problem = inWords(planned.error());
        return view;
    }
    for (const operate::Change &change : planned->changes) {
        const QString object = toQString(change.object.display());
        view.objects.append(object);
        const bool isNew = change.verb == operate::WriteVerb::Create;
        if (isNew || planned->changes.size() > 1)
            view.lines.append({DiffLine::Kind::Header, isNew ? tr("%1, new").arg(object) : object});
        if (isNew) {
            ++view.changedFields;
            view.lines += addedLines(value::toYaml(change.desired));
            continue;
        }
        const operate::Diff diff = operate::Writer::diff(change);
        view.changedFields += diff.changedFields;
        for (const operate::DiffLine &line : diff.lines)
            view.lines.append(toLine(line));
    }
    view.patch = patchText(*planned);
    return view;
}

QString Writes::patchText(const PlannedChanges &planned)
{
    QStringList parts;
    for (const operate::Change &change : planned.changes) {
        const operate::ObjectRef &object = change.object;
        parts.append(change.verb == operate::WriteVerb::Create
                ? QStringLiteral("# kubectl create -f THIS_FILE\n") + toQString(value::toYaml(change.desired))
                : QStringLiteral("# kubectl -n %1 patch %2 %3 --type=json --patch-file THIS_FILE\n")
                        .arg(toQString(object.ns), toQString(object.resource().qualifiedName()), toQString(object.name))
                    + toQString(value::toYaml(operate::Writer::patchOf(change))));
    }
    return parts.join(QStringLiteral("---\n"));
}

QString Writes::exportPatch(const RouteDraft &draft) const
{
    const auto planned = changesOf(draft);
    return planned ? patchText(*planned) : QString();
}

} // namespace fairway::engine
