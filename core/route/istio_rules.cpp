#include "core/route/istio_rules.h"

#include "core/route/request_match.h"

#include <algorithm>

namespace fairway::route {
namespace {

    using value::Value;

    TextMatcher::Kind kindOf(Operator op)
    {
        return op == Operator::Exact ? TextMatcher::Kind::Exact
            : op == Operator::Present ? TextMatcher::Kind::Present
                                      : TextMatcher::Kind::Prefix;
    }

    /// False when an expression can't be compiled: Envoy would refuse the route.
    bool addCondition(RouteMatch &out, const Condition &c, RegexCache &regexes, std::string &error)
    {
        TextMatcher matcher(kindOf(c.op), c.value, c.ignoresCase);
        if (c.op == Operator::Regex) {
            Result<TextMatcher> compiled = TextMatcher::regex(c.value, regexes);
            if (!compiled) {
                error = compiled.error().message;
                return false;
            }
            matcher = std::move(*compiled);
        }
        switch (c.subject) {
        case Subject::Path:
            out.path.kind = c.op == Operator::Exact ? PathMatcher::Kind::Exact
                : c.op == Operator::Regex           ? PathMatcher::Kind::Regex
                                                    : PathMatcher::Kind::Prefix;
            out.path.text = std::move(matcher);
            break;
        case Subject::QueryParam:
            out.query.push_back({c.key, std::move(matcher)});
            break;
        case Subject::Header:
            out.headers.push_back({lowerAscii(c.key), std::move(matcher), c.isNegated, c.isNegated && c.op != Operator::Present});
            break;
        case Subject::Method:
            out.headers.push_back({":method", std::move(matcher), false, false});
            break;
        case Subject::Authority:
            out.headers.push_back({":authority", std::move(matcher), false, false});
            break;
        case Subject::Scheme:
            out.headers.push_back({":scheme", std::move(matcher), false, false});
            break;
        default:
            break;
        }
        return true;
    }

    void addTargets(RouteAction &action, const Rule &rule, const Value &from, std::string_view home, const IstioViewer &viewer)
    {
        const bool isSplit = rule.destinations.size() > 1;
        for (std::size_t i = 0; i < rule.destinations.size(); ++i) {
            const Destination &destination = rule.destinations[i];
            if (isSplit && destination.weight == 0)
                continue;
            RouteTarget target = istioTarget(
                fullHost(destination.host, home, viewer.domain), destination.subset, destination.port, viewer);
            target.weight = isSplit ? static_cast<std::uint64_t>(destination.weight) : 1;
            target.pointer = destination.pointer;
            IstioHeaders headers = readIstioHeaders(from["route"][i]["headers"]);
            target.requestEdits = std::move(headers.request);
            target.responseEdits = std::move(headers.response);
            target.authority = std::move(headers.authority);
            action.totalWeight += target.weight;
            action.targets.push_back(std::move(target));
        }
        // One destination: its edits join the route's list; several: Envoy applies each cluster's own before the route's.
        action.firstEditsOfTarget = isSplit;
    }

} // namespace

RuleOrigin originOf(const MeshVirtualService &service, const Rule &rule, int match)
{
    RuleOrigin out {"VirtualService", service.route.ns, service.route.name, rule.section, rule.index, match, rule.name, {}};
    const auto index = static_cast<std::size_t>(rule.index);
    if (rule.section == "http" && index < service.sources.size()) {
        const MeshVirtualService::Source &source = service.sources[index];
        out.ns = source.ns;
        out.name = source.name;
        out.index = source.index;
        if (source.isDelegated) {
            out.match = -1; // merged from both objects
            out.via = "VirtualService " + service.key() + " http[" + std::to_string(source.rootIndex) + "]";
        }
    }
    return out;
}

bool isLoaded(const Match &match, const IstioViewer &viewer)
{
    return isLoaded(match, Origin {viewer.gateway, viewer.labels, viewer.ns, viewer.port});
}

RouteTarget istioTarget(const std::string &host, const std::string &subset, int port, const IstioViewer &viewer)
{
    RouteTarget out;
    out.host = host;
    out.subset = subset;
    const MeshService *service = viewer.lookup ? viewer.lookup(host) : nullptr;
    out.kind = service == nullptr ? "Unknown" : service->isKubernetes ? "Service" : "ServiceEntry";
    if (service != nullptr && service->isAlias())
        out.host = service->externalName;
    if (service != nullptr)
        out.ns = service->ns;
    else if (const std::optional<ServiceName> name = serviceOfHost(host, viewer.ns))
        out.ns = name->ns;
    // Without a port: the service's only one, else the port the request came in on.
    out.port = port != 0 ? port : service != nullptr && service->ports.size() == 1 ? service->ports.front().number : viewer.port;
    return out;
}

std::vector<CompiledRoute> compileHttp(const MeshVirtualService &service, const IstioViewer &viewer)
{
    std::vector<CompiledRoute> out;
    const Value &rules = service.object["spec"]["http"];
    for (const Rule &rule : service.route.rules) {
        if (rule.section != "http")
            continue;
        const std::string where = originOf(service, rule, -1).display();
        std::shared_ptr<RouteAction> action;
        const auto actionOf = [&]() -> std::shared_ptr<const RouteAction> {
            if (action)
                return action;
            action = std::make_shared<RouteAction>();
            const Value &from = rules[static_cast<std::size_t>(rule.index)];
            readHttpActions(*action, from, viewer, service.route.ns, where);
            if (action->kind == RouteAction::Kind::Forward)
                addTargets(*action, rule, from, service.route.ns, viewer);
            if (action->kind == RouteAction::Kind::Forward && action->targets.empty()) {
                action->kind = RouteAction::Kind::Failing;
                action->direct.status = 404;
            }
            return action;
        };
        const auto add = [&](const Match *match, int index) {
            CompiledRoute route;
            route.origin = originOf(service, rule, index);
            route.name = rule.name;
            if (match != nullptr) {
                const Value &name = rules[static_cast<std::size_t>(rule.index)]["match"][static_cast<std::size_t>(index)]["name"];
                if (!name.stringOr().empty())
                    route.name += "." + std::string(name.stringOr());
                for (const Condition &condition : match->conditions) {
                    std::string error;
                    if (!addCondition(route.match, condition, *viewer.regexes, error)) {
                        viewer.notes->push_back(phrase("route", "%1: match %2: %3; the match is left out").with(where, index, error));
                        return false;
                    }
                }
            }
            route.action = actionOf();
            out.push_back(std::move(route));
            return out.back().match.isCatchAll();
        };
        if (rule.matches.empty()) {
            add(nullptr, -1);
            return out;
        }
        for (std::size_t i = 0; i < rule.matches.size(); ++i) {
            if (isLoaded(rule.matches[i], viewer) && add(&rule.matches[i], static_cast<int>(i)))
                return out;
        }
    }
    return out;
}

CompiledRoute compileStream(const MeshVirtualService &service, const Rule &rule, const IstioViewer &viewer)
{
    CompiledRoute out;
    out.origin = originOf(service, rule, -1);
    out.name = rule.name;
    auto action = std::make_shared<RouteAction>();
    addTargets(*action, rule, {}, service.route.ns, viewer);
    out.action = std::move(action);
    return out;
}

CompiledRoute defaultRoute(const MeshService &service, int port)
{
    CompiledRoute out;
    out.origin = {service.isKubernetes ? "Service" : "ServiceEntry", service.ns, service.name, {}, 0, -1, {}, {}};
    out.name = "default";
    auto action = std::make_shared<RouteAction>();
    RouteTarget target;
    target.host = service.host;
    target.ns = service.ns;
    target.port = port;
    target.weight = 1;
    target.kind = out.origin.kind;
    action->targets.push_back(std::move(target));
    action->totalWeight = 1;
    action->retry = RetryAction {2, {}, "connect-failure,refused-stream,unavailable,cancelled", {}, {}};
    out.action = std::move(action);
    return out;
}

void sortCatchAllLast(std::vector<CompiledRoute> &routes)
{
    std::stable_partition(routes.begin(), routes.end(), [](const CompiledRoute &route) { return !route.match.isCatchAll(); });
}

} // namespace fairway::route
