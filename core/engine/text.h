#pragma once

#include "core/base/result.h"
#include "core/base/text.h"

#include <QDateTime>
#include <QString>

#include <chrono>
#include <string>
#include <string_view>

namespace fairway::engine {

/// Between the engine's UTF-8 and Qt's strings.
[[nodiscard]] inline QString toQString(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

[[nodiscard]] inline std::string toUtf8(const QString &text)
{
    return text.toStdString();
}

[[nodiscard]] inline QDateTime toQDateTime(std::chrono::system_clock::time_point time)
{
    return QDateTime::fromMSecsSinceEpoch(
        std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count());
}

/// Core's words in the window's language. Threads: any.
[[nodiscard]] QString inWords(const Text &text);
/// The same of an error. What core says only in English comes behind words for its code, where the window speaks another language:
/// a reader who knows no English then still learns what kind of failure it is.
[[nodiscard]] QString inWords(const Error &error);

/// Core's message as a sentence that another may follow: ends with a full stop.
[[nodiscard]] QString toSentence(QString message);

/// Age as kubectl prints it: "12s", "5m30s", "3h12m", "2d4h", "41d".
[[nodiscard]] QString shortAge(std::chrono::seconds age);

} // namespace fairway::engine
