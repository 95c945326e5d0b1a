#include "app/fairway/pages.h"
#include "core/engine/engine.h"
#include "core/kube/client.h"
#include "core/lab/lab.h"
#include "widgets/frame/main_window.h"
#include "widgets/theme/theme.h"

#include <QApplication>
#include <QDialog>
#include <QFile>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace fairway;

namespace {

constexpr int Patience = 20000; ///< For conditions on a busy machine; nothing waits longer than it takes.

/// A user's session: a cluster that knows nothing of the window, a kubeconfig for it, and the window with its engine.
class Desk {
public:
    Desk()
    {
        auto started = lab::Lab::start();
        if (!started)
            qFatal("the practice cluster: %s", started.error().message.c_str());
        m_lab = std::move(*started);
        const QString kubeconfig = m_folder.filePath(QStringLiteral("kubeconfig"));
        QFile file(kubeconfig);
        if (!file.open(QIODevice::WriteOnly))
            qFatal("no kubeconfig");
        file.write(QByteArray::fromStdString(m_lab->kubeconfigText()));
        file.close();
        auto parsed = kube::Kubeconfig::fromText(m_lab->kubeconfigText(), "lab");
        m_client = std::move(*kube::Client::create(std::move(*parsed->access())));
        open();
    }

    /// A window anew, as after a restart of the program.
    void open()
    {
        m_window.reset();
        m_engine.reset();
        engine::EngineOptions options;
        options.kubeconfig = m_folder.filePath(QStringLiteral("kubeconfig"));
        options.stateFolder = m_folder.filePath(QStringLiteral("state"));
        m_engine = engine::createEngine(options);
        m_settings = std::make_unique<QSettings>(m_folder.filePath(QStringLiteral("window.ini")), QSettings::IniFormat);
        m_window = std::make_unique<ui::MainWindow>(*m_engine, *m_settings);
        m_window->addPages(ui::railPages(*m_engine));
        m_window->resize(1440, 900);
        m_window->show();
    }

    [[nodiscard]] lab::Lab &lab() { return *m_lab; }
    [[nodiscard]] engine::Engine &engine() { return *m_engine; }
    [[nodiscard]] ui::MainWindow &window() { return *m_window; }

    /// The weights of reviews' last rule, as the cluster holds them, by a client of its own.
    [[nodiscard]] QList<qint64> storedWeights()
    {
        const auto object = m_client->get({"networking.istio.io", "v1", "virtualservices"}, "shop", "reviews");
        if (!object)
            return {};
        const value::Value parsed = *object->parse();
        const value::Value &rules = parsed["spec"]["http"];
        QList<qint64> weights;
        const value::Value &route = rules[rules.size() - 1]["route"];
        for (std::size_t i = 0; i < route.size(); ++i)
            weights.append(route[i]["weight"].intOr(-1));
        return weights;
    }

    [[nodiscard]] kube::Client &client() { return *m_client; }

    /// A visible control by its accessible name and kind.
    template <typename Control>
    [[nodiscard]] Control *find(const QString &name)
    {
        for (QWidget *top : QApplication::topLevelWidgets()) {
            for (Control *control : top->findChildren<Control *>()) {
                const QString called = control->accessibleName();
                if (control->isVisible() && (called == name || textOf(control) == name))
                    return control;
            }
        }
        return nullptr;
    }

private:
    static QString textOf(const QWidget *widget)
    {
        const auto *button = qobject_cast<const QAbstractButton *>(widget);
        return button ? button->text() : QString();
    }

    QTemporaryDir m_folder;
    std::unique_ptr<lab::Lab> m_lab;
    std::shared_ptr<kube::Client> m_client;
    std::unique_ptr<engine::Engine> m_engine;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<ui::MainWindow> m_window;
};

const QString Reviews = QStringLiteral("VirtualService/shop/reviews");

} // namespace

class WindowOnLab : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { ui::installTheme(*qApp, ui::SchemeChoice::Dark); }

    void init()
    {
        m_desk = std::make_unique<Desk>();
        QTRY_VERIFY_WITH_TIMEOUT(m_desk->engine().routes().isLoaded(), Patience);
        QTRY_VERIFY_WITH_TIMEOUT(m_desk->engine().contexts().connection().state == engine::Connection::Live, Patience);
        m_desk->window().openTarget(QStringLiteral("routes:") + Reviews);
        QTRY_VERIFY_WITH_TIMEOUT(m_desk->find<QLineEdit>(QStringLiteral("Draft weight of v2")), Patience);
    }

    void cleanup() { m_desk.reset(); }

    void aLockedContextSendsNothing()
    {
        typeWeight(QStringLiteral("25"));
        QCOMPARE(m_desk->storedWeights(), (QList<qint64> {90, 10}));
        QVERIFY(m_desk->engine().contexts().current().isLocked);
        const auto *apply = m_desk->find<QPushButton>(QStringLiteral("Apply"));
        QVERIFY(!apply || !apply->isEnabled());
        const std::uint64_t version = m_desk->lab().stats().resourceVersion;
        engine::RouteDraft draft = draftOf({75, 25});
        QSignalSpy finished(&m_desk->engine().writes(), &engine::WriteService::finished);
        m_desk->engine().writes().apply(draft, {});
        QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, Patience);
        QVERIFY(!finished.first().at(1).value<engine::WriteOutcome>().isOk);
        QCOMPARE(m_desk->lab().stats().resourceVersion, version);
        QCOMPARE(m_desk->storedWeights(), (QList<qint64> {90, 10}));
    }

    void editRehearseUnlockApplyAndUndo()
    {
        typeWeight(QStringLiteral("25"));
        const engine::DiffView diff = m_desk->engine().writes().diff(draftOf({75, 25}));
        QCOMPARE(diff.changedFields, 2);

        engine::RehearsalRequest request;
        request.routeId = Reviews;
        request.section = QStringLiteral("http");
        request.rule = lastRule();
        request.weights = {75, 25};
        request.ratePerSecond = 2000;
        request.maxRequests = 10000;
        m_desk->engine().rehearsal().start(request);
        QTRY_VERIFY_WITH_TIMEOUT(m_desk->engine().rehearsal().status().phase == engine::RehearsalStatus::Phase::Done, 60000);
        const engine::RehearsalStatus status = m_desk->engine().rehearsal().status();
        QVERIFY(status.requests >= 10000);
        QCOMPARE(status.shares.size(), 2);
        QVERIFY2(std::abs(status.shares[1].share - 0.25) < 0.025, "more than five standard deviations off");

        unlock();
        QPushButton *apply = nullptr;
        QTRY_VERIFY_WITH_TIMEOUT((apply = m_desk->find<QPushButton>(QStringLiteral("Apply to lab"))) && apply->isEnabled(), Patience);
        QTest::mouseClick(apply, Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(m_desk->storedWeights(), (QList<qint64> {75, 25}), Patience);
        QTRY_COMPARE_WITH_TIMEOUT(newest().state, QStringLiteral("applied"), Patience);
        QVERIFY(newest().canUndo);

        m_desk->window().requestUndo(newest().id);
        QPushButton *undo = nullptr;
        QTRY_VERIFY_WITH_TIMEOUT((undo = dialogButton(QStringLiteral("Undo"))), Patience);
        QTest::mouseClick(undo, Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(m_desk->storedWeights(), (QList<qint64> {90, 10}), Patience);
    }

    void aConflictKeepsTheDraftAndWritesNothing()
    {
        unlock();
        const engine::RouteDraft draft = draftOf({75, 25});
        const int rule = lastRule();
        const std::string path = "/spec/http/" + std::to_string(rule) + "/route/";
        value::Value patch = value::Value::list({
            value::Value::map({{"op", "replace"}, {"path", path + "0/weight"}, {"value", 50}}),
            value::Value::map({{"op", "replace"}, {"path", path + "1/weight"}, {"value", 50}}),
        });
        QVERIFY(m_desk->client().patch({"networking.istio.io", "v1", "virtualservices"}, "shop", "reviews", kube::PatchType::Json, patch));
        QSignalSpy finished(&m_desk->engine().writes(), &engine::WriteService::finished);
        m_desk->engine().writes().apply(draft, {});
        QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, Patience);
        const auto outcome = finished.first().at(1).value<engine::WriteOutcome>();
        QVERIFY(!outcome.isOk);
        QVERIFY(outcome.isConflict);
        QCOMPARE(m_desk->storedWeights(), (QList<qint64> {50, 50}));
    }

    void theUnlockedStateSurvivesARestart()
    {
        unlock();
        m_desk->open();
        QTRY_VERIFY_WITH_TIMEOUT(m_desk->engine().routes().isLoaded(), Patience);
        QVERIFY(!m_desk->engine().contexts().current().isLocked);
    }

    void brokenWatchesHealAndTheStateSaysSo()
    {
        m_desk->lab().cutWatches();
        m_desk->lab().compact();
        const QString changed = QStringLiteral("60 / 40");
        const std::string path = "/spec/http/" + std::to_string(lastRule()) + "/route/";
        value::Value patch = value::Value::list({
            value::Value::map({{"op", "replace"}, {"path", path + "0/weight"}, {"value", 60}}),
            value::Value::map({{"op", "replace"}, {"path", path + "1/weight"}, {"value", 40}}),
        });
        QVERIFY(m_desk->client().patch({"networking.istio.io", "v1", "virtualservices"}, "shop", "reviews", kube::PatchType::Json, patch));
        QTRY_COMPARE_WITH_TIMEOUT(detail().row.summary, changed, 60000);
        QTRY_VERIFY_WITH_TIMEOUT(m_desk->engine().contexts().connection().state == engine::Connection::Live, 60000);
    }

private:
    engine::RouteDetail detail()
    {
        engine::RouteDetail detail;
        m_desk->engine().routes().detail(Reviews, &detail);
        return detail;
    }

    int lastRule() { return detail().rules.last().index; }

    engine::RouteDraft draftOf(const QList<qint64> &weights)
    {
        engine::RouteDraft draft;
        draft.routeId = Reviews;
        draft.section = QStringLiteral("http");
        draft.rule = lastRule();
        draft.weights = weights;
        draft.resourceVersion = detail().resourceVersion;
        // As the page does when a draft begins: the version it began from is kept.
        [[maybe_unused]] const engine::DiffView view = m_desk->engine().writes().diff(draft);
        return draft;
    }

    engine::JournalEntry newest()
    {
        const QList<engine::JournalEntry> journal = m_desk->engine().writes().journal();
        return journal.isEmpty() ? engine::JournalEntry {} : journal.first();
    }

    void typeWeight(const QString &text)
    {
        auto *field = m_desk->find<QLineEdit>(QStringLiteral("Draft weight of v2"));
        QVERIFY(field);
        field->setFocus();
        field->selectAll();
        QTest::keyClicks(field, text);
        QTest::keyClick(field, Qt::Key_Return);
    }

    QPushButton *dialogButton(const QString &text)
    {
        for (QWidget *top : QApplication::topLevelWidgets()) {
            for (QDialog *dialog : top->findChildren<QDialog *>()) {
                if (!dialog->isVisible())
                    continue;
                for (QPushButton *button : dialog->findChildren<QPushButton *>()) {
                    if (button->text() == text && button->isVisible())
                        return button;
                }
            }
        }
        return nullptr;
    }

    void unlock()
    {
        m_desk->window().requestLockChange();
        QPushButton *button = nullptr;
        QTRY_VERIFY_WITH_TIMEOUT((button = dialogButton(QStringLiteral("Unlock"))), Patience);
        QTest::mouseClick(button, Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(!m_desk->engine().contexts().current().isLocked, Patience);
    }

    std::unique_ptr<Desk> m_desk;
};

QTEST_MAIN(WindowOnLab)
#include "tst_window_on_lab.moc"
