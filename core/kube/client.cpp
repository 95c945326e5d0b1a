#include "core/kube/client.h"

#include "core/kube/client_impl.h"
#include "core/kube/list_query.h"
#include "core/value/json.h"

#include <condition_variable>

namespace fairway::kube {
namespace {

constexpr std::int64_t pageSize = 500;

Text where(const ResourceId &resource, std::string_view ns, std::string_view name)
{
    const std::string what = name.empty() ? resource.qualifiedName() : resource.qualifiedName() + " " + std::string(name);
    return ns.empty() ? Text::verbatim(what) : phrase("kube", "%1 in namespace %2").with(what, ns);
}

void addParameter(std::string &path, std::string_view key, std::string_view value)
{
    path += path.find('?') == std::string::npos ? '?' : '&';
    path += key;
    path += '=';
    path += percentEncode(value);
}

void addWriteParameters(std::string &path, const WriteOptions &options)
{
    if (!options.fieldManager.empty()) {
        addParameter(path, "fieldManager", options.fieldManager);
    }
    if (options.dryRun) {
        addParameter(path, "dryRun", "All");
    }
    constexpr std::string_view names[] = {"Ignore", "Warn", "Strict"};
    addParameter(path, "fieldValidation", names[static_cast<std::size_t>(options.fieldValidation)]);
}

std::string_view contentTypeOf(PatchType type)
{
    switch (type) {
    case PatchType::Merge:
        return "application/merge-patch+json";
    case PatchType::Json:
        return "application/json-patch+json";
    case PatchType::Apply:
        return "application/apply-patch+yaml";
    case PatchType::Strategic:
        return "application/strategic-merge-patch+json";
    }
    return "application/merge-patch+json";
}

Result<value::ObjectView> objectFrom(const Result<HttpAnswer> &answer, const Text &action)
{
    if (!answer) {
        return tl::unexpected(answer.error());
    }
    if (auto error = notJson(*answer, action)) {
        return tl::unexpected(*error);
    }
    auto object = value::ObjectView::fromJson(answer->body);
    if (!object) {
        return fail(ErrorCode::ProtocolViolation, phrase("kube", "%1: the answer can't be read (%2)").with(action, object.error().said()));
    }
    return object;
}

} // namespace

std::string listPath(const ResourceId &resource, const ListOptions &options)
{
    std::string path = resource.path(options.ns);
    const auto addText = [&path](std::string_view key, const std::string &value) {
        if (!value.empty()) {
            addParameter(path, key, value);
        }
    };
    addText("labelSelector", options.labelSelector);
    addText("fieldSelector", options.fieldSelector);
    if (options.limit > 0) {
        addParameter(path, "limit", std::to_string(options.limit));
    }
    addText("continue", options.continueToken);
    if (options.continueToken.empty()) { // The token holds the version; both together are refused.
        addText("resourceVersion", options.resourceVersion);
        addText("resourceVersionMatch", options.resourceVersionMatch);
    }
    return path;
}

Text listAction(const ResourceId &resource, std::string_view ns)
{
    return phrase("kube", "list %1").with(where(resource, ns, {}));
}

Result<std::shared_ptr<Client>> Client::create(ClusterAccess access, ClientOptions options)
{
    auto impl = Impl::create(std::move(access), std::move(options));
    if (!impl) {
        return tl::unexpected(impl.error());
    }
    return std::shared_ptr<Client>(new Client(std::move(*impl)));
}

Client::Client(std::shared_ptr<Impl> impl)
    : m_impl(std::move(impl))
{
}

Client::~Client()
{
    m_impl->shutDown();
}

const ClusterAccess &Client::access() const
{
    return m_impl->access();
}

const std::shared_ptr<Transport> &Client::transport() const
{
    return m_impl->transport();
}

Result<value::ObjectView> Client::get(const ResourceId &resource, std::string_view ns, std::string_view name, const CallOptions &options,
                                      std::string_view subresource)
{
    const Text action = phrase("kube", "get %1").with(where(resource, ns, name));
    RawRequest request;
    request.path = resource.path(ns, name, subresource);
    return objectFrom(m_impl->perform(request, options, action), action);
}

Result<ListPage> Client::list(const ResourceId &resource, const ListOptions &options)
{
    const Text action = listAction(resource, options.ns);
    RawRequest request;
    request.path = listPath(resource, options);
    auto answer = m_impl->perform(request, options.call, action);
    if (!answer) {
        return tl::unexpected(answer.error());
    }
    if (auto error = notJson(*answer, action)) {
        return tl::unexpected(*error);
    }
    auto page = value::ObjectView::fromList(answer->body);
    if (!page) {
        return fail(ErrorCode::ProtocolViolation, phrase("kube", "%1: the answer can't be read (%2)").with(action, page.error().said()));
    }
    return ListPage {std::move(page->items), std::move(page->resourceVersion), std::move(page->continueToken), page->remainingItems};
}

Result<ListPage> Client::listAll(const ResourceId &resource, const ListOptions &options, std::size_t maxItems)
{
    ListOptions next = options;
    if (next.limit == 0) {
        next.limit = pageSize;
    }
    ListPage all;
    bool mayStartOver = true;
    while (true) {
        auto page = list(resource, next);
        if (!page) {
            if (page.error().code == ErrorCode::Gone && !next.continueToken.empty() && mayStartOver) {
                mayStartOver = false;
                next.continueToken.clear();
                next.limit = 0; // In one piece, so that it can't expire again.
                all = {};
                continue;
            }
            return page;
        }
        if (all.items.size() + page->items.size() > maxItems) {
            return fail(ErrorCode::LimitExceeded, phrase("kube", "%1: there are more than %2 objects").with(listAction(resource, options.ns), maxItems));
        }
        all.resourceVersion = std::move(page->resourceVersion);
        all.items.insert(all.items.end(), std::make_move_iterator(page->items.begin()), std::make_move_iterator(page->items.end()));
        if (page->continueToken.empty()) {
            all.remaining = 0;
            return all;
        }
        next.continueToken = std::move(page->continueToken);
    }
}

Result<TablePage> Client::table(const ResourceId &resource, const ListOptions &options)
{
    const Text action = listAction(resource, options.ns);
    RawRequest request;
    request.path = listPath(resource, options);
    request.accept = tableAccept;
    auto answer = m_impl->perform(request, options.call, action);
    if (!answer) {
        return tl::unexpected(answer.error());
    }
    if (auto error = notJson(*answer, action)) {
        return tl::unexpected(*error);
    }
    auto page = parseTable(answer->body);
    return page ? std::move(page) : failWith(action, page.error());
}

Result<value::ObjectView> Client::create(const ResourceId &resource, std::string_view ns, const value::Value &object, const WriteOptions &options)
{
    const std::string_view name = object["metadata"]["name"].stringOr();
    const Text action = phrase("kube", "create %1").with(where(resource, ns, name));
    RawRequest request {"POST", resource.path(ns), "application/json", "application/json", value::toJson(object)};
    if (!options.subresource.empty()) {
        request.path = resource.path(ns, name, options.subresource);
    }
    addWriteParameters(request.path, options);
    return objectFrom(m_impl->perform(request, options.call, action), action);
}

Result<value::ObjectView> Client::replace(const ResourceId &resource, std::string_view ns, std::string_view name, const value::Value &object,
                                          const WriteOptions &options)
{
    const Text action = phrase("kube", "replace %1").with(where(resource, ns, name));
    RawRequest request {"PUT", resource.path(ns, name, options.subresource), "application/json", "application/json", value::toJson(object)};
    addWriteParameters(request.path, options);
    return objectFrom(m_impl->perform(request, options.call, action), action);
}

Result<value::ObjectView> Client::patch(const ResourceId &resource, std::string_view ns, std::string_view name, PatchType type,
                                        const value::Value &patch, const WriteOptions &options)
{
    const Text target = where(resource, ns, name);
    const Text action = type == PatchType::Apply ? phrase("kube", "apply %1").with(target) : phrase("kube", "patch %1").with(target);
    RawRequest request {"PATCH", resource.path(ns, name, options.subresource), "application/json", std::string(contentTypeOf(type)),
                        value::toJson(patch)};
    addWriteParameters(request.path, options);
    if (type == PatchType::Apply && options.force) {
        addParameter(request.path, "force", "true");
    }
    return objectFrom(m_impl->perform(request, options.call, action), action);
}

Result<value::ObjectView> Client::remove(const ResourceId &resource, std::string_view ns, std::string_view name, const DeleteOptions &options)
{
    const Text action = phrase("kube", "delete %1").with(where(resource, ns, name));
    value::Value body = value::Value::map({{"kind", "DeleteOptions"}, {"apiVersion", "v1"}});
    if (!options.uid.empty() || !options.resourceVersion.empty()) {
        value::Value preconditions = value::Value::map();
        if (!options.uid.empty()) {
            preconditions.set("uid", options.uid);
        }
        if (!options.resourceVersion.empty()) {
            preconditions.set("resourceVersion", options.resourceVersion);
        }
        body.set("preconditions", preconditions);
    }
    constexpr std::string_view policies[] = {"", "Background", "Foreground", "Orphan"};
    if (options.propagation != Propagation::Default) {
        body.set("propagationPolicy", value::Value(policies[static_cast<std::size_t>(options.propagation)]));
    }
    if (options.gracePeriodSeconds) {
        body.set("gracePeriodSeconds", value::Value(*options.gracePeriodSeconds));
    }
    if (options.dryRun) {
        body.set("dryRun", value::Value::list({"All"}));
    }
    const RawRequest request {"DELETE", resource.path(ns, name), "application/json", "application/json", value::toJson(body)};
    return objectFrom(m_impl->perform(request, options.call, action), action);
}

Result<HttpAnswer> Client::raw(const RawRequest &request, const CallOptions &options, const Text &action)
{
    return m_impl->perform(request, options, !action.empty() ? action : Text::verbatim(request.method + " " + request.path.substr(0, request.path.find('?'))));
}

Result<HttpAnswer> Client::stream(const RawRequest &request, std::function<bool(std::string_view)> onBytes, const CallOptions &options,
                                  std::chrono::milliseconds idleTimeout)
{
    struct Waiter {
        std::mutex mutex;
        std::condition_variable changed;
        std::optional<Result<HttpAnswer>> result;
    };
    const auto waiter = std::make_shared<Waiter>();
    StreamHandlers handlers;
    handlers.onBytes = std::move(onBytes);
    handlers.headTimeout = options.timeout;
    handlers.idleTimeout = idleTimeout;
    handlers.done = [waiter](Result<HttpAnswer> result) {
        {
            const std::scoped_lock lock(waiter->mutex);
            waiter->result = std::move(result);
        }
        waiter->changed.notify_one();
    };
    const CallId id = startStream(request, std::move(handlers), options.cancel);
    const auto registration = options.cancel.onCancel([this, id] { m_impl->transport()->cancel(id); });
    std::unique_lock lock(waiter->mutex);
    waiter->changed.wait(lock, [&waiter] { return waiter->result.has_value(); });
    return std::move(*waiter->result);
}

void Client::start(RawRequest request, const CallOptions &options, std::function<void(Result<HttpAnswer>)> done)
{
    m_impl->start(std::move(request), options, std::move(done));
}

Result<Client::Probe> Client::probe(const CallOptions &options)
{
    const auto begin = std::chrono::steady_clock::now();
    const Text action = Text::verbatim(m_impl->access().server);
    RawRequest request;
    request.path = "/version";
    auto answer = m_impl->perform(request, options, action);
    if (!answer) {
        return tl::unexpected(answer.error());
    }
    if (auto error = notJson(*answer, action)) {
        return tl::unexpected(*error);
    }
    const auto parsed = value::parseJson(answer->body);
    const std::string_view version = parsed ? (*parsed)["gitVersion"].stringOr() : std::string_view();
    if (version.empty()) {
        return fail(ErrorCode::ProtocolViolation, phrase("kube", "%1: the answer is not that of an API server").with(action));
    }
    const auto took = std::chrono::steady_clock::now() - begin;
    return Probe {std::string(version), std::chrono::duration_cast<std::chrono::milliseconds>(took)};
}

CallId Client::startStream(const RawRequest &request, StreamHandlers handlers, const CancelToken &cancel)
{
    return m_impl->startStream(request, std::move(handlers), cancel);
}

} // namespace fairway::kube
