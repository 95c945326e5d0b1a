#include "app/fairway/language.h"
#include "app/fairway/options.h"
#include "app/fairway/pages.h"
#include "app/fairway/shot.h"
#include "core/engine/engine.h"
#include "widgets/frame/main_window.h"
#include "widgets/theme/theme.h"

#include <QApplication>
#include <QSettings>
#include <QTimer>

// Composition only: options, language, theme, engine, window. Everything else lives in core and widgets.
int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("fairway"));
    QApplication::setApplicationDisplayName(QStringLiteral("Fairway"));
    QApplication::setApplicationVersion(QStringLiteral(FAIRWAY_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("fairway"));

    using namespace fairway;
    const ui::Options options = ui::readOptions(QApplication::arguments());
    const QString folder = options.engine.stateFolder;
    QSettings settings = folder.isEmpty()
        ? QSettings(QSettings::IniFormat, QSettings::UserScope, QStringLiteral("fairway"), QStringLiteral("window"))
        : QSettings(folder + QStringLiteral("/window.ini"), QSettings::IniFormat);
    ui::installLanguage(application,
        options.language.isEmpty() ? settings.value(QStringLiteral("language")).toString() : options.language);
    ui::installTheme(application,
        ui::schemeFrom(options.scheme.isEmpty() ? settings.value(QStringLiteral("scheme")).toString() : options.scheme));

    const std::unique_ptr<engine::Engine> engine = engine::createEngine(options.engine);
    ui::MainWindow window(*engine, settings);
    window.addPages(ui::railPages(*engine));
    if (!options.size.isEmpty())
        window.resize(options.size);
    if (!options.open.isEmpty())
        window.openTarget(options.open);
    window.show();
    if (!options.screenshot.isEmpty())
        new ui::Shot(window, *engine, options.screenshot, &application);
    return QApplication::exec();
}
