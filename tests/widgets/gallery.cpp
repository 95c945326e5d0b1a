// Writes pictures of the window over the sample data: fairway_gallery FOLDER [dark|light] [zh_CN|en] [WxH] [target...]
// For looking at, not a test; see CONTRIBUTING.
#include "app/fairway/language.h"
#include "app/fairway/pages.h"
#include "tests/widgets/fake_engine.h"
#include "widgets/frame/main_window.h"
#include "widgets/theme/theme.h"

#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QPixmap>
#include <QSettings>

using namespace fairway;

namespace {

void settle(int ms)
{
    QElapsedTimer clock;
    clock.start();
    while (clock.elapsed() < ms)
        QApplication::processEvents(QEventLoop::AllEvents, 20);
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    const QStringList args = QApplication::arguments();
    const QString folder = args.value(1, QStringLiteral("."));
    const QString scheme = args.value(2, QStringLiteral("dark"));
    ui::installLanguage(application, args.value(3, QStringLiteral("en")));
    ui::installTheme(application, scheme == QLatin1String("light") ? ui::SchemeChoice::Light : ui::SchemeChoice::Dark);
    QDir().mkpath(folder);
    QSettings settings(folder + QStringLiteral("/gallery.ini"), QSettings::IniFormat);
    settings.clear();
    test::FakeEngine engine;
    ui::MainWindow window(engine, settings);
    window.addPages(ui::railPages(engine));
    const QString size = args.value(4, QStringLiteral("1440x900"));
    window.resize(size.section(QLatin1Char('x'), 0, 0).toInt(), size.section(QLatin1Char('x'), 1).toInt());
    window.show();
    QStringList targets = args.mid(5);
    if (targets.isEmpty())
        targets = {QStringLiteral("home:"), QStringLiteral("routes:VirtualService/shop/reviews"),
            QStringLiteral("explorer:v1/pods"), QStringLiteral("palette"), QStringLiteral("journal"), QStringLiteral("unlock"),
            QStringLiteral("keys")};
    int number = 0;
    for (const QString &target : std::as_const(targets)) {
        QWidget *shot = &window;
        if (target == QLatin1String("palette"))
            window.openPalette();
        else if (target == QLatin1String("journal"))
            window.toggleJournal();
        else if (target == QLatin1String("unlock"))
            window.requestLockChange();
        else if (target == QLatin1String("keys"))
            window.openKeys();
        else
            window.openTarget(target);
        settle(400);
        if (QWidget *modal = QApplication::activeModalWidget())
            shot = modal;
        const QString name = QStringLiteral("%1/%2-%3-%4.png").arg(folder).arg(++number).arg(target.section(QLatin1Char(':'), 0, 0), scheme);
        shot->grab().save(name);
        std::printf("%s\n", qPrintable(name));
        if (shot != &window)
            shot->close();
        settle(50);
        if (target == QLatin1String("palette"))
            window.openTarget(QStringLiteral("home:"));
    }
    return 0;
}
