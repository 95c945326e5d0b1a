#include "core/lab/api_server.h"

#include "core/lab/discovery.h"
#include "core/lab/protobuf_reader.h"
#include "core/value/json.h"
#include "core/value/yaml.h"

#include <algorithm>

namespace fairway::lab {

using value::Value;

namespace {

ApiAnswer errorAnswer(const ApiError &error)
{
    ApiAnswer answer;
    answer.status = error.code;
    answer.retryAfterSeconds = error.retryAfterSeconds;
    if (error.isPlainText) {
        answer.contentType = "text/plain; charset=utf-8";
        answer.body = error.message;
    } else {
        answer.body = value::toJson(statusObject(error)) + "\n";
    }
    return answer;
}

ApiAnswer jsonAnswer(const Value &value)
{
    ApiAnswer answer;
    answer.body = value::toJson(value) + "\n";
    return answer;
}

std::string escapedWarning(std::string_view text)
{
    std::string result;
    for (const char c : text) {
        if (c == '"' || c == '\\')
            result += '\\';
        if (static_cast<unsigned char>(c) >= 0x20)
            result += c;
    }
    return result;
}

void send(const std::shared_ptr<proxy::HttpResponder> &responder, ApiAnswer answer)
{
    proxy::HttpHeaders headers {{"Cache-Control", answer.etag.empty() ? "no-cache, private" : "public"}, {"Content-Type", answer.contentType}};
    for (const std::string &warning : answer.warnings)
        headers.emplace_back("Warning", "299 - \"" + escapedWarning(warning) + "\"");
    if (answer.retryAfterSeconds > 0)
        headers.emplace_back("Retry-After", std::to_string(answer.retryAfterSeconds));
    if (!answer.etag.empty()) {
        headers.emplace_back("Etag", answer.etag);
        headers.emplace_back("Vary", "Accept");
    }
    responder->send(answer.status, headers, std::move(answer.body));
}

} // namespace

ApiResult<Value> readBody(std::string_view contentType, std::string_view body)
{
    const std::string_view type = contentType.substr(0, contentType.find(';'));
    if (type == ProtobufType)
        return readProtobuf(body);
    const bool isYaml = type.ends_with("yaml");
    const bool isJson = type.empty() || type.ends_with("json");
    if (!isYaml && !isJson)
        return tl::unexpected(unsupportedMediaType(type));
    auto parsed = value::parseJson(body);
    if (!parsed && isYaml)
        parsed = value::parseYaml(body);
    if (!parsed)
        return tl::unexpected(badRequest("the object provided is unrecognized: " + parsed.error().message));
    return std::move(*parsed);
}

ApiServer::ApiServer(ObjectService &service, WatchHub &watches, const Callers &callers, PodLogFinder logs)
    : m_service(service)
    , m_watches(watches)
    , m_callers(callers)
    , m_logs(std::move(logs))
{
}

void ApiServer::failNext(unsigned count, int status)
{
    m_failureStatus = status;
    m_failures = count;
}

void ApiServer::handle(const proxy::HttpRequest &request, const std::shared_ptr<proxy::HttpResponder> &responder)
{
    m_requests.fetch_add(1, std::memory_order_relaxed);
    unsigned left = m_failures.load();
    while (left > 0 && !m_failures.compare_exchange_weak(left, left - 1)) { }
    if (left > 0) {
        ApiError error = internalError("this answer was asked for");
        error.code = m_failureStatus;
        error.reason = error.code == 429 ? "TooManyRequests" : error.code == 503 ? "ServiceUnavailable" : "InternalError";
        error.retryAfterSeconds = error.code == 429 || error.code == 503 ? 1 : 0;
        send(responder, errorAnswer(error));
        return;
    }
    Answer answer = route(request, responder);
    if (!answer)
        send(responder, errorAnswer(answer.error()));
    else if (*answer)
        send(responder, std::move(**answer));
}

ApiServer::Answer ApiServer::route(const proxy::HttpRequest &request, const std::shared_ptr<proxy::HttpResponder> &responder)
{
    const auto caller = m_callers.identify(request.header("authorization"));
    if (!caller)
        return tl::unexpected(unauthorized());
    auto segments = pathSegments(request.path);
    if (!segments)
        return tl::unexpected(badRequest("the path can't be decoded"));
    const std::string_view first = segments->empty() ? std::string_view() : std::string_view(segments->front());
    if (first == "healthz" || first == "readyz" || first == "livez") {
        ApiAnswer answer;
        answer.contentType = "text/plain; charset=utf-8";
        answer.body = "ok";
        return answer;
    }
    const auto accepted = negotiate(request.header("accept"));
    Call call {request, responder, std::move(*segments), Query(request.query), accepted.value_or(Accepted {}), *caller};
    const bool isResource = parseResourcePath(call.segments).has_value();
    if (!isResource) {
        if (!caller->mayRead(request.path)) {
            ApiError error = badRequest("forbidden: User \"" + caller->name + "\" cannot get path \"" + request.path + "\"");
            error.code = 403;
            error.reason = "Forbidden";
            error.details = Value::map();
            return tl::unexpected(std::move(error));
        }
        if (request.method != "GET" && request.method != "HEAD")
            return tl::unexpected(methodNotSupported());
        // The OpenAPI documents are asked for in protobuf with JSON as second choice; discovery never refuses.
        auto found = discover(call);
        if (!found)
            return tl::unexpected(pageNotFound());
        return found;
    }
    // A log is plain text whatever is accepted: kubectl asks with application/json, others with text/plain.
    const bool isLog = call.segments.back() == "log";
    if (!accepted && !isLog)
        return tl::unexpected(notAcceptable());
    const bool isReview = first == "apis" && call.segments.size() == 4 && request.method == "POST"
        && (call.segments[1] == "authorization.k8s.io" || call.segments[1] == "authentication.k8s.io");
    Answer answer = isReview ? review(call) : onResource(call);
    count(call, answer);
    return answer;
}

void ApiServer::count(const Call &call, const Answer &answer)
{
    const ResourcePath path = *parseResourcePath(call.segments);
    const std::string_view method = call.http.method;
    RequestMetrics::Labels labels;
    labels.verb = method;
    if (method == "GET" && path.name.empty())
        labels.verb = call.query.isTrue("watch") ? "WATCH" : "LIST";
    else if (method == "DELETE" && path.name.empty())
        labels.verb = "DELETECOLLECTION";
    else if (method == "PATCH" && call.http.header("content-type").starts_with("application/apply-patch"))
        labels.verb = "APPLY";
    else if (method != "GET" && method != "HEAD" && method != "POST" && method != "PUT" && method != "PATCH" && method != "DELETE")
        labels.verb = "other";
    if (m_service.registry().find(path.group, path.version, path.plural) || path.group == "authorization.k8s.io" || path.group == "authentication.k8s.io") {
        labels.group = path.group;
        labels.version = path.version;
        labels.resource = path.plural;
    }
    if (path.subresource == "status" || path.subresource == "scale" || path.subresource == "log" || path.subresource == "finalize")
        labels.subresource = path.subresource;
    labels.dryRun = call.query.has("dryRun") ? "All" : "";
    labels.code = !answer ? answer.error().code : *answer ? (*answer)->status : 200;
    m_metrics.count(std::move(labels));
}

std::optional<ApiAnswer> ApiServer::discover(const Call &call) const
{
    const ResourceRegistry &registry = m_service.registry();
    const std::vector<std::string> &path = call.segments;
    const auto optional = [](const std::optional<Value> &value) -> std::optional<ApiAnswer> {
        return value ? std::optional(jsonAnswer(*value)) : std::nullopt;
    };
    if (path.empty())
        return jsonAnswer(Value::map({{"paths", Value::list({"/api", "/api/v1", "/apis", "/healthz", "/livez", "/metrics", "/openapi/v3", "/readyz", "/version"})}}));
    const bool isAggregated = call.accepted.isAggregatedDiscovery;
    if (path[0] == "metrics" && path.size() == 1) {
        ApiAnswer answer;
        answer.contentType = "text/plain; version=0.0.4; charset=utf-8";
        answer.body = m_metrics.text();
        return answer;
    }
    if (path[0] == "version" && path.size() == 1)
        return jsonAnswer(versionInfo());
    if ((path[0] == "api" || path[0] == "apis") && path.size() == 1 && isAggregated) {
        ApiAnswer answer = jsonAnswer(aggregatedDiscovery(registry, path[0] == "api"));
        answer.contentType = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
        answer.etag = "\"" + std::to_string(registry.revision()) + "\"";
        return answer;
    }
    if (path[0] == "api" && path.size() == 1)
        return jsonAnswer(apiVersions(m_address));
    if (path[0] == "api" && path.size() == 2)
        return optional(apiResourceList(registry, "", path[1]));
    if (path[0] == "apis" && path.size() == 1)
        return jsonAnswer(apiGroupList(registry));
    if (path[0] == "apis" && path.size() == 2)
        return optional(apiGroup(registry, path[1]));
    if (path[0] == "apis" && path.size() == 3)
        return optional(apiResourceList(registry, path[1], path[2]));
    if (path[0] == "openapi" && path.size() >= 2 && path[1] == "v3") {
        if (path.size() == 2)
            return jsonAnswer(openApiIndex(registry));
        if (path.size() == 4 && path[2] == "api")
            return optional(openApiDocument(registry, "", path[3]));
        if (path.size() == 5 && path[2] == "apis")
            return optional(openApiDocument(registry, path[3], path[4]));
    }
    return std::nullopt;
}

ApiServer::Answer ApiServer::onResource(const Call &call)
{
    Target target;
    target.path = *parseResourcePath(call.segments);
    const ResourcePath &path = target.path;
    target.type = m_service.registry().find(path.group, path.version, path.plural);
    const std::string_view method = call.http.method;
    const bool isNamed = !path.name.empty();
    const bool isWatching = call.query.isTrue("watch");
    if (method == "GET" || method == "HEAD")
        target.verb = isWatching ? "watch" : isNamed ? "get" : "list";
    else if (method == "POST")
        target.verb = "create";
    else if (method == "PUT")
        target.verb = "update";
    else if (method == "PATCH")
        target.verb = "patch";
    else if (method == "DELETE")
        target.verb = isNamed ? "delete" : "deletecollection";
    const ErrorSubject subject = target.type ? target.type->subject() : ErrorSubject {path.group, path.plural, path.plural};
    if (!call.caller.may(target.verb, path.group, path.plural))
        return tl::unexpected(forbidden(subject, path.name, call.caller.name, target.verb, path.subresource, path.ns));
    if (!target.type)
        return tl::unexpected(pageNotFound());
    if (target.verb.empty())
        return tl::unexpected(methodNotSupported());
    const ResourceType &type = *target.type;
    if (!path.subresource.empty()) {
        const bool isLog = path.subresource == "log" && type.kind == "Pod";
        const bool isFinalize = path.subresource == "finalize" && type.kind == "Namespace";
        const bool exists = (path.subresource == "status" && type.hasStatus) || (path.subresource == "scale" && type.hasScale) || isLog || isFinalize;
        if (!exists)
            return tl::unexpected(pageNotFound());
        if (isLog)
            return log(call, target);
        if (target.verb == "create" || target.verb == "delete")
            return tl::unexpected(methodNotAllowed(subject));
    } else if (!type.allows(target.verb)) {
        return tl::unexpected(methodNotAllowed(subject));
    }
    if (target.verb == "get")
        return get(call, target);
    if (target.verb == "list")
        return list(call, target);
    if (target.verb == "watch")
        return watch(call, target);
    if (target.verb == "create" && !isNamed)
        return create(call, target);
    if (target.verb == "update" && isNamed)
        return update(call, target);
    if (target.verb == "patch" && isNamed)
        return patch(call, target);
    if (target.verb == "delete")
        return remove(call, target);
    if (target.verb == "deletecollection")
        return removeCollection(call, target);
    return tl::unexpected(methodNotAllowed(subject));
}

} // namespace fairway::lab
