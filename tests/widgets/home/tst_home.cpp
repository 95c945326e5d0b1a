#include "tests/widgets/fake_engine.h"
#include "widgets/common/text_label.h"
#include "widgets/home/concern_card.h"
#include "widgets/home/concern_lines.h"
#include "widgets/home/home_page.h"
#include "widgets/theme/theme.h"

#include <QApplication>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using namespace fairway;
using namespace fairway::ui;

namespace {

engine::Concern routesConcern(int count)
{
    engine::Concern concern;
    concern.key = QStringLiteral("routes");
    concern.severity = engine::Severity::Error;
    concern.title = QStringLiteral("Routes in flight");
    concern.target = QStringLiteral("routes:one");
    concern.note = QStringLiteral("6 of 9 healthy");
    for (int i = 0; i < count; ++i) {
        engine::RouteRow row;
        row.id = QStringLiteral("VirtualService/shop/r%1").arg(i);
        row.name = QStringLiteral("r%1").arg(i);
        row.severity = engine::Severity::Error;
        row.trouble = QStringLiteral("v%1 has no ready pod").arg(i);
        concern.routes << row;
    }
    return concern;
}

template <typename Line>
QList<Line *> shownLines(const QWidget &card)
{
    QList<Line *> lines = card.findChildren<Line *>();
    lines.removeIf([&](const Line *line) { return !line->isVisibleTo(&card); });
    return lines;
}

bool hasText(const QWidget &widget, const QString &text)
{
    const QList<QLabel *> labels = widget.findChildren<QLabel *>();
    return std::any_of(labels.begin(), labels.end(), [&](const QLabel *label) { return label->text().contains(text); });
}

} // namespace

class TestHome : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { installTheme(*qApp, SchemeChoice::Dark); }

    void aCardTellsTheWorstTroublesInWords()
    {
        ConcernCard card;
        card.setConcern(routesConcern(9), {}, true);
        const QList<RouteLine *> lines = shownLines<RouteLine>(card);
        QCOMPARE(lines.size(), 7);
        QVERIFY(lines[0]->sizeHint().height() > lines[6]->sizeHint().height());
        QVERIFY(lines[0]->accessibleName().contains(QStringLiteral("v0 has no ready pod")));
        QVERIFY(lines[6]->toolTip().contains(QStringLiteral("v6 has no ready pod"))); // no room for its words, but they can be had
        card.setConcern(routesConcern(2), {}, true);
        QCOMPARE(shownLines<RouteLine>(card).size(), 2);
    }

    void everyLineIsADoor()
    {
        engine::Concern pods;
        pods.severity = engine::Severity::Warning;
        pods.items = {{QStringLiteral("shop/web-x"), QStringLiteral("CrashLoopBackOff"), QStringLiteral("object:v1/pods/shop/web-x")}};
        ConcernCard card;
        card.setConcern(pods, {}, false);
        QSignalSpy went(&card, &ConcernCard::navigate);
        const QList<ItemLine *> items = shownLines<ItemLine>(card);
        QCOMPARE(items.size(), 1);
        QCOMPARE(items[0]->accessibleName(), QStringLiteral("shop/web-x: CrashLoopBackOff"));
        items[0]->click();
        QCOMPARE(went.takeFirst().at(0).toString(), QStringLiteral("object:v1/pods/shop/web-x"));
        card.setConcern(routesConcern(1), {}, false); // the same card, other rows
        QCOMPARE(shownLines<ItemLine>(card).size(), 0);
        shownLines<RouteLine>(card)[0]->click();
        QCOMPARE(went.takeFirst().at(0).toString(), QStringLiteral("routes:VirtualService/shop/r0"));
    }

    void thePageShowsConcernsAndOnRequestWhatIsInLine()
    {
        test::FakeEngine engine;
        HomePage page(engine);
        page.resize(1100, 800);
        page.show();
        const qsizetype concerns = engine.overview().concerns().size();
        QTRY_COMPARE(page.findChildren<ConcernCard *>().size(), concerns);
        const QList<QPushButton *> buttons = page.findChildren<QPushButton *>();
        const auto everything = std::find_if(buttons.begin(), buttons.end(), [](const QPushButton *one) { return one->accessibleName() == QStringLiteral("Show everything"); });
        QVERIFY(everything != buttons.end());
        (*everything)->click();
        QTRY_COMPARE(page.findChildren<ConcernCard *>().size(), concerns + engine.overview().inLine().size());
        QVERIFY(hasText(page, QStringLiteral("34 of 35 send to ready endpoints")));
    }
};

QTEST_MAIN(TestHome)
#include "tst_home.moc"
