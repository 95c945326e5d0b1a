#include "core/kube/credentials.h"

#include "core/base/base64.h"
#include "core/kube/exec_plugin.h"
#include "core/kube/local_file.h"

#include <algorithm>
#include <condition_variable>

namespace fairway::kube {
namespace {

constexpr std::size_t maxFileBytes = std::size_t {4} << 20;
constexpr std::chrono::seconds statEvery {10};
constexpr std::chrono::seconds tokenFileLife {60};
constexpr std::chrono::seconds expiryMargin {10};
constexpr std::chrono::seconds rerunPause {15};

/// A file's content, read again when it changed.
class WatchedFile {
public:
    explicit WatchedFile(std::string path, bool isShortLived)
        : m_path(std::move(path))
        , m_isShortLived(isShortLived)
    {
    }

    [[nodiscard]] bool isUsed() const { return !m_path.empty(); }
    [[nodiscard]] const std::string &path() const { return m_path; }
    [[nodiscard]] const std::string &content() const { return m_content; }
    [[nodiscard]] bool isFresh(std::chrono::steady_clock::time_point now) const { return !isUsed() || (m_hasContent && now < m_checkAt); }
    void expire() { m_checkAt = {}; m_readAt = {}; }

    /// True when the content changed.
    Result<bool> refresh(std::chrono::steady_clock::time_point now)
    {
        if (isFresh(now)) {
            return false;
        }
        m_checkAt = now + statEvery;
        const FileStamp stamp = stampOf(m_path);
        const bool isOld = m_isShortLived && now >= m_readAt + tokenFileLife;
        if (m_hasContent && stamp == m_stamp && !isOld) {
            return false;
        }
        auto text = readLocalFile(m_path, maxFileBytes);
        if (!text) {
            if (m_hasContent) {
                return false; // Being replaced, perhaps: the last good content stays.
            }
            return tl::unexpected(text.error());
        }
        m_stamp = stamp;
        m_readAt = now;
        const bool hasChanged = !m_hasContent || *text != m_content;
        m_content = std::move(*text);
        m_hasContent = true;
        return hasChanged;
    }

private:
    std::string m_path;
    bool m_isShortLived;
    bool m_hasContent = false;
    std::string m_content;
    FileStamp m_stamp;
    std::chrono::steady_clock::time_point m_checkAt {};
    std::chrono::steady_clock::time_point m_readAt {};
};

std::string trimmed(std::string_view text)
{
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) {
        return {};
    }
    return std::string(text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1));
}

} // namespace

class Credentials::State {
public:
    State(const ClusterAccess &access, CredentialOptions options)
        : m_access(access)
        , m_options(std::move(options))
        , m_clock(m_options.clock != nullptr ? m_options.clock : &m_systemClock)
        , m_tokenFile(access.user.tokenFile, true)
        , m_certificateFile(access.user.clientCertificate.data.empty() ? access.user.clientCertificate.file : std::string(), false)
        , m_keyFile(access.user.clientKey.data.empty() ? access.user.clientKey.file : std::string(), false)
    {
    }

    std::optional<Credential> atHand()
    {
        const std::unique_lock lock(m_mutex, std::try_to_lock);
        if (!lock.owns_lock() || !areFilesFresh() || (usesPlugin() && !isPluginFresh())) {
            return std::nullopt;
        }
        return compose();
    }

    Result<Credential> current(const CancelToken &cancel)
    {
        std::unique_lock lock(m_mutex);
        while (true) {
            const bool needsPlugin = usesPlugin() && !isPluginFresh();
            if (needsPlugin && m_isPluginRunning) {
                // Somebody else runs it: wait for the outcome, looking at the cancellation now and then.
                if (cancel.isCancelled()) {
                    return fail(ErrorCode::Cancelled, "cancelled");
                }
                m_changed.wait_for(lock, std::chrono::milliseconds(50));
                continue;
            }
            if (auto read = refreshFiles(); !read) {
                return tl::unexpected(read.error());
            }
            if (!needsPlugin) {
                return compose();
            }
            m_isPluginRunning = true;
            lock.unlock();
            auto status = runPlugin(cancel);
            lock.lock();
            m_isPluginRunning = false;
            m_changed.notify_all();
            if (!status) {
                return tl::unexpected(status.error());
            }
            m_plugin = std::move(*status);
            m_ranAt = m_clock->steadyNow();
            ++m_generation;
            return compose();
        }
    }

    bool refused(std::uint64_t generation)
    {
        const std::scoped_lock lock(m_mutex);
        if (generation != m_generation || (usesPlugin() && !m_plugin)) {
            return true; // There is something newer already, or will be.
        }
        bool mayHelp = false;
        for (WatchedFile *file : {&m_tokenFile, &m_certificateFile, &m_keyFile}) {
            file->expire();
        }
        if (auto changed = refreshFiles()) {
            mayHelp = *changed;
        }
        // Output that is refused as soon as it was printed is not asked for again at once: that would be a loop.
        const bool isNew = m_wasRefused && m_clock->steadyNow() < m_ranAt + rerunPause;
        if (usesPlugin() && m_plugin && !isNew) {
            m_plugin.reset();
            m_wasRefused = true;
            mayHelp = true;
        }
        return mayHelp;
    }

private:
    [[nodiscard]] bool usesPlugin() const
    {
        return m_access.user.exec && m_access.user.token.empty() && m_access.user.tokenFile.empty() && m_access.user.username.empty();
    }
    [[nodiscard]] bool isPluginFresh() const
    {
        return m_plugin && (!m_plugin->expires || m_clock->systemNow() + expiryMargin < *m_plugin->expires);
    }
    [[nodiscard]] bool areFilesFresh() const
    {
        const auto now = m_clock->steadyNow();
        return m_tokenFile.isFresh(now) && m_certificateFile.isFresh(now) && m_keyFile.isFresh(now);
    }

    Result<bool> refreshFiles()
    {
        bool hasChanged = false;
        const auto now = m_clock->steadyNow();
        const std::pair<WatchedFile *, const char *> files[] = {
            {&m_tokenFile, "tokenFile"}, {&m_certificateFile, "client-certificate"}, {&m_keyFile, "client-key"}};
        for (const auto &[file, name] : files) {
            auto changed = file->refresh(now);
            if (!changed) {
                if (file == &m_tokenFile && !m_access.user.token.empty()) {
                    continue; // The inline token stands in, as in client-go.
                }
                return failWith(phrase("kube", "%1 of user \"%2\"").with(name, m_access.userName), changed.error());
            }
            hasChanged = hasChanged || *changed;
        }
        if (hasChanged) {
            ++m_generation;
        }
        return hasChanged;
    }

    Result<ExecCredentialStatus> runPlugin(const CancelToken &cancel)
    {
        if (m_options.mayRunPlugin && !m_options.mayRunPlugin(*m_access.user.exec)) {
            return fail(ErrorCode::Unauthorized, phrase("kube", "the credential plugin %1 was not approved to run").with(m_access.user.exec->command));
        }
        return runExecPlugin(*m_access.user.exec, m_access, m_options.pluginTimeout, m_options.maxPluginOutput, cancel);
    }

    [[nodiscard]] Credential compose() const
    {
        const UserAccess &user = m_access.user;
        Credential out;
        out.generation = m_generation;
        out.certificatePem = m_certificateFile.isUsed() ? m_certificateFile.content() : user.clientCertificate.data;
        out.keyPem = m_keyFile.isUsed() ? m_keyFile.content() : user.clientKey.data;
        std::string token = m_tokenFile.isUsed() ? trimmed(m_tokenFile.content()) : std::string();
        if (token.empty()) {
            token = user.token;
        }
        if (usesPlugin() && m_plugin) {
            token = m_plugin->token;
            if (!m_plugin->certificatePem.empty()) {
                out.certificatePem = m_plugin->certificatePem;
                out.keyPem = m_plugin->keyPem;
            }
        }
        if (!token.empty()) {
            out.authorization = "Bearer " + token;
        } else if (!user.username.empty()) {
            out.authorization = "Basic " + encodeBase64(user.username + ":" + user.password);
        }
        return out;
    }

    const ClusterAccess m_access;
    const CredentialOptions m_options;
    SystemClock m_systemClock;
    const Clock *m_clock;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    WatchedFile m_tokenFile; ///< Guarded by m_mutex, as all below.
    WatchedFile m_certificateFile;
    WatchedFile m_keyFile;
    std::optional<ExecCredentialStatus> m_plugin;
    std::uint64_t m_generation = 1;
    bool m_isPluginRunning = false;
    bool m_wasRefused = false;
    std::chrono::steady_clock::time_point m_ranAt {};
};

Credentials::Credentials(const ClusterAccess &access, CredentialOptions options)
    : m_state(std::make_unique<State>(access, std::move(options)))
{
}

Credentials::~Credentials() = default;

Result<Credential> Credentials::current(const CancelToken &cancel)
{
    return m_state->current(cancel);
}

std::optional<Credential> Credentials::atHand()
{
    return m_state->atHand();
}

bool Credentials::refused(std::uint64_t generation)
{
    return m_state->refused(generation);
}

} // namespace fairway::kube
