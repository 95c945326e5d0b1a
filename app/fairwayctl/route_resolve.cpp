#include "app/fairwayctl/route_resolve.h"

#include "app/fairwayctl/cli.h"
#include "app/fairwayctl/manifests.h"
#include "app/fairwayctl/route_names.h"
#include "app/fairwayctl/target_pods.h"
#include "core/route/call_text.h"
#include "core/route/explain.h"
#include "core/route/topology.h"
#include "core/route/traffic_config.h"
#include "core/value/json.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <iostream>
#include <memory>
#include <optional>

namespace fairway::ctl {
namespace {

using value::Value;

struct ResolveOptions {
    std::vector<std::string> files;
    std::string at = "mesh";
    std::string fromLabels;
    std::string fromNamespace;
    std::string request;
    bool explains = false;
};

constexpr std::size_t maxLine = std::size_t {1} << 20;

Result<route::Call> callOf(const Value &line)
{
    if (!line.isMap())
        return fail(ErrorCode::InvalidInput, "a request must be a JSON object");
    for (const char *const key : {"scheme", "method", "authority", "path", "sni", "address", "client"}) {
        if (!line[key].isNull() && !line[key].isString())
            return fail(ErrorCode::InvalidInput, std::string(key) + " must be text");
    }
    if (!line["port"].isNull() && !line["port"].isInt())
        return fail(ErrorCode::InvalidInput, "port must be a whole number");
    if (!line["headers"].isNull() && !line["headers"].isMap())
        return fail(ErrorCode::InvalidInput, "headers must be an object of texts");
    route::Call call;
    const std::int64_t port = line["port"].intOr(0);
    if (port < 0 || port > 65535)
        return fail(ErrorCode::InvalidInput, "port must be 0 to 65535");
    call.port = static_cast<int>(port);
    call.address = line["address"].stringOr();
    call.sni = line["sni"].stringOr();
    call.client = line["client"].stringOr();
    const bool isHttp = line["authority"].isString() || line["path"].isString();
    if (!isHttp) {
        call.protocol = route::Call::Protocol::Tcp;
        call.tls = call.sni.empty() ? route::Call::Tls::None : route::Call::Tls::Tls;
        return call;
    }
    call.request.authority = line["authority"].stringOr();
    call.request.method = line["method"].stringOr("GET");
    call.request.scheme = line["scheme"].stringOr("http");
    route::setTarget(call.request, line["path"].stringOr("/"));
    if (line["headers"].isMap()) {
        for (const auto &[name, text] : line["headers"].asMap()) {
            if (!text.isString())
                return fail(ErrorCode::InvalidInput, "headers." + name + " must be text");
            call.request.headers.emplace_back(route::lowerAscii(name), text.stringOr());
        }
    }
    if (call.request.scheme == "https") {
        call.tls = route::Call::Tls::Tls;
        if (call.sni.empty())
            call.sni = route::hostWithoutPort(call.request.authority);
    }
    return call;
}

Value endpointsOf(const std::vector<route::Endpoint> &endpoints)
{
    Value out = Value::list();
    for (const route::Endpoint &endpoint : endpoints) {
        out.append(Value::map({{"pod", Value(endpoint.pod.empty() ? std::string() : endpoint.ns + "/" + endpoint.pod)}, {"address", Value(endpoint.address)},
            {"ready", Value(endpoint.isReady)}}));
    }
    return out;
}

/// What the requests of one run are held against.
struct Ground {
    const route::RouteTable &table;
    const route::TopologyView &topology;
};

Value destinationsOf(const route::Decision &decision, const route::TopologyView &topology)
{
    Value out = Value::list();
    if (decision.outcome != route::Outcome::Forwarded || decision.route == nullptr)
        return out;
    for (const route::RouteTarget &target : decision.route->action->targets) {
        Value one = Value::map({{"namespace", Value(target.ns)}, {"host", Value(target.host)}, {"subset", Value(target.subset)},
            {"port", Value(target.port)}, {"weight", Value(static_cast<std::int64_t>(target.weight))}, {"kind", Value(target.kind)}});
        const TargetPods pods = podsOf(target, topology);
        if (const std::string problem = target.problem.empty() ? pods.problem : target.problem.plain(); !problem.empty())
            one.set("problem", Value(problem));
        if (!pods.endpoints.empty())
            one.set("endpoints", endpointsOf(pods.endpoints));
        out.append(one);
    }
    return out;
}

Value editsOf(const route::HeaderEdits &edits)
{
    Value set = Value::map();
    Value add = Value::map();
    Value remove = Value::list();
    for (const route::HeaderEdit &edit : edits) {
        if (edit.kind == route::HeaderEdit::Kind::Remove)
            remove.append(Value(edit.name));
        else
            (edit.kind == route::HeaderEdit::Kind::Add ? add : set).set(edit.name, Value(edit.value));
    }
    return Value::map({{"set", set}, {"add", add}, {"remove", remove}});
}

Value corsOf(const route::Effects &effects)
{
    Value headers = Value::map();
    for (const auto &[name, text] : effects.corsHeaders)
        headers.set(name, Value(text));
    return Value::map({{"answersPreflight", Value(effects.isPreflight)}, {"headers", headers}});
}

Value retriesOf(const route::RetryAction &retry)
{
    Value out = Value::map({{"attempts", Value(retry.attempts)}, {"retryOn", Value(retry.retryOn)}});
    if (!retry.codes.empty()) {
        Value codes = Value::list();
        for (const int code : retry.codes)
            codes.append(Value(code));
        out.set("codes", codes);
    }
    if (retry.perTryTimeout.count() > 0)
        out.set("perTryTimeoutMs", Value(std::int64_t {retry.perTryTimeout.count()}));
    return out;
}

void setRoute(Value &out, const route::Explanation &told, const route::Call &call, const route::TopologyView &topology)
{
    const route::Decision &decision = told.decision;
    const route::Effects &effects = told.effects;
    if (decision.route != nullptr && !decision.route->origin.kind.empty())
        out.set("rule", Value(decision.route->origin.display()));
    out.set("destinations", destinationsOf(decision, topology));
    Value redirect = Value::map();
    if (effects.location) {
        redirect = Value::map({{"code", Value(effects.status)}, {"location", Value(effects.location->text())},
            {"scheme", Value(effects.location->scheme)}, {"host", Value(effects.location->host)}, {"path", Value(effects.location->path)}});
        if (effects.location->port != 0)
            redirect.set("port", Value(effects.location->port));
    }
    out.set("redirect", redirect);
    Value direct = Value::map();
    if (effects.status != 0 && !effects.location) {
        direct.set("status", Value(effects.status));
        if (!effects.body.empty())
            direct.set("body", Value(effects.body));
    }
    out.set("directResponse", direct);
    if (call.isHttp()) {
        out.set("path", Value(effects.path));
        out.set("authority", Value(effects.authority));
        out.set("requestHeaders", editsOf(effects.requestEdits));
        if (!effects.responseEdits.empty())
            out.set("responseHeaders", editsOf(effects.responseEdits));
    }
    if (decision.route == nullptr)
        return;
    const route::RouteAction &action = *decision.route->action;
    if (!action.mirrors.empty()) {
        Value mirrors = Value::list();
        for (const route::MirrorTarget &mirror : action.mirrors)
            mirrors.append(Value::map({{"host", Value(mirror.target.host)}, {"port", Value(mirror.target.port)}, {"percent", Value(mirror.percent)}}));
        out.set("mirrors", mirrors);
    }
    if (action.fault) {
        out.set("fault", Value::map({{"abortPercent", Value(action.fault->abortPercent)}, {"httpStatus", Value(action.fault->httpStatus)},
                             {"delayPercent", Value(action.fault->delayPercent)}, {"delayMs", Value(std::int64_t {action.fault->delay.count()})}}));
    }
    if (action.timeout.count() > 0)
        out.set("timeoutMs", Value(std::int64_t {action.timeout.count()}));
    if (action.retry && call.isHttp())
        out.set("retries", retriesOf(*action.retry));
    if (action.cors && call.isHttp())
        out.set("cors", corsOf(effects));
}

Value explained(const route::Explanation &told)
{
    Value tried = Value::list();
    for (const route::TriedRule &rule : told.tried) {
        Value one = Value::map({{"rule", Value(rule.origin.display())}, {"at", Value(rule.origin.path())}, {"taken", Value(rule.isTaken)}});
        if (!rule.reason.empty())
            one.set("why", Value(rule.reason.plain()));
        tried.append(one);
    }
    Value others = Value::list();
    for (const std::string &host : told.otherHosts)
        others.append(Value(host));
    return Value::map({{"listener", Value(told.listener)}, {"host", Value(told.domain)}, {"otherHosts", others}, {"tried", tried},
        {"untold", Value(static_cast<std::int64_t>(told.untold))}, {"summary", Value(told.summary.plain())}});
}

Value answer(const Ground &ground, const Value &id, Result<route::Call> call, bool explains)
{
    const route::RouteTable &table = ground.table;
    Value out = Value::map({{"id", id}});
    if (!call) {
        out.set("error", Value(call.error().message));
        return out;
    }
    route::Explanation told = route::explain(table, *call);
    if (told.decision.outcome == route::Outcome::WrongClientCertificate && call->tls == route::Call::Tls::Tls) {
        call->tls = route::Call::Tls::Mutual; // who sends https to such a port has a certificate
        told = route::explain(table, *call);
    }
    const route::Outcome outcome = told.decision.outcome;
    const bool isMatched = outcome == route::Outcome::Forwarded || outcome == route::Outcome::Redirected
        || outcome == route::Outcome::Answered || outcome == route::Outcome::Failing;
    out.set("matched", Value(isMatched));
    out.set("outcome", Value(route::toString(outcome)));
    setRoute(out, told, *call, ground.topology);
    if (!isMatched)
        out.set("reason", Value(told.summary.plain()));
    if (!table.patches.empty()) {
        Value patches = Value::list();
        for (const Text &patch : table.patches)
            patches.append(Value(patch.plain()));
        out.set("notModelled", patches);
    }
    if (explains)
        out.set("explanation", explained(told));
    return out;
}

/// The client that an access log names, when its pod is in the files and no other was asked for.
void useClient(route::Viewpoint &viewpoint, const route::CallText &request, const route::TopologyView &topology, const ResolveOptions &options)
{
    if (viewpoint.kind != route::Viewpoint::Kind::Mesh || !options.fromLabels.empty() || !options.fromNamespace.empty())
        return;
    const auto pod = topology.podAt(route::addressOf(request.call.client));
    if (!pod)
        return;
    viewpoint.ns = pod->ns.empty() ? "default" : pod->ns;
    viewpoint.labels = pod->labels;
    note("note: the client of the line is pod " + forTerminal(viewpoint.ns + "/" + pod->name) + ": looked at with its labels");
}

/// Short names mean the client's namespace: who gave none may have meant another than "default".
void hint(const Value &result, const route::Viewpoint &viewpoint, const ResolveOptions &options)
{
    const bool isLost = !result["matched"].boolOr(false) && viewpoint.kind == route::Viewpoint::Kind::Mesh;
    if (isLost && options.fromNamespace.empty())
        note("note: looked at from namespace " + forTerminal(viewpoint.ns) + ": --from-namespace chooses another");
}

int runResolve(const ResolveOptions &options)
{
    Result<route::Viewpoint> viewpoint = route::Viewpoint::parse(options.at);
    if (!viewpoint)
        return badUsage("--at: " + viewpoint.error().message);
    Result<std::map<std::string, std::string>> labels = parseLabels(options.fromLabels);
    if (!labels)
        return badUsage(labels.error().message);
    viewpoint->labels = std::move(*labels);
    if (viewpoint->kind == route::Viewpoint::Kind::Mesh && !options.fromNamespace.empty())
        viewpoint->ns = options.fromNamespace;
    Result<std::vector<Manifest>> manifests = readManifests(options.files);
    if (!manifests)
        return failed(manifests.error());
    std::vector<Value> objects;
    route::TopologyView topology;
    for (Manifest &manifest : *manifests) {
        if (route::TopologyView::takes(manifest.object["kind"].stringOr()))
            (void)topology.upsert(manifest.object); // what is wrong with it is for check to tell
        objects.push_back(std::move(manifest.object));
    }
    std::optional<route::CallText> request;
    if (!options.request.empty()) {
        Result<route::CallText> read = route::parseCallText(options.request);
        if (!read)
            return failed("--request: " + read.error().message);
        request = std::move(*read);
        useClient(*viewpoint, *request, topology, options);
    }
    const route::TrafficConfig config(std::move(objects));
    const Result<route::RouteTable> table = config.tableAt(*viewpoint);
    if (!table)
        return failed(table.error());
    for (const std::vector<Text> *texts : {&table->notes, &table->patches}) {
        for (const Text &text : *texts)
            note("note: " + forTerminal(text.plain()));
    }
    const Ground ground {*table, topology};
    if (request) {
        for (const Text &text : request->notes)
            note("note: " + forTerminal(text.plain()));
        for (const Text &text : route::heldAgainst(request->log, route::resolve(*table, request->call)))
            note("note: " + forTerminal(text.plain()));
        const Value result = answer(ground, Value(), request->call, options.explains);
        hint(result, *viewpoint, options);
        out(value::toJson(result) + "\n");
        return exitOk;
    }
    std::size_t number = 0;
    bool hasError = false;
    for (std::string text; std::getline(std::cin, text);) {
        ++number;
        if (text.find_first_not_of(" \t\r") == std::string::npos)
            continue;
        if (text.size() > maxLine)
            return failed("line " + std::to_string(number) + " of the requests is longer than 1 MiB");
        const Result<Value> line = value::parseJson(text);
        if (!line)
            return failed("line " + std::to_string(number) + " of the requests: " + line.error().message);
        const Value result = answer(ground, (*line)["id"], callOf(*line), options.explains);
        hasError = hasError || !result["error"].isNull();
        out(value::toJson(result) + "\n");
    }
    return hasError ? exitFailed : exitOk;
}

} // namespace

void addRouteResolve(CLI::App &route, int &exitCode)
{
    auto options = std::make_shared<ResolveOptions>();
    CLI::App *command = route.add_subcommand("resolve", "where requests go: one JSON object a line in, one a line out");
    command->add_option("-f,--filename", options->files, "files or folders with the routes")->required();
    command->add_option("--at", options->at, "mesh, gateway/NAMESPACE/NAME or ingress/CLASS");
    command->add_option("--from-labels", options->fromLabels, "labels of the client's pod: KEY=VALUE,...");
    command->add_option("--from-namespace", options->fromNamespace, "namespace of the client's pod");
    command->add_option("--request", options->request, "a URL, curl command or access-log line instead of JSON lines");
    command->add_flag("--explain", options->explains, "adds the rules that were tried and why each did not match");
    command->callback([options, &exitCode] { exitCode = runResolve(*options); });
}

} // namespace fairway::ctl
