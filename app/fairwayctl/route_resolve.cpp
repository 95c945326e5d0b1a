#include "app/fairwayctl/route_resolve.h"

#include "app/fairwayctl/cli.h"
#include "app/fairwayctl/manifests.h"
#include "app/fairwayctl/route_names.h"
#include "core/route/call_text.h"
#include "core/route/explain.h"
#include "core/route/traffic_config.h"
#include "core/value/json.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <iostream>
#include <memory>

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
        for (const auto &[name, text] : line["headers"].asMap())
            call.request.headers.emplace_back(route::lowerAscii(name), text.stringOr());
    }
    if (call.request.scheme == "https") {
        call.tls = route::Call::Tls::Tls;
        if (call.sni.empty())
            call.sni = route::hostWithoutPort(call.request.authority);
    }
    return call;
}

Value destinationsOf(const route::Decision &decision)
{
    Value out = Value::list();
    if (decision.outcome != route::Outcome::Forwarded || decision.route == nullptr)
        return out;
    for (const route::RouteTarget &target : decision.route->action->targets) {
        Value one = Value::map({{"namespace", Value(target.ns)}, {"host", Value(target.host)}, {"subset", Value(target.subset)},
            {"port", Value(target.port)}, {"weight", Value(static_cast<std::int64_t>(target.weight))}, {"kind", Value(target.kind)}});
        if (!target.problem.empty())
            one.set("problem", Value(target.problem.plain()));
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

void setRoute(Value &out, const route::Explanation &told, const route::Call &call)
{
    const route::Decision &decision = told.decision;
    const route::Effects &effects = told.effects;
    if (decision.route != nullptr && !decision.route->origin.kind.empty())
        out.set("rule", Value(decision.route->origin.display()));
    out.set("destinations", destinationsOf(decision));
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
        out.set("retries", Value::map({{"attempts", Value(action.retry->attempts)}, {"retryOn", Value(action.retry->retryOn)}}));
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

Value answer(const route::RouteTable &table, const Value &id, Result<route::Call> call, bool explains)
{
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
    setRoute(out, told, *call);
    if (!isMatched)
        out.set("reason", Value(told.summary.plain()));
    if (explains)
        out.set("explanation", explained(told));
    return out;
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
    for (Manifest &manifest : *manifests)
        objects.push_back(std::move(manifest.object));
    const route::TrafficConfig config(std::move(objects));
    const Result<route::RouteTable> table = config.tableAt(*viewpoint);
    if (!table)
        return failed(table.error());
    for (const std::vector<Text> *texts : {&table->notes, &table->patches}) {
        for (const Text &text : *texts)
            note("note: " + forTerminal(text.plain()));
    }
    if (!options.request.empty()) {
        const Result<route::CallText> request = route::parseCallText(options.request);
        if (!request)
            return failed("--request: " + request.error().message);
        for (const Text &text : request->notes)
            note("note: " + forTerminal(text.plain()));
        out(value::toJson(answer(*table, Value(), request->call, options.explains)) + "\n");
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
        const Value result = answer(*table, (*line)["id"], callOf(*line), options.explains);
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
