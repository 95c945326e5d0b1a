#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace fairway::kube::test {

/// A server of one's own making: HTTP/1.1 over plain POSIX sockets on 127.0.0.1, a thread per connection. Says exactly the
/// bytes the test wants, broken ones included.
class FakeApiServer {
public:
    struct Request {
        std::string method;
        std::string path;  ///< Without query.
        std::string query; ///< Without '?'.
        std::map<std::string, std::string> headers; ///< Names in lower case.
        std::string body;
        [[nodiscard]] std::string parameter(std::string_view name) const; ///< Percent-decoded; empty when absent.
    };

    /// What the handler answers with. Of the connection's thread.
    class Reply {
    public:
        Reply(FakeApiServer &server, int fd)
            : m_server(server)
            , m_fd(fd)
        {
        }
        void json(int status, std::string_view body, const std::string &extraHeaders = {});
        void send(int status, std::string_view contentType, std::string_view body, const std::string &extraHeaders = {});
        void startChunked(int status = 200);
        bool chunk(std::string_view bytes); ///< False when the peer is gone.
        void endChunked();
        void raw(std::string_view bytes);
        void cut(); ///< Closes without a proper end.
        /// Waits until the server stops, the peer closes, or `until` says so (asked every few milliseconds).
        void hang(const std::function<bool()> &until = {});
        [[nodiscard]] bool isStopping() const { return m_server.m_isStopping.load(); }
        [[nodiscard]] bool isPeerGone() const;
        [[nodiscard]] bool keepsOpen() const { return m_keepOpen; }

    private:
        FakeApiServer &m_server;
        int m_fd;
        bool m_keepOpen = true;
    };
    using Handler = std::function<void(const Request &, Reply &)>;

    explicit FakeApiServer(Handler handler, int port = 0);
    ~FakeApiServer();
    FakeApiServer(const FakeApiServer &) = delete;
    FakeApiServer &operator=(const FakeApiServer &) = delete;

    [[nodiscard]] int port() const { return m_port; }
    [[nodiscard]] std::string url() const { return "http://127.0.0.1:" + std::to_string(m_port); }
    [[nodiscard]] std::vector<Request> requests() const;
    [[nodiscard]] std::size_t connections() const { return m_accepted.load(); }

private:
    void acceptAll();
    void serve(int fd);
    bool readRequest(int fd, std::string &buffer, Request &request) const;

    Handler m_handler;
    int m_listener = -1;
    int m_port = 0;
    std::atomic<bool> m_isStopping {false};
    std::atomic<std::size_t> m_accepted {0};
    mutable std::mutex m_mutex;
    std::vector<Request> m_requests; ///< Guarded by m_mutex.
    std::list<std::thread> m_threads; ///< Of the accepting thread, then of the destructor.
    std::thread m_acceptor;
};

/// A collection of config maps with resourceVersions, behind a FakeApiServer: paged lists, watches with resume, history.
class FakeCollection {
public:
    FakeCollection() = default;

    void put(const std::string &name, const std::string &data = "1");
    /// Deleted and made again with another uid.
    void recreate(const std::string &name);
    void remove(const std::string &name);
    void bookmark();
    /// Every open watch is cut, as when a load balancer goes away.
    void resetWatch();
    /// Every open watch ends properly, as at its time-out.
    void endWatch();
    /// Watches from before now get 410 inside the stream.
    void compact();
    /// Versions start over at 1 with these objects: the cluster was made anew.
    void startOver(const std::vector<std::string> &names);
    /// Sends bytes into every open watch.
    void inject(const std::string &bytes);
    void setTables(bool areTables) { m_areTables = areTables; }

    [[nodiscard]] int lists() const { return m_lists.load(); }
    [[nodiscard]] int watches() const { return m_watches.load(); }
    [[nodiscard]] int openWatches() const { return m_openWatches.load(); }
    [[nodiscard]] std::string lastWatchVersion() const;

    void handle(const FakeApiServer::Request &request, FakeApiServer::Reply &reply);

    static constexpr const char *path = "/api/v1/namespaces/shop/configmaps";

private:
    struct Event {
        std::uint64_t version = 0;
        std::string line;
    };
    struct Item {
        std::string uid;
        std::uint64_t version = 0;
        std::string data;
    };
    std::string objectJson(const std::string &name, const Item &item, std::uint64_t version) const;
    void record(const std::string &type, const std::string &name, const Item &item);
    void list(const FakeApiServer::Request &request, FakeApiServer::Reply &reply);
    void watch(const FakeApiServer::Request &request, FakeApiServer::Reply &reply);

    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    std::map<std::string, Item> m_items; ///< Guarded by m_mutex, as all below.
    std::vector<Event> m_history;
    std::uint64_t m_version = 100;
    std::uint64_t m_compactedAt = 0;
    std::uint64_t m_nextUid = 1;
    int m_resets = 0;
    int m_ends = 0;
    int m_era = 0;
    std::vector<std::string> m_injected;
    std::string m_lastWatchVersion;
    std::atomic<bool> m_areTables {false};
    std::atomic<int> m_lists {0};
    std::atomic<int> m_watches {0};
    std::atomic<int> m_openWatches {0};
};

/// Waits for a condition, up to 20 s; looks every 2 ms.
[[nodiscard]] bool eventually(const std::function<bool()> &condition);

} // namespace fairway::kube::test
