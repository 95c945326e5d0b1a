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
