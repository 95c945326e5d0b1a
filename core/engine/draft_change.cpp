#include "core/engine/draft_change.h"

#include "core/engine/rule_identity.h"
#include "core/engine/text.h"
#include "core/engine/writes.h"
#include "core/route/edit_check.h"
#include "core/route/edit_request.h"
#include "core/route/weights.h"

#include <algorithm>
#include <vector>

namespace fairway::engine {
namespace {

    QString joinWeights(const QList<qint64> &weights)
    {
        QStringList parts;
        for (const qint64 weight : weights)
            parts.append(QString::number(weight));
        return parts.join(QLatin1String(" / "));
    }

    route::EditRequest requestOf(const RouteDraft &draft, const RouteDetail *detail)
    {
        route::EditRequest request;
        request.subject = draft.kind == DraftKind::Policy ? route::EditRequest::Subject::Policy
            : draft.kind == DraftKind::Canary             ? route::EditRequest::Subject::Canary
            : draft.kind == DraftKind::Mend               ? route::EditRequest::Subject::Mend
                                                          : route::EditRequest::Subject::Rule;
        request.section = toUtf8(draft.section);
        request.index = draft.rule;
        request.subset = toUtf8(draft.subset);
        for (const auto &[name, text] : draft.fields) {
            if (draft.kind == DraftKind::Mend)
                (name == QLatin1String("code") ? request.code : request.path) = toUtf8(text);
        }
        const Rule *rule = detail && draft.kind == DraftKind::Canary ? findRule(*detail, draft) : nullptr;
        for (qsizetype i = 0; rule && i < rule->destinations.size(); ++i) {
            const Destination &destination = rule->destinations[i];
            if (destination.service.isEmpty()) // nobody's pods: no subset would mean any
                continue;
            route::HostSubsets host {toUtf8(destination.host), {}};
            for (const QString &name : destination.subsets)
                host.names.push_back(toUtf8(name));
            const bool isKnown = std::any_of(request.hosts.begin(), request.hosts.end(), [&](const route::HostSubsets &each) { return each.host == host.host; });
            if (!isKnown)
                request.hosts.push_back(std::move(host));
        }
        return request;
    }

    std::vector<route::TypedField> typedOf(const RouteDraft &draft)
    {
        std::vector<route::TypedField> typed;
        for (const auto &[id, text] : draft.fields)
            typed.emplace_back(toUtf8(id), toUtf8(text));
        return typed;
    }

    FieldType toType(route::FieldType type)
    {
        switch (type) {
        case route::FieldType::Integer:
            return FieldType::Integer;
        case route::FieldType::Duration:
            return FieldType::Duration;
        case route::FieldType::Percent:
            return FieldType::Percent;
        case route::FieldType::Flag:
            return FieldType::Flag;
        case route::FieldType::Choice:
            return FieldType::Choice;
        case route::FieldType::Text:
            break;
        }
        return FieldType::Text;
    }

    FormField toField(const route::EditField &field)
    {
        FormField out;
        out.id = toQString(field.id);
        out.label = inWords(field.label);
        out.help = inWords(field.help);
        out.type = toType(field.type);
        for (const std::string &choice : field.choices)
            out.choices.append(toQString(choice));
        for (const Text &words : field.choiceWords)
            out.choiceWords.append(inWords(words));
        out.min = field.min;
        out.max = field.max;
        out.needs = toQString(field.needs);
        for (const std::string &word : field.needsOneOf)
            out.needsOneOf.append(toQString(word));
        out.value = toQString(field.value);
        return out;
    }

    /// Destinations that would get more than now and have no ready pod.
    std::vector<std::string> unready(const RouteDraft &draft, const Rule &rule)
    {
        std::vector<std::string> labels;
        for (qsizetype i = 0; i < rule.destinations.size(); ++i) {
            const Destination &destination = rule.destinations[i];
            const bool getsMore = draft.kind == DraftKind::Weights
                ? i < draft.weights.size() && draft.weights[i] > destination.weight
                : draft.kind == DraftKind::Canary && draft.fields.contains({QStringLiteral("to"), destination.label});
            if (getsMore && destination.readyPods == 0)
                labels.push_back(toUtf8(destination.label));
        }
        return labels;
    }

    /// Where the draft's rule stands in the object.
    Result<int> indexIn(const value::Value &object, const RouteDraft &draft)
    {
        if (!draft.identity.isKnown())
            return draft.rule;
        const auto route = route::parseRoute(object);
        if (!route)
            return tl::unexpected(route.error());
        const FoundRule found = findRule(*route, {draft.section, draft.rule, draft.identity});
        if (found.fate != RuleFate::There)
            return fail(ErrorCode::Conflict, phrase("engine", "the rule of this draft is not in the object any more as it was, or is one of several that are the same: nothing is written to another"));
        return route->rules[static_cast<std::size_t>(found.position)].index;
    }

    std::optional<value::ObjectView> policyOf(const QString &name, const DraftPlace &place)
    {
        return place.policy ? place.policy(QStringLiteral("DestinationRule/") + name) : std::nullopt;
    }

    /// The DestinationRule that gets the subset, or is made for it.
    Result<operate::Change> subsetChange(
        const Destination &destination, const value::Value &route, const route::WantedSubset &subset, const DraftPlace &place)
    {
        operate::Change change;
        value::Value from;
        if (!destination.policy.isEmpty()) {
            const auto policy = policyOf(destination.policy, place);
            auto object = policy ? policy->parse() : fail(ErrorCode::NotFound, phrase("engine", "DestinationRule %1 is not there any more").with(toUtf8(destination.policy)));
            if (!object)
                return tl::unexpected(object.error());
            change.base = *object;
            from = std::move(*object);
        } else {
            const QString service = destination.service.section(u'/', 1);
            const bool isTaken = policyOf(destination.service, place).has_value(); // by one for another host
            from = route::bareDestinationRule(std::string(route["apiVersion"].stringOr()), toUtf8(destination.service.section(u'/', 0, 0)),
                toUtf8(isTaken ? service + QStringLiteral("-subsets") : service), toUtf8(service));
            change.verb = operate::WriteVerb::Create;
        }
        auto desired = route::withSubset(from, subset);
        if (!desired)
            return tl::unexpected(desired.error());
        change.desired = std::move(*desired);
        change.object = objectRefOf(change.desired, place);
        change.summary = toUtf8(Writes::tr("subset %1").arg(toQString(subset.name)));
        return change;
    }

    Arrival arrivalAt(const Destination &destination, const route::WantedSubset &subset, const DraftPlace &place)
    {
        Arrival arrival {subset.name, toUtf8(destination.service.section(u'/', 0, 0)), toUtf8(destination.service.section(u'/', 1)),
            {subset.labels.begin(), subset.labels.end()}};
        const auto policy = subset.isMissing ? std::nullopt : policyOf(destination.policy, place);
        const auto object = policy ? policy->parse() : Result<value::Value>(value::Value());
        const value::Value subsets = object ? (*object)["spec"]["subsets"] : value::Value();
        for (std::size_t i = 0; i < subsets.size(); ++i) {
            if (subsets[i]["name"].stringOr() != subset.name || !subsets[i]["labels"].isMap())
                continue;
            for (const auto &[key, text] : subsets[i]["labels"].asMap())
                arrival.labels.emplace_back(key, text.stringOr());
        }
        return arrival;
    }

} // namespace

operate::ObjectRef objectRefOf(const value::Value &object, const DraftPlace &place)
{
    const std::string apiVersion(object["apiVersion"].stringOr());
    const std::string kind(object["kind"].stringOr());
    const kube::GroupVersion version = kube::GroupVersion::parse(apiVersion);
    return {version.group, version.version, place.plural ? place.plural(apiVersion, kind) : std::string(), kind,
        std::string(object["metadata"]["namespace"].stringOr()), std::string(object["metadata"]["name"].stringOr())};
}

const Rule *findRule(const RouteDetail &detail, const RouteDraft &draft)
{
    const FoundRule found = findRule(detail, {draft.section, draft.rule, draft.identity});
    return found.fate == RuleFate::There ? &detail.rules[found.position] : nullptr;
}

Result<PlannedChanges> changesOfDraft(const RouteDraft &asked, const value::ObjectView &base, const DraftPlace &place)
{
    const auto object = base.parse();
    if (!object)
        return tl::unexpected(object.error());
    RouteDraft draft = asked;
    const auto index = indexIn(*object, asked);
    if (!index)
        return tl::unexpected(index.error());
    draft.rule = *index;
    PlannedChanges planned;
    operate::Change change;
    change.object = objectRefOf(*object, place);
    if (base.resourceVersion().empty() && draft.kind == DraftKind::Policy)
        change.verb = operate::WriteVerb::Create;
    else
        change.base = *object;
    const Rule *rule = place.detail ? findRule(*place.detail, draft) : nullptr;
    if (rule)
        change.unreadyDestinations = unready(draft, *rule);
    if (draft.kind == DraftKind::Weights) {
        auto desired = route::setWeights(*object, toUtf8(draft.section), draft.rule,
            std::vector<std::int64_t>(draft.weights.begin(), draft.weights.end()));
        if (!desired)
            return tl::unexpected(desired.error());
        change.desired = std::move(*desired);
        QList<qint64> before;
        for (qsizetype i = 0; rule && i < rule->destinations.size(); ++i)
            before.append(rule->destinations[i].weight);
        change.summary = toUtf8(Writes::tr("weights %1 → %2").arg(joinWeights(before), joinWeights(draft.weights)));
        planned.changes.push_back(std::move(change));
        return planned;
    }
    const route::EditRequest request = requestOf(draft, place.detail);
    const std::vector<route::TypedField> typed = typedOf(draft);
    const auto edits = route::planFor(*object, request, typed);
    if (!edits)
        return tl::unexpected(edits.error());
    auto desired = route::checkedEdit(*object, *edits);
    if (!desired)
        return tl::unexpected(desired.error());
    change.desired = std::move(*desired);
    change.summary = toUtf8(inWords(route::summaryFor(*object, request, typed)));
    const auto subset = route::wantedSubset(*object, request, typed);
    if (!subset)
        return tl::unexpected(subset.error());
    if (*subset) {
        const auto at = static_cast<qsizetype>((*subset)->destination);
        const bool isKnown = rule && at < rule->destinations.size() && toUtf8(rule->destinations[at].host) == (*subset)->host;
        if (!isKnown)
            return fail(ErrorCode::NotFound, phrase("engine", "the rule leads elsewhere by now"));
        planned.arrival = arrivalAt(rule->destinations[at], **subset, place);
        change.unreadyDestinations.clear(); // asked of the server: its pods may be there, whoever names them
        if ((*subset)->isMissing) {
            auto needed = subsetChange(rule->destinations[at], *object, **subset, place);
            if (!needed)
                return tl::unexpected(needed.error());
            planned.changes.push_back(std::move(*needed)); // first: no request may meet a subset that is not there
        }
    }
    planned.changes.push_back(std::move(change));
    return planned;
}

EditForm formOfDraft(const RouteDraft &asked, const value::ObjectView &object, const RouteDetail *detail)
{
    EditForm out;
    out.resourceVersion = toQString(object.resourceVersion());
    const auto parsed = object.parse();
    RouteDraft draft = asked;
    if (asked.identity.isKnown()) {
        const auto route = parsed ? route::parseRoute(*parsed) : tl::unexpected(parsed.error());
        const FoundRule found = route ? findRule(*route, {asked.section, asked.rule, asked.identity}) : FoundRule {};
        if (found.fate == RuleFate::Gone) {
            out.problem = Writes::tr("The rule is not there any more as it was.");
            return out;
        }
        draft.rule = route->rules[static_cast<std::size_t>(found.position)].index;
        draft.identity = identitiesOf(*route)[found.position];
    }
    out.rule = draft.rule;
    out.identity = draft.identity;
    const auto form = parsed ? route::formFor(*parsed, requestOf(draft, detail)) : tl::unexpected(parsed.error());
    if (!form) {
        out.problem = inWords(form.error());
        return out;
    }
    for (const route::EditGroup &group : form->groups) {
        FormGroup shown;
        shown.id = toQString(group.id);
        shown.title = inWords(group.title);
        shown.note = inWords(group.note);
        for (const route::EditField &field : group.fields)
            shown.fields.append(toField(field));
        out.groups.append(shown);
    }
    return out;
}

} // namespace fairway::engine
