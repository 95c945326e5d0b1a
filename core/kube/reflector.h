#pragma once

#include "core/base/random.h"
#include "core/kube/informer.h"

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

namespace fairway::kube {

/// What a watch line was.
struct WatchLine {
    enum class Kind : std::uint8_t { Change, Bookmark, Error };
    Kind kind = Kind::Change;
    std::string resourceVersion; ///< Change, Bookmark: where to resume.
    std::optional<ApiStatus> status; ///< Error
};

/// Where a Reflector puts what it reads. All calls from the reflector's thread.
class ReflectorSink {
public:
    struct Page {
        std::string resourceVersion;
        std::string continueToken;
    };

    ReflectorSink() = default;
    virtual ~ReflectorSink() = default;
    ReflectorSink(const ReflectorSink &) = delete;
    ReflectorSink &operator=(const ReflectorSink &) = delete;

    [[nodiscard]] virtual std::string_view accept() const = 0;
    /// Collects a page of a list that is not complete yet.
    [[nodiscard]] virtual Result<Page> addPage(std::string_view body) = 0;
    virtual void dropPages() = 0;
    [[nodiscard]] virtual std::size_t pendingCount() const = 0;
    /// The pages are complete: makes the store equal to them and adds the difference to the batch.
    virtual void commitPages() = 0;
    /// Applies one line of a watch and adds to the batch. Errors: ProtocolViolation, nothing was applied.
    [[nodiscard]] virtual Result<WatchLine> applyLine(std::string_view line) = 0;
    [[nodiscard]] virtual std::size_t batchSize() const = 0;
    virtual void deliverBatch() = 0;
};

/// The endless list-and-watch of an informer, whatever it holds. See Informer for what is promised.
class Reflector {
public:
    Reflector(std::shared_ptr<Client> client, ResourceId resource, InformerOptions options, ReflectorSink &sink,
              std::function<void(const InformerState &)> onState);
    ~Reflector();
    Reflector(const Reflector &) = delete;
    Reflector &operator=(const Reflector &) = delete;

    void start();
    void poke();
    void stop();
    [[nodiscard]] InformerState state() const;
    [[nodiscard]] InformerCounters counters() const;
    [[nodiscard]] const ResourceId &resource() const { return m_resource; }
    [[nodiscard]] Result<void> waitUntilListed(std::chrono::milliseconds timeout, const CancelToken &cancel) const;

private:
    using TimePoint = std::chrono::steady_clock::time_point;
    struct Channel;

    void run();
    [[nodiscard]] Result<void> list();
    [[nodiscard]] Result<void> listPages(bool inOnePiece, std::string &resourceVersion);
    [[nodiscard]] Result<void> checkHistory();
    [[nodiscard]] Result<void> watch();
    [[nodiscard]] Result<void> readWatch(CallId id, TimePoint opened);
    [[nodiscard]] Result<void> takeLines(std::string_view bytes);
    [[nodiscard]] Result<void> judgeEnd(const Result<HttpAnswer> &result, TimePoint opened, bool hasHead);
    void endWatch(CallId id);
    void recover(const Error &error);
    void rest(std::chrono::milliseconds time);
    void touch();
    void enter(InformerPhase phase, const Error *error = nullptr);
    template <typename Change>
    void count(Change change);
    [[nodiscard]] ListOptions listOptions() const;
    [[nodiscard]] Text listing() const;  ///< "list pods in namespace shop"
    [[nodiscard]] Text watching() const; ///< "watch pods in namespace shop"
    [[nodiscard]] Text doing(const Text &verb) const;
    [[nodiscard]] bool isStopping() const;

    const std::shared_ptr<Client> m_client;
    const ResourceId m_resource;
    const InformerOptions m_options;
    ReflectorSink &m_sink;
    const std::function<void(const InformerState &)> m_onState;
    SystemClock m_systemClock;
    const Clock *m_clock;
    const std::shared_ptr<Channel> m_channel; ///< Shared with the transport's callbacks.
    CancelSource m_cancel;
    std::thread m_thread;

    mutable std::mutex m_mutex;
    mutable std::condition_variable m_stateChanged;
    InformerState m_state; ///< Guarded by m_mutex; written by the reflector's thread.
    InformerCounters m_counters; ///< Guarded by m_mutex.

    // Of the reflector's thread:
    Random m_random;
    std::string m_version; ///< Where the next watch resumes; empty: list first.
    std::string m_rest;    ///< Begin of a watch line whose end has not come yet.
    std::chrono::system_clock::time_point m_lastTrue;
    std::chrono::milliseconds m_backOff;
    std::uint64_t m_eventsOfWatch = 0;
    int m_goneInRow = 0;
    bool m_mustCheckHistory = false;
    bool m_retryAtOnce = true; ///< After a 401 on a watch: fresh credentials may be at hand.
};

} // namespace fairway::kube
