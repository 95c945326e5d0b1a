#include "core/engine/draft_change.h"

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

    route::EditRequest requestOf(const WeightDraft &draft)
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
        return request;
    }

    std::vector<route::TypedField> typedOf(const WeightDraft &draft)
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
        out.min = field.min;
        out.max = field.max;
        out.needs = toQString(field.needs);
        for (const std::string &word : field.needsOneOf)
            out.needsOneOf.append(toQString(word));
        out.value = toQString(field.value);
        return out;
    }

    /// Destinations that would get more than now and have no ready pod.
    std::vector<std::string> unready(const WeightDraft &draft, const Rule &rule)
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

} // namespace

const Rule *findRule(const RouteDetail &detail, const WeightDraft &draft)
{
    const auto found = std::find_if(detail.rules.begin(), detail.rules.end(),
        [&](const Rule &rule) { return rule.section == draft.section && rule.index == draft.rule; });
    return found == detail.rules.end() ? nullptr : &*found;
}

Result<operate::Change> changeOfDraft(
    const WeightDraft &draft, const value::ObjectView &base, const RouteDetail *detail, const std::string &plural)
{
    const auto object = base.parse();
    if (!object)
        return tl::unexpected(object.error());
    operate::Change change;
    const kube::GroupVersion version = kube::GroupVersion::parse(base.apiVersion());
    change.object = {version.group, version.version, plural, std::string(base.kind()), std::string(base.ns()), std::string(base.name())};
    change.base = *object;
    const Rule *rule = detail ? findRule(*detail, draft) : nullptr;
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
        return change;
    }
    const route::EditRequest request = requestOf(draft);
    const std::vector<route::TypedField> typed = typedOf(draft);
    const auto edits = route::planFor(*object, request, typed);
    if (!edits)
        return tl::unexpected(edits.error());
    auto desired = route::checkedEdit(*object, *edits);
    if (!desired)
        return tl::unexpected(desired.error());
    change.desired = std::move(*desired);
    change.summary = route::summaryFor(*object, request, typed);
    return change;
}

EditForm formOfDraft(const WeightDraft &draft, const value::ObjectView &object)
{
    EditForm out;
    out.resourceVersion = toQString(object.resourceVersion());
    const auto parsed = object.parse();
    const auto form = parsed ? route::formFor(*parsed, requestOf(draft)) : tl::unexpected(parsed.error());
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
