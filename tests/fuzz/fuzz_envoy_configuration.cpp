#include "core/proxy/traffic_source.h"
#include "core/route/envoy_configuration.h"
#include "core/route/effects.h"
#include "core/value/yaml.h"

#include <cstdint>
#include <cstdlib>
#include <string_view>

using namespace fairway;

namespace {

/// Whatever table came of it: requests of every host get an answer.
void ask(const proxy::Traffic &traffic)
{
    for (const route::Listener &listener : traffic.table->listeners) {
        for (const route::FilterChain &chain : listener.chains) {
            for (std::size_t i = 0; chain.http && i < chain.http->hosts().size() && i < 8; ++i) {
                const route::VirtualHost &host = chain.http->hosts()[i];
                route::Call call;
                call.port = traffic.door.port;
                call.request.method = "GET";
                call.request.authority = host.domains.empty() ? "a" : host.domains.front();
                call.request.headers = {{"x-a", "y"}, {"origin", "https://a"}};
                call.random = 7;
                route::setTarget(call.request, "/a?q=x");
                const route::Decision decision = route::resolve(*traffic.table, call);
                (void)route::effectsOf(decision, call);
            }
        }
    }
}

} // namespace

/// A configuration of Envoy's as `proxy import-envoy` reads it: every route configuration that is found can be compiled and asked.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    value::YamlOptions options;
    options.maxNodes = 20000;
    const auto configuration = value::parseYaml(std::string_view(reinterpret_cast<const char *>(data), size), options);
    if (!configuration)
        return 0;
    const route::EnvoyConfiguration read = route::readEnvoyConfiguration(*configuration);
    for (std::size_t i = 0; i < read.routes.size() && i < 8; ++i) {
        proxy::TrafficSource source;
        source.envoyFile = "fuzzed";
        source.envoyRoute = read.routes[i].name;
        const Result<proxy::LoadedTraffic> loaded = proxy::trafficOfEnvoy(source, *configuration);
        if (!loaded)
            std::abort(); // it has virtual hosts, or it would not have been found
        for (const Text &note : loaded->notes)
            (void)note.plain();
        ask(loaded->traffic);
    }
    return 0;
}
