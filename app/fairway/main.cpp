#include "app/fairway/crash_report.h"
#include "app/fairway/language.h"
#include "app/fairway/options.h"
#include "app/fairway/pages.h"
#include "app/fairway/shot.h"
#include "core/engine/engine.h"
#include "core/engine/state_folder.h"
#include "widgets/frame/main_window.h"
#include "widgets/theme/desktop_scheme.h"
#include "widgets/theme/theme.h"

#include <QApplication>
#include <QSettings>
#include <QTimer>

#include <cstdio>
#include <cstdlib>

namespace {

/// Qt ends the process with SIGABRT when it can't reach a display; a user gets one line and an exit code instead.
void onFatalBeforeWindow(QtMsgType type, const QMessageLogContext &, const QString &)
{
    if (type != QtFatalMsg)
        return;
    std::fprintf(stderr, "fairway: the display can't be reached (DISPLAY=%s)\n", qgetenv("DISPLAY").constData());
    std::_Exit(1);
}

bool hasDisplay()
{
    return qEnvironmentVariableIsSet("DISPLAY") || qEnvironmentVariableIsSet("WAYLAND_DISPLAY")
        || qEnvironmentVariableIsSet("QT_QPA_PLATFORM");
}

/// Help and version need no display.
int runWithoutDisplay(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("fairway"));
    QCoreApplication::setApplicationVersion(QStringLiteral(FAIRWAY_VERSION));
    [[maybe_unused]] const fairway::ui::Options options = fairway::ui::readOptions(QCoreApplication::arguments());
    std::fprintf(stderr, "fairway: no display: DISPLAY and WAYLAND_DISPLAY are not set. `./run` starts a virtual one; fairwayctl needs none.\n");
    return 1;
}

} // namespace

// Composition only: options, language, theme, engine, window. Everything else lives in core and widgets.
int main(int argc, char **argv)
{
    if (!hasDisplay())
        return runWithoutDisplay(argc, argv);
    const QtMessageHandler usual = qInstallMessageHandler(onFatalBeforeWindow);
    QApplication application(argc, argv);
    qInstallMessageHandler(usual);
    QApplication::setApplicationName(QStringLiteral("fairway"));
    QApplication::setApplicationDisplayName(QStringLiteral("Fairway"));
    QApplication::setApplicationVersion(QStringLiteral(FAIRWAY_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("fairway"));

    using namespace fairway;
    const ui::Options options = ui::readOptions(QApplication::arguments());
    ui::reportCrashes(engine::stateFolderOf(options.engine));
    const QString folder = options.engine.stateFolder;
    QSettings settings = folder.isEmpty()
        ? QSettings(QSettings::IniFormat, QSettings::UserScope, QStringLiteral("fairway"), QStringLiteral("window"))
        : QSettings(folder + QStringLiteral("/window.ini"), QSettings::IniFormat);
    ui::installLanguage(application,
        options.language.isEmpty() ? settings.value(QStringLiteral("language")).toString() : options.language);
    ui::installTheme(application,
        ui::schemeFrom(options.scheme.isEmpty() ? settings.value(QStringLiteral("scheme")).toString() : options.scheme));

    const ui::DesktopScheme desktopScheme(ui::theme(), ui::DesktopScheme::sessionBus());

    const std::unique_ptr<engine::Engine> engine = engine::createEngine(options.engine);
    ui::MainWindow window(*engine, settings);
    window.addPages(ui::railPages(*engine));
    if (!options.size.isEmpty())
        window.resize(options.size);
    if (!options.open.isEmpty())
        window.openTarget(options.open);
    if (!options.chart.isEmpty())
        window.openTarget(QStringLiteral("charts:") + options.chart);
    window.show();
    if (!options.screenshot.isEmpty())
        new ui::Shot(window, *engine, options.screenshot, &application);
    return QApplication::exec();
}
