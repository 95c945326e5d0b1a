#pragma once

#include "core/net/event_loop.h"
#include "core/proxy/http_server.h"

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

namespace fairway::proxy {

/// What a connection of HttpServer shares with whoever answers its requests: the bytes to send and the news of its end.
/// One per connection; the answers use it one after another.
/// Threads: any; the connection takes bytes in its loop.
class ServerOutbox {
public:
    /// `wake` makes the connection flush soon; called from any thread, never after close().
    ServerOutbox(std::size_t limit, std::function<void()> wake);

    // --- for whoever answers
    /// False when closed, or when `isBounded` and the bytes don't fit.
    [[nodiscard]] bool append(std::string_view head, std::string_view body, std::string_view tail, bool isBounded);
    /// The answer is complete; `isClosing`: the connection ends with it.
    void finish(bool isClosing);
    void abort();
    void onClosed(std::function<void()> callback);
    void onDrained(std::function<void()> callback);
    [[nodiscard]] bool isClosed() const;
    [[nodiscard]] std::size_t bufferedBytes() const;

    // --- for the connection
    struct Taken {
        std::string bytes;
        bool isFinished = false;
        bool isClosing = false;
        bool isAborted = false;
    };
    /// A new answer starts: forgets the callbacks of the one before.
    void begin();
    /// While held, appends don't wake the loop: it flushes by itself.
    void hold(bool isHeld);
    /// Everything appended since the last time; `inFlight` is what the connection still holds from before.
    [[nodiscard]] Taken take(std::size_t inFlight);
    /// The kernel has everything: tells onDrained.
    void drained();
    /// The connection is gone: tells onClosed, unless the answer was complete.
    void close();

private:
    void wakeLocked();

    const std::size_t m_limit;
    mutable std::mutex m_mutex;
    std::function<void()> m_wake;
    std::string m_bytes;
    std::size_t m_inFlight = 0;
    bool m_isFinished = false;
    bool m_isClosing = false;
    bool m_isAborted = false;
    bool m_isClosed = false;
    bool m_isWoken = false;
    bool m_isHeld = false;
    std::function<void()> m_onClosed;
    std::function<void()> m_onDrained;
};

/// How the answer's bytes must look for this request.
struct AnswerShape {
    bool isHead = false;
    bool isKeepAlive = true;
    bool isOldClient = false; ///< HTTP/1.0: streams end with the connection.
};

/// Writes one answer into the outbox of its connection. `outbox` is kept alive by it.
[[nodiscard]] std::shared_ptr<HttpResponder> makeResponder(std::shared_ptr<ServerOutbox> outbox, AnswerShape shape);

} // namespace fairway::proxy
