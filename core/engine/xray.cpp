#include "core/engine/xray.h"

#include <QCoreApplication>

#include <algorithm>

namespace fairway::engine {
namespace {

QString line(const QString &label, const QString &value)
{
    return value.isEmpty() ? QString() : QCoreApplication::translate("Xray", "%1: %2").arg(label, value) + QLatin1Char('\n');
}

QString rulesAsText(const XrayAnswer &answer)
{
    QString out;
    for (const XrayRule &rule : answer.rules) {
        const QString mark = rule.state == XrayRule::State::Taken ? QStringLiteral("  → ")
            : rule.state == XrayRule::State::Passed              ? QStringLiteral("  ✗ ")
                                                                 : QStringLiteral("  – ");
        out += mark + rule.object + QLatin1Char(' ') + rule.field + QStringLiteral(" (") + rule.title + QLatin1Char(')');
        out += rule.reason.isEmpty() ? QStringLiteral("\n") : QStringLiteral(": ") + rule.reason + QLatin1Char('\n');
    }
    return out;
}

} // namespace

const XrayRule *XrayAnswer::taken() const
{
    const auto found = std::find_if(rules.begin(), rules.end(), [](const XrayRule &rule) { return rule.state == XrayRule::State::Taken; });
    return found == rules.end() ? nullptr : &*found;
}

QString XrayAnswer::toText() const
{
    if (state == State::Empty)
        return {};
    if (state != State::Answered)
        return problem + QLatin1Char('\n');
    QString out = line(QCoreApplication::translate("Xray", "Request"), request) + line(QCoreApplication::translate("Xray", "Seen from"), place) + line(QCoreApplication::translate("Xray", "Listener"), listener) + line(QCoreApplication::translate("Xray", "Host"), host);
    out += verdict + QLatin1Char('\n');
    if (!rules.isEmpty())
        out += QCoreApplication::translate("Xray", "Rules tried:") + QLatin1Char('\n') + rulesAsText(*this);
    for (const XrayTarget &target : targets) {
        QString where = target.label;
        if (!target.share.isEmpty())
            where += QStringLiteral(", ") + target.share;
        where += QStringLiteral(", ") + (target.problem.isEmpty() ? QCoreApplication::translate("Xray", "%1 of %2 pods ready").arg(target.readyPods).arg(target.totalPods) : target.problem);
        if (!target.pods.isEmpty())
            where += QStringLiteral(": ") + target.pods.join(QStringLiteral(", "));
        if (!target.loggedPod.isEmpty())
            where += QCoreApplication::translate("Xray", " (in the log: %1)").arg(target.loggedPod);
        out += line(QCoreApplication::translate("Xray", "Destination"), where);
    }
    for (const auto &[label, value] : changes)
        out += line(label, value);
    for (const QString &note : notes)
        out += line(QCoreApplication::translate("Xray", "Note"), note);
    for (const QString &each : notModelled)
        out += line(QCoreApplication::translate("Xray", "Not modelled"), each);
    return out;
}

} // namespace fairway::engine
