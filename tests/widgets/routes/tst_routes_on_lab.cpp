#include "core/engine/engine.h"
#include "core/kube/client.h"
#include "core/kube/kubeconfig.h"
#include "core/lab/lab.h"
#include "core/value/json.h"
#include "widgets/routes/routes_page.h"
#include "widgets/theme/theme.h"

#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

/// The Routes page on the real engine and a practice cluster, while another client writes to the same route.
using namespace fairway;

namespace {

constexpr int Patience = 20000; ///< For conditions on a busy machine; nothing waits longer than it takes.
const QString Ratings = QStringLiteral("VirtualService/shop/ratings");
const kube::ResourceId VirtualServices {"networking.istio.io", "v1", "virtualservices"};

class Desk {
public:
    Desk()
    {
        auto started = lab::Lab::start();
        if (!started)
            qFatal("the practice cluster: %s", started.error().message.c_str());
        m_lab = std::move(*started);
        QFile file(m_folder.filePath(QStringLiteral("kubeconfig")));
        if (!file.open(QIODevice::WriteOnly))
            qFatal("no kubeconfig");
        file.write(QByteArray::fromStdString(m_lab->kubeconfigText()));
        file.close();
        auto parsed = kube::Kubeconfig::fromText(m_lab->kubeconfigText(), "lab");
        m_client = std::move(*kube::Client::create(std::move(*parsed->access())));
        engine::EngineOptions options;
        options.kubeconfig = file.fileName();
        options.stateFolder = m_folder.filePath(QStringLiteral("state"));
        m_engine = engine::createEngine(options);
        m_page = std::make_unique<ui::RoutesPage>(*m_engine, ui::theme());
        m_page->resize(1400, 860);
        m_page->show();
    }

    [[nodiscard]] engine::Engine &engine() { return *m_engine; }
    [[nodiscard]] ui::RoutesPage &page() { return *m_page; }

    /// As somebody else would.
    void patch(kube::PatchType type, const char *text, const char *manager)
    {
        kube::WriteOptions options;
        options.fieldManager = manager;
        options.force = type == kube::PatchType::Apply;
        const auto body = value::parseJson(text);
        QVERIFY(body);
        const auto done = m_client->patch(VirtualServices, "shop", "ratings", type, *body, options);
        QVERIFY2(done, done ? "" : done.error().message.c_str());
    }
    void insertVip()
    {
        patch(kube::PatchType::Json,
            R"([{"op": "add", "path": "/spec/http/0", "value": {"match": [{"uri": {"prefix": "/vip"}}], "route": [
                {"destination": {"host": "ratings.shop.svc.cluster.local", "subset": "v1"}, "weight": 95},
                {"destination": {"host": "ratings.shop.svc.cluster.local", "subset": "v2"}, "weight": 5}]}}])",
            "somebody");
    }

    /// Weights of each rule, and its timeout: "95 5 | 70 30 7s".
    [[nodiscard]] QString stored()
    {
        const auto object = m_client->get(VirtualServices, "shop", "ratings");
        const value::Value parsed = object ? *object->parse() : value::Value();
        const value::Value &rules = parsed["spec"]["http"];
        QStringList out;
        for (std::size_t r = 0; r < rules.size(); ++r) {
            QStringList parts;
            for (std::size_t i = 0; i < rules[r]["route"].size(); ++i)
                parts.append(QString::number(rules[r]["route"][i]["weight"].intOr(-1)));
            if (rules[r]["timeout"].isString())
                parts.append(QString::fromStdString(std::string(rules[r]["timeout"].stringOr())));
            out.append(parts.join(u' '));
        }
        return out.join(QStringLiteral(" | "));
    }

    template <typename Control>
    [[nodiscard]] Control *find(const QString &name)
    {
        for (Control *control : m_page->findChildren<Control *>()) {
            if (control->isVisible() && (control->accessibleName() == name || textOf(control) == name))
                return control;
        }
        return nullptr;
    }
    [[nodiscard]] bool shows(const QString &text)
    {
        const auto labels = m_page->findChildren<QLabel *>();
        return std::any_of(labels.begin(), labels.end(), [&](const QLabel *label) { return label->isVisible() && label->text().contains(text); });
    }

    [[nodiscard]] engine::RouteDetail detail()
    {
        engine::RouteDetail out;
        return m_engine->routes().detail(Ratings, &out) ? out : engine::RouteDetail();
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
    std::unique_ptr<ui::RoutesPage> m_page;
};

} // namespace

class RoutesOnLab : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { ui::installTheme(*qApp, ui::SchemeChoice::Dark); }

    void init()
    {
        m_desk = std::make_unique<Desk>();
        QTRY_VERIFY_WITH_TIMEOUT(m_desk->engine().contexts().connection().state == engine::Connection::Live, Patience);
        QTRY_VERIFY_WITH_TIMEOUT(!m_desk->detail().rules.isEmpty(), Patience);
        m_desk->engine().contexts().setLocked(false);
        m_desk->page().openTarget(Ratings);
        QTRY_VERIFY_WITH_TIMEOUT(m_desk->find<QLineEdit>(QStringLiteral("Draft weight of v2")), Patience);
    }

    void cleanup() { m_desk.reset(); }

    void weightsFollowTheirRule()
    {
        type(QStringLiteral("30"));
        m_desk->insertVip();
        QTRY_VERIFY_WITH_TIMEOUT(m_desk->shows(QStringLiteral("Split of rule 2")), Patience);
        QCOMPARE(m_desk->find<QLineEdit>(QStringLiteral("Draft weight of v2"))->text(), QStringLiteral("30"));
        QTRY_VERIFY_WITH_TIMEOUT(m_desk->find<QPushButton>(QStringLiteral("Apply to lab")) && m_desk->find<QPushButton>(QStringLiteral("Apply to lab"))->isEnabled(), Patience);
        m_desk->find<QPushButton>(QStringLiteral("Apply to lab"))->click();
        QTRY_VERIFY_WITH_TIMEOUT(m_desk->shows(QStringLiteral("Applied.")), Patience);
        QCOMPARE(m_desk->stored(), QStringLiteral("95 5 | 70 30"));
    }

    /// Whatever the window takes for the rule's place.
    void aStaleDraftIsWrittenToNoOtherRule()
    {
        const engine::RouteDetail before = m_desk->detail();
        engine::RouteDraft draft;
        draft.routeId = Ratings;
        draft.section = QStringLiteral("http");
        draft.identity = before.rules[0].identity;
        draft.weights = {70, 30};
        m_desk->insertVip();
        QTRY_VERIFY_WITH_TIMEOUT(m_desk->detail().rules.size() == 2, Patience);
        draft.rule = 0;
        draft.resourceVersion = m_desk->detail().resourceVersion;
        write(draft);
        QCOMPARE(m_desk->stored(), QStringLiteral("95 5 | 70 30"));

        m_desk->patch(kube::PatchType::Json, R"([{"op": "remove", "path": "/spec/http/1"}])", "somebody");
        QTRY_VERIFY_WITH_TIMEOUT(m_desk->detail().rules.size() == 1, Patience);
        draft.resourceVersion = m_desk->detail().resourceVersion;
        draft.weights = {60, 40};
        const engine::WriteOutcome outcome = write(draft);
        QVERIFY(!outcome.isOk);
        QVERIFY(outcome.isConflict);
        QCOMPARE(m_desk->stored(), QStringLiteral("95 5"));
    }

    void fieldsLaidOverAreThoseOfTheirRule()
    {
        const engine::RouteDetail before = m_desk->detail();
        engine::RouteDraft draft;
        draft.routeId = Ratings;
        draft.kind = engine::DraftKind::Rule;
        draft.section = QStringLiteral("http");
        draft.identity = before.rules[0].identity;
        draft.resourceVersion = before.resourceVersion;
        draft.fields = {{QStringLiteral("timeout"), QStringLiteral("7s")}};
        QVERIFY(m_desk->engine().writes().diff(draft).problem.isEmpty()); // looked at, as the dialog does
        m_desk->insertVip();
        QTRY_VERIFY_WITH_TIMEOUT(m_desk->detail().rules.size() == 2, Patience);
        QVERIFY(write(draft).isConflict);
        QSignalSpy refreshed(&m_desk->engine().writes(), &engine::WriteService::draftRefreshed);
        m_desk->engine().writes().refreshDraft(draft);
        QTRY_COMPARE_WITH_TIMEOUT(refreshed.count(), 1, Patience);
        const auto renewed = refreshed.first().first().value<engine::RouteDraft>();
        QCOMPARE(renewed.rule, 1);
        QVERIFY(write(renewed).isOk);
        QCOMPARE(m_desk->stored(), QStringLiteral("95 5 | 95 5 7s"));
    }

    void whoOwnsTheWeightsIsNamedBeforeTheWrite()
    {
        m_desk->patch(kube::PatchType::Apply,
            R"({"apiVersion": "networking.istio.io/v1", "kind": "VirtualService", "metadata": {"name": "ratings", "namespace": "shop",
                "annotations": {"argocd.argoproj.io/tracking-id": "shop:networking.istio.io/VirtualService:shop/ratings"}},
                "spec": {"hosts": ["ratings.shop.example"], "gateways": ["public-gw", "mesh"], "http": [{"route": [
                {"destination": {"host": "ratings.shop.svc.cluster.local", "subset": "v1"}, "weight": 90},
                {"destination": {"host": "ratings.shop.svc.cluster.local", "subset": "v2"}, "weight": 10}]}]}})",
            "argocd-controller");
        QTRY_COMPARE_WITH_TIMEOUT(m_desk->detail().owner, QStringLiteral("Argo CD"), Patience); // by its mark
        type(QStringLiteral("30"));
        QTRY_VERIFY_WITH_TIMEOUT(m_desk->shows(QStringLiteral("Argo CD owns these weights")), Patience);
        QVERIFY(m_desk->shows(QStringLiteral("field manager argocd-controller owns spec.http")));
        QVERIFY(!m_desk->find<QPushButton>(QStringLiteral("Apply to lab")));
        QVERIFY(m_desk->find<QPushButton>(QStringLiteral("Apply anyway…")));
        QVERIFY(m_desk->find<QPushButton>(QStringLiteral("Export patch")));
    }

private:
    void type(const QString &weight)
    {
        auto *edit = m_desk->find<QLineEdit>(QStringLiteral("Draft weight of v2"));
        QVERIFY(edit);
        edit->selectAll();
        QTest::keyClicks(edit, weight);
        QTest::keyClick(edit, Qt::Key_Return);
    }
    engine::WriteOutcome write(const engine::RouteDraft &draft)
    {
        QSignalSpy finished(&m_desk->engine().writes(), &engine::WriteService::finished);
        m_desk->engine().writes().apply(draft, {});
        if (!QTest::qWaitFor([&] { return finished.count() == 1; }, Patience))
            return {};
        return finished.first().at(1).value<engine::WriteOutcome>();
    }

    std::unique_ptr<Desk> m_desk;
};

QTEST_MAIN(RoutesOnLab)
#include "tst_routes_on_lab.moc"
