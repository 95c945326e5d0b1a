#include "tests/widgets/fake_engine.h"
#include "widgets/routes/routes_page.h"
#include "widgets/theme/theme.h"

#include <QAction>
#include <QApplication>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPixmap>
#include <QTimer>
#include <QTranslator>

// Draws the Routes page as it looks in a 1440 x 900 window (less rail and bars) into a picture.
int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    const QStringList args = app.arguments();
    const QString out = args.value(1, QStringLiteral("routes.png"));
    const QStringList size = args.value(3, QStringLiteral("1272x819")).split(u'x');
    const QString state = args.value(4);
    using namespace fairway;
    ui::Theme &theme = ui::installTheme(app, args.value(2) == QLatin1String("light") ? ui::SchemeChoice::Light : ui::SchemeChoice::Dark);
    theme.setMotion(false);
    QTranslator translator;
    if (args.size() > 5 && translator.load(args[5])) {
        QApplication::installTranslator(&translator);
    }
    test::FakeEngine engine;
    if (state == QLatin1String("unlocked") || state == QLatin1String("conflict")) {
        engine.contextService.setProduction(engine.contextService.currentName, false);
        engine.contextService.setLocked(false);
    }
    if (state == QLatin1String("empty")) {
        engine.routeService.list.clear();
    }
    ui::RoutesPage page(engine, theme);
    page.resize(size.value(0).toInt(), size.value(1).toInt());
    page.show();
    page.openTarget(QStringLiteral("VirtualService/shop/reviews"));
    QTimer::singleShot(50, &app, [&] {
        for (QLineEdit *edit : page.findChildren<QLineEdit *>()) {
            if (edit->accessibleName() == QLatin1String("Draft weight of v2") && state != QLatin1String("plain")) {
                edit->setText(QStringLiteral("25"));
                edit->setModified(true);
                Q_EMIT edit->editingFinished();
            }
        }
        if (state != QLatin1String("plain") && state != QLatin1String("unlocked")) {
            engine::RehearsalRequest request;
            request.routeId = QStringLiteral("VirtualService/shop/reviews");
            request.weights = {75, 25};
            request.ratePerSecond = 200;
            request.durationSeconds = 120;
            for (QAction *action : page.actions()) {
                if (action->shortcut() == QKeySequence(Qt::Key_R)) {
                    action->trigger();
                }
            }
            engine.rehearsalService.advance(56);
        }
        if (state == QLatin1String("conflict")) {
            engine.writeService.nextOutcome = {};
            engine.writeService.nextOutcome.isConflict = true;
            engine.writeService.nextOutcome.message = QStringLiteral("The object changed");
        }
        if (state == QLatin1String("xray")) {
            for (QAction *action : page.actions()) {
                if (action->shortcut() == QKeySequence(Qt::Key_X)) {
                    action->trigger();
                }
            }
            for (QPlainTextEdit *edit : page.findChildren<QPlainTextEdit *>()) {
                if (edit->accessibleName() == QLatin1String("Request to follow")) {
                    edit->setPlainText(QStringLiteral("[2026-11-22T13:20:03.114Z] \"GET /api/7?page=2 HTTP/1.1\" 200 - via_upstream \"curl/8.1\""));
                }
            }
            engine.xrayService.give(engine.xrayService.next);
        }
        if (state == QLatin1String("gone")) {
            engine.routeService.list.removeFirst();
            Q_EMIT engine.routeService.rowsChanged();
        }
    });
    QTimer::singleShot(500, &app, [&] {
        if (state == QLatin1String("conflict")) {
            for (QAction *action : page.actions()) {
                if (action->shortcut() == QKeySequence(Qt::CTRL | Qt::Key_Return)) {
                    action->trigger();
                }
            }
        }
    });
    QTimer::singleShot(900, &app, [&] {
        page.grab().save(out);
        QApplication::quit();
    });
    return QApplication::exec();
}
