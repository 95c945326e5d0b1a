#pragma once

#include <QDBusConnection>
#include <QObject>
#include <QString>

class QDBusVariant;

namespace fairway::ui {

class Theme;

/// Tells the theme when the desktop turns dark or light while we run; the theme heeds it when the user chose to follow the desktop.
///
/// Source:  the setting color-scheme of org.freedesktop.appearance, read from and watched at the desktop portal
///          (xdg-desktop-portal, interface org.freedesktop.portal.Settings). Qt 6.4 knows no signal for it, and its platform
///          themes don't watch their palette. Where there is no portal nothing changes while we run, as before.
/// Meaning: 1 prefers dark, 2 light; anything else is no preference: what the desktop's palette said at the start.
/// Threads: GUI thread. Nothing waits for the bus.
class DesktopScheme final : public QObject {
    Q_OBJECT
public:
    DesktopScheme(Theme &theme, const QDBusConnection &bus, QObject *parent = nullptr);
    /// The session's bus; one that is not connected when the session has none (asking Qt for it might start one).
    [[nodiscard]] static QDBusConnection sessionBus();

private Q_SLOTS:
    void onSettingChanged(const QString &group, const QString &key, const QDBusVariant &value);

private:
    void take(const QVariant &value);

    Theme &m_theme;
    const bool m_wasDark;
    bool m_isTold = false; ///< The portal has said a change of its own accord.
};

} // namespace fairway::ui
