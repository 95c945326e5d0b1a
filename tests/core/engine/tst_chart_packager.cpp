#include "core/chart/provenance.h"
#include "core/engine/chart_packager.h"
#include "tests/core/chart/signing_keys.h"
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

PackageOutcome run(const PackageRequest &request)
{
    ChartPackager packager;
    PackageOutcome outcome;
    QSignalSpy spy(&packager, &ChartPackager::finished);
    QObject::connect(&packager, &ChartPackager::finished, &packager, [&](const PackageOutcome &out) { outcome = out; });
    packager.start(request);
    if (!spy.wait(60'000))
        outcome.problem = s("no answer");
    return outcome;
}

QStringList filesOf(const QString &folder)
{
    return QDir(folder).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot, QDir::Name);
}

} // namespace

class TestChartPackager : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void writesTheArchiveAndNothingElse()
    {
        const test::ChartFolder chart;
        const QTemporaryDir out;
        PackageRequest request;
        request.chart = chart.path();
        request.destination = out.path() + s("/new/place");
        const PackageOutcome made = run(request);
        QCOMPARE(made.problem, QString());
        QCOMPARE(made.path, request.destination + s("/checkout-2.8.0.tgz"));
        QCOMPARE(filesOf(request.destination), QStringList {s("checkout-2.8.0.tgz")});
        QVERIFY(made.provenance.isEmpty());
        request.version = s("3.0.0-rc.1");
        QCOMPARE(run(request).path, request.destination + s("/checkout-3.0.0-rc.1.tgz"));
    }

    void asksBeforeItReplaces()
    {
        const test::ChartFolder chart;
        const QTemporaryDir out;
        PackageRequest request;
        request.chart = chart.path();
        request.destination = out.path();
        const QString path = run(request).path;
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write("mine");
        file.close();
        const PackageOutcome again = run(request);
        QVERIFY(again.isThere);
        QCOMPARE(again.path, path);
        QCOMPARE(QFileInfo(path).size(), 4);
        request.isOverwriting = true;
        QVERIFY(!run(request).isThere);
        QVERIFY(QFileInfo(path).size() > 100);
        QCOMPARE(filesOf(out.path()), QStringList {s("checkout-2.8.0.tgz")});
    }

    void failures_data()
    {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("version");
        QTest::addColumn<QString>("problem");
        QTest::newRow("a version that is none") << QByteArray() << QByteArray() << s("one") << s("emantic");
        QTest::newRow("no Chart.yaml worth the name") << QByteArray("Chart.yaml") << QByteArray("a: [") << QString() << s("Chart.yaml");
        QTest::newRow("a dependency that is not there")
            << QByteArray("Chart.yaml") << QByteArray("apiVersion: v2\nname: checkout\nversion: 1.0.0\ndependencies: [{name: redis, version: 1.0.0, repository: 'https://example.com'}]\n")
            << QString() << s("redis");
    }
    void failures()
    {
        QFETCH(QByteArray, file);
        QFETCH(QByteArray, text);
        QFETCH(QString, version);
        QFETCH(QString, problem);
        const test::ChartFolder chart;
        if (!file.isEmpty())
            chart.write(file.constData(), text);
        const QTemporaryDir out;
        PackageRequest request;
        request.chart = chart.path();
        request.destination = out.path();
        request.version = version;
        const PackageOutcome made = run(request);
        QVERIFY2(made.problem.contains(problem), qPrintable(made.problem));
        QVERIFY(filesOf(out.path()).isEmpty());
    }

    void aFolderThatCantBeWrittenIsAnError()
    {
        const test::ChartFolder chart;
        PackageRequest request;
        request.chart = chart.path();
        request.destination = s("/proc/no/such");
        QVERIFY(!run(request).problem.isEmpty());
    }

    void signsWhatHelmVerifies()
    {
        const test::CommandFolder folder;
        const test::SigningKeys keys(folder);
        if (!keys.isGood())
            QSKIP("there is no gpg");
        const test::ChartFolder chart;
        const QTemporaryDir out;
        PackageRequest request;
        request.chart = chart.path();
        request.destination = out.path();
        request.isSigned = true;
        request.key = s("Locked");
        request.keyring = QString::fromStdString(folder.path("locked.gpg"));
        request.passphrase = s("open barley");
        const PackageOutcome refused = run(request);
        QVERIFY(!refused.problem.isEmpty());
        QVERIFY2(!refused.problem.contains(s("barley")), "a passphrase is never told");
        QVERIFY2(filesOf(out.path()).isEmpty(), "without its signature there is no package");
        request.passphrase = s("open sesame");
        const PackageOutcome made = run(request);
        QCOMPARE(made.problem, QString());
        QCOMPARE(made.provenance, made.path + s(".prov"));
        const auto verified = chart::verifyChartFile(made.path.toStdString(), made.provenance.toStdString(), folder.path("public.gpg"), chart::HelmVersion::V4);
        QVERIFY2(verified.has_value(), verified ? "" : verified.error().message.c_str());
        // Packed again unsigned: the signature spoke of other bytes, and goes.
        request.isSigned = false;
        request.isOverwriting = true;
        QVERIFY(run(request).provenance.isEmpty());
        QCOMPARE(filesOf(out.path()), QStringList {s("checkout-2.8.0.tgz")});
    }

    void cancelledItIsSilent()
    {
        const test::ChartFolder chart;
        const QTemporaryDir out;
        ChartPackager packager;
        QSignalSpy spy(&packager, &ChartPackager::finished);
        PackageRequest request;
        request.chart = chart.path();
        request.destination = out.path();
        packager.start(request);
        packager.cancel();
        QVERIFY(!packager.isRunning());
        // The next one comes behind it on the same thread: when that is there, the first would have been.
        request.version = s("9.0.0");
        request.isOverwriting = true;
        packager.start(request);
        QVERIFY(spy.wait(60'000));
        QCOMPARE(spy.size(), 1);
        QVERIFY(filesOf(out.path()).contains(s("checkout-9.0.0.tgz")));
    }
};

QTEST_GUILESS_MAIN(TestChartPackager)
#include "tst_chart_packager.moc"
