#include "tests/conformance/suites.h"

#include "core/route/effects.h"
#include "core/route/envoy_import.h"

#include <limits>
#include <map>
#include <memory>

namespace fairway::conformance {
namespace {

    using namespace fairway::route;
    using value::Value;

    /// The check tool knows a fraction only by its runtime key: one that the case does not name is off.
    void switchOff(Call &call, const HostTable &hosts, std::string_view activeKey)
    {
        for (const VirtualHost &host : hosts.hosts()) {
            for (const CompiledRoute &route : host.routes) {
                if (route.match.fraction && route.match.fraction->runtimeKey != activeKey)
                    call.runtime[route.match.fraction->runtimeKey] = 0;
            }
        }
    }

    Call callOf(const Value &request)
    {
        Call call;
        call.request.authority = request["authority"].stringOr();
        call.request.method = request["method"].stringOr("GET");
        const bool isTls = request["ssl"].boolOr(false) || request["scheme"].stringOr() == "https";
        call.tls = isTls ? Call::Tls::Tls : Call::Tls::None;
        call.request.scheme = isTls ? "https" : "http";
        call.isInternal = request["internal"].boolOr(false);
        call.client = "127.0.0.1"; // as Envoy's router check tool has it
        const std::string_view path = request["path"].stringOr();
        setTarget(call.request, path);
        const std::int64_t random = request["random_value"].intOr(0);
        call.random = random < 0 ? 0 : static_cast<std::uint64_t>(random);
        const Value &pairs = request["headers"];
        for (std::size_t i = 0; i < pairs.size(); ++i)
            call.request.headers.emplace_back(lowerAscii(pairs[i][0].stringOr()), pairs[i][1].stringOr());
        for (const char *key : {"additional_request_headers", "request_headers"}) {
            const Value &more = request[key];
            for (std::size_t i = 0; i < more.size(); ++i)
                call.request.headers.emplace_back(lowerAscii(more[i]["key"].stringOr()), more[i]["value"].stringOr());
        }
        const Value &metadata = request["dynamic_metadata"];
        Value filters = Value::map();
        for (std::size_t i = 0; i < metadata.size(); ++i)
            filters.set(metadata[i]["metadata_namespace"].stringOr(), metadata[i]["value"]);
        call.metadata = filters;
        return call;
    }

    Value headerList(const HeaderFields &headers)
    {
        Value out = Value::list();
        for (const auto &[name, text] : headers) {
            Value entry = Value::map({{"name", Value(name)}});
            entry.set("string_match", Value::map({{"exact", Value(text)}}));
            out.append(entry);
        }
        return out;
    }

    Value answered(const HostTable &hosts, const Call &call)
    {
        const Decision decision = resolveHttp(hosts, call);
        const Effects effects = effectsOf(decision, call);
        const bool isForwarded = decision.outcome == Outcome::Forwarded && decision.target != nullptr;
        Value got = Value::map({{"cluster_name", Value("")}, {"virtual_host_name", Value("")}, {"virtual_cluster_name", Value("")},
            {"path_rewrite", Value("")}, {"host_rewrite", Value("")}, {"path_redirect", Value("")}, {"code_redirect", Value(0)}});
        got.set("no_route", Value(!isForwarded && effects.status != 301 && effects.location == std::nullopt
            && decision.outcome != Outcome::Answered));
        if (isForwarded) {
            std::string cluster = decision.target->host;
            if (!decision.target->clusterHeader.empty())
                cluster = headerOf(call.request, decision.target->clusterHeader).value_or("");
            got.set("cluster_name", Value(cluster));
            got.set("virtual_host_name", Value(decision.host->name));
            const RequestClass *requests = classOf(*decision.host, call);
            got.set("virtual_cluster_name",
                Value(requests != nullptr ? requests->name : decision.host->classes.empty() ? std::string() : std::string("other")));
            got.set("path_rewrite", Value(effects.path));
            got.set("host_rewrite", Value(effects.authority));
            HeaderFields request = call.request.headers;
            applyEdits(effects.requestEdits, request);
            request.emplace_back(":authority", effects.authority);
            request.emplace_back(":path", effects.path);
            request.emplace_back(":method", call.request.method);
            got.set("request_header_matches", headerList(request));
        } else if (effects.location) {
            got.set("path_redirect", Value(effects.location->text()));
            got.set("code_redirect", Value(effects.status));
        } else if (decision.outcome == Outcome::Answered) {
            got.set("path_redirect", Value(call.request.scheme + "://" + effects.authority + effects.path));
            got.set("code_redirect", Value(effects.status));
        }
        HeaderFields response;
        if (decision.outcome == Outcome::Answered)
            response.emplace_back("content-type", "text/plain");
        applyEdits(effects.responseEdits, response);
        got.set("response_header_matches", headerList(response));
        return got;
    }

} // namespace

Adapter envoyRoutes(const Value &configs)
{
    const auto known = std::make_shared<std::map<std::string, HostTable>>();
    return [&configs, known](const Value &line) -> Result<Value> {
        const std::string name(line["config"].stringOr());
        if (!known->contains(name)) {
            std::vector<Text> notes;
            Result<HostTable> table = importEnvoyRoutes(configs[name], notes);
            if (!table)
                return fail(ErrorCode::Unsupported, table.error().message);
            known->emplace(name, std::move(*table));
        }
        const HostTable &hosts = known->at(name);
        Call call = callOf(line["request"]);
        if (line["id"].stringOr().starts_with("envoy-rc/"))
            switchOff(call, hosts, line["request"]["runtime"].stringOr());
        return answered(hosts, call);
    };
}

} // namespace fairway::conformance
