#pragma once

#include "core/engine/cluster_session.h"
#include "core/engine/engine.h"
#include "core/engine/gui_dispatcher.h"
#include "core/engine/plugin_approvals.h"
#include "core/engine/task_thread.h"
#include "core/kube/kubeconfig.h"
#include "core/lab/lab.h"
#include "core/lab/lab_kubeconfig.h"
#include "core/operate/context_settings.h"

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace fairway::engine {

/// Name under which the practice cluster stands in the picker, and the key of its guard rails.
inline constexpr char PracticeContext[] = "practice";

/// The practice cluster, started when first asked for, by whichever thread asks.
class PracticeCluster {
public:
    /// `kubeconfig`: where to leave its kubeconfig for other programs; empty: nowhere.
    PracticeCluster(lab::LabOptions options, std::string kubeconfig)
        : m_options(options)
        , m_path(std::move(kubeconfig))
    {
    }
    /// Blocks for about a tenth of a second the first time. Not for the GUI thread.
    [[nodiscard]] Result<kube::ClusterAccess> access();

private:
    const lab::LabOptions m_options;
    std::mutex m_mutex;
    const std::string m_path;
    std::unique_ptr<lab::Lab> m_lab; ///< Guarded by m_mutex.
    std::optional<lab::KubeconfigFile> m_file; ///< Guarded by m_mutex.
};

/// The transport of every client the window makes: one thread for the requests of all contexts. Made when first asked for, as it
/// loads libcurl.
class SharedTransport {
public:
    /// Threads: any; not for the GUI thread.
    [[nodiscard]] Result<std::shared_ptr<kube::Transport>> get();

private:
    std::mutex m_mutex;
    std::shared_ptr<kube::Transport> m_transport; ///< Guarded by m_mutex.
};

/// The contexts of the kubeconfig and the practice cluster, with lock and production mark; owns the session of the one
/// that is open. Disk and network happen on the worker; this object lives in the GUI thread.
class Contexts final : public ContextService {
    Q_OBJECT
public:
    Contexts(const EngineOptions &options, std::shared_ptr<GuiDispatcher::Poster> poster, TaskThread &worker,
        operate::ContextSettings &settings);
    ~Contexts() override;

    void begin();
    [[nodiscard]] std::shared_ptr<ClusterSession> session() const { return m_session; }
    [[nodiscard]] operate::ContextKey currentKey() const;
    void takePicture(const RoutePicture &picture);
    /// Makes a client of any context, for a read beside the one that is open. The function blocks: call it off the GUI thread.
    /// Errors: NotFound; what its kubeconfig or credentials say; Unauthorized where nobody allowed its sign-in command yet.
    [[nodiscard]] std::function<Result<std::shared_ptr<kube::Client>>()> clientMaker(const QString &context) const;

    [[nodiscard]] QList<ContextInfo> contexts() const override { return m_contexts; }
    [[nodiscard]] ContextInfo current() const override;
    [[nodiscard]] ConnectionState connection() const override { return m_connection; }
    [[nodiscard]] QStringList namespaces() const override { return m_namespaces; }
    [[nodiscard]] QString currentNamespace() const override { return m_namespace; }
    void switchTo(const QString &context) override;
    void setNamespace(const QString &ns) override;
    void setLocked(bool isLocked) override;
    void setProduction(const QString &context, bool isProduction) override;
    void retry() override;
    void reloadKubeconfig() override;
    [[nodiscard]] QString kubeconfigProblem() const override { return m_problem; }
    [[nodiscard]] PluginQuestion pluginQuestion() const override { return m_question; }
    void allowPlugin(bool isRemembered) override;

Q_SIGNALS:
    void sessionChanged();
    void pictureArrived(std::shared_ptr<const fairway::engine::RoutePicture> picture);
    void discoveryArrived(std::shared_ptr<const fairway::kube::Discovery> discovery);
    /// Something the user should hear about that belongs to no page ("the settings could not be written: …").
    void noticed(const QString &message);

private:
    struct Loaded {
        std::shared_ptr<const kube::Kubeconfig> kubeconfig;
        QString problem;
        QList<ContextInfo> contexts;
    };
    /// A client, or the question that stands before it.
    struct Made {
        Result<std::shared_ptr<kube::Client>> client = fail(ErrorCode::NotFound, Text());
        PluginQuestion question;
        std::string fingerprint;
    };
    [[nodiscard]] std::function<Made()> maker(const ContextInfo &context) const;
    [[nodiscard]] static Loaded load(const std::string &path, operate::ContextSettings &settings);
    void takeLoaded(Loaded loaded);
    void open(std::uint64_t generation, Result<std::shared_ptr<kube::Client>> client);
    void ask(PluginQuestion question, std::string fingerprint);
    void retire();
    void changePolicy(const QString &context, std::function<Result<void>(const operate::ContextKey &)> change);
    [[nodiscard]] static operate::ContextKey keyOf(const ContextInfo &context);
    template <typename Task>
    void toGui(std::uint64_t generation, Task task);

    const EngineOptions m_options;
    const std::shared_ptr<GuiDispatcher::Poster> m_poster;
    TaskThread &m_worker;
    operate::ContextSettings &m_settings;
    std::shared_ptr<PracticeCluster> m_practice;
    const std::shared_ptr<SharedTransport> m_transport = std::make_shared<SharedTransport>();
    std::shared_ptr<const kube::Kubeconfig> m_kubeconfig;
    QString m_problem;
    QList<ContextInfo> m_contexts;
    QString m_current;
    QString m_namespace;
    QStringList m_namespaces;
    ConnectionState m_connection;
    std::shared_ptr<ClusterSession> m_session;
    const std::shared_ptr<PluginApprovals> m_approvals;
    PluginQuestion m_question;
    std::string m_fingerprint; ///< Of the command asked about.
    std::uint64_t m_generation = 0; ///< Of the open context: answers for an earlier one are dropped.
};

} // namespace fairway::engine
