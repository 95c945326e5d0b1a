#pragma once

#include <QDateTime>
#include <QString>

/// Numbers and times as the screens show them. Pure; the language comes from the installed translation.
namespace fairway::ui {

/// "0", "12", "1.24 k", "3.5 M": three significant digits from a thousand on.
[[nodiscard]] QString compactNumber(double value);
/// "10,482": whole, grouped by thousands.
[[nodiscard]] QString groupedNumber(qint64 value);
/// "200 req/s", "1.24 k req/s"
[[nodiscard]] QString ratePerSecond(double value);
/// "0.4 ms", "87 ms", "1.2 s", "41 min"
[[nodiscard]] QString milliseconds(double value);
[[nodiscard]] QString seconds(double value);
/// "25 %", "0.51 %": `fraction` is 0..1.
[[nodiscard]] QString percent(double fraction, int decimals = 0);
/// "just now", "3 s ago", "11 min ago", "2 h ago", "5 d ago"
[[nodiscard]] QString relativeTime(const QDateTime &when, const QDateTime &now);
/// "2026-11-22 14:03:07 UTC+01:00" for tool tips.
[[nodiscard]] QString exactTime(const QDateTime &when);
/// "14:03" today, "21 Nov 14:03" otherwise.
[[nodiscard]] QString clockTime(const QDateTime &when, const QDateTime &now);

} // namespace fairway::ui
