#include "core/engine/text.h"

#include <QCoreApplication>

namespace fairway::engine {
namespace {

const char *wordsFor(ErrorCode code)
{
    switch (code) {
    case ErrorCode::InvalidInput: return QT_TRANSLATE_NOOP("ErrorCode", "Not valid");
    case ErrorCode::NotFound: return QT_TRANSLATE_NOOP("ErrorCode", "Not found");
    case ErrorCode::AlreadyExists: return QT_TRANSLATE_NOOP("ErrorCode", "It exists already");
    case ErrorCode::Conflict: return QT_TRANSLATE_NOOP("ErrorCode", "Somebody else changed it meanwhile");
    case ErrorCode::Unauthorized: return QT_TRANSLATE_NOOP("ErrorCode", "The credentials were refused");
    case ErrorCode::Forbidden: return QT_TRANSLATE_NOOP("ErrorCode", "The right for this is missing");
    case ErrorCode::Gone: return QT_TRANSLATE_NOOP("ErrorCode", "The server no longer keeps that version");
    case ErrorCode::Unsupported: return QT_TRANSLATE_NOOP("ErrorCode", "The other side can't do this");
    case ErrorCode::ProtocolViolation: return QT_TRANSLATE_NOOP("ErrorCode", "The answer is not what an API server would say");
    case ErrorCode::LimitExceeded: return QT_TRANSLATE_NOOP("ErrorCode", "Larger than allowed");
    case ErrorCode::Timeout: return QT_TRANSLATE_NOOP("ErrorCode", "No answer in time");
    case ErrorCode::Unreachable: return QT_TRANSLATE_NOOP("ErrorCode", "No connection");
    case ErrorCode::Unavailable: return QT_TRANSLATE_NOOP("ErrorCode", "The server can't do it now");
    case ErrorCode::Locked: return QT_TRANSLATE_NOOP("ErrorCode", "Locked: nothing was sent");
    case ErrorCode::Io: return QT_TRANSLATE_NOOP("ErrorCode", "The operating system refused");
    case ErrorCode::Cancelled: return QT_TRANSLATE_NOOP("ErrorCode", "Cancelled");
    case ErrorCode::Internal: break;
    }
    return QT_TRANSLATE_NOOP("ErrorCode", "A mistake of Fairway's own");
}

} // namespace

QString inWords(const Text &text)
{
    return toQString(text.in([](const char *context, const char *pattern) {
        return QCoreApplication::translate(context, pattern).toStdString();
    }));
}

QString inWords(const Error &error)
{
    if (!error.text.empty())
        return inWords(error.text);
    const char *english = wordsFor(error.code);
    const QString kind = QCoreApplication::translate("ErrorCode", english);
    const QString message = toQString(error.message);
    // English needs no words in front: the message says it, better.
    return kind == QLatin1String(english) ? message : kind + QStringLiteral("：") + message;
}

QString toSentence(QString message)
{
    if (message.isEmpty() || QStringLiteral(".?!。？！").contains(message.back()))
        return message;
    const bool isCjk = message.back().unicode() >= 0x2e80;
    message += isCjk ? QChar(0x3002) : QLatin1Char('.');
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
