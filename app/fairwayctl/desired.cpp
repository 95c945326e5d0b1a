#include "app/fairwayctl/desired.h"

namespace fairway::ctl {

using value::Value;

Result<Desired> locate(Session &session, const Manifest &manifest)
{
    const std::string apiVersion(manifest.object["apiVersion"].stringOr());
    const std::string kind(manifest.object["kind"].stringOr());
    const std::string name(manifest.object["metadata"]["name"].stringOr());
    const kube::ResourceType *type = nullptr;
    for (const bool fresh : {false, true}) {
        const auto discovery = session.discovery(fresh);
        if (!discovery)
            return tl::unexpected(discovery.error());
        type = (*discovery)->findKind(apiVersion, kind);
        if (type != nullptr)
            break;
    }
    if (type == nullptr)
        return fail(ErrorCode::NotFound, manifest.source + ": no matches for kind \"" + kind + "\" in version \"" + apiVersion
                        + "\" (" + name + "): is its CustomResourceDefinition installed?");
    Desired desired;
    desired.object = value::deepCopy(manifest.object);
    desired.source = manifest.source;
    const std::string own(desired.object["metadata"]["namespace"].stringOr());
    if (type->namespaced && !own.empty() && session.isNamespaceGiven() && own != session.ns())
        return fail(ErrorCode::InvalidInput, manifest.source + ": the namespace of the object, \"" + own
                        + "\", does not match --namespace " + session.ns());
    const std::string ns = own.empty() ? session.ns() : own;
    Value metadata = desired.object["metadata"];
    if (type->namespaced)
        metadata.set("namespace", ns);
    else
        metadata.asMap().remove("namespace");
    desired.ref = session.ref(*type, ns, name);
    return desired;
}

} // namespace fairway::ctl
