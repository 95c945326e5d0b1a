#include "core/lab/discovery.h"

#include <algorithm>
#include <vector>

namespace fairway::lab {

using value::Value;

namespace {

Value words(const std::vector<std::string> &list)
{
    Value result = Value::list();
    for (const std::string &word : list)
        result.append(word);
    return result;
}

/// Groups in order of first appearance, without the core one.
std::vector<std::string> groupNames(const std::vector<ResourceTypePtr> &types)
{
    std::vector<std::string> names {"authentication.k8s.io", "authorization.k8s.io"};
    for (const ResourceTypePtr &type : types) {
        if (!type->group.empty() && std::find(names.begin(), names.end(), type->group) == names.end())
            names.push_back(type->group);
    }
    return names;
}

std::vector<std::string> versionsOf(const std::vector<ResourceTypePtr> &types, std::string_view group)
{
    if (group.starts_with("auth") && group.ends_with(".k8s.io"))
        return {"v1"};
    std::vector<std::string> names;
    for (const ResourceTypePtr &type : types) {
        if (type->group != group)
            continue;
        for (const ResourceVersion &version : type->versions) {
            if (std::find(names.begin(), names.end(), version.name) == names.end())
                names.push_back(version.name);
        }
    }
    // v1 before v1beta1 before v1alpha1, whichever resource came first.
    const auto rank = [](const std::string &name) {
        return name.find("alpha") != std::string::npos ? 2 : name.find("beta") != std::string::npos ? 1 : 0;
    };
    std::stable_sort(names.begin(), names.end(), [&](const std::string &a, const std::string &b) { return rank(a) < rank(b); });
    return names;
}

/// What can only be created: reviews, which are answered and forgotten.
struct Review {
    const char *group;
    const char *plural;
    const char *singular;
    const char *kind;
};
constexpr Review Reviews[] = {
    {"authentication.k8s.io", "selfsubjectreviews", "selfsubjectreview", "SelfSubjectReview"},
    {"authorization.k8s.io", "selfsubjectaccessreviews", "selfsubjectaccessreview", "SelfSubjectAccessReview"},
    {"authorization.k8s.io", "selfsubjectrulesreviews", "selfsubjectrulesreview", "SelfSubjectRulesReview"},
};

struct Subresource {
    const char *name;
    const char *kind;
    const char *group; ///< Of the kind, when it is another than the resource's.
    const char *version;
    std::vector<std::string> verbs;
};

std::vector<Subresource> subresourcesOf(const ResourceType &type)
{
    std::vector<Subresource> list;
    if (type.hasScale)
        list.push_back({"scale", "Scale", "autoscaling", "v1", {"get", "patch", "update"}});
    if (type.hasStatus)
        list.push_back({"status", "", "", "", {"get", "patch", "update"}});
    if (type.kind == "Pod" && type.group.empty())
        list.push_back({"log", "", "", "", {"get"}});
    return list;
}

Value groupEntry(const std::vector<ResourceTypePtr> &types, const std::string &group)
{
    Value versions = Value::list();
    for (const std::string &version : versionsOf(types, group))
        versions.append(Value::map({{"groupVersion", group + "/" + version}, {"version", version}}));
    return Value::map({{"name", group}, {"versions", versions}, {"preferredVersion", versions[0]}});
}

Value aggregatedResource(const ResourceType &type)
{
    Value entry = Value::map({{"resource", type.plural},
        {"responseKind", Value::map({{"group", ""}, {"version", ""}, {"kind", type.kind}})},
        {"scope", type.isNamespaced ? "Namespaced" : "Cluster"}, {"singularResource", type.singular}, {"verbs", words(type.verbs)}});
    if (!type.shortNames.empty())
        entry.set("shortNames", words(type.shortNames));
    if (!type.categories.empty())
        entry.set("categories", words(type.categories));
    Value subresources = Value::list();
    for (const Subresource &sub : subresourcesOf(type)) {
        subresources.append(Value::map({{"subresource", sub.name},
            {"responseKind",
                Value::map({{"group", sub.group}, {"version", sub.version}, {"kind", *sub.kind ? std::string_view(sub.kind) : std::string_view(type.kind)}})},
            {"verbs", words(sub.verbs)}}));
    }
    if (subresources.size() > 0)
        entry.set("subresources", subresources);
    return entry;
}

Value aggregatedVersions(const std::vector<ResourceTypePtr> &types, std::string_view group)
{
    Value versions = Value::list();
    for (const std::string &version : versionsOf(types, group)) {
        Value resources = Value::list();
        for (const Review &review : Reviews) {
            if (group == review.group)
                resources.append(Value::map({{"resource", review.plural},
                    {"responseKind", Value::map({{"group", ""}, {"version", ""}, {"kind", review.kind}})}, {"scope", "Cluster"},
                    {"singularResource", review.singular}, {"verbs", Value::list({"create"})}}));
        }
        for (const ResourceTypePtr &type : types) {
            if (type->group == group && type->version(version))
                resources.append(aggregatedResource(*type));
        }
        versions.append(Value::map({{"version", version}, {"resources", resources}, {"freshness", "Current"}}));
    }
    return versions;
}

} // namespace

Value versionInfo()
{
    return Value::map({{"major", "1"}, {"minor", "36"}, {"emulationMajor", "1"}, {"emulationMinor", "36"},
        {"minCompatibilityMajor", "1"}, {"minCompatibilityMinor", "35"}, {"gitVersion", "v1.36.0+fairway-lab"},
        {"gitCommit", "fairway-lab"}, {"gitTreeState", "clean"}, {"buildDate", "2026-01-01T00:00:00Z"}, {"goVersion", "none"},
        {"compiler", "gcc"}, {"platform", "linux/amd64"}});
}

Value apiVersions(std::string_view address)
{
    return Value::map({{"kind", "APIVersions"}, {"versions", Value::list({"v1"})},
        {"serverAddressByClientCIDRs", Value::list({Value::map({{"clientCIDR", "0.0.0.0/0"}, {"serverAddress", address}})})}});
}

Value apiGroupList(const ResourceRegistry &registry)
{
    const auto types = registry.all();
    Value groups = Value::list();
    for (const std::string &group : groupNames(types))
        groups.append(groupEntry(types, group));
    return Value::map({{"kind", "APIGroupList"}, {"apiVersion", "v1"}, {"groups", groups}});
}

std::optional<Value> apiGroup(const ResourceRegistry &registry, std::string_view group)
{
    const auto types = registry.all();
    const auto names = groupNames(types);
    if (std::find(names.begin(), names.end(), group) == names.end())
        return std::nullopt;
    Value entry = groupEntry(types, std::string(group));
    entry.set("kind", "APIGroup");
    entry.set("apiVersion", "v1");
    return entry;
}

std::optional<Value> apiResourceList(const ResourceRegistry &registry, std::string_view group, std::string_view version)
{
    const auto types = registry.all();
    const auto served = versionsOf(types, group);
    if (std::find(served.begin(), served.end(), version) == served.end())
        return std::nullopt;
    Value resources = Value::list();
    for (const Review &review : Reviews) {
        if (group == review.group)
            resources.append(Value::map({{"name", review.plural}, {"singularName", review.singular}, {"namespaced", false},
                {"kind", review.kind}, {"verbs", Value::list({"create"})}}));
    }
    for (const ResourceTypePtr &type : types) {
        if (type->group != group || !type->version(version))
            continue;
        Value entry = Value::map({{"name", type->plural}, {"singularName", type->singular}, {"namespaced", type->isNamespaced},
            {"kind", type->kind}, {"verbs", words(type->verbs)}});
        if (!type->shortNames.empty())
            entry.set("shortNames", words(type->shortNames));
        if (!type->categories.empty())
            entry.set("categories", words(type->categories));
        resources.append(entry);
        for (const Subresource &sub : subresourcesOf(*type)) {
            Value child = Value::map({{"name", type->plural + "/" + sub.name}, {"singularName", ""}, {"namespaced", type->isNamespaced},
                {"kind", *sub.kind ? std::string_view(sub.kind) : std::string_view(type->kind)}, {"verbs", words(sub.verbs)}});
            if (*sub.group) {
                child.set("group", sub.group);
                child.set("version", sub.version);
            }
            resources.append(child);
        }
    }
    const std::string groupVersion = group.empty() ? std::string(version) : std::string(group) + "/" + std::string(version);
    Value list = Value::map({{"kind", "APIResourceList"}, {"groupVersion", groupVersion}, {"resources", resources}});
    if (!group.empty())
        list.set("apiVersion", "v1");
    return list;
}

Value aggregatedDiscovery(const ResourceRegistry &registry, bool isCore)
{
    const auto types = registry.all();
    Value items = Value::list();
    if (isCore) {
        items.append(Value::map({{"metadata", Value::map()}, {"versions", aggregatedVersions(types, "")}}));
    } else {
        for (const std::string &group : groupNames(types))
            items.append(Value::map({{"metadata", Value::map({{"name", group}})}, {"versions", aggregatedVersions(types, group)}}));
    }
    return Value::map({{"kind", "APIGroupDiscoveryList"}, {"apiVersion", "apidiscovery.k8s.io/v2"}, {"metadata", Value::map()}, {"items", items}});
}

Value openApiIndex(const ResourceRegistry &registry)
{
    const auto types = registry.all();
    const std::string hash = "?hash=" + std::to_string(registry.revision());
    Value paths = Value::map();
    const auto put = [&](const std::string &path) {
        paths.set(path, Value::map({{"serverRelativeURL", "/openapi/v3/" + path + hash}}));
    };
    put("api/v1");
    for (const std::string &group : groupNames(types)) {
        for (const std::string &version : versionsOf(types, group))
            put("apis/" + group + "/" + version);
    }
    return Value::map({{"paths", paths}});
}

std::optional<Value> openApiDocument(const ResourceRegistry &registry, std::string_view group, std::string_view version)
{
    const auto types = registry.all();
    const auto served = versionsOf(types, group);
    if (std::find(served.begin(), served.end(), version) == served.end())
        return std::nullopt;
    const std::string root = group.empty() ? "/api/" + std::string(version) : "/apis/" + std::string(group) + "/" + std::string(version);
    Value parameters = Value::list();
    for (const char *name : {"dryRun", "fieldManager", "fieldValidation", "force"})
        parameters.append(Value::map({{"name", name}, {"in", "query"}, {"schema", Value::map({{"type", "string"}})}}));
    Value paths = Value::map();
    Value schemas = Value::map();
    for (const ResourceTypePtr &type : types) {
        const ResourceVersion *entry = type->group == group ? type->version(version) : nullptr;
        if (!entry)
            continue;
        const Value kind = Value::map({{"group", group}, {"version", version}, {"kind", type->kind}});
        const Value responses = Value::map({{"200", Value::map({{"description", "OK"}})}});
        const auto operation = [&](const char *action) {
            return Value::map({{"parameters", parameters}, {"responses", responses}, {"x-kubernetes-action", action},
                {"x-kubernetes-group-version-kind", kind}});
        };
        const std::string collection = root + (type->isNamespaced ? "/namespaces/{namespace}/" : "/") + type->plural;
        paths.set(collection, Value::map({{"get", operation("list")}, {"post", operation("post")}}));
        paths.set(collection + "/{name}",
            Value::map({{"get", operation("get")}, {"put", operation("put")}, {"patch", operation("patch")}, {"delete", operation("delete")}}));
        if (entry->schema.isMap()) {
            Value schema = value::deepCopy(entry->schema);
            schema.set("x-kubernetes-group-version-kind", Value::list({kind}));
            schemas.set(std::string(group) + "." + std::string(version) + "." + type->kind, schema);
        }
    }
    return Value::map({{"openapi", "3.0.0"}, {"info", Value::map({{"title", "Kubernetes"}, {"version", "v1.36.0"}})},
        {"paths", paths}, {"components", Value::map({{"schemas", schemas}})}});
}

} // namespace fairway::lab
