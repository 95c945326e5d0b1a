#pragma once

#include "app/fairwayctl/cli.h"
#include "core/kube/client.h"
#include "core/kube/discovery.h"
#include "core/operate/writer.h"

#include <memory>
#include <string>
#include <string_view>

namespace fairway::ctl {

/// Consent to writes in production, from flags.
struct ConsentOptions {
    std::string confirmContext;
    std::string reason;
    bool withoutDryRun = false;
    [[nodiscard]] operate::WriteConsent consent() const { return {confirmContext, reason, false, withoutDryRun}; }
};

/// One command's connection to one cluster. Nothing is sent before something is asked for.
class Session {
public:
    [[nodiscard]] static Result<std::unique_ptr<Session>> open(const GlobalOptions &options);

    [[nodiscard]] kube::Client &client() { return *m_client; }
    [[nodiscard]] const std::string &ns() const { return m_ns; }
    [[nodiscard]] bool isNamespaceGiven() const { return m_isNamespaceGiven; } ///< By -n, not by the kubeconfig.
    [[nodiscard]] operate::ContextKey contextKey() const;
    [[nodiscard]] operate::ContextSettings &settings() { return m_settings; }
    [[nodiscard]] kube::CallOptions callOptions(kube::CallInfo *info = nullptr) const;

    /// Asked once; `fresh` asks again (a CRD was just applied).
    [[nodiscard]] Result<const kube::Discovery *> discovery(bool fresh = false);
    /// Opens the journal and settles what a crashed process left open.
    [[nodiscard]] Result<operate::Writer *> writer();
    [[nodiscard]] Result<operate::Journal *> journal();

    /// GET of JSON below the server's URL. Errors in kubectl's words where the server gave a Status:
    /// `Error from server (NotFound): pods "x" not found`.
    [[nodiscard]] Result<std::string> get(const std::string &path, std::string_view accept = "application/json");
    [[nodiscard]] operate::ObjectRef ref(const kube::ResourceType &type, const std::string &ns, const std::string &name) const;

private:
    Session(const GlobalOptions &options, std::shared_ptr<kube::Client> client);

    const GlobalOptions m_options;
    std::shared_ptr<kube::Client> m_client;
    std::string m_ns;
    bool m_isNamespaceGiven = false;
    std::unique_ptr<kube::Discovery> m_discovery;
    operate::ContextSettings m_settings;
    std::unique_ptr<operate::Journal> m_journal;
    std::unique_ptr<operate::ObjectApi> m_api;
    std::unique_ptr<operate::Writer> m_writer;
};

/// Prints `error` (already in kubectl's words, or with "error: " before it); returns exitFailed.
int failedRequest(const Error &error);
/// Prints what a write came to when it failed, with the next step; returns exitFailed.
int failedWrite(const Session &session, const operate::WriteOutcome &outcome);

/// "deployment.apps/x", "pod/x": how kubectl names an object.
[[nodiscard]] std::string objectName(std::string_view kind, std::string_view group, std::string_view name);

} // namespace fairway::ctl
