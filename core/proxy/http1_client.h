#pragma once

#include "core/http/body_decoder.h"
#include "core/http/request_parser.h"
#include "core/net/event_loop.h"
#include "core/proxy/exchange.h"
#include "core/proxy/outlet.h"

#include <memory>
#include <string>

namespace fairway::proxy {

/// An HTTP/1.x connection of a client. Requests are taken one at a time; pipelined ones wait and are answered in order.
/// Owned by the worker, which is told by Worker::retire() when it is over.
class Http1Client final : public DownstreamStream, private net::Watcher {
public:
    /// `listener`: which of the configuration's it came in at.
    Http1Client(Worker &worker, net::FileDescriptor fd, std::size_t listener);
    ~Http1Client();

    /// Watches the socket and reads what is already there. May end the connection at once.
    void start();
    /// Ends it without ceremony.
    void close();
    /// Between requests with nothing half read.
    [[nodiscard]] bool isIdle() const { return m_stage == Stage::Head && m_in.empty(); }
    [[nodiscard]] std::size_t listener() const { return m_exchange.listener(); }
    /// Gives an idle connection's socket to another worker.
    [[nodiscard]] net::FileDescriptor release();
    /// The worker drains: an idle connection serves what has just arrived, then closes.
    void drain();
    void checkAge(net::EventLoop::Clock::time_point now);

    void sendInformational(const http::ResponseHead &head) override;
    void sendAnswerHead(const http::ResponseHead &head) override;
    void sendAnswerBody(std::string_view bytes) override;
    void endAnswer() override;
    void flushAnswer() override;
    bool canTakeAnswer() const override;
    std::string clientAddress() const override;
    void resumeRequest() override;
    void answerLocally(int status, std::span<const http::HeaderField> fields, std::string_view body) override;
    void failAnswer(int status, std::string_view why) override;

    Http1Client *previous = nullptr; ///< The worker's list.
    Http1Client *next = nullptr;

private:
    enum class Stage : std::uint8_t {
        Head,      ///< Waiting for a request, or for the rest of its head.
        Body,      ///< Passing on the request's body.
        Answer,    ///< The request is complete, the answer is not.
        Flush,     ///< The answer is complete but not all with the kernel.
        Linger,    ///< Said goodbye; reads and drops until the client is gone.
        Closed,
    };

    void handleEvents(std::uint32_t events);
    void readRequests();
    bool readOnce();
    [[nodiscard]] std::size_t consume(std::string_view bytes);
    bool takeHead(std::string_view bytes, std::size_t &at);
    bool takeBody(std::string_view bytes, std::size_t &at);
    void processWaiting();
    void handleEnd();
    void finishAnswer();
    void startNext();
    void linger();
    bool flush();
    void sendLocal(int status, std::string_view body, bool isClosing);

    Worker &m_worker;
    net::FileDescriptor m_fd;
    Outlet m_outlet;
    Exchange m_exchange;
    std::string m_in; ///< Bytes of a head that is incomplete, or of requests that wait.
    std::unique_ptr<http::RequestParser> m_parser; ///< Only while a head is incomplete; else the worker's is used.
    http::BodyDecoder m_decoder;
    net::EventLoop::Clock::time_point m_since;
    Stage m_stage = Stage::Head;
    http::BodyKind m_answerBody = http::BodyKind::None;
    bool m_isReadable = false;
    bool m_isPeerDone = false;
    bool m_isKeepAlive = true;
    bool m_isOld = false;
    bool m_isHead = false;
    bool m_isTunnel = false;
    bool m_isConsuming = false;
    bool m_hasHeadGone = false; ///< The answer's head has been given out.
};

} // namespace fairway::proxy
