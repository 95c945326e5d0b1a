#include "core/chart/package_chart.h"
#include "core/engine/chart_library.h"
#include "core/engine/chart_source.h"
#include "tests/core/chart/loopback_server.h"
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

void write(const QString &path, const QByteArray &text)
{
    QDir().mkpath(path.section(QLatin1Char('/'), 0, -2));
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate) || file.write(text) != text.size())
        qFatal("%s can't be written", qPrintable(path));
}

/// Helm's files in a folder of their own, and a repository "shop" with two versions of a chart.
class Bench {
public:
    Bench()
        : server([this](const test::LoopbackServer::Request &request) {
            test::LoopbackServer::Response response;
            if (request.target == "/index.yaml")
                response.body = index().toStdString();
            else if (request.target == "/checkout-2.8.0.tgz")
                response.body = archive;
            else
                response.status = 404;
            response.holds = holds && request.target != "/index.yaml";
            return response;
        })
    {
        qputenv("HELM_REPOSITORY_CONFIG", (folder.path() + s("/repositories.yaml")).toUtf8());
        qputenv("HELM_REPOSITORY_CACHE", (folder.path() + s("/cache")).toUtf8());
        qputenv("HELM_CONTENT_CACHE", (folder.path() + s("/content")).toUtf8());
        qputenv("HELM_REGISTRY_CONFIG", (folder.path() + s("/registry.json")).toUtf8());
        qputenv("XDG_CACHE_HOME", (folder.path() + s("/xdg")).toUtf8());
        qputenv("XDG_CONFIG_HOME", (folder.path() + s("/config")).toUtf8());
        const chart::Messages silent(chart::HelmVersion::V4);
        chart::ValueSources sources;
        chart::PackageOptions options;
        options.destination = folder.path().toStdString();
        const auto made = chart::packageChart(sample.path().toStdString(), options, {chart::HelmVersion::V4, silent, sources});
        QFile file(made ? QString::fromStdString(*made) : QString());
        if (!file.open(QIODevice::ReadOnly))
            qFatal("the sample can't be packed");
        archive = file.readAll().toStdString();
    }
    void addRepository() const
    {
        write(folder.path() + s("/repositories.yaml"),
            QByteArray("apiVersion: \"\"\ngenerated: \"0001-01-01T00:00:00Z\"\nrepositories:\n- name: shop\n  url: ") + server.url().c_str() + "\n");
    }
    [[nodiscard]] QByteArray index() const
    {
        return "apiVersion: v1\nentries:\n  checkout:\n  - {apiVersion: v2, name: checkout, version: 2.8.0, appVersion: 4.12.0, description: Takes the money, urls: [checkout-2.8.0.tgz]}\n"
               "  - {apiVersion: v2, name: checkout, version: 2.7.0, urls: [checkout-2.7.0.tgz]}\n"
               "  old: [{apiVersion: v2, name: old, version: 0.1.0, deprecated: true, urls: [old.tgz]}]\n";
    }
    LibraryListing listing(bool isFresh)
    {
        LibraryListing out;
        QSignalSpy spy(&library, &ChartLibrary::listed);
        const auto connection = QObject::connect(&library, &ChartLibrary::listed, &library, [&](const LibraryListing &got) { out = got; });
        isFresh ? library.refresh() : library.list();
        if (!spy.wait(30'000))
            out.problems.append(s("no answer"));
        QObject::disconnect(connection);
        return out;
    }
    /// Path and problem.
    QStringList fetch(const QString &reference, const QString &version, const QString &unpackInto = {})
    {
        QSignalSpy spy(&library, &ChartLibrary::fetched);
        library.fetch(reference, version, unpackInto);
        return spy.wait(30'000) ? QStringList {spy[0][0].toString(), spy[0][1].toString()} : QStringList {QString(), s("no answer")};
    }

    QTemporaryDir folder;
    test::ChartFolder sample;
    std::string archive;
    std::atomic<bool> holds {false};
    test::LoopbackServer server;
    ChartLibrary library;
};

} // namespace

class TestChartLibrary : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void withoutRepositoriesThereIsNothingAndNoError()
    {
        Bench bench;
        const LibraryListing none = bench.listing(false);
        QCOMPARE(none.repositories, 0);
        QVERIFY(none.charts.isEmpty());
        QVERIFY(none.problems.isEmpty());
    }

    void listsTheCachedIndexes()
    {
        Bench bench;
        bench.addRepository();
        const LibraryListing before = bench.listing(false);
        QCOMPARE(before.repositories, 1);
        QCOMPARE(before.problems.size(), 1); // nobody has fetched its index yet
        QVERIFY(before.problems[0].startsWith(s("shop: ")));
        const LibraryListing fresh = bench.listing(true);
        QVERIFY2(fresh.problems.isEmpty(), qPrintable(fresh.problems.join(QLatin1Char('\n'))));
        QCOMPARE(fresh.charts.size(), 2);
        QCOMPARE(fresh.charts[0].name, s("shop/checkout"));
        QCOMPARE(fresh.charts[0].versions, (QStringList {s("2.8.0"), s("2.7.0")}));
        QCOMPARE(fresh.charts[0].appVersion, s("4.12.0"));
        QVERIFY(fresh.charts[1].isDeprecated);
        const auto asked = bench.server.requests().size();
        QCOMPARE(bench.listing(false).charts, fresh.charts);
        QCOMPARE(bench.server.requests().size(), asked); // from the cache
    }

    void aBrokenRepositoryFileIsToldOf()
    {
        Bench bench;
        write(bench.folder.path() + s("/repositories.yaml"), "repositories: [");
        QCOMPARE(bench.listing(false).problems.size(), 1);
    }

    void fetchesAVersionThatOpens()
    {
        Bench bench;
        bench.addRepository();
        QVERIFY(bench.listing(true).problems.isEmpty());
        const QStringList got = bench.fetch(s("shop/checkout"), s("2.8.0"));
        QCOMPARE(got[1], QString());
        QVERIFY2(got[0].endsWith(s("/fairway/charts/shop/checkout-2.8.0.tgz")), qPrintable(got[0]));
        QVERIFY(readChartSource(got[0].toStdString()).has_value());
        const QStringList none = bench.fetch(s("shop/checkout"), s("9.9.9"));
        QVERIFY2(none[1].contains(s("9.9.9")), qPrintable(none[1]));
        QVERIFY(!bench.fetch(s("shop/checkout"), s("2.7.0"))[1].isEmpty()); // in the index, not on the server
        QVERIFY(!bench.fetch(s("nowhere/checkout"), {})[1].isEmpty());
    }

    void unpacksToBeEditedAndNeverOverSomething()
    {
        Bench bench;
        bench.addRepository();
        QVERIFY(bench.listing(true).problems.isEmpty());
        const QString parent = bench.folder.path() + s("/work");
        QDir().mkpath(parent);
        const QStringList got = bench.fetch(s("shop/checkout"), {}, parent);
        QCOMPARE(got, (QStringList {parent + s("/checkout"), QString()}));
        QVERIFY(QFile::exists(parent + s("/checkout/values.yaml")));
        QCOMPARE(QDir(parent).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot), QStringList {s("checkout")});
        QVERIFY(QFile::remove(parent + s("/checkout/values.yaml")));
        QVERIFY(bench.fetch(s("shop/checkout"), {}, parent)[1].contains(s("already")));
        QVERIFY(!QFile::exists(parent + s("/checkout/values.yaml")));
    }

    void cancelEndsADownloadThatHangs()
    {
        Bench bench;
        bench.addRepository();
        QVERIFY(bench.listing(true).problems.isEmpty());
        bench.holds = true;
        const auto asked = bench.server.requests().size();
        QSignalSpy spy(&bench.library, &ChartLibrary::fetched);
        bench.library.fetch(s("shop/checkout"), s("2.8.0"));
        QTRY_VERIFY(bench.server.requests().size() > asked);
        bench.library.cancel();
        QVERIFY(!bench.library.isBusy());
        // Only when the one before has really ended, the next is answered: one thread does them.
        QCOMPARE(bench.listing(false).charts.size(), 2);
        QCOMPARE(spy.size(), 0);
    }

    void dependenciesComeIntoTheChart()
    {
        Bench bench;
        bench.addRepository();
        const test::ChartFolder chart;
        chart.write("Chart.yaml",
            QByteArray("apiVersion: v2\nname: parent\nversion: 1.0.0\ndependencies:\n- {name: checkout, version: ^2, repository: '") + bench.server.url().c_str() + "'}\n");
        QSignalSpy spy(&bench.library, &ChartLibrary::fetched);
        bench.library.fetchDependencies(chart.path());
        QVERIFY(spy.wait(30'000));
        QCOMPARE(spy[0][1].toString(), QString());
        QVERIFY(QFile::exists(chart.path() + s("/charts/checkout-2.8.0.tgz")));
        QVERIFY(QFile::exists(chart.path() + s("/Chart.lock")));
        // Asked for again they come by the lock; a lock of another Chart.yaml is made anew.
        chart.write("Chart.yaml",
            QByteArray("apiVersion: v2\nname: parent\nversion: 1.0.0\ndependencies:\n- {name: checkout, version: 2.8.0, repository: '") + bench.server.url().c_str() + "'}\n");
        bench.library.fetchDependencies(chart.path());
        QVERIFY(spy.wait(30'000));
        QCOMPARE(spy[1][1].toString(), QString());
        chart.write("Chart.yaml", "apiVersion: v2\nname: parent\nversion: 1.0.0\ndependencies:\n- {name: gone, version: ^2, repository: 'http://127.0.0.1:1'}\n");
        bench.library.fetchDependencies(chart.path());
        QVERIFY(spy.wait(30'000));
        QVERIFY(!spy[2][1].toString().isEmpty());
    }

    void aRegistryThatIsNotThereIsAnError()
    {
        Bench bench;
        QSignalSpy spy(&bench.library, &ChartLibrary::versionsFound);
        bench.library.findVersions(s("oci://127.0.0.1:1/charts/checkout"));
        QVERIFY(spy.wait(30'000));
        QVERIFY(spy[0][0].toStringList().isEmpty());
        QVERIFY(!spy[0][1].toString().isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestChartLibrary)
#include "tst_chart_library.moc"
