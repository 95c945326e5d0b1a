#include "core/engine/contexts.h"

#include "core/engine/text.h"
#include "core/operate/atomic_file.h"
#include "core/operate/state_files.h"

#include <utility>

namespace fairway::engine {
namespace {
    constexpr char PracticeServer[] = "embedded"; // the port changes with each start, the guard rails must not

    ContextInfo practiceInfo(const operate::ContextSettings &settings)
    {
        const operate::ContextPolicy policy = settings.policy({PracticeContext, PracticeServer});
        ContextInfo info;
        info.name = QString::fromLatin1(PracticeContext);
        info.defaultNamespace = QStringLiteral("shop");
        info.isPractice = true;
        info.isProduction = policy.isProduction;
        info.isLocked = policy.isLocked;
        return info;
    }
} // namespace

Result<kube::ClusterAccess> PracticeCluster::access()
{
    const std::scoped_lock lock(m_mutex);
    if (!m_lab) {
        auto started = lab::Lab::start(m_options);
        if (!started)
            return failWith(phrase("engine", "the practice cluster did not start"), started.error());
        if (!m_path.empty()) {
            auto written = lab::KubeconfigFile::write(m_path, (*started)->kubeconfigText());
            if (!written)
                return failWith(phrase("engine", "the practice cluster's kubeconfig"), written.error());
            m_file.emplace(std::move(*written));
        }
        m_lab = std::move(*started);
    }
    const auto kubeconfig = kube::Kubeconfig::fromText(m_lab->kubeconfigText(), "practice cluster");
    if (!kubeconfig)
        return tl::unexpected(kubeconfig.error());
    return kubeconfig->access();
}

Result<std::shared_ptr<kube::Transport>> SharedTransport::get()
{
    const std::scoped_lock lock(m_mutex);
    if (!m_transport) {
        auto made = kube::Transport::create();
        if (!made)
            return made;
        m_transport = std::move(*made);
    }
    return m_transport;
}

Contexts::Contexts(const EngineOptions &options, std::shared_ptr<GuiDispatcher::Poster> poster, TaskThread &worker,
    operate::ContextSettings &settings)
    : m_options(options)
    , m_poster(std::move(poster))
    , m_worker(worker)
    , m_settings(settings)
    , m_approvals(std::make_shared<PluginApprovals>(operate::pluginsFile(operate::folderOf(settings.path()))))
{
    lab::LabOptions lab;
    lab.pods = static_cast<unsigned>(std::max(0, options.labPods));
    lab.churn = static_cast<unsigned>(std::max(0, options.labChurn));
    m_practice = std::make_shared<PracticeCluster>(lab, toUtf8(options.labKubeconfig));
}

Contexts::~Contexts()
{
    if (m_session)
        m_session->stop();
}

template <typename Task>
void Contexts::toGui(std::uint64_t generation, Task task)
{
    m_poster->post([this, generation, task = std::move(task)] {
        if (generation == m_generation)
            task();
    });
}

void Contexts::begin()
{
    if (m_options.startLab) {
        // The practice cluster must not wait for a kubeconfig on a slow home folder.
        m_contexts = {practiceInfo(m_settings)};
        switchTo(QString::fromLatin1(PracticeContext));
    }
    reloadKubeconfig();
}

Contexts::Loaded Contexts::load(const std::string &path, operate::ContextSettings &settings)
{
    Loaded loaded;
    auto kubeconfig = kube::Kubeconfig::load(kube::KubeconfigSource::fromEnvironment(path));
    if (kubeconfig) {
        loaded.kubeconfig = std::make_shared<const kube::Kubeconfig>(std::move(*kubeconfig));
        for (const kube::ContextEntry &entry : loaded.kubeconfig->contexts()) {
            const operate::ContextPolicy policy = settings.policy({entry.name, entry.server});
            ContextInfo info;
            info.name = toQString(entry.name);
            info.server = toQString(entry.server);
            info.user = toQString(entry.user);
            info.defaultNamespace = toQString(entry.ns);
            info.sourceFile = toQString(entry.file);
            info.isInsecure = entry.isInsecure;
            info.problem = inWords(entry.problem);
            info.isLocked = policy.isLocked;
            info.isProduction = policy.isProduction;
            loaded.contexts.append(info);
        }
    } else {
        loaded.problem = inWords(kubeconfig.error());
    }
    loaded.contexts.append(practiceInfo(settings));
    return loaded;
}

void Contexts::takeLoaded(Loaded loaded)
{
    m_kubeconfig = std::move(loaded.kubeconfig);
    m_problem = std::move(loaded.problem);
    m_contexts = std::move(loaded.contexts);
    Q_EMIT contextsChanged();
    if (!m_current.isEmpty() || !m_kubeconfig)
        return;
    const QString wanted
        = m_options.initialContext.isEmpty() ? toQString(m_kubeconfig->currentContext()) : m_options.initialContext;
    if (!wanted.isEmpty())
        switchTo(wanted);
}

ContextInfo Contexts::current() const
{
    for (const ContextInfo &context : m_contexts) {
        if (context.name == m_current)
            return context;
    }
    return {};
}

operate::ContextKey Contexts::keyOf(const ContextInfo &context)
{
    if (context.isPractice)
        return {PracticeContext, PracticeServer};
    return {toUtf8(context.name), toUtf8(context.server)};
}

operate::ContextKey Contexts::currentKey() const
{
    return keyOf(current());
}

void Contexts::switchTo(const QString &name)
{
    if (name == m_current && m_session && m_connection.state != Connection::Failed)
        return;
    retire();
    m_current = name;
    m_question = {};
    const ContextInfo info = current();
    m_namespace.clear();
    m_namespaces.clear();
    m_connection = {};
    m_connection.context = name;
    m_connection.since = QDateTime::currentDateTime();
    const bool isKnown = !info.name.isEmpty();
    m_connection.state = isKnown && info.problem.isEmpty() ? Connection::Connecting : Connection::Failed;
    if (!isKnown)
        m_connection.reason = tr("The kubeconfig has no context named %1.").arg(name);
    else
        m_connection.reason = toSentence(info.problem);
    Q_EMIT currentChanged();
    Q_EMIT namespacesChanged();
    Q_EMIT connectionChanged();
    if (m_connection.state == Connection::Failed)
        return;
    m_worker.post([this, generation = m_generation, make = maker(info)] {
        Made made = make();
        if (!made.question.context.isEmpty())
            toGui(generation, [this, question = made.question, fingerprint = made.fingerprint] { ask(question, fingerprint); });
        else
            toGui(generation, [this, generation, client = std::move(made.client)] { open(generation, client); });
    });
}

std::function<Contexts::Made()> Contexts::maker(const ContextInfo &info) const
{
    return [isPractice = info.isPractice, practice = m_practice, shared = m_transport, kubeconfig = m_kubeconfig, context = toUtf8(info.name),
               approvals = m_approvals, file = toUtf8(info.sourceFile), path = toUtf8(m_options.kubeconfig)] {
        Made made;
        Result<kube::ClusterAccess> access = isPractice ? practice->access()
            : kubeconfig                                ? kubeconfig->access(context)
                                                        : fail(ErrorCode::NotFound, phrase("engine", "no kubeconfig is loaded"));
        if (access && access->user.exec && !isPractice
            && isForeignKubeconfig(file, kube::KubeconfigSource::fromEnvironment(path))) {
            made.fingerprint = PluginApprovals::fingerprint(file, *access->user.exec);
            if (!approvals->isApproved(made.fingerprint)) {
                made.question = {toQString(context), toQString(file), toQString(commandLine(*access->user.exec))};
                return made;
            }
        }
        const auto transport = shared->get();
        made.client = !access ? tl::unexpected(access.error())
            : !transport      ? tl::unexpected(transport.error())
                              : kube::Client::create(std::move(*access), {*transport, {}});
        return made;
    };
}

std::function<Result<std::shared_ptr<kube::Client>>()> Contexts::clientMaker(const QString &name) const
{
    for (const ContextInfo &info : m_contexts) {
        if (info.name != name)
            continue;
        return [make = maker(info)]() -> Result<std::shared_ptr<kube::Client>> {
            Made made = make();
            if (!made.question.context.isEmpty())
                return fail(ErrorCode::Unauthorized, phrase("engine", "it signs in by a command that nobody has allowed to run: open it once to be asked"));
            return std::move(made.client);
        };
    }
    return [name]() -> Result<std::shared_ptr<kube::Client>> {
        return fail(ErrorCode::NotFound, phrase("engine", "the kubeconfig has no context named %1").with(toUtf8(name)));
    };
}

void Contexts::ask(PluginQuestion question, std::string fingerprint)
{
    m_question = std::move(question);
    m_fingerprint = std::move(fingerprint);
    m_connection.state = Connection::Failed;
    m_connection.reason = tr("%1 signs in by a command that nobody has allowed to run.").arg(m_question.context);
    m_connection.nextStep = tr("Retry asks again.");
    Q_EMIT connectionChanged();
    Q_EMIT pluginAsked();
}

void Contexts::allowPlugin(bool isRemembered)
{
    if (m_question.context.isEmpty())
        return;
    m_worker.post([this, generation = m_generation, approvals = m_approvals, fingerprint = m_fingerprint, isRemembered] {
        const Result<void> kept = approvals->approve(fingerprint, isRemembered);
        toGui(generation, [this, kept] {
            if (!kept)
                Q_EMIT noticed(tr("The setting could not be kept: %1").arg(inWords(kept.error())));
            switchTo(m_current);
        });
    });
}

void Contexts::open(std::uint64_t generation, Result<std::shared_ptr<kube::Client>> client)
{
    if (!client) {
        m_connection.state = Connection::Failed;
        m_connection.reason = toSentence(inWords(client.error()));
        m_connection.nextStep = tr("Mend the kubeconfig, then Retry.");
        Q_EMIT connectionChanged();
        return;
    }
    ClusterSession::Callbacks callbacks;
    callbacks.onConnection = [this, generation](const ConnectionState &state) {
        toGui(generation, [this, state] {
            m_connection = state;
            Q_EMIT connectionChanged();
        });
    };
    callbacks.onPicture = [this, generation](std::shared_ptr<const RoutePicture> picture) {
        toGui(generation, [this, picture] { Q_EMIT pictureArrived(picture); });
    };
    callbacks.onDiscovery = [this, generation](std::shared_ptr<const kube::Discovery> discovery) {
        toGui(generation, [this, discovery] { Q_EMIT discoveryArrived(discovery); });
    };
    m_session = std::make_shared<ClusterSession>(m_current, *client, std::move(callbacks), m_worker.token());
    m_session->start();
    Q_EMIT sessionChanged();
}

void Contexts::retire()
{
    ++m_generation;
    if (!m_session)
        return;
    m_session->close(); // Readers of a server that hangs may hold every worker.
    // Joining its threads may take a moment: not here. Whoever still writes through it keeps it until then.
    m_worker.post([session = std::exchange(m_session, nullptr)] { session->stop(); });
    Q_EMIT sessionChanged();
}

void Contexts::takePicture(const RoutePicture &picture)
{
    if (picture.namespaces == m_namespaces)
        return;
    m_namespaces = picture.namespaces;
    Q_EMIT namespacesChanged();
}

void Contexts::setNamespace(const QString &ns)
{
    if (ns == m_namespace)
        return;
    m_namespace = ns;
    Q_EMIT namespacesChanged();
}

void Contexts::changePolicy(const QString &context, std::function<Result<void>(const operate::ContextKey &)> change)
{
    for (const ContextInfo &info : m_contexts) {
        if (info.name != context)
            continue;
        m_worker.post([this, key = keyOf(info), context, change = std::move(change)] {
            const Result<void> changed = change(key);
            const operate::ContextPolicy policy = m_settings.policy(key);
            m_poster->post([this, context, changed, policy] {
                for (ContextInfo &known : m_contexts) {
                    if (known.name == context) {
                        known.isLocked = policy.isLocked;
                        known.isProduction = policy.isProduction;
                    }
                }
                if (!changed)
                    Q_EMIT noticed(tr("The setting could not be kept: %1").arg(inWords(changed.error())));
                Q_EMIT contextsChanged();
                if (context == m_current)
                    Q_EMIT currentChanged();
            });
        });
        return;
    }
}

void Contexts::setLocked(bool isLocked)
{
    changePolicy(
        m_current, [this, isLocked](const operate::ContextKey &key) { return m_settings.setLocked(key, isLocked); });
}

void Contexts::setProduction(const QString &context, bool isProduction)
{
    changePolicy(context,
        [this, isProduction](const operate::ContextKey &key) { return m_settings.setProduction(key, isProduction); });
}

void Contexts::retry()
{
    if (m_session && m_connection.state != Connection::None)
        m_session->poke();
    else if (!m_current.isEmpty())
        switchTo(m_current);
    else
        reloadKubeconfig();
}

void Contexts::reloadKubeconfig()
{
    m_worker.post([this, path = toUtf8(m_options.kubeconfig)] {
        Loaded loaded = load(path, m_settings);
        m_poster->post([this, loaded = std::move(loaded)] { takeLoaded(loaded); });
    });
}

} // namespace fairway::engine
