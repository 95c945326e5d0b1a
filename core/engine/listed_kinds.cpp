#include "core/engine/listed_kinds.h"

#include "core/engine/text.h"

namespace fairway::engine {
namespace {

constexpr std::chrono::seconds KindTimeout {5};

} // namespace

ListedKinds listKinds(kube::Client &client, const kube::Discovery &discovery, std::span<const route::PolicyKind> kinds,
    std::int64_t most, const CancelToken &cancel)
{
    ListedKinds out;
    for (const route::PolicyKind &wanted : kinds) {
        for (const kube::ResourceType *type : discovery.preferredTypes()) {
            if (type->kind != wanted.kind || type->group != wanted.group || cancel.isCancelled())
                continue;
            kube::ListOptions options;
            options.limit = most;
            options.call.cancel = cancel;
            options.call.timeout = KindTimeout;
            const auto page = client.list(type->id(), options);
            if (!page) {
                out.unread.append(toQString(wanted.kind));
                continue;
            }
            if (!page->continueToken.empty())
                out.partial.append(toQString(wanted.kind));
            for (const value::ObjectView &object : page->items) {
                if (auto parsed = object.parse()) {
                    parsed->set("kind", std::string(wanted.kind)); // items of a list have neither
                    parsed->set("apiVersion", type->apiVersion());
                    out.objects.push_back(std::move(*parsed));
                }
            }
        }
    }
    return out;
}

} // namespace fairway::engine
