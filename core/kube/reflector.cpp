#include "core/kube/reflector.h"

#include "core/kube/list_query.h"
#include "core/kube/reflector_channel.h"
#include "core/value/json.h"

#include <algorithm>
#include <charconv>

namespace fairway::kube {
namespace {

constexpr std::chrono::seconds listTimeout {60};
constexpr std::chrono::seconds historyTimeout {5};

/// Versions are opaque in old documents, and numbers in every server (officially so since 1.35). nullopt: no number.
std::optional<std::uint64_t> numberOf(std::string_view version)
{
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(version.data(), version.data() + version.size(), number);
    return error == std::errc() && end == version.data() + version.size() && !version.empty() ? std::optional(number) : std::nullopt;
}

} // namespace

std::string_view toString(InformerPhase phase)
{
    switch (phase) {
    case InformerPhase::Connecting:
        return "Connecting";
    case InformerPhase::Listing:
        return "Listing";
    case InformerPhase::Live:
        return "Live";
    case InformerPhase::Stale:
        return "Stale";
    case InformerPhase::Forbidden:
        return "Forbidden";
    case InformerPhase::Stopped:
        return "Stopped";
    }
    return "Unknown";
}

Reflector::Reflector(std::shared_ptr<Client> client, ResourceId resource, InformerOptions options, ReflectorSink &sink,
                     std::function<void(const InformerState &)> onState)
    : m_client(std::move(client))
    , m_resource(std::move(resource))
    , m_options(std::move(options))
    , m_sink(sink)
    , m_onState(std::move(onState))
    , m_clock(m_options.clock != nullptr ? m_options.clock : &m_systemClock)
    , m_channel(std::make_shared<Channel>())
    , m_backOff(m_options.backOffFirst)
{
    m_state.since = m_clock->systemNow();
    m_lastTrue = m_state.since;
}

Reflector::~Reflector()
{
    stop();
}

void Reflector::start()
{
    if (!m_thread.joinable() && !isStopping()) {
        m_thread = std::thread([this] { run(); });
    }
}

void Reflector::poke()
{
    {
        const std::scoped_lock lock(m_channel->mutex);
        m_channel->isPoked = true;
    }
    m_channel->changed.notify_all();
}

void Reflector::stop()
{
    {
        const std::scoped_lock lock(m_channel->mutex);
        m_channel->isStopping = true;
    }
    m_channel->changed.notify_all();
    m_cancel.cancel();
    if (m_thread.joinable()) {
        m_thread.join();
    }
}

bool Reflector::isStopping() const
{
    const std::scoped_lock lock(m_channel->mutex);
    return m_channel->isStopping;
}

InformerState Reflector::state() const
{
    const std::scoped_lock lock(m_mutex);
    return m_state;
}

InformerCounters Reflector::counters() const
{
    const std::scoped_lock lock(m_mutex);
    return m_counters;
}

Result<void> Reflector::waitUntilListed(std::chrono::milliseconds timeout, const CancelToken &cancel) const
{
    const auto registration = cancel.onCancel([this] { m_stateChanged.notify_all(); });
    const auto deadline = std::chrono::steady_clock::now() + timeout;
    std::unique_lock lock(m_mutex);
    while (!m_state.hasListed) {
        if (cancel.isCancelled() || m_state.phase == InformerPhase::Stopped) {
            return fail(ErrorCode::Cancelled, "cancelled");
        }
        const auto now = std::chrono::steady_clock::now();
        if (now >= deadline) {
            return fail(ErrorCode::Timeout, m_state.text.empty() ? phrase("kube", "%1: no answer yet").with(listing()) : m_state.text);
        }
        // In slices: a cancellation between the look and the wait must not be missed for long.
        m_stateChanged.wait_until(lock, std::min(deadline, now + std::chrono::milliseconds(200)));
    }
    return {};
}

Text Reflector::listing() const
{
    return doing(phrase("kube", "list %1"));
}

Text Reflector::watching() const
{
    return doing(phrase("kube", "watch %1"));
}

Text Reflector::doing(const Text &verb) const
{
    const std::string what = m_resource.qualifiedName();
    return verb.with(m_options.ns.empty() ? Text::verbatim(what) : phrase("kube", "%1 in namespace %2").with(what, m_options.ns));
}

ListOptions Reflector::listOptions() const
{
    ListOptions out;
    out.ns = m_options.ns;
    out.labelSelector = m_options.labelSelector;
    out.fieldSelector = m_options.fieldSelector;
    return out;
}

/// The store was true just now.
void Reflector::touch()
{
    m_lastTrue = m_clock->systemNow();
}

void Reflector::enter(InformerPhase phase, const Error *error)
{
    InformerState next;
    {
        const std::scoped_lock lock(m_mutex);
        next = m_state;
        next.hasListed = next.hasListed || phase == InformerPhase::Live;
        if (phase == InformerPhase::Stale || next.phase != phase) {
            next.since = phase == InformerPhase::Stale && next.hasListed ? m_lastTrue
                : phase == InformerPhase::Stale && next.phase == InformerPhase::Stale ? next.since
                                                                                     : m_clock->systemNow();
        }
        next.phase = phase;
        next.reason = error != nullptr ? error->message : std::string();
        next.text = error != nullptr ? error->said() : Text();
        next.code = error != nullptr ? error->code : ErrorCode::Internal;
        if (next.phase == m_state.phase && next.reason == m_state.reason && next.code == m_state.code && next.hasListed == m_state.hasListed) {
            return;
        }
        m_state = next;
    }
    m_stateChanged.notify_all();
    if (m_onState) {
        m_onState(next);
    }
}

void Reflector::run()
{
    while (!isStopping()) {
        Result<void> step;
        if (m_version.empty()) {
            step = list();
        } else if (m_mustCheckHistory) {
            step = checkHistory();
        }
        if (step && !m_version.empty()) {
            step = watch();
        }
        if (!step && !isStopping()) {
            recover(step.error());
        }
    }
    m_sink.deliverBatch();
    enter(InformerPhase::Stopped);
}

/// Says what is wrong and waits before the next attempt.
void Reflector::recover(const Error &error)
{
    if (error.code == ErrorCode::Gone) {
        // What is held is a bit old, not wrong: the list follows at once, except when the server keeps saying so.
        count([](InformerCounters &counters) { ++counters.gone; });
        m_version.clear();
        m_mustCheckHistory = false;
        if (++m_goneInRow == 1) {
            m_backOff = m_options.backOffFirst; // It answers: how long it was away before says nothing about the next wait.
            return;
        }
    }
    count([](InformerCounters &counters) { ++counters.failures; });
    m_mustCheckHistory = !m_version.empty();
    if (error.code == ErrorCode::Unauthorized && m_retryAtOnce) {
        m_retryAtOnce = false;
        enter(InformerPhase::Stale, &error);
        rest(std::chrono::milliseconds(100));
        return;
    }
    if (error.code == ErrorCode::Forbidden || error.code == ErrorCode::Unauthorized) {
        enter(InformerPhase::Forbidden, &error);
        rest(m_options.forbiddenRetry);
        return;
    }
    enter(InformerPhase::Stale, &error);
    const auto jitter = static_cast<std::int64_t>(static_cast<double>(m_backOff.count()) * m_random.unit());
    rest(std::min(m_backOff + std::chrono::milliseconds(jitter), m_options.backOffMost));
    m_backOff = std::min(m_backOff * 2, m_options.backOffMost);
}

void Reflector::rest(std::chrono::milliseconds time)
{
    std::unique_lock lock(m_channel->mutex);
    m_channel->changed.wait_for(lock, time, [this] { return m_channel->isStopping || m_channel->isPoked; });
    if (std::exchange(m_channel->isPoked, false)) {
        m_backOff = m_options.backOffFirst;
    }
}

Result<void> Reflector::list()
{
    // After a failure the state goes on telling it until there is an answer.
    if (const InformerState now = state(); !now.hasListed && now.phase != InformerPhase::Stale && now.phase != InformerPhase::Forbidden) {
        enter(InformerPhase::Listing);
    }
    std::string version;
    auto listed = listPages(false, version);
    if (!listed && listed.error().code == ErrorCode::Gone) {
        listed = listPages(true, version); // The continue token grew too old on the way.
    }
    if (!listed) {
        m_sink.dropPages();
        return listed;
    }
    m_version = version;
    m_mustCheckHistory = false;
    touch();
    m_sink.commitPages();
    {
        const std::scoped_lock lock(m_mutex);
        m_state.hasListed = true;
        ++m_counters.lists;
    }
    m_stateChanged.notify_all();
    m_sink.deliverBatch();
    return {};
}

Result<void> Reflector::listPages(bool inOnePiece, std::string &resourceVersion)
{
    m_sink.dropPages();
    ListOptions options = listOptions();
    options.limit = inOnePiece ? 0 : m_options.pageSize;
    CallOptions call;
    call.cancel = m_cancel.token();
    call.timeout = listTimeout;
    const Text doing = listing();
    while (true) {
        RawRequest request;
        request.path = listPath(m_resource, options);
        request.accept = m_sink.accept();
        const auto answer = m_client->raw(request, call, doing);
        if (!answer) {
            return tl::unexpected(answer.error());
        }
        if (const auto error = notJson(*answer, doing)) {
            return tl::unexpected(*error);
        }
        auto page = m_sink.addPage(answer->body);
        if (!page) {
            return failWith(doing, page.error());
        }
        if (m_sink.pendingCount() > m_options.maxObjects) {
            return fail(ErrorCode::LimitExceeded, phrase("kube", "%1: there are more than %2 objects").with(doing, m_options.maxObjects));
        }
        if (page->continueToken.empty()) {
            if (page->resourceVersion.empty()) {
                return fail(ErrorCode::ProtocolViolation, phrase("kube", "%1: the answer is not a list of an API server").with(doing));
            }
            resourceVersion = std::move(page->resourceVersion);
            return {};
        }
        options.continueToken = std::move(page->continueToken);
    }
}

/// After an outage: is the server's history still the one we know?
Result<void> Reflector::checkHistory()
{
    ListOptions options = listOptions();
    options.limit = 1;
    RawRequest request;
    request.path = listPath(m_resource, options);
    request.accept = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json";
    CallOptions call;
    call.cancel = m_cancel.token();
    call.timeout = historyTimeout;
    const Text doing = listing();
    const auto answer = m_client->raw(request, call, doing);
    if (!answer) {
        return tl::unexpected(answer.error());
    }
    if (const auto error = notJson(*answer, doing)) {
        return tl::unexpected(*error);
    }
    const auto parsed = value::parseJson(answer->body);
    if (!parsed) {
        return fail(ErrorCode::ProtocolViolation, phrase("kube", "%1: the answer can't be read (%2)").with(doing, parsed.error().said()));
    }
    const auto there = numberOf((*parsed)["metadata"]["resourceVersion"].stringOr());
    const auto here = numberOf(m_version);
    m_mustCheckHistory = false;
    if (there && here && *there < *here) {
        return fail(ErrorCode::Gone, phrase("kube", "%1: the cluster was restored or made anew").with(doing));
    }
    return {};
}

} // namespace fairway::kube
