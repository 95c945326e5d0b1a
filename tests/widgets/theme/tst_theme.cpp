#include "widgets/common/format.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/theme.h"

#include <QApplication>
#include <QDir>
#include <QSignalSpy>
#include <QTest>

using namespace fairway::ui;

class TestTheme : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void textIsReadable_data()
    {
        QTest::addColumn<int>("ink");
        QTest::addColumn<int>("ground");
        const auto add = [](const char *name, Token ink, Token ground) {
            QTest::newRow(name) << static_cast<int>(ink) << static_cast<int>(ground);
        };
        add("text on window", Token::Text, Token::Window);
        add("text on surface", Token::Text, Token::Surface);
        add("text on raised", Token::Text, Token::Raised);
        add("text on selection", Token::Text, Token::Selection);
        add("text on hover", Token::Text, Token::Hover);
        add("muted on window", Token::Muted, Token::Window);
        add("muted on surface", Token::Muted, Token::Surface);
        add("muted on raised", Token::Muted, Token::Raised);
        add("muted on hover", Token::Muted, Token::Hover);
        add("muted on selection", Token::Muted, Token::Selection);
        add("ink on accent", Token::AccentInk, Token::Accent);
        add("accent on surface", Token::Accent, Token::Surface);
        add("accent on window", Token::Accent, Token::Window);
        add("good on surface", Token::Good, Token::Surface);
        add("warning on surface", Token::Warning, Token::Surface);
        add("bad on surface", Token::Bad, Token::Surface);
        add("bad on window", Token::Bad, Token::Window);
        add("production on raised", Token::ContextProduction, Token::Raised);
        add("bar text on stable", Token::BarText, Token::Stable);
        add("bar text on canary", Token::BarText, Token::Canary);
        add("bar text on third", Token::BarText, Token::Third);
        add("bar text on fourth", Token::BarText, Token::Fourth);
        add("text on removed line", Token::Text, Token::DiffRemoved);
        add("text on added line", Token::Text, Token::DiffAdded);
    }

    void textIsReadable()
    {
        QFETCH(int, ink);
        QFETCH(int, ground);
        for (const SchemeChoice choice : {SchemeChoice::Dark, SchemeChoice::Light}) {
            theme().setChoice(choice);
            const double ratio = contrast(theme().color(static_cast<Token>(ink)), theme().color(static_cast<Token>(ground)));
            QVERIFY2(ratio >= 4.5, qPrintable(QStringLiteral("%1 in %2").arg(ratio).arg(theme().isDark() ? 1 : 0)));
        }
    }

    void contrastKnowsTheEnds()
    {
        QCOMPARE(qRound(contrast(Qt::black, Qt::white)), 21);
        QCOMPARE(contrast(Qt::white, Qt::white), 1.0);
    }

    void aChangeOfSchemeReachesThePalette()
    {
        theme().setChoice(SchemeChoice::Dark);
        QSignalSpy spy(&theme(), &Theme::changed);
        theme().setChoice(SchemeChoice::Light);
        QCOMPARE(spy.count(), 1);
        QCOMPARE(QApplication::palette().color(QPalette::Window), theme().color(Token::Window));
        theme().setChoice(SchemeChoice::Desktop);
        theme().setDesktopIsDark(true);
        QVERIFY(theme().isDark());
        theme().setDesktopIsDark(false);
        QVERIFY(!theme().isDark());
    }

    void rolesDoNotShareAColour()
    {
        using fairway::engine::Role;
        for (const SchemeChoice choice : {SchemeChoice::Dark, SchemeChoice::Light}) {
            theme().setChoice(choice);
            QSet<QRgb> seen;
            for (const Role role : {Role::Stable, Role::Canary, Role::Third, Role::Fourth, Role::Other})
                seen.insert(theme().roleColor(role).rgb());
            QCOMPARE(seen.size(), 5);
        }
    }

    void everyIconDrawsSomething()
    {
        const QStringList files = QDir(QStringLiteral(":/fairway/icons")).entryList({QStringLiteral("*.svg")});
        QVERIFY(files.size() > 40);
        for (const QString &file : files) {
            const QImage image = linePixmap(file.chopped(4), Qt::red, 16, 2.0).toImage();
            int inked = 0;
            for (int y = 0; y < image.height(); ++y) {
                for (int x = 0; x < image.width(); ++x)
                    inked += qAlpha(image.pixel(x, y)) > 128 && qRed(image.pixel(x, y)) > 128;
            }
            QVERIFY2(inked > 4, qPrintable(file));
        }
    }

    void numbersCarrySensiblePrecision()
    {
        QCOMPARE(compactNumber(0), QStringLiteral("0"));
        QCOMPARE(compactNumber(999), QStringLiteral("999"));
        QCOMPARE(compactNumber(1240), QStringLiteral("1.24 k"));
        QCOMPARE(compactNumber(12400), QStringLiteral("12.4 k"));
        QCOMPARE(compactNumber(1e6), QStringLiteral("1 M"));
        QCOMPARE(milliseconds(0.42), QStringLiteral("0.4 ms"));
        QCOMPARE(milliseconds(87.3), QStringLiteral("87 ms"));
        QCOMPARE(percent(0.25), QStringLiteral("25 %"));
        QCOMPARE(percent(0.0051, 2), QStringLiteral("0.51 %"));
        const QDateTime now(QDate(2026, 11, 22), QTime(12, 0), Qt::UTC);
        QCOMPARE(relativeTime(now.addSecs(-3), now), QStringLiteral("3 s ago"));
        QCOMPARE(relativeTime(now.addSecs(-660), now), QStringLiteral("11 min ago"));
        QCOMPARE(relativeTime(now.addSecs(60), now), QStringLiteral("just now"));
        QCOMPARE(relativeTime(QDateTime(), now), QString());
    }
};

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    installTheme(application, SchemeChoice::Dark);
    TestTheme test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_theme.moc"
