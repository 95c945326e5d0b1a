#include "tests/conformance/gateway_api_base.h"
#include "tests/conformance/suites.h"

#include "core/route/durations.h"
#include "core/route/effects.h"
#include "core/route/gateway_api_table.h"
#include "core/route/istio_table.h"
#include "core/route/path_rewrite.h"
#include "core/value/yaml.h"

#include <algorithm>
#include <charconv>

namespace fairway::conformance {
namespace {

    using namespace fairway::route;
    using value::Value;

    constexpr std::string_view meshNamespace = "gateway-conformance-mesh";

    std::vector<Value> objectsOf(const Value &configs, const Value &line)
    {
        std::vector<Value> out;
        const Value &base = configs["gwapi/_base"];
        if (base.isList()) {
            out.assign(base.asList().begin(), base.asList().end());
        } else if (Result<std::vector<Value>> own = value::parseYamlDocuments(gatewayApiBase)) {
            for (const Value &object : *own) {
                if (object.isMap())
                    out.push_back(object);
            }
        }
        const Value &config = configs[line["config"].stringOr()];
        for (std::size_t i = 0; i < config.size(); ++i)
            out.push_back(config[i]);
        return out;
    }

    Call callOf(const Value &line)
    {
        const Value &request = line["request"];
        Call call;
        if (line["protocol"].stringOr() == "grpc" && request["service"].isString()) {
            call.protocol = Call::Protocol::Grpc;
            call.request.method = "POST";
            call.request.authority = request["authority"].stringOr();
            setTarget(call.request, "/" + std::string(request["service"].stringOr()) + "/" + std::string(request["method"].stringOr()));
        } else {
            call.request.method = request["method"].stringOr("GET");
            call.request.authority = request["host"].stringOr();
            setTarget(call.request, request["path"].stringOr("/"));
        }
        for (const char *key : {"headers", "metadata"}) {
            if (!request[key].isMap())
                continue;
            for (const auto &[name, text] : request[key].asMap())
                call.request.headers.emplace_back(lowerAscii(name), text.stringOr());
        }
        return call;
    }

    /// Rows without a gateway belong to the rules of their routes one by one: the last part of the id counts them.
    std::string gatewayOfRow(const Value &line, const Value &config)
    {
        const std::string_view id = line["id"].stringOr();
        std::size_t number = 0;
        const std::string_view digits = id.substr(id.rfind('/') + 1);
        std::from_chars(digits.data(), digits.data() + digits.size(), number);
        for (std::size_t i = 0; i < config.size(); ++i) {
            const Value &rules = config[i]["spec"]["rules"];
            if (config[i]["kind"].stringOr() != "HTTPRoute")
                continue;
            if (number <= rules.size())
                return std::string(config[i]["spec"]["parentRefs"][0]["name"].stringOr());
            number -= rules.size();
        }
        return {};
    }

    Value fieldsOf(const HeaderFields &headers, bool asLists)
    {
        Value out = Value::map();
        for (const auto &[name, text] : headers) {
            if (!asLists) {
                out.set(name, Value(text));
                continue;
            }
            Value list = out[name].isList() ? out[name] : Value::list();
            list.append(Value(text));
            out.set(name, list);
        }
        return out;
    }

    bool isTooSlow(const RouteAction &action, const RequestView &request)
    {
        const std::optional<std::string_view> delay = queryParameter(request.query, "delay");
        const std::optional<std::chrono::nanoseconds> taken = delay ? parseDuration(*delay) : std::nullopt;
        if (!taken)
            return false;
        return (action.timeout.count() > 0 && *taken > action.timeout)
            || (action.backendTimeout.count() > 0 && *taken > action.backendTimeout);
    }

    std::string serviceName(const RouteTarget &target)
    {
        return target.host.substr(0, target.host.find('.'));
    }

    Value answered(const Value &line, const Decision &decision, const Call &call)
    {
        const bool isGrpc = call.protocol == Call::Protocol::Grpc;
        Effects effects = effectsOf(decision, call);
        Value got = Value::map({{"backend", Value()}, {"backend_namespace", Value()}});
        const RouteAction *action = decision.route == nullptr ? nullptr : decision.route->action.get();
        if (decision.outcome == Outcome::Forwarded && effects.status == 0 && isTooSlow(*action, call.request))
            effects.status = 504;
        if (action != nullptr && !effects.isPreflight)
            got.set("backend_namespace", Value(decision.route->origin.ns));
        const bool isServed = decision.outcome == Outcome::Forwarded && effects.status == 0;
        if (isServed && decision.target != nullptr) {
            got.set("backend", Value(serviceName(*decision.target)));
            got.set("backend_namespace", Value(decision.target->ns));
        }
        if (isGrpc)
            got.set("grpc_code", Value(isServed ? "OK" : effects.status == 404 ? "UNIMPLEMENTED" : "UNAVAILABLE"));
        else
            got.set("status", Value(isServed ? 200 : effects.status));
        if (effects.location) {
            Value location = Value::map({{"scheme", Value(effects.location->scheme)}, {"host", Value(effects.location->host)},
                {"path", Value(effects.location->path)}});
            if (effects.location->port != 0)
                location.set("port", Value(std::to_string(effects.location->port)));
            got.set("redirect", location);
        }
        HeaderFields request = call.request.headers;
        applyEdits(effects.requestEdits, request, !isGrpc);
        got.set("upstream_request", Value::map({{"path", Value(effects.path)}, {"host", Value(effects.authority)},
            {"method", Value(call.request.method)}, {"headers", fieldsOf(request, false)}}));
        HeaderFields response;
        if (line["backend_sets_response_headers"].isMap()) {
            for (const auto &[name, text] : line["backend_sets_response_headers"].asMap())
                response.emplace_back(name, text.stringOr());
        }
        if (isGrpc) // the echo server sends the metadata it got
            response = request;
        applyEdits(effects.responseEdits, response);
        for (const auto &field : effects.corsHeaders)
            response.push_back(field);
        got.set("response_headers", fieldsOf(response, isGrpc));
        if (isServed && !action->mirrors.empty()) {
            Value mirrors = Value::list();
            for (const MirrorTarget &mirror : action->mirrors) {
                Value one = Value::map();
                one.set("BackendRef",
                    Value::map({{"Name", Value(serviceName(mirror.target))}, {"Namespace", Value(mirror.target.ns)}}));
                if (mirror.percent < 100)
                    one.set("Percent", Value(static_cast<std::int64_t>(mirror.percent)));
                mirrors.append(one);
            }
            got.set("mirrored_to", mirrors);
        }
        if (action != nullptr && action->kind == RouteAction::Kind::Forward && action->totalWeight > 0) {
            Value shares = Value::map();
            for (const RouteTarget &target : action->targets)
                shares.set(serviceName(target), Value(static_cast<double>(target.weight) / static_cast<double>(action->totalWeight)));
            got.set("distribution", shares);
        }
        return got;
    }

    Result<Value> mesh(const Value &line, const std::vector<Value> &objects, Call call)
    {
        const IstioConfig services(objects);
        const GatewayApiConfig config(objects);
        SidecarView view;
        view.ns = meshNamespace;
        RegexCache regexes;
        std::vector<Text> notes;
        const RouteTable table = compileSidecar(services, view, [&](const MeshService &service, int port) {
            return serviceRoutes(config, service.ns, service.name, port, view.ns, regexes, notes);
        });
        if (call.request.authority.empty())
            call.request.authority = "echo";
        call.port = portOfAuthority(call.request.authority);
        if (call.port == 0)
            call.port = line["protocol"].stringOr() == "grpc" ? 7070 : 80;
        return answered(line, resolve(table, call), call);
    }

    Result<Value> gateway(const Value &line, const Value &config, const std::vector<Value> &objects, Call call)
    {
        const GatewayApiConfig api(objects);
        std::string name(line["gateway"].stringOr());
        if (name.empty())
            name = gatewayOfRow(line, config);
        const auto found = std::find_if(
            api.gateways().begin(), api.gateways().end(), [&](const ApiGateway &one) { return one.name == name; });
        if (found == api.gateways().end())
            return fail(ErrorCode::Unsupported, "there is no Gateway " + name);
        const RouteTable table = compileApiGateway(api, *found);
        if (call.request.authority.empty())
            call.request.authority = "192.0.2.1"; // the gateway's own address
        call.port = portOfAuthority(call.request.authority);
        if (call.port == 0)
            call.port = found->listeners.size() == 1 || table.listeners.size() == 1 ? found->listeners.front().port : 80;
        const Listener *listener = table.listenerOf({}, call.port);
        if (listener != nullptr && !listener->chains.empty() && listener->chains.front().terminatesTls) {
            call.tls = Call::Tls::Tls;
            call.sni = hostWithoutPort(call.request.authority);
            call.request.scheme = "https";
        }
        return answered(line, resolve(table, call), call);
    }

    Value replacedPrefix(const Value &line)
    {
        std::string prefix(line["filter"]["pathPrefixMatch"].stringOr());
        while (prefix.ends_with('/'))
            prefix.pop_back();
        const PathMatcher matcher {PathMatcher::Kind::PathPrefix, TextMatcher(TextMatcher::Kind::Exact, prefix)};
        const PathRewrite rewrite {
            PathRewrite::Kind::GatewayPrefix, std::string(line["filter"]["replacePrefixMatch"].stringOr()), nullptr};
        return Value::map({{"modified_path", Value(rewritten(rewrite, matcher, std::string(line["request"]["path"].stringOr())))}});
    }

} // namespace

Adapter gatewayApi(const Value &configs)
{
    return [&configs](const Value &line) -> Result<Value> {
        if (line["filter"].isMap())
            return replacedPrefix(line);
        const std::vector<Value> objects = objectsOf(configs, line);
        const Call call = callOf(line);
        if (line["mesh"].boolOr(false))
            return mesh(line, objects, call);
        return gateway(line, configs[line["config"].stringOr()], objects, call);
    };
}

} // namespace fairway::conformance
