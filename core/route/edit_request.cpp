#include "core/route/edit_request.h"

#include "core/route/canary_rule.h"
#include "core/route/mends.h"
#include "core/route/route_object.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

namespace fairway::route {
namespace {

    using value::FieldEdit;
    using value::Value;

    constexpr const char *ByLabels = "source labels";

    std::string trimmed(std::string_view text)
    {
        const std::size_t first = text.find_first_not_of(' ');
        return first == std::string_view::npos ? std::string() : std::string(text.substr(first, text.find_last_not_of(' ') - first + 1));
    }

    struct Divided {
        RouteObject route;
        const Rule *rule = nullptr; ///< Into `route`.
    };

    Result<Divided> divided(const Value &object, const EditRequest &request)
    {
        Result<RouteObject> route = parseRoute(object);
        if (!route)
            return tl::unexpected(route.error());
        Divided found {std::move(*route)};
        found.rule = found.route.find(request.section, request.index);
        const std::string what = std::string(toString(found.route.kind)) + " " + found.route.name + " " + request.section + "["
            + std::to_string(request.index) + "]";
        if (found.rule == nullptr)
            return failWith(what, Error(ErrorCode::NotFound, phrase("route", "there is no such rule")));
        const bool isDivisible = found.route.kind == RouteKind::HttpRoute || (found.route.kind == RouteKind::VirtualService && request.section == "http");
        if (!isDivisible)
            return failWith(what, Error(ErrorCode::InvalidInput, phrase("route", "only http rules of a VirtualService and rules of an HTTPRoute can be divided by sender")));
        if (found.rule->destinations.empty())
            return failWith(what, Error(ErrorCode::InvalidInput, phrase("route", "it has no destinations")));
        return found;
    }

    Result<EditForm> canaryForm(const Value &object, const EditRequest &request)
    {
        const Result<Divided> at = divided(object, request);
        if (!at)
            return tl::unexpected(at.error());
        EditGroup group {"canary", phrase("route", "Some senders' requests to one destination")};
        EditField to {"to", phrase("route", "Send to"), phrase("route", "All requests of these senders go there, whatever the weights.")};
        to.type = FieldType::Choice;
        std::vector<std::string> unnamed;
        std::vector<std::string> missing;
        for (const CanaryTarget &target : canaryTargets(at->route, *at->rule, request.hosts)) {
            to.choices.push_back(target.label);
            to.choiceWords.push_back(target.words);
            if (!target.isNamed)
                unnamed.push_back(target.label);
            if (target.isMissing)
                missing.push_back(target.label);
        }
        EditField by {"by", phrase("route", "Told by"), phrase("route", "How their requests are known.")};
        by.type = FieldType::Choice;
        by.choices = {"header", "cookie"};
        const bool knowsSenders = at->route.kind == RouteKind::VirtualService;
        if (knowsSenders)
            by.choices.emplace_back(ByLabels);
        group.fields = {std::move(to)};
        if (!unnamed.empty()) {
            EditField name {"subset", phrase("route", "Name of the subset"), phrase("route", "Of the version that gets these requests: v3. Its DestinationRule is written in the same step.")};
            name.needs = "to";
            name.needsOneOf = std::move(unnamed);
            group.fields.push_back(std::move(name));
        }
        if (!missing.empty()) {
            EditField pods {"subset.labels", phrase("route", "Labels of its pods"), phrase("route", "version=v3, with commas between. Not set: version and the name of the subset.")};
            pods.needs = "to";
            pods.needsOneOf = std::move(missing);
            group.fields.push_back(std::move(pods));
        }
        group.fields.push_back(std::move(by));
        if (knowsSenders) {
            EditField labels {"labels", phrase("route", "Source labels"),
                phrase("route", "Of the pods that send: app=tester, with commas between. Only their sidecars know them, no gateway does.")};
            labels.needs = "by";
            labels.needsOneOf = {ByLabels};
            group.fields.push_back(std::move(labels));
        }
        for (EditField field : {EditField {"name", phrase("route", "Header or cookie"), phrase("route", "Its name.")},
                 EditField {"value", phrase("route", "Value"), phrase("route", "Not set: any value.")}}) {
            field.needs = "by";
            field.needsOneOf = {"header", "cookie"};
            group.fields.push_back(std::move(field));
        }
        group.fields.push_back({"rule", phrase("route", "Name of the new rule"), phrase("route", "For people and metrics; may be left out.")});
        return EditForm {{std::move(group)}};
    }

    std::string typedFor(std::span<const TypedField> typed, std::string_view id)
    {
        std::string text;
        for (const TypedField &entry : typed) {
            if (entry.first == id)
                text = entry.second;
        }
        return text;
    }

    Result<CanaryWho> whoOf(std::span<const TypedField> typed)
    {
        CanaryWho who;
        const std::string by = typedFor(typed, "by");
        if (by.empty())
            return failWith("by", Error(ErrorCode::InvalidInput, phrase("route", "say how the requests are known: by a header, a cookie or source labels")));
        who.by = by == ByLabels ? CanaryWho::By::SourceLabels : by == "cookie" ? CanaryWho::By::Cookie : CanaryWho::By::Header;
        if (who.by == CanaryWho::By::SourceLabels) {
            Result<std::map<std::string, std::string>> labels = parseLabelList(typedFor(typed, "labels"));
            if (!labels)
                return failWith("labels", labels.error());
            who.labels = std::move(*labels);
            return who;
        }
        who.name = typedFor(typed, "name");
        who.value = typedFor(typed, "value");
        return who;
    }

    /// Where the canary typed leads; its subset has its name then.
    Result<CanaryTarget> targetOf(const Divided &at, const EditRequest &request, std::span<const TypedField> typed)
    {
        const std::string to = typedFor(typed, "to");
        for (CanaryTarget &target : canaryTargets(at.route, *at.rule, request.hosts)) {
            if (target.label != to)
                continue;
            if (target.isNamed)
                return std::move(target);
            target.subset = trimmed(typedFor(typed, "subset"));
            if (target.subset.empty())
                return failWith("subset", Error(ErrorCode::InvalidInput, phrase("route", "give the new subset a name")));
            const std::string &host = at.rule->destinations[target.destination].host;
            for (const HostSubsets &known : request.hosts) {
                if (known.host == host && std::find(known.names.begin(), known.names.end(), target.subset) != known.names.end())
                    return failWith("subset", Error(ErrorCode::InvalidInput, phrase("route", "%1 has a subset %2 already: choose it").with(host, target.subset)));
            }
            return std::move(target);
        }
        return failWith("to", Error(ErrorCode::InvalidInput, to.empty() ? phrase("route", "say which destination gets the requests") : phrase("route", "this rule has no destination \"%1\"").with(to)));
    }

    Result<std::vector<FieldEdit>> planCanary(const Value &object, const EditRequest &request, std::span<const TypedField> typed)
    {
        if (typed.empty())
            return std::vector<FieldEdit>();
        const Result<Divided> at = divided(object, request);
        if (!at)
            return tl::unexpected(at.error());
        CanaryRule canary;
        canary.section = request.section;
        canary.index = request.index;
        Result<CanaryTarget> target = targetOf(*at, request, typed);
        if (!target)
            return tl::unexpected(target.error());
        canary.destination = target->destination;
        canary.subset = std::move(target->subset);
        Result<CanaryWho> who = whoOf(typed);
        if (!who)
            return tl::unexpected(who.error());
        canary.who = std::move(*who);
        canary.name = typedFor(typed, "rule");
        return planCanaryRule(object, canary);
    }

    EditForm mendForm(const Value &object, const EditRequest &request)
    {
        const std::optional<Mend> mend = mendFor(object, request.code, request.path);
        EditGroup group {"mend", mend ? mend->title : phrase("route", "Nothing to mend")};
        group.note = mend ? phrase("route", "%1 at %2 is gone then. Every request goes where it went before.").with(mend->code, mend->path)
                          : phrase("route", "The finding is gone.");
        return {{std::move(group)}};
    }

    Result<std::vector<FieldEdit>> planMend(const Value &object, const EditRequest &request, std::span<const TypedField> typed)
    {
        if (typed.empty())
            return std::vector<FieldEdit>();
        std::optional<Mend> mend = mendFor(object, request.code, request.path);
        if (!mend)
            return fail(ErrorCode::NotFound, phrase("route", "there is nothing to mend: the finding is gone"));
        return std::move(mend->edits);
    }

} // namespace

Result<EditForm> formFor(const Value &object, const EditRequest &request)
{
    switch (request.subject) {
    case EditRequest::Subject::Rule:
        return ruleForm(object, request.section, request.index);
    case EditRequest::Subject::Canary:
        return canaryForm(object, request);
    case EditRequest::Subject::Mend:
        return mendForm(object, request);
    case EditRequest::Subject::Policy:
        break;
    }
    return policyForm(object, request.subset);
}

Result<std::vector<FieldEdit>> planFor(const Value &object, const EditRequest &request, std::span<const TypedField> typed)
{
    if (request.subject == EditRequest::Subject::Canary)
        return planCanary(object, request, typed);
    if (request.subject == EditRequest::Subject::Mend)
        return planMend(object, request, typed);
    const Result<EditForm> form = formFor(object, request);
    if (!form)
        return tl::unexpected(form.error());
    return planForm(*form, typed);
}

Result<std::optional<WantedSubset>> wantedSubset(const Value &object, const EditRequest &request, std::span<const TypedField> typed)
{
    if (request.subject != EditRequest::Subject::Canary || typed.empty())
        return std::optional<WantedSubset>();
    const Result<Divided> at = divided(object, request);
    if (!at)
        return tl::unexpected(at.error());
    const Result<CanaryTarget> target = targetOf(*at, request, typed);
    if (!target)
        return tl::unexpected(target.error());
    const std::string &host = at->rule->destinations[target->destination].host;
    if (!target->isMissing) {
        const bool isOfRule = target->subset == at->rule->destinations[target->destination].subset;
        return isOfRule ? std::optional<WantedSubset>() : WantedSubset {target->destination, host, target->subset, false, {}};
    }
    Result<std::map<std::string, std::string>> labels = parseLabelList(typedFor(typed, "subset.labels"));
    if (!labels)
        return failWith("subset.labels", labels.error());
    if (labels->empty())
        labels->emplace("version", target->subset);
    return WantedSubset {target->destination, host, target->subset, true, std::move(*labels)};
}

Text summaryFor(const Value &object, const EditRequest &request, std::span<const TypedField> typed)
{
    if (request.subject == EditRequest::Subject::Canary) {
        const std::string by = typedFor(typed, "by");
        const std::string value = typedFor(typed, "value");
        const Result<Divided> at = divided(object, request);
        const Result<CanaryTarget> target = at ? targetOf(*at, request, typed) : tl::unexpected(at.error());
        const std::string to = target && !target->isNamed ? target->subset : typedFor(typed, "to");
        const std::string name = typedFor(typed, "name") + (value.empty() ? "" : "=" + value);
        return by == ByLabels ? phrase("route", "%1 for source labels %2").with(to, typedFor(typed, "labels"))
            : by == "cookie"  ? phrase("route", "%1 for cookie %2").with(to, name)
                              : phrase("route", "%1 for header %2").with(to, name);
    }
    if (request.subject == EditRequest::Subject::Mend) {
        const std::optional<Mend> mend = mendFor(object, request.code, request.path);
        return mend ? phrase("route", "%1 (%2)").with(mend->title, mend->path) : Text();
    }
    const Result<EditForm> form = formFor(object, request);
    return form ? Text::verbatim(summaryOf(*form, typed)) : Text();
}

Result<std::map<std::string, std::string>> parseLabelList(std::string_view text)
{
    std::map<std::string, std::string> labels;
    while (!text.empty()) {
        const std::size_t comma = text.find(',');
        const std::string pair = trimmed(text.substr(0, comma));
        text.remove_prefix(comma == std::string_view::npos ? text.size() : comma + 1);
        const std::size_t equals = pair.find('=');
        if (equals == std::string::npos || equals == 0)
            return fail(ErrorCode::InvalidInput, phrase("route", "\"%1\" is not KEY=VALUE").with(pair));
        labels[trimmed(std::string_view(pair).substr(0, equals))] = trimmed(std::string_view(pair).substr(equals + 1));
    }
    return labels;
}

} // namespace fairway::route
