#include "core/route/force_http1.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>

namespace fairway::route {
namespace {

    using value::Value;

    constexpr const char *ManagerName = "envoy.filters.network.http_connection_manager";
    constexpr const char *ManagerType = "type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager";
    constexpr const char *TlsType = "type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext";
    /// Anything but Istio's own name for the socket: see Http1Plan.
    constexpr const char *SocketName = "fairway.http1.tls";

    Value patchOf(const char *applyTo, std::int64_t port, Value filterChain, Value patched)
    {
        Value listener = Value::map({{"portNumber", Value(port)}});
        if (filterChain.size() > 0)
            listener.set("filterChain", std::move(filterChain));
        return Value::map({{"applyTo", Value(applyTo)},
            {"match", Value::map({{"context", Value("GATEWAY")}, {"listener", std::move(listener)}})},
            {"patch", Value::map({{"operation", Value("MERGE")}, {"value", std::move(patched)}})}});
    }

    Value managerPatch(std::int64_t port)
    {
        return patchOf("NETWORK_FILTER", port, Value::map({{"filter", Value::map({{"name", Value(ManagerName)}})}}),
            Value::map({{"name", Value(ManagerName)},
                {"typed_config", Value::map({{"@type", Value(ManagerType)}, {"codec_type", Value("HTTP1")}})}}));
    }

    Value tlsPatch(std::int64_t port, const std::string &host, const std::string &credential)
    {
        const Value certificate = Value::map({{"name", Value("kubernetes://" + credential)},
            {"sds_config", Value::map({{"ads", Value::map()}, {"resource_api_version", Value("V3")}})}});
        const Value common = Value::map({{"alpn_protocols", Value::list({Value("http/1.1")})},
            {"tls_certificate_sds_secret_configs", Value::list({certificate})}});
        const Value socket = Value::map({{"name", Value(SocketName)},
            {"typed_config",
                Value::map({{"@type", Value(TlsType)}, {"common_tls_context", common}, {"require_client_certificate", Value(false)}})}});
        return patchOf("FILTER_CHAIN", port, host == "*" ? Value::map() : Value::map({{"sni", Value(host)}}),
            Value::map({{"transport_socket", socket}}));
    }

    /// "ns/host" without the namespace.
    std::string bareHost(const Value &host)
    {
        const std::string text(host.stringOr());
        return text.substr(text.rfind('/') + 1);
    }

    std::string upper(std::string_view text)
    {
        std::string out(text);
        std::transform(out.begin(), out.end(), out.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
        return out;
    }

    /// TLS settings a replacement would lose or change.
    Result<std::string> credentialOf(const Value &tls, const std::string &where)
    {
        const std::string mode = upper(tls["mode"].stringOr("SIMPLE"));
        if (mode != "SIMPLE")
            return fail(ErrorCode::InvalidInput, phrase("route", "%1: mode %2 can't be replaced without changing who may connect").with(where, mode));
        if (tls["credentialName"].stringOr().empty())
            return fail(ErrorCode::InvalidInput, phrase("route", "%1: its certificate is no Secret named by credentialName").with(where));
        for (const auto &[key, setting] : tls.asMap()) {
            if (key != "mode" && key != "credentialName" && key != "httpsRedirect")
                return fail(ErrorCode::InvalidInput, phrase("route", "%1: its setting \"%2\" would be lost").with(where, key));
        }
        return std::string(tls["credentialName"].stringOr());
    }

} // namespace

Result<Http1Plan> http1Plan(const Value &gateway, const std::string &name, const std::string &ns)
{
    if (gateway["kind"].stringOr() != "Gateway" || !gateway["apiVersion"].stringOr().starts_with("networking.istio.io/"))
        return fail(ErrorCode::InvalidInput, phrase("route", "only gateways of Istio can be kept at HTTP/1.1 by an EnvoyFilter"));
    const std::string what = "Gateway " + std::string(gateway["metadata"]["name"].stringOr());
    const Value &selector = gateway["spec"]["selector"];
    if (selector.size() == 0)
        return fail(ErrorCode::InvalidInput, phrase("route", "%1 has no selector: the EnvoyFilter would reach every gateway in %2").with(what, ns));
    if (name.empty() || ns.empty())
        return fail(ErrorCode::InvalidInput, phrase("route", "an EnvoyFilter needs a name and the namespace of the gateway's pods"));
    Http1Plan plan;
    Value patches = Value::list();
    std::set<std::int64_t> ports;
    std::map<std::int64_t, std::set<std::string>> httpsHosts;
    const Value &servers = gateway["spec"]["servers"];
    for (std::size_t i = 0; i < servers.size(); ++i) {
        const std::int64_t port = servers[i]["port"]["number"].intOr(0);
        const std::string protocol = upper(servers[i]["port"]["protocol"].stringOr());
        if (protocol != "HTTP" && protocol != "HTTPS")
            continue;
        ports.insert(port);
        if (protocol == "HTTP")
            continue;
        const auto credential = credentialOf(servers[i]["tls"], what + " spec.servers[" + std::to_string(i) + "].tls");
        if (!credential)
            return tl::unexpected(credential.error());
        for (std::size_t n = 0; n < servers[i]["hosts"].size(); ++n) {
            const std::string host = bareHost(servers[i]["hosts"][n]);
            httpsHosts[port].insert(host);
            patches.append(tlsPatch(port, host, *credential));
            plan.hosts.push_back(host + ":" + std::to_string(port));
        }
    }
    if (ports.empty())
        return fail(ErrorCode::InvalidInput, phrase("route", "%1 has no HTTP or HTTPS server").with(what));
    for (const auto &[port, hosts] : httpsHosts) {
        if (hosts.contains("*") && hosts.size() > 1)
            return fail(ErrorCode::InvalidInput,
                phrase("route", "%1 port %2: \"*\" stands beside other hosts, and what is said for it would reach them too").with(what, port));
    }
    for (const std::int64_t port : ports)
        patches.append(managerPatch(port));
    plan.filter = Value::map({{"apiVersion", Value("networking.istio.io/v1alpha3")}, {"kind", Value("EnvoyFilter")},
        {"metadata", Value::map({{"name", Value(name)}, {"namespace", Value(ns)}})},
        {"spec",
            Value::map({{"workloadSelector", Value::map({{"labels", value::deepCopy(selector)}})}, {"configPatches", std::move(patches)}})}});
    return plan;
}

} // namespace fairway::route
