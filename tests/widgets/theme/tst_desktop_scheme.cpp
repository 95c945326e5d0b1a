#include "widgets/theme/desktop_scheme.h"
#include "widgets/theme/theme.h"

#include <QDBusMessage>
#include <QDBusVariant>
#include <QProcess>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>

using namespace fairway::ui;

/// The settings part of a desktop portal.
class FakePortal final : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.portal.Settings")
public:
    explicit FakePortal(const QDBusConnection &bus)
        : m_bus(bus)
    {
    }
    bool begin()
    {
        return m_bus.registerObject(QStringLiteral("/org/freedesktop/portal/desktop"), this, QDBusConnection::ExportAllSlots)
            && m_bus.registerService(QStringLiteral("org.freedesktop.portal.Desktop"));
    }
    void change(const QString &group, const QString &key, const QVariant &value)
    {
        QDBusMessage signal = QDBusMessage::createSignal(QStringLiteral("/org/freedesktop/portal/desktop"),
            QStringLiteral("org.freedesktop.portal.Settings"), QStringLiteral("SettingChanged"));
        signal << group << key << QVariant::fromValue(QDBusVariant(value));
        QVERIFY(m_bus.send(signal));
    }

    uint preference = 0;
    int reads = 0;

public Q_SLOTS:
    QDBusVariant Read(const QString &group, const QString &key)
    {
        ++reads;
        const bool isKnown = group == QLatin1String("org.freedesktop.appearance") && key == QLatin1String("color-scheme");
        return QDBusVariant(isKnown ? QVariant::fromValue(QDBusVariant(preference)) : QVariant());
    }

private:
    QDBusConnection m_bus;
};

class TestDesktopScheme : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        const QString program = QStandardPaths::findExecutable(QStringLiteral("dbus-daemon"));
        if (program.isEmpty())
            QSKIP("dbus-daemon is not installed");
        m_daemon.start(program, {QStringLiteral("--session"), QStringLiteral("--nofork"), QStringLiteral("--print-address")});
        QVERIFY(m_daemon.waitForStarted());
        while (!m_daemon.canReadLine())
            QVERIFY(m_daemon.waitForReadyRead());
        m_address = QString::fromUtf8(m_daemon.readLine()).trimmed();
    }
    void cleanupTestCase()
    {
        m_daemon.kill();
        m_daemon.waitForFinished();
    }

    void followsThePortal_data()
    {
        QTest::addColumn<uint>("atStart");
        QTest::addColumn<bool>("isDarkAtStart");
        QTest::newRow("no preference: the palette's") << 0U << true;
        QTest::newRow("dark") << 1U << true;
        QTest::newRow("light") << 2U << false;
        QTest::newRow("a value of the future") << 9U << true;
    }
    void followsThePortal()
    {
        QFETCH(uint, atStart);
        QFETCH(bool, isDarkAtStart);
        const QString row = QString::fromLatin1(QTest::currentDataTag());
        FakePortal portal(QDBusConnection::connectToBus(m_address, QStringLiteral("portal ") + row));
        portal.preference = atStart;
        QVERIFY(portal.begin());
        Theme theme;
        theme.setDesktopIsDark(true);
        const DesktopScheme scheme(theme, QDBusConnection::connectToBus(m_address, QStringLiteral("ours ") + row));
        QTRY_COMPARE(portal.reads, 1);
        QTRY_COMPARE(theme.isDark(), isDarkAtStart);

        const QString appearance = QStringLiteral("org.freedesktop.appearance");
        const QString key = QStringLiteral("color-scheme");
        portal.change(appearance, key, 2U);
        QTRY_VERIFY(!theme.isDark());
        portal.change(QStringLiteral("org.gnome.desktop.interface"), key, 1U); // Somebody else's setting of that name.
        portal.change(appearance, QStringLiteral("contrast"), 1U);
        portal.change(appearance, key, 1U);
        QTRY_VERIFY(theme.isDark());
        portal.change(appearance, key, 2U);
        QTRY_VERIFY(!theme.isDark());

        theme.setChoice(SchemeChoice::Dark); // The user's word counts more.
        QSignalSpy changed(&theme, &Theme::changed);
        portal.change(appearance, key, 1U);
        QTRY_VERIFY(theme.isDesktopDark());
        QVERIFY(theme.isDark() && changed.isEmpty());
        QDBusConnection::disconnectFromBus(QStringLiteral("portal ") + row);
        QDBusConnection::disconnectFromBus(QStringLiteral("ours ") + row);
    }

    void staysAsItIsWithoutABusOrPortal()
    {
        Theme theme;
        theme.setDesktopIsDark(false);
        const DesktopScheme without(theme, QDBusConnection(QStringLiteral("none")));
        const DesktopScheme noPortal(theme, QDBusConnection::connectToBus(m_address, QStringLiteral("alone")));
        QCoreApplication::processEvents();
        QVERIFY(!theme.isDark());
    }

private:
    QProcess m_daemon;
    QString m_address;
};

QTEST_MAIN(TestDesktopScheme)
#include "tst_desktop_scheme.moc"
