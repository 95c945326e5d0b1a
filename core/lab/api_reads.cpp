#include "core/base/base64.h"
#include "core/lab/api_server.h"
#include "core/value/json.h"
#include "core/value/yaml.h"

#include <algorithm>

namespace fairway::lab {

using value::Value;

namespace {

/// Where the next page starts. As opaque to clients as the real one, and of the same make.
struct ContinueToken {
    std::int64_t version = 0; ///< -1: continue with what there is now.
    std::string after;        ///< Last key of the page before.
};

std::string encode(const ContinueToken &token)
{
    std::string text = encodeBase64(value::toJson(Value::map({{"v", "meta.k8s.io/v1"}, {"rv", token.version}, {"start", token.after}})));
    while (text.ends_with('='))
        text.pop_back();
    return text;
}

std::optional<ContinueToken> decode(std::string text)
{
    text.append((4 - text.size() % 4) % 4, '=');
    const auto json = decodeBase64(text);
    if (!json)
        return std::nullopt;
    const auto value = value::parseJson(*json);
    if (!value || (*value)["v"].stringOr() != "meta.k8s.io/v1" || !(*value)["rv"].isInt())
        return std::nullopt;
    return ContinueToken {(*value)["rv"].asInt(), std::string((*value)["start"].stringOr())};
}

class ResponderSink final : public WatchSink {
public:
    explicit ResponderSink(std::shared_ptr<proxy::HttpResponder> responder)
        : m_responder(std::move(responder))
    {
    }
    bool write(std::string_view bytes) override { return m_responder->write(bytes); }
    bool isClosed() const override { return m_responder->isClosed(); }
    void end() override { m_responder->end(); }
    void abort() override { m_responder->abort(); }

private:
    std::shared_ptr<proxy::HttpResponder> m_responder;
};

} // namespace

ApiResult<ObjectFilter> ApiServer::filterOf(const Call &call, const Target &target) const
{
    return ObjectFilter::make(target.type, target.path.ns, target.path.name, call.query.get("labelSelector"), call.query.get("fieldSelector"));
}

Renderer ApiServer::rendererOf(const Call &call, const Target &target) const
{
    return {m_service, target.type, target.path.version, call.accepted.form, std::string(call.query.get("includeObject"))};
}

ApiServer::Answer ApiServer::get(const Call &call, const Target &target) const
{
    const ResourceType &type = *target.type;
    const StoredPtr stored = m_service.store().get(type.id(), target.path.ns, target.path.name);
    if (!stored)
        return tl::unexpected(notFound(type.subject(), target.path.name));
    ApiAnswer answer;
    if (target.path.subresource == "scale")
        answer.body = value::toJson(m_service.scaleOf(type, m_service.parse(*stored, type, target.path.version)));
    else
        answer.body = rendererOf(call, target).one(*stored);
    if (call.accepted.isYaml) {
        const auto tree = value::parseJson(answer.body);
        answer.body = tree ? value::toYaml(*tree) : std::string();
        answer.contentType = "application/yaml";
    } else {
        answer.body += '\n';
    }
    return answer;
}

ApiServer::Answer ApiServer::list(const Call &call, const Target &target) const
{
    const auto filter = filterOf(call, target);
    if (!filter)
        return tl::unexpected(filter.error());
    Store &store = m_service.store();
    const std::string id = target.type->id();
    const std::string_view match = call.query.get("resourceVersionMatch");
    const std::string_view asked = call.query.get("resourceVersion");
    const auto version = call.query.number("resourceVersion");
    if (!asked.empty() && !version)
        return tl::unexpected(badRequest("invalid resource version: strconv.ParseUint: parsing \"" + std::string(asked.substr(0, 40)) + "\": invalid syntax"));
    std::size_t limit = static_cast<std::size_t>(call.query.number("limit").value_or(0));
    // Version 0 means "whatever is at hand"; the server answers that from its cache, which does not page.
    if (asked == "0" && match.empty())
        limit = 0;

    std::optional<Store::Snapshot> snapshot;
    std::string after;
    if (call.query.has("continue") && !call.query.get("continue").empty()) {
        const auto token = decode(std::string(call.query.get("continue")));
        if (!token)
            return tl::unexpected(badRequest("invalid continue token: continue key is not valid"));
        after = token->after;
        snapshot = token->version < 0 ? store.snapshot(id, filter->ns(), after)
                                      : store.snapshotAt(id, filter->ns(), static_cast<std::uint64_t>(token->version), after);
        if (!snapshot) {
            ApiError error = expired(
                "The provided continue parameter is too old to display a consistent list result. You can start a new list without the "
                "continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with "
                "the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the "
                "first chunk was returned and now may show up in the list.");
            error.metadata.set("continue", encode({-1, after}));
            return tl::unexpected(std::move(error));
        }
    } else if (match == "Exact" && version) {
        snapshot = store.snapshotAt(id, filter->ns(), *version);
        if (!snapshot)
            return tl::unexpected(expired("The resourceVersion for the provided list is too old."));
    } else {
        snapshot = store.snapshot(id, filter->ns());
        if (version && *version > snapshot->version)
            return tl::unexpected(versionTooLarge(*version, snapshot->version));
    }

    std::vector<StoredPtr> page;
    std::size_t remaining = 0;
    bool hasMore = false;
    for (const StoredPtr &object : snapshot->objects) {
        if (!filter->matches(*object))
            continue;
        if (limit > 0 && page.size() == limit) {
            hasMore = true;
            ++remaining;
            continue;
        }
        page.push_back(object);
    }
    const std::string token = hasMore ? encode({static_cast<std::int64_t>(snapshot->version), page.back()->key()}) : std::string();
    ApiAnswer answer;
    answer.body = rendererOf(call, target).list(page, snapshot->version, token, filter->isEverything() ? remaining : 0);
    answer.body += '\n';
    return answer;
}

ApiServer::Answer ApiServer::watch(const Call &call, const Target &target)
{
    const auto filter = filterOf(call, target);
    if (!filter)
        return tl::unexpected(filter.error());
    const std::string_view asked = call.query.get("resourceVersion");
    const auto version = call.query.number("resourceVersion");
    if (!asked.empty() && !version)
        return tl::unexpected(badRequest("invalid resource version"));
    const bool sendsInitial = call.query.isTrue("sendInitialEvents");
    const bool allowsBookmarks = call.query.isTrue("allowWatchBookmarks");
    if (call.query.has("sendInitialEvents") && call.query.get("resourceVersionMatch") != "NotOlderThan")
        return tl::unexpected(invalid({"meta.k8s.io", "listoptions", "ListOptions"}, "",
            {{"FieldValueForbidden", "Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan", "resourceVersionMatch"}}));
    const Store &store = m_service.store();
    WatchRequest request {target.type->id(), *filter, rendererOf(call, target), version.value_or(0), {}, false, allowsBookmarks,
        std::chrono::seconds(call.query.number("timeoutSeconds").value_or(0))};
    if (sendsInitial || version.value_or(0) == 0) {
        // sendInitialEvents=false with version 0 starts at now, without a past.
        Store::Snapshot snapshot = store.snapshot(request.resource, filter->ns());
        request.after = snapshot.version;
        if (sendsInitial || !call.query.has("sendInitialEvents")) {
            std::erase_if(snapshot.objects, [&](const StoredPtr &object) { return !filter->matches(*object); });
            request.initialObjects = std::move(snapshot.objects);
        }
        request.endsInitialEvents = sendsInitial && allowsBookmarks;
    }
    call.responder->startStream(200, {{"Cache-Control", "no-cache, private"}, {"Content-Type", "application/json"}});
    WatchHub &hub = m_watches;
    call.responder->onDrained([&hub] { hub.wake(); });
    call.responder->onClosed([&hub] { hub.wake(); });
    hub.add(std::move(request), std::make_shared<ResponderSink>(call.responder));
    return std::nullopt;
}

ApiServer::Answer ApiServer::log(const Call &call, const Target &target) const
{
    const StoredPtr pod = m_service.store().get("pods", target.path.ns, target.path.name);
    if (!pod)
        return tl::unexpected(notFound(target.type->subject(), target.path.name));
    const std::shared_ptr<PodLog> lines = m_logs ? m_logs(target.path.ns, target.path.name) : nullptr;
    ApiAnswer answer;
    answer.contentType = "text/plain";
    if (!lines)
        return answer;
    PodLog::Selection selection;
    if (const auto count = call.query.number("tailLines"))
        selection.tailLines = static_cast<std::size_t>(*count);
    if (const auto bytes = call.query.number("limitBytes"))
        selection.limitBytes = static_cast<std::size_t>(*bytes);
    if (const auto seconds = call.query.number("sinceSeconds"))
        selection.since = m_service.clock().systemNow() - std::chrono::seconds(*seconds);
    selection.hasTimestamps = call.query.isTrue("timestamps");
    if (!call.query.isTrue("follow")) {
        answer.body = lines->text(selection);
        return answer;
    }
    const std::shared_ptr<proxy::HttpResponder> responder = call.responder;
    responder->startStream(200, {{"Cache-Control", "no-cache, private"}, {"Content-Type", "text/plain"}});
    lines->follow(
        selection, [responder](std::string_view text) { return responder->write(text); }, [responder] { responder->end(); });
    return std::nullopt;
}

} // namespace fairway::lab
