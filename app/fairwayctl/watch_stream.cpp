#include "app/fairwayctl/watch_stream.h"

#include "core/value/json.h"

#include <algorithm>
#include <chrono>
#include <thread>

namespace fairway::ctl {

using value::Value;

namespace {

constexpr std::size_t maxEventBytes = std::size_t {64} << 20;

/// What one attempt saw. Used by the transport's thread while the attempt runs, by the caller after it.
struct Attempt {
    std::string rest; ///< Bytes of an unfinished line.
    std::string version;
    bool isGone = false;
    std::size_t events = 0;
    std::string problem;
};

void takeLine(Attempt &attempt, std::string_view line, const std::function<void(std::string_view, const Value &)> &onEvent)
{
    const Result<Value> event = value::parseJson(line);
    if (!event || !(*event)["type"].isString()) {
        attempt.problem = "the server sent something that is no watch event";
        return;
    }
    const std::string_view type = (*event)["type"].stringOr();
    const Value &object = (*event)["object"];
    if (type == "ERROR") {
        attempt.isGone = object["code"].intOr(0) == 410;
        attempt.problem = object["message"].stringOr("the server ended the watch");
        return;
    }
    const Value &rows = object["rows"];
    const Value &versioned = rows.size() > 0 ? rows[rows.size() - 1]["object"] : object;
    if (const auto version = versioned["metadata"]["resourceVersion"].stringOr(); !version.empty())
        attempt.version = version;
    ++attempt.events;
    if (type != "BOOKMARK")
        onEvent(type, object);
}

} // namespace

Error followWatch(Session &session, const std::string &path, std::string_view accept, std::string resourceVersion,
                  const std::function<void(std::string_view, const Value &)> &onEvent,
                  const std::function<Result<std::string>()> &relist)
{
    std::chrono::milliseconds pause {0};
    for (;;) {
        Attempt attempt;
        attempt.version = resourceVersion;
        kube::RawRequest request;
        request.path = path + (path.find('?') == std::string::npos ? "?" : "&") + "watch=true&allowWatchBookmarks=true&resourceVersion="
            + kube::percentEncode(resourceVersion);
        request.accept = accept;
        const auto answer = session.client().stream(
            request,
            [&](std::string_view bytes) {
                attempt.rest += bytes;
                std::size_t start = 0;
                for (std::size_t end; (end = attempt.rest.find('\n', start)) != std::string::npos; start = end + 1) {
                    if (end > start)
                        takeLine(attempt, std::string_view(attempt.rest).substr(start, end - start), onEvent);
                }
                attempt.rest.erase(0, start);
                if (attempt.rest.size() > maxEventBytes)
                    attempt.rest.clear();
                return true;
            },
            session.callOptions());
        resourceVersion = attempt.version;
        const ErrorCode code = answer ? ErrorCode::Gone : answer.error().code;
        const bool canGoOn = answer || code == ErrorCode::Unreachable || code == ErrorCode::Unavailable || code == ErrorCode::Timeout
            || code == ErrorCode::ProtocolViolation || code == ErrorCode::Gone || code == ErrorCode::LimitExceeded;
        if (!canGoOn)
            return answer.error();
        if (attempt.events > 0)
            pause = {};
        if (attempt.isGone || (!answer && code == ErrorCode::Gone)) {
            note("watch: the server no longer has version " + resourceVersion + "; listing again");
            const Result<std::string> listed = relist();
            if (listed)
                resourceVersion = *listed;
            else if (listed.error().code != ErrorCode::Unreachable && listed.error().code != ErrorCode::Unavailable)
                return listed.error();
        } else if (!answer) {
            if (pause.count() == 0)
                note("watch: " + answer.error().message + "; trying again");
        } else if (!attempt.problem.empty() && pause.count() == 0) {
            note("watch: " + attempt.problem + "; trying again");
        }
        pause = std::min(std::max(pause * 2, std::chrono::milliseconds(200)), std::chrono::milliseconds(5000));
        std::this_thread::sleep_for(pause);
    }
}

} // namespace fairway::ctl
