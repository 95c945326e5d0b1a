#include "core/lab/api_server.h"

#include "core/value/json.h"

namespace fairway::lab {

using value::Value;

namespace {

Value rule(std::initializer_list<Value> verbs, std::initializer_list<Value> groups, std::initializer_list<Value> resources)
{
    return Value::map({{"verbs", Value::list(verbs)}, {"apiGroups", Value::list(groups)}, {"resources", Value::list(resources)}});
}

/// The caller's rights as a SelfSubjectRulesReview lists them.
Value rulesOf(const Caller &caller, const ResourceRegistry &registry)
{
    Value rules = Value::list();
    if (caller.isAdmin) {
        rules.append(rule({"*"}, {"*"}, {"*"}));
    } else if (!caller.isAnonymous) {
        rules.append(rule({"create"}, {"authorization.k8s.io"}, {"selfsubjectaccessreviews", "selfsubjectrulesreviews"}));
        rules.append(rule({"create"}, {"authentication.k8s.io"}, {"selfsubjectreviews"}));
    }
    if (caller.isReader) {
        for (const ResourceTypePtr &type : registry.all()) {
            if (type->plural != "secrets")
                rules.append(rule({"get", "list", "watch"}, {type->group}, {type->plural}));
        }
    }
    Value paths = Value::list({Value::map({{"verbs", Value::list({"get"})}, {"nonResourceURLs", Value::list({caller.isAdmin ? "*" : "/version"})}})});
    return Value::map({{"resourceRules", rules}, {"nonResourceRules", paths}, {"incomplete", false}});
}

} // namespace

ApiServer::Answer ApiServer::review(const Call &call) const
{
    const std::string &group = call.segments[1];
    const std::string &plural = call.segments[3];
    if (!call.caller.may("create", group, plural))
        return tl::unexpected(forbidden({group, plural, plural}, {}, call.caller.name, "create", {}, {}));
    auto body = readBody(call.http.header("content-type"), call.http.body);
    if (!body)
        return tl::unexpected(body.error());
    Value answer = body->isMap() ? *body : Value::map();
    answer.set("metadata", Value::map());
    answer.set("apiVersion", group + "/v1");
    if (plural == "selfsubjectaccessreviews") {
        const Value &wanted = answer["spec"]["resourceAttributes"];
        const Value &path = answer["spec"]["nonResourceAttributes"];
        const bool isAllowed = wanted.isMap()
            ? call.caller.may(wanted["verb"].stringOr(), wanted["group"].stringOr(), wanted["resource"].stringOr())
            : path.isMap() && path["verb"].stringOr() == "get" && call.caller.mayRead(path["path"].stringOr());
        answer.set("kind", "SelfSubjectAccessReview");
        answer.set("status", Value::map({{"allowed", isAllowed}}));
    } else if (plural == "selfsubjectrulesreviews") {
        answer.set("kind", "SelfSubjectRulesReview");
        answer.set("spec", Value::map());
        answer.set("status", rulesOf(call.caller, m_service.registry()));
    } else if (plural == "selfsubjectreviews") {
        Value groups = Value::list();
        for (const std::string &name : call.caller.groups)
            groups.append(name);
        answer.set("kind", "SelfSubjectReview");
        answer.set("metadata", Value::map({{"creationTimestamp", m_service.now()}}));
        answer.set("status", Value::map({{"userInfo", Value::map({{"username", call.caller.name}, {"uid", call.caller.uid}, {"groups", groups}})}}));
    } else {
        return tl::unexpected(pageNotFound());
    }
    ApiAnswer result;
    result.status = 201;
    result.body = value::toJson(answer) + "\n";
    return result;
}

} // namespace fairway::lab
