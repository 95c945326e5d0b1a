#include "app/fairwayctl/session.h"
#include "core/operate/state_files.h"

#include <algorithm>

namespace fairway::ctl {

namespace {

constexpr std::string_view fromServer = "Error from server";

Error inKubectlsWords(const kube::CallInfo &info, const Error &error)
{
    if (!info.status || info.status->message.empty())
        return error;
    const std::string reason = info.status->reason.empty() ? "" : " (" + info.status->reason + ")";
    std::string text = std::string(fromServer) + reason + ": " + info.status->message;
    // Ours says what to do about it where the server only says no.
    if (error.code == ErrorCode::Unauthorized)
        text += " - " + error.message;
    return {error.code, text};
}

} // namespace

Session::Session(const GlobalOptions &options, std::shared_ptr<kube::Client> client)
    : m_options(options)
    , m_client(std::move(client))
    , m_ns(options.ns.empty() ? m_client->access().ns : options.ns)
    , m_isNamespaceGiven(!options.ns.empty())
    , m_settings(operate::settingsFile(operate::defaultStateFolder()))
{
}

Result<std::unique_ptr<Session>> Session::open(const GlobalOptions &options)
{
    const auto kubeconfig = kube::Kubeconfig::load(kube::KubeconfigSource::fromEnvironment(options.kubeconfig));
    if (!kubeconfig)
        return tl::unexpected(kubeconfig.error());
    const auto access = kubeconfig->access(options.context);
    if (!access)
        return tl::unexpected(access.error());
    auto client = kube::Client::create(*access);
    if (!client)
        return tl::unexpected(client.error());
    return std::unique_ptr<Session>(new Session(options, std::move(*client)));
}

operate::ContextKey Session::contextKey() const
{
    return {m_client->access().context, m_client->access().server};
}

kube::CallOptions Session::callOptions(kube::CallInfo *info) const
{
    kube::CallOptions options;
    options.timeout = std::chrono::seconds(m_options.requestTimeoutSeconds);
    options.info = info;
    return options;
}

Result<const kube::Discovery *> Session::discovery(bool fresh)
{
    if (!m_discovery || fresh) {
        Result<kube::Discovery> found = kube::discover(*m_client, callOptions());
        if (!found)
            return tl::unexpected(found.error());
        m_discovery = std::make_unique<kube::Discovery>(std::move(*found));
    }
    return m_discovery.get();
}

Result<operate::Journal *> Session::journal()
{
    if (!m_journal) {
        auto journal = operate::Journal::open(operate::journalFile(operate::defaultStateFolder()));
        if (!journal)
            return tl::unexpected(journal.error());
        m_journal = std::move(*journal);
        if (!m_journal->notice().empty())
            note("warning: " + m_journal->notice());
    }
    return m_journal.get();
}

Result<operate::Writer *> Session::writer()
{
    if (m_writer)
        return m_writer.get();
    if (auto opened = journal(); !opened)
        return tl::unexpected(opened.error());
    m_api = operate::makeObjectApi(m_client);
    m_writer = std::make_unique<operate::Writer>(
        operate::Writer::Parts {contextKey(), m_api.get(), m_journal.get(), &m_settings});
    if (const std::string problem = m_settings.problem(); !problem.empty())
        note("warning: " + problem + "; every context counts as locked");
    if (const auto settled = m_writer->reconcile(); !settled)
        note("warning: entries of a crashed process could not be settled: " + settled.error().message);
    return m_writer.get();
}

Result<std::string> Session::get(const std::string &path, std::string_view accept)
{
    kube::CallInfo info;
    kube::RawRequest request;
    request.path = path;
    request.accept = accept;
    Result<kube::HttpAnswer> answer = m_client->raw(request, callOptions(&info));
    for (const std::string &warning : info.warnings)
        note("Warning: " + warning);
    if (!answer)
        return tl::unexpected(inKubectlsWords(info, answer.error()));
    return std::move(answer->body);
}

operate::ObjectRef Session::ref(const kube::ResourceType &type, const std::string &ns, const std::string &name) const
{
    return {type.group, type.version, type.plural, type.kind, type.namespaced ? ns : std::string(), name};
}

int failedRequest(const Error &error)
{
    if (error.message.compare(0, fromServer.size(), fromServer) != 0)
        return failed(error);
    note(error.message);
    return exitFailed;
}

int failedWrite(const Session &session, const operate::WriteOutcome &outcome)
{
    const std::string context = session.contextKey().name;
    std::string next;
    if (outcome.error && outcome.error->code == ErrorCode::Locked) {
        next = outcome.message.find("is locked") != std::string::npos
            ? "; unlock it with: fairwayctl context unlock " + context
            : "; say --confirm-context " + context + " --reason TEXT";
    } else if (outcome.error && outcome.error->code == ErrorCode::Unsupported && outcome.journalId == 0) {
        next = "; --without-dry-run writes all the same";
    }
    return failed(outcome.message + next);
}

std::string objectName(std::string_view kind, std::string_view group, std::string_view name)
{
    std::string text(kind);
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    if (!group.empty())
        text += "." + std::string(group);
    return text + "/" + std::string(name);
}

} // namespace fairway::ctl
