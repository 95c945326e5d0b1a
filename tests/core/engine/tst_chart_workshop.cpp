#include "core/engine/chart_workshop.h"
#include "tests/core/engine/chart_folder.h"

#include <QSignalSpy>
#include <QTest>

using namespace fairway;
using namespace fairway::engine;

namespace {

QString s(const char *text)
{
    return QString::fromUtf8(text);
}

/// A workshop with a chart open in it and its first output there.
class Bench {
public:
    explicit Bench(const QString &path, const std::string &memory = {})
        : shop(dispatcher.poster(), memory)
    {
        shop.open(path);
    }
    [[nodiscard]] QString text() const { return shop.output()->text; }
    [[nodiscard]] bool has(const char *line) const { return text().contains(s(line)); }
    [[nodiscard]] QStringList objects() const
    {
        QStringList names;
        for (const ChartObject &object : shop.output()->objects)
            names << object.kind + QLatin1Char('/') + object.name;
        return names;
    }
    /// The line of the output that holds this text.
    [[nodiscard]] int line(const char *part) const
    {
        const QStringList lines = text().split(QLatin1Char('\n'));
        for (qsizetype i = 0; i < lines.size(); ++i) {
            if (lines[i].contains(s(part)))
                return int(i) + 1;
        }
        return 0;
    }
    void change(const std::function<void(ChartInputs &)> &how)
    {
        ChartInputs inputs = shop.inputs();
        how(inputs);
        shop.setInputs(inputs);
    }

    GuiDispatcher dispatcher;
    ChartWorkshop shop;
};

} // namespace

class TestChartWorkshop : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void opensAFolderAndRenders()
    {
        const test::ChartFolder chart;
        Bench bench(chart.path());
        QTRY_COMPARE(bench.shop.state(), ChartService::State::Open);
        QCOMPARE(bench.shop.info().name, s("checkout"));
        QCOMPARE(bench.shop.info().version, s("2.8.0"));
        QCOMPARE(bench.shop.info().subcharts.size(), 1);
        QCOMPARE(bench.shop.inputs().release, s("checkout"));
        QTRY_VERIFY(bench.shop.output()->isRendered);
        QVERIFY(bench.has("  weight: \"0\"\n"));
        QVERIFY2(bench.has("  size: 64Mi\n"), qPrintable(bench.text()));
        QVERIFY(bench.shop.output()->problems.isEmpty());
        QVERIFY(bench.shop.output()->milliseconds > 0);
    }

    void listsInTheOrderOfAnInstall()
    {
        const test::ChartFolder chart;
        Bench bench(chart.path());
        QTRY_VERIFY(bench.shop.output()->isRendered);
        QCOMPARE(bench.objects(), (QStringList {s("Job/migrate"), s("Secret/checkout"), s("ConfigMap/cache"), s("ConfigMap/checkout")}));
        const ChartObject hook = bench.shop.output()->objects.first();
        QCOMPARE(hook.phase, ChartObject::Phase::PreHook);
        QCOMPARE(hook.hookWeight, -5);
        QCOMPARE(hook.line, 1);
        QCOMPARE(bench.shop.output()->objects[2].file, s("charts/common/templates/cm.yaml")); // through the alias
        QCOMPARE(bench.shop.output()->objects[3].ns, s("default"));
        const QStringList lines = bench.text().split(QLatin1Char('\n'));
        for (const ChartObject &object : bench.shop.output()->objects) {
            QCOMPARE(lines[object.line - 1], s("---"));
            QVERIFY(lines[object.line].startsWith(s("# Source: checkout/")));
        }
        bench.shop.setOrder(ChartOrder::ByFile);
        QTRY_COMPARE(bench.objects(), (QStringList {s("ConfigMap/cache"), s("ConfigMap/checkout"), s("Job/migrate"), s("Secret/checkout")}));
    }

    void typingIsFollowed()
    {
        const test::ChartFolder chart;
        Bench bench(chart.path());
        QTRY_VERIFY(bench.shop.output()->isRendered);
        QString text = bench.shop.text(s("values.yaml"));
        for (int weight = 1; weight <= 40; ++weight)
            bench.shop.setText(s("values.yaml"), QString(text).replace(s("weight: 0"), s("weight: %1").arg(weight)));
        QTRY_VERIFY(bench.has("  weight: \"40\"\n"));
        QVERIFY(bench.shop.isEdited(s("values.yaml")));
        QCOMPARE(chart.read("values.yaml"), text.toUtf8()); // nothing is written unasked
        QTRY_VERIFY(!bench.shop.isRendering());
    }

    void outputsOnlyGoForward()
    {
        const test::ChartFolder chart;
        Bench bench(chart.path());
        quint64 last = 0;
        bool isSorted = true;
        QObject::connect(&bench.shop, &ChartService::outputChanged, &bench.shop, [&] {
            isSorted = isSorted && bench.shop.output()->generation > last;
            last = bench.shop.output()->generation;
        });
        for (int i = 0; i < 30; ++i) {
            QTRY_COMPARE(bench.shop.state(), ChartService::State::Open);
            bench.change([i](ChartInputs &inputs) { inputs.ns = s("ns%1").arg(i); });
            QCoreApplication::processEvents();
        }
        QTRY_VERIFY(bench.has("  namespace: ns29\n"));
        QVERIFY(isSorted);
    }

    void laterLayersWinAndAreTold()
    {
        const test::ChartFolder chart;
        const QString prod = chart.beside("prod.yaml", "canary:\n  # careful\n  weight: 5\ncache:\n  size: 1Gi\n");
        Bench bench(chart.path());
        QTRY_VERIFY(bench.shop.output()->isRendered);
        bench.change([&](ChartInputs &inputs) {
            inputs.valuesFiles = {{prod, true}};
            inputs.sets = {{SetFlag::Kind::Set, s("canary.weight=15"), true}};
        });
        QTRY_VERIFY(bench.has("  weight: \"15\"\n"));
        QTRY_VERIFY(bench.shop.hasOrigins());
        const QList<ValueLayer> layers = bench.shop.layersOf(s("canary.weight"));
        QCOMPARE(layers.size(), 3);
        QCOMPARE(layers[0].place, (ChartPlace {s("values.yaml"), 5}));
        QCOMPARE(layers[1].label, s("-f prod.yaml"));
        QCOMPARE(layers[1].place, (ChartPlace {prod, 3}));
        QCOMPARE(layers[2].label, s("--set"));
        QCOMPARE(layers[2].setIndex, 0);
        QVERIFY(layers[2].isWinner && !layers[1].isWinner);
        const QList<ValueLayer> size = bench.shop.layersOf(s("cache.size"));
        QCOMPARE(size.size(), 3);
        QCOMPARE(size[0].place, (ChartPlace {s("charts/common/values.yaml"), 1}));
        QCOMPARE(size[1].kind, ValueLayer::Kind::ParentChart);
        QCOMPARE(bench.shop.valueAt({s("charts/common/values.yaml"), 2}), s("cache.ttl"));
        QVERIFY(bench.shop.merged().contains(s("  weight: 15\n")));
        bench.change([&](ChartInputs &inputs) { inputs.sets[0].isOn = false; });
        QTRY_VERIFY(bench.has("  weight: \"5\"\n"));
    }

    void aLineTellsTemplateValueAndLayer()
    {
        const test::ChartFolder chart;
        const QString prod = chart.beside("prod.yaml", "canary:\n  weight: 5\n");
        Bench bench(chart.path());
        QTRY_VERIFY(bench.shop.output()->isRendered);
        bench.change([&](ChartInputs &inputs) {
            inputs.valuesFiles = {{prod, true}};
            inputs.sets = {{SetFlag::Kind::Set, s("canary.weight=15"), true}};
        });
        QTRY_VERIFY(bench.has("  weight: \"15\"\n") && bench.shop.hasOrigins());
        const LineOrigin weight = bench.shop.originOf(bench.line("  weight: "));
        QCOMPARE(weight.place, (ChartPlace {s("templates/configmap.yaml"), 9}));
        QCOMPARE(weight.placeText, s("weight: {{ .Values.canary.weight | quote }}"));
        QCOMPARE(weight.values.size(), 1);
        QCOMPARE(weight.values[0].path, s("canary.weight"));
        QCOMPARE(weight.values[0].layers.size(), 3);
        QCOMPARE(weight.values[0].layers.last().value, s("15"));
        QVERIFY(weight.values[0].layers.last().isWinner);

        const LineOrigin label = bench.shop.originOf(bench.line("    version: ")); // through an include
        QCOMPARE(label.place, (ChartPlace {s("templates/_helpers.tpl"), 3}));
        QCOMPARE(label.includes, (QList<ChartPlace> {{s("templates/configmap.yaml"), 7}}));
        const LineOrigin size = bench.shop.originOf(bench.line("  size: ")); // a subchart's value that the parent says
        QCOMPARE(size.place.file, s("charts/common/templates/cm.yaml"));
        QVERIFY(size.values[0].layers.last().isWinner);
        QCOMPARE(size.values[0].layers.last().place, (ChartPlace {s("values.yaml"), 8}));
        QVERIFY(bench.shop.originOf(bench.line("  key: ")).isRandom);
    }

    void aTemplateOrValueTellsItsLines()
    {
        const test::ChartFolder chart;
        Bench bench(chart.path());
        QTRY_VERIFY(bench.shop.hasOrigins());
        QCOMPARE(bench.shop.linesMadeBy({s("templates/configmap.yaml"), 9}), QList<int> {bench.line("  weight: ")});
        QCOMPARE(bench.shop.linesMadeBy({s("values.yaml"), 5}), QList<int> {bench.line("  weight: ")});
        QCOMPARE(bench.shop.linesMadeBy({s("charts/common/values.yaml"), 2}), QList<int> {bench.line("  ttl: ")});
        QCOMPARE(bench.shop.linesMadeBy({s("charts/common/templates/cm.yaml"), 7}), QList<int> {bench.line("  ttl: ")});
        QVERIFY(bench.shop.linesMadeBy({s("values.yaml"), 1}).isEmpty()); // a comment
        bench.shop.setOrder(ChartOrder::ByFile);
        QTRY_VERIFY(bench.shop.output()->order == ChartOrder::ByFile && bench.shop.hasOrigins());
        QCOMPARE(bench.shop.linesMadeBy({s("values.yaml"), 5}), QList<int> {bench.line("  weight: ")});
    }

    void errorsAreShownWhereTheyAre_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("message");
        QTest::addColumn<int>("line");
        QTest::newRow("a value that is missing") << s("templates/configmap.yaml") << s("a: 1\nb: {{ .Values.no.such.thing }}\n")
                                                 << s(".Values.no.such.thing: nil pointer evaluating interface {}.such") << 2;
        QTest::newRow("an action that isn't closed")
            << s("templates/configmap.yaml") << s("a: 1\n\nb: {{ .Values.image.tag\n") << s("parse error at (checkout/templates/configmap.yaml:4): unclosed action started at checkout/templates/configmap.yaml:3") << 3;
        QTest::newRow("fail in a helper") << s("templates/_helpers.tpl") << s("{{- define \"checkout.labels\" -}}\n{{ fail \"no luck\" }}\n{{- end -}}\n")
                                          << s("execution error at (checkout/templates/configmap.yaml:7:8): no luck") << 0;
        QTest::newRow("values that are no YAML") << s("values.yaml") << s("a: 1\n b: 2\n")
                                                 << s("cannot load values.yaml: cannot unmarshal yaml document: error converting YAML to JSON: yaml: line 2: mapping values are not allowed in this context") << 2;
        QTest::newRow("Chart.yaml without a version") << s("Chart.yaml") << s("apiVersion: v2\nname: x\n") << s("validation: chart.metadata.version is required") << 0;
        QTest::newRow("a value the schema refuses")
            << s("values.yaml") << s("image: {tag: x}\ncanary:\n  weight: 400\n") << s("canary.weight: maximum: got 400, want 100") << 3;
    }
    void errorsAreShownWhereTheyAre()
    {
        QFETCH(QString, file);
        QFETCH(QString, text);
        QFETCH(QString, message);
        QFETCH(int, line);
        const test::ChartFolder chart;
        Bench bench(chart.path());
        QTRY_VERIFY(bench.shop.output()->isRendered);
        const QString good = bench.shop.text(file);
        bench.shop.setText(file, text);
        QTRY_VERIFY(!bench.shop.output()->problems.isEmpty());
        const ChartProblem problem = bench.shop.output()->problems.first();
        QCOMPARE(problem.message, message);
        if (line > 0) {
            QCOMPARE(problem.file, file);
            QCOMPARE(problem.line, line);
        }
        bench.shop.setText(file, good);
        QTRY_VERIFY(bench.shop.output()->isRendered && bench.shop.output()->problems.isEmpty());
        QVERIFY(!bench.shop.isEdited(file));
    }

    void aSchemaErrorStillShowsWhatWouldComeOut()
    {
        const test::ChartFolder chart;
        Bench bench(chart.path());
        QTRY_VERIFY(bench.shop.output()->isRendered);
        bench.change([](ChartInputs &inputs) { inputs.sets = {{SetFlag::Kind::Set, s("canary.weight=400"), true}}; });
        QTRY_VERIFY(bench.has("  weight: \"400\"\n"));
        QVERIFY(bench.shop.output()->isRendered);
        QCOMPARE(bench.shop.output()->problems.size(), 1);
        QCOMPARE(bench.shop.output()->problems.first().valuePath, s("canary.weight"));
    }

    void randomLinesAreFoundAndPinned()
    {
        const test::ChartFolder chart;
        Bench bench(chart.path());
        QTRY_VERIFY(bench.shop.hasOrigins());
        QCOMPARE(bench.shop.randomLines(), QList<int> {bench.line("  key: ")});
        const QString first = bench.text();
        bench.change([](ChartInputs &inputs) { inputs.ns = s("other"); });
        QTRY_VERIFY(bench.has("namespace: other"));
        const auto keyOf = [](const QString &text) { return text.section(s("  key: "), 1).section(QLatin1Char('\n'), 0, 0); };
        QCOMPARE(keyOf(bench.text()), keyOf(first));
        bench.shop.renderAgain();
        QTRY_VERIFY(keyOf(bench.text()) != keyOf(first));
    }

    void keysStayPinnedToo()
    {
        const test::ChartFolder chart;
        chart.write("templates/secret.yaml",
            "apiVersion: v1\nkind: Secret\nmetadata:\n  name: {{ .Release.Namespace }}\nstringData:\n  key: {{ genPrivateKey \"ed25519\" | b64enc }}\n"
            "  other: {{ genPrivateKey \"ed25519\" | b64enc }}\n");
        Bench bench(chart.path());
        QTRY_VERIFY(bench.shop.hasOrigins());
        QCOMPARE(bench.shop.randomLines(), QList<int>({bench.line("  key: "), bench.line("  other: ")}));
        const auto keyOf = [](const QString &text, const char *name) { return text.section(s(name), 1).section(QLatin1Char('\n'), 0, 0); };
        const QString first = bench.text();
        QVERIFY(keyOf(first, "  key: ") != keyOf(first, "  other: "));
        bench.change([](ChartInputs &inputs) { inputs.ns = s("other"); });
        QTRY_VERIFY(bench.has("namespace: other"));
        QCOMPARE(keyOf(bench.text(), "  key: "), keyOf(first, "  key: "));
        QCOMPARE(keyOf(bench.text(), "  other: "), keyOf(first, "  other: "));
        bench.shop.renderAgain();
        QTRY_VERIFY(keyOf(bench.text(), "  key: ") != keyOf(first, "  key: "));
    }

    void yamlFaultsStandAtTheTemplatesLine()
    {
        const test::ChartFolder chart;
        chart.write("templates/secret.yaml", "apiVersion: v1\n{{/* a comment\n of two lines */}}\nkind: Secret\nmetadata: {{ .Values.image.tag }}: x: y\n");
        Bench bench(chart.path());
        QTRY_VERIFY(!bench.shop.output()->problems.isEmpty());
        QCOMPARE(bench.shop.output()->problems.first().file, s("templates/secret.yaml"));
        QCOMPARE(bench.shop.output()->problems.first().line, 5);
    }

    void lookupFindsWhatTheUserSupplies()
    {
        const test::ChartFolder chart;
        chart.write("templates/lookup.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: seen\ndata:\n  found: {{ with lookup \"v1\" \"Secret\" \"shop\" \"db\" }}{{ .metadata.uid }}{{ else }}none{{ end }}\n");
        const QString objects = chart.beside("objects.yaml", "apiVersion: v1\nkind: Secret\nmetadata: {name: db, namespace: shop, uid: abc-1}\n");
        Bench bench(chart.path());
        QTRY_VERIFY(bench.has("  found: none\n"));
        bench.change([&](ChartInputs &inputs) { inputs.lookupFile = objects; });
        QTRY_VERIFY(bench.has("  found: abc-1\n"));
        for (const char *nowhere : {"/nowhere", "/"}) { // as somebody types a path
            bench.change([&](ChartInputs &inputs) { inputs.lookupFile = s(nowhere); });
            QTRY_VERIFY(!bench.shop.output()->isRendered && !bench.shop.isRendering());
            QVERIFY(!bench.shop.output()->problems.isEmpty());
            QVERIFY2(bench.shop.output()->problems.first().message.contains(s(nowhere)), qPrintable(bench.shop.output()->problems.first().message));
        }
        bench.change([&](ChartInputs &inputs) { inputs.lookupFile = objects; });
        QTRY_VERIFY(bench.has("  found: abc-1\n"));
    }

    void changesOnTheDiskAppearAtOnce()
    {
        const test::ChartFolder chart;
        Bench bench(chart.path());
        QTRY_VERIFY(bench.shop.output()->isRendered);
        QSignalSpy spy(&bench.shop, &ChartService::textChanged);
        chart.write("values.yaml", "image:\n  tag: \"9\"\ncanary:\n  weight: 77\n");
        QTRY_VERIFY(bench.has("  weight: \"77\"\n"));
        QVERIFY(spy.contains(QList<QVariant> {s("values.yaml")}));
        chart.write("templates/new.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: fresh\n");
        QTRY_VERIFY(bench.has("  name: fresh\n"));
        QFile::remove(chart.path() + s("/templates/new.yaml"));
        QTRY_VERIFY(!bench.has("  name: fresh\n"));
    }

    void anEditIsNeverLostToTheDisk()
    {
        const test::ChartFolder chart;
        Bench bench(chart.path());
        QTRY_VERIFY(bench.shop.output()->isRendered);
        const QString mine = s("image:\n  tag: mine\ncanary:\n  weight: 1\n");
        bench.shop.setText(s("values.yaml"), mine);
        chart.write("values.yaml", "image:\n  tag: theirs\ncanary:\n  weight: 2\n");
        QTRY_COMPARE(bench.shop.conflicts(), QStringList {s("values.yaml")});
        QCOMPARE(bench.shop.text(s("values.yaml")), mine);
        QSignalSpy saved(&bench.shop, &ChartService::saved);
        bench.shop.save(s("values.yaml"));
        QCOMPARE(saved.size(), 1);
        QVERIFY(!saved.first()[1].toString().isEmpty());
        QVERIFY(chart.read("values.yaml").contains("theirs"));
        bench.shop.keepMine(s("values.yaml"));
        bench.shop.save(s("values.yaml"));
        QTRY_COMPARE(saved.size(), 2);
        QCOMPARE(saved.last()[1].toString(), QString());
        QCOMPARE(chart.read("values.yaml"), mine.toUtf8());
        QVERIFY(bench.shop.editedFiles().isEmpty());
    }

    void discardTakesTheirs()
    {
        const test::ChartFolder chart;
        Bench bench(chart.path());
        QTRY_VERIFY(bench.shop.output()->isRendered);
        bench.shop.setText(s("values.yaml"), s("canary: {weight: 1}\nimage: {tag: x}\n"));
        chart.write("values.yaml", "image:\n  tag: theirs\ncanary:\n  weight: 2\n");
        QTRY_VERIFY(!bench.shop.conflicts().isEmpty());
        bench.shop.discard(s("values.yaml"));
        QVERIFY(bench.shop.conflicts().isEmpty());
        QVERIFY(bench.shop.text(s("values.yaml")).contains(s("theirs")));
        QTRY_VERIFY(bench.has("  weight: \"2\"\n"));
    }

    void savingKeepsTheFilesMode()
    {
        const test::ChartFolder chart;
        const QString file = chart.path() + s("/values.yaml");
        QFile::setPermissions(file, QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup);
        Bench bench(chart.path());
        QTRY_VERIFY(bench.shop.output()->isRendered);
        QSignalSpy saved(&bench.shop, &ChartService::saved);
        bench.shop.setText(s("values.yaml"), s("canary: {weight: 1}\nimage: {tag: x}\n"));
        bench.shop.save(s("values.yaml"));
        QTRY_COMPARE(saved.size(), 1);
        QVERIFY(QFile::permissions(file) & QFile::ReadGroup);
        QVERIFY(!(QFile::permissions(file) & QFile::ReadOther));
    }

    void lintFollows()
    {
        const test::ChartFolder chart;
        Bench bench(chart.path());
        QTRY_VERIFY(!bench.shop.findings().isEmpty()); // "icon is recommended"
        QCOMPARE(bench.shop.findings().first().file, s("Chart.yaml"));
        QCOMPARE(bench.shop.findings().first().severity, Severity::Info);
        bench.shop.setText(s("Chart.yaml"), s("apiVersion: v2\nname: checkout\nversion: 2.8.0\nicon: https://example.com/i.png\n"));
        QTRY_VERIFY(bench.shop.findings().isEmpty()
            || std::none_of(bench.shop.findings().cbegin(), bench.shop.findings().cend(), [](const ChartProblem &p) { return p.message.contains(s("icon")); }));
    }

    void whatIsNoChartIsRefused_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("message");
        QTest::newRow("nothing there") << s("/no/such/chart") << s("stat /no/such/chart: no such file or directory");
        static const test::ChartFolder chart;
        QTest::newRow("no archive") << chart.beside("notes.txt", "These are notes, not a packaged chart.\n") << s("gzip: invalid header");
        QTest::newRow("a folder without Chart.yaml") << chart.path() + s("/templates") << s("Chart.yaml file is missing");
    }
    void whatIsNoChartIsRefused()
    {
        QFETCH(QString, path);
        QFETCH(QString, message);
        Bench bench(path);
        QTRY_COMPARE(bench.shop.state(), ChartService::State::Failed);
        QVERIFY2(bench.shop.problem().contains(message), qPrintable(bench.shop.problem()));
    }

    void inputsAreRememberedFlagsAreNot()
    {
        const test::ChartFolder chart;
        const QTemporaryDir state;
        const std::string memory = state.path().toStdString() + "/charts.yaml";
        {
            Bench bench(chart.path(), memory);
            QTRY_VERIFY(bench.shop.output()->isRendered);
            bench.change([](ChartInputs &inputs) {
                inputs.release = s("mine");
                inputs.sets = {{SetFlag::Kind::Set, s("password=hunter2"), true}};
                inputs.cluster.kubeVersion = s("1.31");
            });
            bench.shop.saveProfile({s("prod"), s("1.31"), {s("networking.istio.io/v1")}});
            QTRY_VERIFY(bench.has("name: mine\n"));
        }
        QFile file(QString::fromStdString(memory));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(!file.readAll().contains("hunter2"));
        Bench again(chart.path(), memory);
        QTRY_VERIFY(again.has("name: mine\n"));
        QCOMPARE(again.shop.recent(), QStringList {chart.path()});
        QCOMPARE(again.shop.profiles().size(), 1);
        QVERIFY(again.shop.inputs().sets.isEmpty());
    }

    void exportsWhatHelmPrints()
    {
        const test::ChartFolder chart;
        Bench bench(chart.path());
        QTRY_VERIFY(bench.shop.output()->isRendered);
        QSignalSpy exported(&bench.shop, &ChartService::exported);
        const QString file = chart.beside("out.yaml", {});
        bench.shop.exportManifests(file);
        QTRY_COMPARE(exported.size(), 1);
        QCOMPARE(exported.first()[1].toString(), QString());
        QFile out(file);
        QVERIFY(out.open(QIODevice::ReadOnly));
        const QByteArray text = out.readAll();
        QVERIFY(text.startsWith("---\n# Source: checkout/templates/secret.yaml\n"));
        QVERIFY(text.indexOf("migrate") > text.indexOf("name: cache")); // hooks stand last, as in `helm template`
    }
};

QTEST_GUILESS_MAIN(TestChartWorkshop)
#include "tst_chart_workshop.moc"
