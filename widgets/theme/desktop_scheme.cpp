#include "widgets/theme/desktop_scheme.h"

#include "widgets/theme/theme.h"

#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>
#include <QFileInfo>

namespace fairway::ui {
namespace {
const QString Portal = QStringLiteral("org.freedesktop.portal.Desktop");
const QString PortalPath = QStringLiteral("/org/freedesktop/portal/desktop");
const QString Settings = QStringLiteral("org.freedesktop.portal.Settings");
const QString Group = QStringLiteral("org.freedesktop.appearance");
const QString Key = QStringLiteral("color-scheme");
} // namespace

DesktopScheme::DesktopScheme(Theme &theme, const QDBusConnection &bus, QObject *parent)
    : QObject(parent)
    , m_theme(theme)
    , m_wasDark(theme.isDesktopDark())
{
    QDBusConnection connection(bus);
    if (!connection.isConnected())
        return;
    qRegisterMetaType<QDBusVariant>(); // connect() looks the types of the slot up by their names
    connection.connect(Portal, PortalPath, Settings, QStringLiteral("SettingChanged"), this,
        SLOT(onSettingChanged(QString, QString, QDBusVariant)));
    QDBusMessage question = QDBusMessage::createMethodCall(Portal, PortalPath, Settings, QStringLiteral("Read"));
    question << Group << Key;
    auto *answer = new QDBusPendingCallWatcher(connection.asyncCall(question), this);
    connect(answer, &QDBusPendingCallWatcher::finished, this, [this](QDBusPendingCallWatcher *call) {
        const QDBusPendingReply<QDBusVariant> reply = *call;
        if (reply.isValid() && !m_isTold) // a change may overtake the answer
            take(reply.value().variant());
        call->deleteLater();
    });
}

QDBusConnection DesktopScheme::sessionBus()
{
    const bool hasBus = qEnvironmentVariableIsSet("DBUS_SESSION_BUS_ADDRESS")
        || (qEnvironmentVariableIsSet("XDG_RUNTIME_DIR") && QFileInfo::exists(qEnvironmentVariable("XDG_RUNTIME_DIR") + QStringLiteral("/bus")));
    return hasBus ? QDBusConnection::sessionBus() : QDBusConnection(QStringLiteral("none"));
}

void DesktopScheme::onSettingChanged(const QString &group, const QString &key, const QDBusVariant &value)
{
    if (group == Group && key == Key) {
        m_isTold = true;
        take(value.variant());
    }
}

void DesktopScheme::take(const QVariant &value)
{
    // Read() of older portals wraps the variant once more.
    const QVariant inner = value.canConvert<QDBusVariant>() ? value.value<QDBusVariant>().variant() : value;
    const uint preference = inner.toUInt();
    m_theme.setDesktopIsDark(preference == 1 ? true : preference == 2 ? false : m_wasDark);
}

} // namespace fairway::ui
