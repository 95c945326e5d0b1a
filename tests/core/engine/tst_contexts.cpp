#include "core/engine/contexts.h"
#include "core/engine/text.h"

#include <QTemporaryDir>
#include <QtTest>

#include <arpa/inet.h>
#include <atomic>
#include <netinet/in.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

using namespace fairway;
using namespace fairway::engine;

namespace {

/// Accepts connections (the kernel does) and never says a word.
class SilentServer {
public:
    SilentServer()
        : m_socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
    {
        sockaddr_in address {};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        ::bind(m_socket, reinterpret_cast<const sockaddr *>(&address), size);
        ::listen(m_socket, 64);
        ::getsockname(m_socket, reinterpret_cast<sockaddr *>(&address), &size);
        m_port = ntohs(address.sin_port);
    }
    ~SilentServer() { ::close(m_socket); }
    SilentServer(const SilentServer &) = delete;
    SilentServer &operator=(const SilentServer &) = delete;

    [[nodiscard]] std::string url() const { return "http://127.0.0.1:" + std::to_string(m_port); }

private:
    const int m_socket;
    std::uint16_t m_port = 0;
};

/// A kubeconfig with one context, "silent".
std::string silentKubeconfig(const SilentServer &server)
{
    return "apiVersion: v1\nkind: Config\ncurrent-context: silent\nclusters: [{name: c, cluster: {server: \"" + server.url()
        + "\"}}]\nusers: [{name: u, user: {token: t}}]\ncontexts: [{name: silent, context: {cluster: c, user: u}}]\n";
}

Result<std::shared_ptr<kube::Client>> clientOf(const std::string &kubeconfig, const std::shared_ptr<kube::Transport> &transport)
{
    const auto parsed = kube::Kubeconfig::fromText(kubeconfig, "test");
    if (!parsed)
        return tl::unexpected(parsed.error());
    auto access = parsed->access();
    return access ? kube::Client::create(std::move(*access), {transport, {}}) : tl::unexpected(access.error());
}

lab::LabOptions smallLab()
{
    lab::LabOptions options;
    options.runsPods = false;
    return options;
}

} // namespace

class TestContexts : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        auto started = lab::Lab::start(smallLab());
        QVERIFY2(started.has_value(), started ? "" : started.error().message.c_str());
        m_lab = std::move(*started);
    }

    void closingAContextEndsItsRequestsAndNoOthers();
    void theEndOfTheProcessEndsWhatAContextReads();
    void everyContextUsesTheSameTransport();
    void aBrokenKubeconfigIsReadAgainAndThenOpened();
    void aForeignKubeconfigRunsNoCommandBeforeItIsAllowed();
    void approvalsAreForOneCommandOfOneFile();

private:
    std::unique_ptr<lab::Lab> m_lab;
};

void TestContexts::closingAContextEndsItsRequestsAndNoOthers()
{
    const auto transport = kube::Transport::create();
    QVERIFY(transport.has_value());
    const SilentServer silent;
    const auto living = clientOf(m_lab->kubeconfigText(), *transport);
    const auto hanging = clientOf(silentKubeconfig(silent), *transport);
    QVERIFY(living.has_value() && hanging.has_value());

    std::atomic<bool> isLive = false;
    std::atomic<bool> wasLost = false;
    ClusterSession::Callbacks callbacks;
    callbacks.onConnection = [&](const ConnectionState &state) {
        const bool isNowLive = state.state == Connection::Live;
        wasLost = wasLost || (isLive && !isNowLive);
        isLive = isNowLive;
    };
    callbacks.onPicture = [](const std::shared_ptr<const RoutePicture> &) {};
    callbacks.onDiscovery = [](const std::shared_ptr<const kube::Discovery> &) {};
    ClusterSession alive(QStringLiteral("alive"), *living, callbacks);
    alive.start();
    QTRY_VERIFY_WITH_TIMEOUT(isLive, 20000);

    ClusterSession::Callbacks none;
    none.onConnection = [](const ConnectionState &) {};
    auto closing = std::make_unique<ClusterSession>(QStringLiteral("silent"), *hanging, none);
    closing->start();
    std::atomic<int> readers = 0;
    std::vector<std::thread> threads;
    std::vector<Result<value::ObjectView>> answers(3, fail(ErrorCode::Internal, "not asked"));
    for (auto &answer : answers) {
        threads.emplace_back([&, token = closing->token()] {
            kube::CallOptions options;
            options.cancel = token;
            ++readers;
            answer = (*hanging)->get({"", "v1", "pods"}, "default", "x", options);
        });
    }
    QTRY_COMPARE_WITH_TIMEOUT(readers.load(), 3, 20000);
    QTRY_VERIFY_WITH_TIMEOUT((*transport)->counters().calls > 3, 20000);

    QElapsedTimer timer;
    timer.start();
    closing->close();
    for (std::thread &thread : threads)
        thread.join();
    closing->stop();
    closing.reset();
    QVERIFY2(timer.elapsed() < 10000, "the calls have 15 s and 30 s");
    for (const auto &answer : answers) {
        QVERIFY(!answer.has_value());
        QCOMPARE(static_cast<int>(answer.error().code), static_cast<int>(ErrorCode::Cancelled));
    }

    // The other context: its watches stayed open, and it is answered.
    const auto pods = (*living)->list({"", "v1", "pods"});
    QVERIFY2(pods.has_value(), pods ? "" : pods.error().message.c_str());
    QVERIFY(isLive && !wasLost);
    alive.stop();
}

void TestContexts::theEndOfTheProcessEndsWhatAContextReads()
{
    const auto transport = kube::Transport::create();
    QVERIFY(transport.has_value());
    const SilentServer silent;
    const auto hanging = clientOf(silentKubeconfig(silent), *transport);
    QVERIFY(hanging.has_value());
    CancelSource ending;
    ClusterSession session(QStringLiteral("silent"), *hanging, {}, ending.token());
    QVERIFY(!session.token().isCancelled());
    ending.cancel();
    QVERIFY(session.token().isCancelled());
    ClusterSession late(QStringLiteral("silent"), *hanging, {}, ending.token());
    QVERIFY(late.token().isCancelled());
}

void TestContexts::everyContextUsesTheSameTransport()
{
    QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("kubeconfig")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray::fromStdString(m_lab->kubeconfigText()));
    file.close();

    EngineOptions options;
    options.kubeconfig = file.fileName();
    GuiDispatcher dispatcher;
    TaskThread worker(3);
    operate::ContextSettings settings(toUtf8(folder.filePath(QStringLiteral("settings.yaml"))));
    Contexts contexts(options, dispatcher.poster(), worker, settings);
    contexts.begin();
    QTRY_VERIFY_WITH_TIMEOUT(contexts.session() != nullptr, 20000);
    QCOMPARE(contexts.current().name, QStringLiteral("lab"));
    const auto first = contexts.session()->client();

    contexts.switchTo(QStringLiteral("lab-reader"));
    QVERIFY(contexts.session() == nullptr);
    QTRY_VERIFY_WITH_TIMEOUT(contexts.session() != nullptr, 20000);
    const auto second = contexts.session()->client();
    QVERIFY(second != first);
    QVERIFY(second->transport() == first->transport());
    QTRY_COMPARE_WITH_TIMEOUT(contexts.connection().state, Connection::Live, 20000);
    worker.stop();
}

namespace {
/// The lab's kubeconfig whose user signs in by a script: it leaves a mark and prints the real token.
struct PluginConfig {
    explicit PluginConfig(const std::string &lab)
    {
        const std::size_t at = lab.find("token: ");
        const std::string token = lab.substr(at + 7, lab.find('\n', at) - at - 7);
        write(QStringLiteral("plugin.sh"),
            "#!/bin/sh\necho ran >> '" + toUtf8(folder.filePath(QStringLiteral("mark"))) + "'\necho '{\"apiVersion\":\"client.authentication.k8s.io/v1\","
            "\"kind\":\"ExecCredential\",\"status\":{\"token\":\"'" + token + "'\"}}'\n");
        QFile(folder.filePath(QStringLiteral("plugin.sh"))).setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        base = lab;
        const std::size_t end = base.find('\n', at);
        base.replace(at, end - at, "exec: {apiVersion: client.authentication.k8s.io/v1, interactiveMode: Never, command: ./plugin.sh, args: [ARGUMENT]}");
        setArgument("one");
    }
    void setArgument(const std::string &argument)
    {
        std::string text = base;
        text.replace(text.find("ARGUMENT"), 8, argument);
        write(QStringLiteral("kubeconfig"), text);
    }
    void write(const QString &name, const std::string &text) const
    {
        QFile file(folder.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray::fromStdString(text));
    }
    [[nodiscard]] QString path() const { return folder.filePath(QStringLiteral("kubeconfig")); }
    [[nodiscard]] bool hasRun() const { return QFile::exists(folder.filePath(QStringLiteral("mark"))); }
    QTemporaryDir folder;
    std::string base;
};

/// An engine's contexts with settings of their own.
struct Desk {
    Desk(const QString &kubeconfig, const QString &state)
        : settings(toUtf8(state + QStringLiteral("/contexts.yaml")))
    {
        EngineOptions options;
        options.kubeconfig = kubeconfig;
        contexts = std::make_unique<Contexts>(options, dispatcher.poster(), worker, settings);
        contexts->begin();
    }
    ~Desk()
    {
        contexts.reset();
        worker.stop();
    }
    GuiDispatcher dispatcher;
    TaskThread worker {3};
    operate::ContextSettings settings;
    std::unique_ptr<Contexts> contexts;
};
} // namespace

void TestContexts::aForeignKubeconfigRunsNoCommandBeforeItIsAllowed()
{
    PluginConfig config(m_lab->kubeconfigText());
    QTemporaryDir state;
    {
        Desk desk(config.path(), state.path());
        QSignalSpy asked(desk.contexts.get(), &ContextService::pluginAsked);
        QTRY_COMPARE_WITH_TIMEOUT(asked.size(), 1, 20000);
        QCOMPARE(desk.contexts->connection().state, Connection::Failed);
        QCOMPARE(desk.contexts->pluginQuestion().file, config.path());
        QVERIFY2(desk.contexts->pluginQuestion().command.endsWith(QStringLiteral("plugin.sh one")), qPrintable(desk.contexts->pluginQuestion().command));
        desk.contexts->retry(); // Asks again, runs nothing.
        QTRY_COMPARE_WITH_TIMEOUT(asked.size(), 2, 20000);
        QVERIFY(desk.contexts->session() == nullptr && !config.hasRun());
        desk.contexts->allowPlugin(false);
        QTRY_COMPARE_WITH_TIMEOUT(desk.contexts->connection().state, Connection::Live, 20000);
        QVERIFY(config.hasRun());
        QVERIFY(desk.contexts->pluginQuestion().context.isEmpty());
    }
    {
        Desk desk(config.path(), state.path()); // "Once" ended with that process.
        QSignalSpy asked(desk.contexts.get(), &ContextService::pluginAsked);
        QTRY_COMPARE_WITH_TIMEOUT(asked.size(), 1, 20000);
        desk.contexts->allowPlugin(true);
        QTRY_COMPARE_WITH_TIMEOUT(desk.contexts->connection().state, Connection::Live, 20000);
    }
    {
        Desk desk(config.path(), state.path()); // "Always" did not.
        QSignalSpy asked(desk.contexts.get(), &ContextService::pluginAsked);
        QTRY_COMPARE_WITH_TIMEOUT(desk.contexts->connection().state, Connection::Live, 20000);
        QVERIFY(asked.isEmpty());
    }
    config.setArgument("two");
    {
        Desk desk(config.path(), state.path()); // Another command now.
        QSignalSpy asked(desk.contexts.get(), &ContextService::pluginAsked);
        QTRY_COMPARE_WITH_TIMEOUT(asked.size(), 1, 20000);
    }
    qputenv("KUBECONFIG", config.path().toUtf8());
    {
        Desk desk(config.path(), state.path()); // The user's own file: kubectl would run it, too.
        QSignalSpy asked(desk.contexts.get(), &ContextService::pluginAsked);
        QTRY_COMPARE_WITH_TIMEOUT(desk.contexts->connection().state, Connection::Live, 20000);
        QVERIFY(asked.isEmpty());
    }
    qunsetenv("KUBECONFIG");
}

void TestContexts::approvalsAreForOneCommandOfOneFile()
{
    QTemporaryDir folder;
    const std::string path = toUtf8(folder.filePath(QStringLiteral("sub/plugins.txt")));
    kube::ExecPlugin plugin;
    plugin.command = "aws";
    plugin.args = {"eks", "get-token"};
    const std::string first = PluginApprovals::fingerprint("/a/config", plugin);
    QCOMPARE(PluginApprovals::fingerprint("/a/../a/config", plugin), first);
    QVERIFY(PluginApprovals::fingerprint("/b/config", plugin) != first);
    kube::ExecPlugin other = plugin;
    other.args = {"eks", "get", "-token"};
    QVERIFY(PluginApprovals::fingerprint("/a/config", other) != first);
    other = plugin;
    other.env = {{"A", "b"}};
    QVERIFY(PluginApprovals::fingerprint("/a/config", other) != first);
    QCOMPARE(commandLine(other), std::string("'A=…' aws eks get-token"));

    PluginApprovals approvals(path);
    QVERIFY(!approvals.isApproved(first));
    QVERIFY(approvals.approve(first, false).has_value());
    QVERIFY(approvals.isApproved(first));
    QVERIFY(!PluginApprovals(path).isApproved(first));
    QVERIFY(approvals.approve(first, true).has_value());
    QVERIFY(PluginApprovals(path).isApproved(first));
    QVERIFY(!PluginApprovals(path).isApproved(PluginApprovals::fingerprint("/b/config", plugin)));
    QFile file(QString::fromStdString(path));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(!file.readAll().contains("aws"));

    kube::KubeconfigSource source {"/x/given", "/x/one:/x/two", "/home/u"};
    QVERIFY(isForeignKubeconfig("/x/given", source));
    QVERIFY(!isForeignKubeconfig("/x/two", source));
    QVERIFY(!isForeignKubeconfig("/home/u/.kube/config", source));
    source.explicitPath.clear(); // Then every file is one the environment names.
    QVERIFY(!isForeignKubeconfig("/x/given", source));
}

void TestContexts::aBrokenKubeconfigIsReadAgainAndThenOpened()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("kubeconfig"));
    const auto write = [&path](const std::string &text) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write(QByteArray::fromStdString(text));
    };
    write("contexts: [");
    EngineOptions options;
    options.kubeconfig = path;
    GuiDispatcher dispatcher;
    TaskThread worker(3);
    operate::ContextSettings settings(toUtf8(folder.filePath(QStringLiteral("settings.yaml"))));
    Contexts contexts(options, dispatcher.poster(), worker, settings);
    contexts.begin();
    QTRY_VERIFY_WITH_TIMEOUT(!contexts.kubeconfigProblem().isEmpty(), 20000);
    QVERIFY(contexts.current().name.isEmpty());

    write(m_lab->kubeconfigText());
    contexts.reloadKubeconfig();
    QTRY_COMPARE_WITH_TIMEOUT(contexts.current().name, QStringLiteral("lab"), 20000);
    QVERIFY(contexts.kubeconfigProblem().isEmpty());

    // A context is open: reading the file again does not take the user elsewhere.
    contexts.switchTo(QStringLiteral("lab-reader"));
    QSignalSpy reread(&contexts, &ContextService::contextsChanged);
    contexts.reloadKubeconfig();
    QTRY_COMPARE_WITH_TIMEOUT(reread.count(), 1, 20000);
    QCOMPARE(contexts.current().name, QStringLiteral("lab-reader"));
    worker.stop();
}

QTEST_GUILESS_MAIN(TestContexts)
#include "tst_contexts.moc"
