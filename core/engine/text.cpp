#include "core/engine/text.h"

namespace fairway::engine {

QString toSentence(QString message)
{
    if (!message.isEmpty() && !QStringLiteral(".?!").contains(message.back()))
        message += QLatin1Char('.');
    return message;
}

QString shortAge(std::chrono::seconds age)
{
    // The steps of apimachinery's duration.HumanDuration: two units while the first is small, then one.
    const qint64 seconds = std::max<qint64>(0, age.count());
    const auto pair = [](qint64 first, QLatin1String firstUnit, qint64 second, QLatin1String secondUnit) {
        QString text = QString::number(first) + firstUnit;
        if (second > 0)
            text += QString::number(second) + secondUnit;
        return text;
    };
    const QLatin1String s("s"), m("m"), h("h"), d("d"), y("y");
    if (seconds < 120)
        return QString::number(seconds) + s;
    const qint64 minutes = seconds / 60;
    if (minutes < 10)
        return pair(minutes, m, seconds % 60, s);
    if (minutes < 180)
        return QString::number(minutes) + m;
    const qint64 hours = minutes / 60;
    if (hours < 8)
        return pair(hours, h, minutes % 60, m);
    if (hours < 48)
        return QString::number(hours) + h;
    const qint64 days = hours / 24;
    if (hours < 24 * 8)
        return pair(days, d, hours % 24, h);
    if (days < 365 * 2)
        return QString::number(days) + d;
    if (days < 365 * 8)
        return pair(days / 365, y, days % 365, d);
    return QString::number(days / 365) + y;
}

} // namespace fairway::engine
