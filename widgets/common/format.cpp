#include "widgets/common/format.h"

#include <QCoreApplication>
#include <QLocale>
#include <QTimeZone>

#include <algorithm>
#include <cmath>

namespace fairway::ui {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Format)
};

/// Three significant digits, no trailing zeros: 1.24, 12.4, 124.
QString threeDigits(double value)
{
    const double size = std::abs(value);
    const int decimals = size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2;
    QString text = QString::number(value, 'f', decimals);
    if (text.contains(QLatin1Char('.'))) {
        while (text.endsWith(QLatin1Char('0')))
            text.chop(1);
        if (text.endsWith(QLatin1Char('.')))
            text.chop(1);
    }
    return text;
}

} // namespace

QString compactNumber(double value)
{
    if (!std::isfinite(value))
        return QStringLiteral("–");
    const double size = std::abs(value);
    if (size < 1000)
        return size == std::floor(size) ? QString::number(value, 'f', 0) : threeDigits(value);
    if (size < 1e6)
        return threeDigits(value / 1e3) + QStringLiteral(" k");
    if (size < 1e9)
        return threeDigits(value / 1e6) + QStringLiteral(" M");
    return threeDigits(value / 1e9) + QStringLiteral(" G");
}

QString groupedNumber(qint64 value)
{
    QLocale plain = QLocale::c();
    plain.setNumberOptions(QLocale::DefaultNumberOptions);
    return plain.toString(value);
}

QString ratePerSecond(double value)
{
    return Words::tr("%1 req/s").arg(compactNumber(value));
}

QString milliseconds(double value)
{
    if (!std::isfinite(value))
        return QStringLiteral("–");
    if (value < 9.95)
        return QStringLiteral("%1 ms").arg(value, 0, 'f', 1);
    if (value < 999.5)
        return QStringLiteral("%1 ms").arg(value, 0, 'f', 0);
    return seconds(value / 1000);
}

QString seconds(double value)
{
    if (value < 9.95)
        return Words::tr("%1 s").arg(value, 0, 'f', 1);
    if (value < 100)
        return Words::tr("%1 s").arg(value, 0, 'f', 0);
    if (value < 2 * 3600)
        return Words::tr("%1 min").arg(value / 60, 0, 'f', 0);
    return Words::tr("%1 h").arg(value / 3600, 0, 'f', 0);
}

QString percent(double fraction, int decimals)
{
    return QStringLiteral("%1 %").arg(fraction * 100, 0, 'f', decimals);
}

QString relativeTime(const QDateTime &when, const QDateTime &now)
{
    if (!when.isValid())
        return {};
    const qint64 s = when.secsTo(now);
    if (s < 2)
        return Words::tr("just now");
    if (s < 60)
        return Words::tr("%1 s ago").arg(s);
    if (s < 3600)
        return Words::tr("%1 min ago").arg(s / 60);
    if (s < 2 * 86400)
        return Words::tr("%1 h ago").arg(s / 3600);
    return Words::tr("%1 d ago").arg(s / 86400);
}

QString exactTime(const QDateTime &when)
{
    return when.toLocalTime().toString(QStringLiteral("yyyy-MM-dd HH:mm:ss t"));
}

QString clockTime(const QDateTime &when, const QDateTime &now)
{
    const QDateTime local = when.toLocalTime();
    if (local.date() == now.toLocalTime().date())
        return local.toString(QStringLiteral("HH:mm"));
    return local.toString(QStringLiteral("yyyy-MM-dd HH:mm"));
}

} // namespace fairway::ui
