#include "core/route/form_fields.h"
#include "core/route/route_object.h"
#include "core/value/pointer.h"

#include <optional>

/// The forms of rules: what a rule does with its requests besides weights.
namespace fairway::route {
namespace {

    using value::Value;

    void addIstio(EditForm &form, const Value &object, const std::string &at)
    {
        form.groups.push_back(GroupBuilder(object, at, "time", phrase("route", "Time limit and retries"))
                .duration("timeout", "/timeout", phrase("route", "Timeout"),
                    phrase("route", "How long a request may take, retries included. Not set: no limit."))
                .integer("retries.attempts", "/retries/attempts", phrase("route", "Retries"),
                    phrase("route", "How often a failed request is tried again. Not set: 2. 0: never."))
                .duration("retries.perTryTimeout", "/retries/perTryTimeout", phrase("route", "Timeout per try"),
                    phrase("route", "How long one try may take. Not set: as long as the request."))
                .needs("retries.attempts")
                .text("retries.retryOn", "/retries/retryOn", phrase("route", "Retry on"),
                    phrase("route", "Conditions with commas between: 5xx, reset, connect-failure, or status codes. Not set: connect-failure, "
                                    "refused-stream, unavailable, cancelled."))
                .needs("retries.attempts")
                .take());
        form.groups.push_back(GroupBuilder(object, at, "fault", phrase("route", "Injected faults"))
                .duration("fault.delay", "/fault/delay/fixedDelay", phrase("route", "Delay"), phrase("route", "Held back for this long before it is sent on."))
                .percent("fault.delay.percent", "/fault/delay/percentage/value", phrase("route", "Delayed requests, %"),
                    phrase("route", "Share of the requests that are delayed; a new delay begins with 100. Not set: none."))
                .needs("fault.delay")
                .startsAs("100")
                .integer("fault.abort", "/fault/abort/httpStatus", phrase("route", "Answer with status"),
                    phrase("route", "Answered with this status, never sent on."), 200, 599)
                .percent("fault.abort.percent", "/fault/abort/percentage/value", phrase("route", "Aborted requests, %"),
                    phrase("route", "Share of the requests that are answered so; a new one begins with 100. Not set: none."))
                .needs("fault.abort")
                .startsAs("100")
                .take());
        GroupBuilder mirror(object, at, "mirror", phrase("route", "Mirror"));
        mirror
            .text("mirror.host", "/mirror/host", phrase("route", "Mirror to host"),
                phrase("route", "A copy of each request goes there; its answers are thrown away."))
            .text("mirror.subset", "/mirror/subset", phrase("route", "Subset"), phrase("route", "A subset of that host's DestinationRule."))
            .needs("mirror.host")
            .integer("mirror.port", "/mirror/port/number", phrase("route", "Port"), phrase("route", "Needed where the Service has several."), 1, 65535)
            .needs("mirror.host")
            .percent("mirror.percent", "/mirrorPercentage/value", phrase("route", "Mirrored requests, %"),
                phrase("route", "Share of the requests that are copied. Not set: all."))
            .needs("mirror.host");
        if (value::at(object, at + "/mirrors").size() > 0)
            mirror.note(phrase("route", "This rule has a list of mirrors: change it in the YAML."));
        form.groups.push_back(mirror.take());
    }

    void addGatewayApi(EditForm &form, const Value &object, const std::string &at, RouteKind kind)
    {
        if (kind == RouteKind::HttpRoute) {
            form.groups.push_back(GroupBuilder(object, at, "time", phrase("route", "Time limit and retries"))
                    .duration("timeouts.request", "/timeouts/request", phrase("route", "Timeout"),
                        phrase("route", "How long a request may take, retries included. Not set: the gateway decides."))
                    .duration("timeouts.backendRequest", "/timeouts/backendRequest", phrase("route", "Timeout per try"),
                        phrase("route", "How long one request to a backend may take; at most the timeout above."))
                    .integer("retry.attempts", "/retry/attempts", phrase("route", "Retries"),
                        phrase("route", "How often a failed request is tried again; a field of the experimental channel."))
                    .duration("retry.backoff", "/retry/backoff", phrase("route", "Wait between tries"),
                        phrase("route", "At least this long between two tries."))
                    .needs("retry.attempts")
                    .take());
        }
        const std::string list = at + "/filters";
        std::optional<std::size_t> index;
        std::size_t count = 0;
        const Value &filters = value::at(object, list);
        for (std::size_t i = 0; i < filters.size(); ++i) {
            if (filters[i]["type"].stringOr() == "RequestMirror" && ++count == 1)
                index = i;
        }
        GroupBuilder mirror(object, index ? value::childPointer(list, *index) : list + "/-", "mirror", phrase("route", "Mirror"));
        mirror
            .text("mirror.name", "/requestMirror/backendRef/name", phrase("route", "Mirror to Service"),
                phrase("route", "A copy of each request goes there; its answers are thrown away."))
            .text("mirror.namespace", "/requestMirror/backendRef/namespace", phrase("route", "Namespace"),
                phrase("route", "Of that Service. Not set: the route's; another one needs a ReferenceGrant there."))
            .needs("mirror.name")
            .integer("mirror.port", "/requestMirror/backendRef/port", phrase("route", "Port"), phrase("route", "Of that Service."), 1, 65535)
            .needs("mirror.name")
            .integer("mirror.percent", "/requestMirror/percent", phrase("route", "Mirrored requests, %"),
                phrase("route", "Share of the requests that are copied. Not set: all."), 0, 100)
            .needs("mirror.name")
            .item(list, index, Value::map({{"type", Value("RequestMirror")}}));
        if (count > 1)
            mirror.note(phrase("route", "This rule has several mirrors: the first one is changed here, the others in the YAML."));
        form.groups.push_back(mirror.take());
    }

    void addCanary(EditForm &form, const Value &object)
    {
        static constexpr std::string_view base = "/metadata/annotations/nginx.ingress.kubernetes.io~1canary";
        form.groups.push_back(GroupBuilder(object, std::string(base), "canary", phrase("route", "Who gets the canary"))
                .text("canary-by-header", "-by-header", phrase("route", "By header"),
                    phrase("route", "Requests with this header: \"always\" goes to the canary, \"never\" does not, others go by weight."))
                .asString()
                .text("canary-by-header-value", "-by-header-value", phrase("route", "Header's value"),
                    phrase("route", "The value that goes to the canary in the place of \"always\"; others go by cookie and weight."))
                .asString()
                .needs("canary-by-header")
                .text("canary-by-header-pattern", "-by-header-pattern", phrase("route", "Header's pattern"),
                    phrase("route", "A regular expression for the value. Not looked at when a value is set."))
                .asString()
                .needs("canary-by-header")
                .text("canary-by-cookie", "-by-cookie", phrase("route", "By cookie"),
                    phrase("route", "Requests with this cookie: \"always\" goes to the canary, \"never\" does not, others go by weight."))
                .asString()
                .integer("canary-weight", "-weight", phrase("route", "Weight"), phrase("route", "Share of the other requests, of the total below."))
                .asString()
                .integer("canary-weight-total", "-weight-total", phrase("route", "Total"), phrase("route", "What the weight is a share of. Not set: 100."), 1)
                .asString()
                .take());
    }

} // namespace

Result<EditForm> ruleForm(const Value &object, std::string_view section, int index)
{
    const Result<RouteObject> route = parseRoute(object);
    if (!route)
        return tl::unexpected(route.error());
    const std::string what = std::string(toString(route->kind)) + " " + route->name;
    EditForm form;
    if (route->kind == RouteKind::Ingress) {
        if (section != "canary")
            return fail(ErrorCode::InvalidInput, what + " is no canary: its annotations decide nothing about where requests go");
        addCanary(form, object);
        return form;
    }
    const Rule *rule = route->find(section, index);
    if (rule == nullptr)
        return fail(ErrorCode::NotFound, what + " has no rule " + std::string(section) + "[" + std::to_string(index) + "]");
    if (route->kind == RouteKind::TlsRoute || route->kind == RouteKind::TcpRoute)
        return fail(ErrorCode::InvalidInput, phrase("route", "%1: its rules have weights only").with(what));
    if (route->isGatewayApi())
        addGatewayApi(form, object, rule->pointer, route->kind);
    else if (section == "http")
        addIstio(form, object, rule->pointer);
    else
        return fail(ErrorCode::InvalidInput, what + " " + std::string(section) + "[" + std::to_string(index) + "]: only http rules have time limits, retries, faults and mirrors");
    return form;
}

} // namespace fairway::route
