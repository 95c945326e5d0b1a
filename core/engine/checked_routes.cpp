#include "core/engine/checked_routes.h"

#include "core/engine/route_entry.h"
#include "core/engine/text.h"
#include "core/route/finding_words.h"
#include "core/route/mends.h"
#include "core/route/object_check.h"
#include "core/route/overlap_check.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>
#include <map>
#include <string>

namespace fairway::engine {
namespace {

constexpr qsizetype MostOfARoute = 200;

QString tr(const char *text)
{
    return QCoreApplication::translate("fairway::engine", text); // where lupdate puts what free functions say
}

/// "rule:http/2" of "spec.http[2].match[0]"; empty where the path leads to no rule.
QString ruleOf(const QString &path)
{
    static const QRegularExpression pattern(QStringLiteral("^spec\\.(http|tls|tcp|rules)\\[(\\d+)\\]"));
    const QRegularExpressionMatch match = pattern.match(path);
    return match.hasMatch() ? QStringLiteral("rule:%1/%2").arg(match.captured(1), match.captured(2)) : QString();
}

Finding toFinding(const route::ObjectFinding &found, bool isOwn)
{
    Finding out;
    out.severity = toSeverity(found.severity);
    out.code = toQString(found.code);
    out.kialiCode = toQString(route::kialiCode(found.code, found.object, found.path, found.message.plain()));
    out.object = toQString(found.object);
    out.path = toQString(found.path);
    out.title = inWords(route::titleOfCode(found.code));
    out.detail = inWords(found.message.asSentence());
    if (out.title.isEmpty())
        out.title = out.path.isEmpty() ? out.object : out.path;
    if (!isOwn) {
        out.detail = tr("%1: %2").arg(out.object, out.detail);
        return out; // another object: its fields are not on this page
    }
    out.actionTarget = ruleOf(out.path);
    out.action = out.actionTarget.isEmpty() ? tr("Show the field") : tr("Go to the rule");
    return out;
}

/// "DestinationRule shop/reviews" and "Gateway shop/public" to the ids of the routes that depend on them.
class Dependants {
public:
    Dependants(const std::vector<value::Value> &objects, const RoutePicture &picture)
    {
        std::map<std::string, std::vector<QString>> byHost;
        for (auto entry = picture.entries.cbegin(); entry != picture.entries.cend(); ++entry) {
            const route::RouteObject &route = entry.value()->route;
            for (const std::string &gateway : route.gateways) {
                if (gateway.find('/') != std::string::npos)
                    add("Gateway " + (gateway.starts_with("Gateway ") ? gateway.substr(8) : gateway), entry.key());
            }
            for (const route::Rule &rule : route.rules) {
                for (const route::Destination &destination : rule.destinations)
                    byHost[destination.fqdn].push_back(entry.key());
            }
        }
        for (const value::Value &object : objects) {
            if (object["kind"].stringOr() != "DestinationRule")
                continue;
            const std::string ns(object["metadata"]["namespace"].stringOr());
            const auto found = byHost.find(route::fullHost(object["spec"]["host"].stringOr(), ns));
            if (found == byHost.end())
                continue;
            for (const QString &id : found->second)
                add("DestinationRule " + ns + "/" + std::string(object["metadata"]["name"].stringOr()), id);
        }
    }

    [[nodiscard]] const std::vector<QString> &of(const std::string &object) const
    {
        static const std::vector<QString> none;
        const auto found = m_routes.find(object);
        return found == m_routes.end() ? none : found->second;
    }

private:
    void add(const std::string &object, const QString &id)
    {
        std::vector<QString> &ids = m_routes[object];
        if (std::find(ids.begin(), ids.end(), id) == ids.end())
            ids.push_back(id);
    }

    std::map<std::string, std::vector<QString>> m_routes;
};

/// The mends of the objects that findings are about; each object is looked at once.
class Mendable {
public:
    explicit Mendable(const std::vector<value::Value> &objects)
    {
        for (const value::Value &object : objects) {
            const value::Value &metadata = object["metadata"];
            m_objects.emplace(std::string(object["kind"].stringOr()) + ' ' + std::string(metadata["namespace"].stringOr()) + '/'
                    + std::string(metadata["name"].stringOr()),
                &object);
        }
    }

    [[nodiscard]] bool has(const std::string &object, const Finding &finding)
    {
        const auto [mends, isNew] = m_mends.try_emplace(object);
        const auto found = isNew ? m_objects.find(object) : m_objects.end();
        if (found != m_objects.end())
            mends->second = route::mendsOf(*found->second);
        return hasMend(mends->second, finding);
    }

private:
    std::map<std::string, const value::Value *> m_objects;
    std::map<std::string, std::vector<route::Mend>> m_mends;
};

/// The route's own findings come from its topology and say more; the same said by an analyzer is left out.
bool isTold(const QList<Finding> &told, const Finding &finding)
{
    return std::any_of(told.begin(), told.end(), [&](const Finding &other) {
        return other.object == finding.object
            && route::isSaidBefore(other.code.toStdString(), other.path.toStdString(), finding.code.toStdString(), finding.path.toStdString());
    });
}

} // namespace

CheckedRoutes checkRoutes(const std::vector<value::Value> &objects, const RoutePicture &picture, const CancelToken &overlaps)
{
    std::vector<route::ObjectFinding> all = route::checkObjects(objects);
    if (auto crossing = route::checkOverlaps(objects, overlaps))
        all.insert(all.end(), std::make_move_iterator(crossing->begin()), std::make_move_iterator(crossing->end()));
    const Dependants dependants(objects, picture);
    QHash<QString, QString> idOf; // by "VirtualService shop/reviews"
    for (const RouteRow &row : picture.rows)
        idOf.insert(row.kind + QLatin1Char(' ') + row.ns + QLatin1Char('/') + row.name, row.id);
    CheckedRoutes out;
    Mendable mendable(objects);
    const auto add = [&](const QString &id, Finding finding, const std::string &object) {
        // Other objects than the route and its DestinationRules have no drafts.
        finding.canMend = (idOf.value(finding.object) == id || object.starts_with("DestinationRule ")) && mendable.has(object, finding);
        const auto entry = picture.entries.value(id);
        QList<Finding> &list = out[id];
        if (entry && list.size() < MostOfARoute && !isTold(entry->detail.findings, finding))
            list.append(finding);
    };
    for (const route::ObjectFinding &found : all) {
        const QString own = idOf.value(toQString(found.object));
        if (!own.isEmpty())
            add(own, toFinding(found, true), found.object);
        for (const QString &id : dependants.of(found.object))
            add(id, toFinding(found, false), found.object);
    }
    out.removeIf([](const auto &pair) { return pair.value().isEmpty(); });
    return out;
}

} // namespace fairway::engine
