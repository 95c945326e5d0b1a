#include "core/kube/discovery.h"

#include "core/value/json.h"

#include <algorithm>
#include <array>
#include <set>

namespace fairway::kube {
namespace {

constexpr std::size_t maxTypes = 50000;

std::string lowerCase(std::string_view text)
{
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return out;
}

std::vector<std::string> textsOf(const value::Value &list)
{
    std::vector<std::string> out;
    for (std::size_t i = 0; i < list.size(); ++i) {
        out.emplace_back(list[i].stringOr());
    }
    return out;
}

ResourceType readAggregated(const value::Value &resource, const std::string &group, const std::string &version)
{
    ResourceType type;
    type.group = group;
    type.version = version;
    type.plural = resource["resource"].stringOr();
    type.kind = resource["responseKind"]["kind"].stringOr();
    type.singular = resource["singularResource"].stringOr();
    type.namespaced = resource["scope"].stringOr() == "Namespaced";
    type.shortNames = textsOf(resource["shortNames"]);
    type.categories = textsOf(resource["categories"]);
    type.verbs = textsOf(resource["verbs"]);
    const value::Value &subresources = resource["subresources"];
    for (std::size_t i = 0; i < subresources.size(); ++i) {
        type.subresources.emplace_back(subresources[i]["subresource"].stringOr());
    }
    return type;
}

bool isNamed(const ResourceType &type, std::string_view lowerName)
{
    return lowerCase(type.plural) == lowerName || lowerCase(type.singular) == lowerName || lowerCase(type.kind) == lowerName;
}

bool hasShortName(const ResourceType &type, std::string_view lowerName)
{
    return std::find(type.shortNames.begin(), type.shortNames.end(), lowerName) != type.shortNames.end();
}

Result<value::Value> getJson(Client &client, const RawRequest &request, const CallOptions &options)
{
    auto answer = client.raw(request, options);
    if (!answer) {
        return tl::unexpected(answer.error());
    }
    const Text action = phrase("kube", "discovery (%1)").with(request.path);
    if (auto error = notJson(*answer, action)) {
        return tl::unexpected(*error);
    }
    auto parsed = value::parseJson(answer->body);
    if (!parsed) {
        return fail(ErrorCode::ProtocolViolation, phrase("kube", "%1: the answer can't be read (%2)").with(action, parsed.error().said()));
    }
    return parsed;
}

void addLegacyGroup(Client &client, const std::string &groupVersion, const CallOptions &options, std::vector<ResourceType> &types,
                    std::vector<std::string> &problems)
{
    RawRequest request;
    request.path = (groupVersion.find('/') == std::string::npos ? "/api/" : "/apis/") + groupVersion;
    auto answer = client.raw(request, options);
    auto list = answer ? parseResourceList(answer->body) : Result<std::vector<ResourceType>>(tl::unexpected(answer.error()));
    if (!list) {
        problems.push_back(groupVersion + ": " + list.error().message);
        return;
    }
    types.insert(types.end(), std::make_move_iterator(list->begin()), std::make_move_iterator(list->end()));
}

/// Errors that a next request would meet as well.
bool isFatal(const Error &error)
{
    switch (error.code) {
    case ErrorCode::Unauthorized:
    case ErrorCode::Unreachable:
    case ErrorCode::Timeout:
    case ErrorCode::Cancelled:
        return true;
    default:
        return false;
    }
}

Result<Discovery> discoverLegacy(Client &client, const CallOptions &options)
{
    std::vector<ResourceType> types;
    std::vector<std::string> problems;
    RawRequest request;
    request.path = "/api";
    auto core = getJson(client, request, options);
    request.path = "/apis";
    auto groups = core ? getJson(client, request, options) : core;
    if (!groups) {
        return tl::unexpected(groups.error());
    }
    std::vector<std::string> groupVersions = textsOf((*core)["versions"]);
    const value::Value &list = (*groups)["groups"];
    for (std::size_t i = 0; i < list.size(); ++i) {
        // The preferred version first: order within a group is preference.
        const std::string preferred(list[i]["preferredVersion"]["groupVersion"].stringOr());
        if (!preferred.empty()) {
            groupVersions.push_back(preferred);
        }
        const value::Value &versions = list[i]["versions"];
        for (std::size_t k = 0; k < versions.size(); ++k) {
            if (const std::string_view other = versions[k]["groupVersion"].stringOr(); !other.empty() && other != preferred) {
                groupVersions.emplace_back(other);
            }
        }
    }
    if (groupVersions.empty()) {
        return fail(ErrorCode::ProtocolViolation, phrase("kube", "discovery: the server names no API group; is this the API server?"));
    }
    for (const std::string &groupVersion : groupVersions) {
        if (options.cancel.isCancelled()) {
            return fail(ErrorCode::Cancelled, "cancelled");
        }
        if (types.size() < maxTypes) {
            addLegacyGroup(client, groupVersion, options, types, problems);
        }
    }
    return Discovery(std::move(types), std::move(problems));
}

} // namespace

Discovery::Discovery(std::vector<ResourceType> types, std::vector<std::string> problems)
    : m_types(std::move(types))
    , m_problems(std::move(problems))
{
}

std::vector<const ResourceType *> Discovery::preferredTypes() const
{
    std::set<std::pair<std::string_view, std::string_view>> seen;
    std::vector<const ResourceType *> out;
    for (const ResourceType &type : m_types) {
        if (seen.emplace(type.group, type.plural).second) {
            out.push_back(&type);
        }
    }
    std::sort(out.begin(), out.end(), [](const ResourceType *a, const ResourceType *b) {
        return std::pair<std::string_view, std::string_view>(a->group, a->plural) < std::pair<std::string_view, std::string_view>(b->group, b->plural);
    });
    return out;
}

const ResourceType *Discovery::find(const ResourceId &id) const
{
    for (const ResourceType &type : m_types) {
        if (type.plural == id.plural && type.group == id.group && type.version == id.version) {
            return &type;
        }
    }
    return nullptr;
}

const ResourceType *Discovery::findKind(std::string_view apiVersion, std::string_view kind) const
{
    const GroupVersion wanted = GroupVersion::parse(apiVersion);
    for (const ResourceType &type : m_types) {
        if (type.kind == kind && type.group == wanted.group && type.version == wanted.version) {
            return &type;
        }
    }
    return nullptr;
}

const ResourceType *Discovery::preferred(std::string_view group, std::string_view plural, std::initializer_list<std::string_view> versions) const
{
    const auto findVersion = [&](std::string_view version) -> const ResourceType * {
        for (const ResourceType &type : m_types) {
            if (type.plural == plural && type.group == group && (version.empty() || type.version == version)) {
                return &type;
            }
        }
        return nullptr;
    };
    if (versions.size() == 0) {
        return findVersion({});
    }
    for (const std::string_view version : versions) {
        if (const ResourceType *type = findVersion(version)) {
            return type;
        }
    }
    return nullptr;
}

Result<const ResourceType *> Discovery::lookUp(std::string_view name) const
{
    const std::string wanted = lowerCase(name);
    const std::size_t dot = wanted.find('.');
    const std::string first = wanted.substr(0, dot);
    const std::string rest = dot == std::string::npos ? std::string() : wanted.substr(dot + 1);
    const std::size_t secondDot = rest.find('.');
    const auto inGroup = [&](const ResourceType &type) {
        if (rest.empty()) {
            return true;
        }
        if (type.group == rest) {
            return true;
        }
        // "deployments.v1.apps", and "pods.v1." or "pods.v1" for the core group.
        return type.version == rest.substr(0, secondDot) && type.group == (secondDot == std::string::npos ? std::string() : rest.substr(secondDot + 1));
    };
    // Full names before short ones; the core group before others; then the server's order.
    for (const bool isShort : {false, true}) {
        for (const bool isCore : {true, false}) {
            for (const ResourceType &type : m_types) {
                if (type.group.empty() == isCore && inGroup(type) && (isShort ? hasShortName(type, first) : isNamed(type, first))) {
                    return &type;
                }
            }
        }
    }
    return fail(ErrorCode::NotFound, "the server has no resource \"" + std::string(name.substr(0, 200)) + "\"");
}

Result<void> parseAggregatedDiscovery(std::string_view json, std::vector<ResourceType> &types, std::vector<std::string> &problems)
{
    auto parsed = value::parseJson(json);
    if (!parsed) {
        return fail(ErrorCode::ProtocolViolation, phrase("kube", "discovery: the answer can't be read (%1)").with(parsed.error().said()));
    }
    if ((*parsed)["kind"].stringOr() != "APIGroupDiscoveryList") {
        return fail(ErrorCode::Unsupported, "discovery: the server doesn't aggregate");
    }
    const value::Value &groups = (*parsed)["items"];
    for (std::size_t i = 0; i < groups.size(); ++i) {
        const std::string group(groups[i]["metadata"]["name"].stringOr());
        const value::Value &versions = groups[i]["versions"];
        for (std::size_t k = 0; k < versions.size(); ++k) {
            const std::string version(versions[k]["version"].stringOr());
            if (versions[k]["freshness"].stringOr() == "Stale") {
                problems.push_back(group + "/" + version + ": the server behind this API does not answer; what is known of it may be old");
            }
            const value::Value &resources = versions[k]["resources"];
            for (std::size_t r = 0; r < resources.size() && types.size() < maxTypes; ++r) {
                ResourceType type = readAggregated(resources[r], group, version);
                if (!type.plural.empty() && !type.kind.empty()) { // A resource known only by its subresources has no kind.
                    types.push_back(std::move(type));
                }
            }
        }
    }
    return {};
}

Result<std::vector<ResourceType>> parseResourceList(std::string_view json)
{
    auto parsed = value::parseJson(json);
    if (!parsed) {
        return fail(ErrorCode::ProtocolViolation, phrase("kube", "the answer can't be read (%1)").with(parsed.error().said()));
    }
    if ((*parsed)["kind"].stringOr() != "APIResourceList") {
        return fail(ErrorCode::ProtocolViolation, phrase("kube", "the answer is not a list of resources"));
    }
    const GroupVersion groupVersion = GroupVersion::parse((*parsed)["groupVersion"].stringOr());
    std::vector<ResourceType> out;
    const value::Value &resources = (*parsed)["resources"];
    for (std::size_t i = 0; i < resources.size() && out.size() < maxTypes; ++i) {
        const value::Value &resource = resources[i];
        const std::string name(resource["name"].stringOr());
        if (const std::size_t slash = name.find('/'); slash != std::string::npos) {
            const std::string plural = name.substr(0, slash);
            const auto owner = std::find_if(out.begin(), out.end(), [&plural](const ResourceType &type) { return type.plural == plural; });
            if (owner != out.end()) {
                owner->subresources.push_back(name.substr(slash + 1));
            }
            continue;
        }
        ResourceType type;
        type.group = resource["group"].stringOr(groupVersion.group);
        type.version = resource["version"].stringOr(groupVersion.version);
        type.plural = name;
        type.kind = resource["kind"].stringOr();
        type.singular = resource["singularName"].stringOr();
        if (type.singular.empty()) {
            type.singular = lowerCase(type.kind); // Old servers leave it out.
        }
        type.namespaced = resource["namespaced"].boolOr(false);
        type.shortNames = textsOf(resource["shortNames"]);
        type.categories = textsOf(resource["categories"]);
        type.verbs = textsOf(resource["verbs"]);
        if (!type.plural.empty() && !type.kind.empty()) {
            out.push_back(std::move(type));
        }
    }
    return out;
}

Result<Discovery> discover(Client &client, const CallOptions &options)
{
    RawRequest request;
    request.accept = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,"
                     "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json";
    std::vector<ResourceType> types;
    std::vector<std::string> problems;
    for (const char *path : {"/api", "/apis"}) {
        request.path = path;
        auto answer = client.raw(request, options);
        if (!answer) {
            if (isFatal(answer.error())) {
                return tl::unexpected(answer.error());
            }
            return discoverLegacy(client, options);
        }
        if (auto error = notJson(*answer, phrase("kube", "discovery (%1)").with(request.path))) {
            return tl::unexpected(*error);
        }
        if (auto parsed = parseAggregatedDiscovery(answer->body, types, problems); !parsed) {
            if (parsed.error().code == ErrorCode::Unsupported) {
                return discoverLegacy(client, options);
            }
            return tl::unexpected(parsed.error());
        }
    }
    return Discovery(std::move(types), std::move(problems));
}

} // namespace fairway::kube
