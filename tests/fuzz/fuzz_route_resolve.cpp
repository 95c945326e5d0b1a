#include "core/route/call_text.h"
#include "core/route/envoy_import.h"
#include "core/route/explain.h"
#include "core/route/object_check.h"
#include "core/route/overlap_check.h"
#include "core/route/overlaps.h"
#include "core/route/traffic_config.h"
#include "core/value/yaml.h"
#include "tests/core/route/mutated.h"

#include <cstdint>
#include <cstdlib>
#include <functional>
#include <string_view>
#include <vector>

using namespace fairway;

namespace {

void ask(const route::RouteTable &table, std::string_view host, std::string_view path)
{
    route::Call call;
    call.request.authority = host;
    call.sni = host;
    call.request.headers = {{"x-a", "y"}, {"cookie", "a=b"}, {"origin", "https://a"}};
    route::setTarget(call.request, path);
    for (const route::Listener &listener : table.listeners) {
        call.port = listener.port;
        for (const auto protocol : {route::Call::Protocol::Http, route::Call::Protocol::Grpc, route::Call::Protocol::Tcp}) {
            call.protocol = protocol;
            const route::Decision decision = route::resolve(table, call);
            const route::Explanation told = route::explain(table, call);
            if (told.decision.route != decision.route || told.decision.outcome != decision.outcome)
                std::abort();
        }
    }
}


/// What they compile to takes requests; explaining never changes the decision, and every overlap's example reaches the rule that is
/// said to take it.
void askAll(const std::vector<value::Value> &objects)
{
    const route::TrafficConfig config(objects);
    std::size_t looked = 0;
    for (const route::Viewpoint &viewpoint : config.viewpoints()) {
        const auto table = config.tableAt(viewpoint);
        if (!table || ++looked > 8)
            continue;
        std::size_t hosts = 0;
        for (const route::Listener &listener : table->listeners) {
            for (const route::FilterChain &chain : listener.chains) {
                if (!chain.http)
                    continue;
                for (const route::VirtualHost &host : chain.http->hosts()) {
                    if (!host.domains.empty() && ++hosts < 8)
                        ask(*table, host.domains.front(), "/a?q=x");
                }
                const auto overlaps = route::findOverlaps(*chain.http);
                for (std::size_t i = 0; overlaps && i < overlaps->size() && i < 50; ++i) {
                    route::Call call;
                    call.request = (*overlaps)[i].example;
                    call.tls = call.request.scheme == "https" ? route::Call::Tls::Tls : route::Call::Tls::None;
                    if (route::resolveHttp(*chain.http, call).route == nullptr)
                        std::abort();
                }
            }
        }
        ask(*table, "reviews", "/");
    }
    (void)route::checkObjects(objects);
    (void)route::checkOverlaps(objects);
    std::vector<Text> notes;
    for (const value::Value &object : objects) {
        if (const auto hosts = route::importEnvoyRoutes(object, notes)) {
            route::Call call;
            call.request.authority = "a";
            (void)route::resolveHttp(*hosts, call);
        }
    }
}

} // namespace

/// Whatever objects a file holds: they compile, are checked and take requests. So do the same objects with parts of another type, which
/// random text seldom comes to: objects that are still read as what they say they are.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char *>(data), size);
    (void)route::parseCallText(text);
    value::YamlOptions options;
    options.maxNodes = 5000;
    const auto documents = value::parseYamlDocuments(text, options);
    if (!documents)
        return 0;
    askAll(*documents);
    route::PartPicker pick(std::hash<std::string_view>()(text));
    for (int round = 0; round < 4 && !documents->empty(); ++round)
        askAll(route::withWrongParts(*documents, pick));
    return 0;
}
