#include "tests/conformance/suites.h"

#include "core/route/effects.h"
#include "core/route/istio_table.h"
#include "core/value/yaml.h"

#include <algorithm>

namespace fairway::conformance {
namespace {

    using namespace fairway::route;
    using value::Value;

    std::vector<Value> objectsOf(const Value &config)
    {
        std::vector<Value> out;
        for (const char *part : {"istio", "kube"}) {
            for (std::size_t i = 0; i < config[part].size(); ++i)
                out.push_back(config[part][i]);
        }
        return out;
    }

    std::string cluster(const RouteTarget &target)
    {
        return "outbound|" + std::to_string(target.port) + "|" + target.subset + "|" + target.host;
    }

    std::string_view errorName(Outcome outcome)
    {
        switch (outcome) {
        case Outcome::NoListener:
            return "ErrNoListener";
        case Outcome::NoFilterChain:
            return "ErrNoFilterChain";
        case Outcome::SeveralFilterChains:
            return "ErrMultipleFilterChain";
        case Outcome::NoVirtualHost:
            return "ErrNoVirtualHost";
        case Outcome::NoRoute:
            return "ErrNoRoute";
        case Outcome::TlsRequired:
            return "ErrTLSRedirect";
        case Outcome::WrongProtocol:
            return "ErrProtocolError";
        case Outcome::WrongTls:
            return "ErrTLSError";
        case Outcome::WrongClientCertificate:
            return "ErrMTLSError";
        default:
            return {};
        }
    }

    Call callOf(const Value &from)
    {
        Call call;
        const std::string_view protocol = from["Protocol"].stringOr("HTTP");
        call.protocol = protocol == "TCP" ? Call::Protocol::Tcp : protocol == "HTTP2" ? Call::Protocol::Http2 : Call::Protocol::Http;
        const std::string_view tls = from["TLS"].stringOr("plaintext");
        call.tls = tls == "tls" ? Call::Tls::Tls : tls == "mtls" ? Call::Tls::Mutual : Call::Tls::None;
        call.port = static_cast<int>(from["Port"].intOr(0));
        call.address = from["Address"].stringOr("1.3.3.7");
        call.request.authority = from["HostHeader"].stringOr();
        call.request.scheme = call.tls == Call::Tls::None ? "http" : "https";
        setTarget(call.request, from["Path"].stringOr("/"));
        call.sni = from["Sni"].stringOr();
        if (call.sni.empty() && call.tls == Call::Tls::Tls)
            call.sni = call.request.authority;
        if (from["Headers"].isMap()) {
            for (const auto &[name, values] : from["Headers"].asMap()) {
                for (std::size_t i = 0; i < values.size(); ++i)
                    call.request.headers.emplace_back(lowerAscii(name), values[i].stringOr());
            }
        }
        return call;
    }

    Value simulated(const RouteTable &table, const Call &call)
    {
        const Decision decision = resolve(table, call);
        Value got = Value::map();
        if (decision.listener != nullptr)
            got.set("ListenerMatched", Value(decision.listener->name));
        if (decision.chain != nullptr && decision.chain->http)
            got.set("RouteConfigMatched", Value(decision.chain->name));
        if (decision.host != nullptr)
            got.set("VirtualHostMatched", Value(decision.host->name));
        if (decision.route != nullptr && decision.host != nullptr)
            got.set("RouteMatched", Value(decision.route->name));
        if (decision.outcome == Outcome::Forwarded && decision.target != nullptr)
            got.set("ClusterMatched", Value(cluster(*decision.target)));
        if (decision.outcome == Outcome::Passthrough)
            got.set("ClusterMatched", Value("PassthroughCluster"));
        if (decision.outcome == Outcome::BlackHole)
            got.set("ClusterMatched", Value("BlackHoleCluster"));
        if (const std::string_view error = errorName(decision.outcome); !error.empty())
            got.set("Error", Value(error));
        return got;
    }

    Result<Value> simulation(const Value &line, const Value &config)
    {
        IstioConfig::Options options;
        if (config["kube"].size() == 0)
            options.domain.clear(); // these meshes are made without a cluster and its domain
        const IstioConfig mesh(objectsOf(config), options);
        if (line["proxy"].stringOr() == "ingressgateway") {
            GatewayView view;
            view.labels = {{"istio", "ingressgateway"}};
            view.addresses = {"1.1.1.1"};
            return simulated(compileGateway(mesh, view), callOf(line["call"]));
        }
        if (line["call"]["CallMode"].stringOr() == "inbound")
            return fail(ErrorCode::Unsupported, "inbound listeners are not modelled");
        SidecarView view;
        view.ns = line["proxy_namespace"].stringOr("default");
        return simulated(compileSidecar(mesh, view), callOf(line["call"]));
    }

    Result<Value> virtualHost(const Value &line, const Value &config)
    {
        std::vector<Value> objects = objectsOf(config);
        const Value &more = line["virtual_services_and_sidecars"];
        for (std::size_t i = 0; i < more.size(); ++i)
            objects.push_back(more[i]);
        const IstioConfig mesh(objects);
        SidecarView view;
        view.ns = line["proxy_namespace"].stringOr("default");
        const RouteTable table = compileSidecar(mesh, view);
        const std::string port(line["call"]["route_config"].stringOr());
        const std::string name = std::string(line["call"]["virtual_host"].stringOr()) + ":" + port;
        Value got = Value::map({{"clusters_of_virtual_host", Value()}, {"absent", Value(true)}});
        for (const Listener &listener : table.listeners) {
            if (std::to_string(listener.port) != port)
                continue;
            for (const FilterChain &chain : listener.chains) {
                if (!chain.http)
                    continue;
                for (const VirtualHost &host : chain.http->hosts()) {
                    if (host.name != name)
                        continue;
                    Value clusters = Value::list();
                    for (const CompiledRoute &route : host.routes) {
                        for (const RouteTarget &target : route.action->targets)
                            clusters.append(Value(cluster(target)));
                    }
                    got.set("clusters_of_virtual_host", clusters);
                    got.set("absent", Value(false));
                    return got;
                }
            }
        }
        return got;
    }

    /// "UNAVAILABLE" as Go's package codes spells it.
    std::string goCode(std::string_view status)
    {
        std::string out = "codes.";
        bool startsWord = true;
        for (const char c : lowerAscii(status)) {
            if (c == '_') {
                startsWord = true;
                continue;
            }
            out += startsWord ? static_cast<char>(c - 'a' + 'A') : c;
            startsWord = false;
        }
        return out;
    }

    constexpr std::string_view serviceB = R"(
apiVersion: v1
kind: Service
metadata: {name: b, namespace: default}
spec:
  clusterIP: 10.0.0.2
  selector: {app: b}
  ports:
  - {name: http, port: 80, targetPort: 18080}
  - {name: http2, port: 85, targetPort: 18085}
  - {name: grpc, port: 7070, targetPort: 17070}
)";

    Result<Value> integration(const Value &line, const Value &config)
    {
        const Result<Value> service = value::parseYaml(serviceB);
        if (!service)
            return tl::unexpected(service.error());
        std::vector<Value> objects = objectsOf(config);
        objects.push_back(*service);
        const IstioConfig mesh(objects);
        const RouteTable table = compileSidecar(mesh, {});
        const Value &from = line["call"];
        const std::string_view portName = from["service_port"].stringOr("http");
        Call call;
        call.port = portName == "http2" ? 85 : portName == "grpc" ? 7070 : 80;
        call.protocol = portName == "grpc" ? Call::Protocol::Grpc : Call::Protocol::Http;
        call.request.method = from["method"].stringOr("GET");
        call.request.authority = "b";
        setTarget(call.request, from["path"].stringOr("/"));
        if (from["headers"].isMap()) {
            for (const auto &[name, text] : from["headers"].asMap()) {
                const std::string lower = lowerAscii(name);
                if (lower == "host" || lower == ":authority")
                    call.request.authority = text.stringOr();
                else if (lower == ":method")
                    call.request.method = text.stringOr();
                else
                    call.request.headers.emplace_back(lower, text.stringOr());
            }
        }
        Decision decision = resolve(table, call);
        Effects effects = effectsOf(decision, call);
        for (int hop = 0; from["follow_redirects"].boolOr(false) && effects.location && hop < 10; ++hop) {
            call.request.authority = effects.location->host;
            setTarget(call.request, effects.location->path);
            decision = resolve(table, call);
            effects = effectsOf(decision, call);
        }
        Value got = Value::map();
        const bool isServed = effects.status == 0;
        got.set("status", Value(isServed ? 200 : effects.status));
        if (effects.location)
            got.set("location", Value(effects.location->text()));
        if (!effects.grpcStatus.empty())
            got.set("grpc_status", Value(goCode(effects.grpcStatus)));
        if (isServed) {
            got.set("upstream_authority", Value(effects.authority));
            got.set("upstream_path", Value(effects.path));
            got.set("upstream_method", Value(call.request.method));
        }
        HeaderFields response = effects.corsHeaders;
        applyEdits(effects.responseEdits, response);
        for (const auto &[name, text] : response)
            got.set(name, Value(text));
        // One header is asked for by its name and compared by its value.
        for (std::size_t i = 0; i < line["expect"].size(); ++i) {
            const std::string_view asked = line["expect"][i]["response_header"].stringOr();
            const auto found = std::find_if(
                response.begin(), response.end(), [&](const auto &field) { return equalsIgnoringCase(field.first, asked); });
            if (asked.empty())
                continue;
            got.set("response_header", Value(asked));
            const Value text = found == response.end() ? Value("") : Value(found->second);
            got.set("value", text);
            got.set(asked, text);
        }
        return got;
    }

} // namespace

Adapter istioRoutes(const Value &configs)
{
    return [&configs](const Value &line) -> Result<Value> {
        const std::string_view id = line["id"].stringOr();
        const Value &config = configs[line["config"].stringOr()];
        if (!config.isMap())
            return fail(ErrorCode::Unsupported, "no such configuration");
        if (id.starts_with("sim/"))
            return simulation(line, config);
        if (id.starts_with("sidecar-routes/"))
            return virtualHost(line, config);
        if (id.starts_with("integ/"))
            return integration(line, config);
        return fail(ErrorCode::Unsupported, "unknown group of cases");
    };
}

} // namespace fairway::conformance
