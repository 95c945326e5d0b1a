#include "widgets/frame/appearance_menu.h"

#include "widgets/frame/main_window.h"
#include "widgets/theme/icons.h"

#include <QActionGroup>
#include <QMenu>
#include <QSettings>

namespace fairway::ui {

QMenu *makeAppearanceMenu(QSettings &settings, QWidget *parent)
{
    auto *menu = new QMenu(parent);
    menu->setAccessibleName(MainWindow::tr("Settings"));
    menu->addSection(MainWindow::tr("Appearance"));
    auto *schemes = new QActionGroup(menu);
    const auto addScheme = [&](const QString &text, const QString &icon, SchemeChoice choice, const QString &value) {
        QAction *action = menu->addAction(lineIcon(icon), text);
        action->setCheckable(true);
        action->setChecked(theme().choice() == choice);
        schemes->addAction(action);
        QObject::connect(action, &QAction::triggered, menu, [&settings, choice, value] {
            theme().setChoice(choice);
            settings.setValue(QStringLiteral("scheme"), value);
        });
        QObject::connect(&theme(), &Theme::changed, action, [action, choice] { action->setChecked(theme().choice() == choice); });
    };
    addScheme(MainWindow::tr("As the desktop"), QStringLiteral("settings"), SchemeChoice::Desktop, QStringLiteral("desktop"));
    addScheme(MainWindow::tr("Dark"), QStringLiteral("moon"), SchemeChoice::Dark, QStringLiteral("dark"));
    addScheme(MainWindow::tr("Light"), QStringLiteral("sun"), SchemeChoice::Light, QStringLiteral("light"));
    menu->addSection(MainWindow::tr("Language, from the next start"));
    auto *languages = new QActionGroup(menu);
    const QString chosen = settings.value(QStringLiteral("language")).toString();
    const auto addLanguage = [&](const QString &text, const QString &value) {
        QAction *action = menu->addAction(text);
        action->setCheckable(true);
        action->setChecked(chosen == value);
        languages->addAction(action);
        QObject::connect(action, &QAction::triggered, menu,
            [&settings, value] { settings.setValue(QStringLiteral("language"), value); });
    };
    addLanguage(MainWindow::tr("The desktop's"), QString());
    // A language is named in itself, whatever the window speaks.
    addLanguage(QStringLiteral("English"), QStringLiteral("en"));
    addLanguage(QStringLiteral("简体中文"), QStringLiteral("zh_CN"));
    return menu;
}

} // namespace fairway::ui
