#include "app/fairwayctl/route_live.h"

#include "app/fairwayctl/session.h"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>

namespace fairway::ctl {

namespace {

constexpr std::array<std::string_view, 3> wholeGroups {"networking.istio.io", "security.istio.io", "gateway.networking.k8s.io"};

bool isWanted(const kube::ResourceType &type)
{
    if (!type.can("list"))
        return false;
    if (std::find(wholeGroups.begin(), wholeGroups.end(), type.group) != wholeGroups.end())
        return true;
    return (type.group.empty() && (type.kind == "Service" || type.kind == "Pod" || type.kind == "Namespace"))
        || (type.group == "networking.k8s.io" && type.kind == "Ingress") || (type.group == "discovery.k8s.io" && type.kind == "EndpointSlice");
}

std::string keyOf(std::string_view kind, std::string_view ns, std::string_view name)
{
    std::string key(kind);
    return key.append(" ").append(ns.empty() ? std::string_view("default") : ns).append("/").append(name);
}

Result<void> addLiveObjects(const GlobalOptions &globals, std::vector<Manifest> &manifests)
{
    auto session = Session::open(globals);
    if (!session)
        return tl::unexpected(session.error());
    const Result<const kube::Discovery *> discovery = (*session)->discovery();
    if (!discovery)
        return tl::unexpected(discovery.error());
    std::set<std::string> known;
    for (const Manifest &manifest : manifests) {
        const value::Value &metadata = manifest.object["metadata"];
        known.insert(keyOf(manifest.object["kind"].stringOr(), metadata["namespace"].stringOr(), metadata["name"].stringOr()));
    }
    bool hasListed = false;
    Error refusal;
    for (const kube::ResourceType *type : (*discovery)->preferredTypes()) {
        if (!isWanted(*type))
            continue;
        kube::ListOptions options;
        options.call = (*session)->callOptions();
        const Result<kube::ListPage> page = (*session)->client().listAll(type->id(), options);
        if (!page) {
            if (page.error().code != ErrorCode::Forbidden)
                return failWith(type->plural, page.error());
            refusal = page.error();
            note("note: no right to list " + type->id().qualifiedName() + ": not looked at");
            continue;
        }
        hasListed = true;
        for (const value::ObjectView &object : page->items) {
            if (known.contains(keyOf(type->kind, object.ns(), object.name())))
                continue;
            Result<value::Value> parsed = object.parse();
            if (!parsed)
                continue;
            parsed->set("kind", value::Value(type->kind));
            parsed->set("apiVersion", value::Value(type->apiVersion()));
            manifests.push_back({std::move(*parsed), "the cluster"});
        }
    }
    return hasListed ? Result<void> {} : tl::unexpected(refusal);
}

} // namespace

Result<std::vector<Manifest>> readRouting(const std::vector<std::string> &files, bool isLive, const GlobalOptions &globals)
{
    Result<std::vector<Manifest>> manifests;
    if (!files.empty())
        manifests = readManifests(files);
    if (!manifests || !isLive)
        return manifests;
    if (const Result<void> read = addLiveObjects(globals, *manifests); !read)
        return tl::unexpected(read.error());
    return manifests;
}

} // namespace fairway::ctl
