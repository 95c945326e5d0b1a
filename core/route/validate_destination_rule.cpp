#include "core/route/istio_validation.h"

#include "core/route/durations.h"

#include <algorithm>
#include <map>
#include <set>

namespace fairway::route {
namespace {

    using value::Value;

    bool isPrime(std::int64_t x)
    {
        if (x < 4)
            return x > 0;
        if (x % 2 == 0)
            return false;
        for (std::int64_t factor = 3; factor <= x / factor; factor += 2) {
            if (x % factor == 0)
                return false;
        }
        return true;
    }

    void checkDurations(Report &report, std::string_view path, const Value &from, std::initializer_list<const char *> keys)
    {
        for (const char *key : keys) {
            if (!from[key].isNull())
                checkDuration(report, field(path, key), from[key]);
        }
    }

    void checkNotNegative(Report &report, std::string_view path, const Value &from, std::initializer_list<const char *> keys)
    {
        for (const char *key : keys) {
            if (from[key].intOr(0) < 0)
                report.error(field(path, key), phrase("route", "%1 must not be negative").with(key));
        }
    }

    void checkFailover(Report &report, std::string_view path, const Value &settings, const Value &outlier)
    {
        const Value &failover = settings["failover"];
        if ((failover.size() > 0 || settings["failoverPriority"].size() > 0) && outlier.isNull())
            report.warn(path, phrase("route", "failover needs outlier detection to notice what fails"));
        for (std::size_t i = 0; i < failover.size(); ++i) {
            const std::string here = item(field(path, "failover"), i);
            const std::string_view from = failover[i]["from"].stringOr();
            const std::string_view to = failover[i]["to"].stringOr();
            if (from == to)
                report.error(here, phrase("route", "failover must name two different regions"));
            if (from.find('/') != std::string_view::npos || to.find('/') != std::string_view::npos)
                report.error(here, phrase("route", "failover names regions only, no zones"));
            if (from.find('*') != std::string_view::npos || to.find('*') != std::string_view::npos)
                report.error(here, phrase("route", "a region of failover can't have wildcards"));
        }
    }

    bool isTopologyLabel(std::string_view label)
    {
        return label == "topology.kubernetes.io/region" || label == "topology.kubernetes.io/zone" || label == "topology.istio.io/subzone";
    }

    void checkPorts(Report &report, const std::string &path, const Value &ports, std::string_view ns)
    {
        for (std::size_t i = 0; i < ports.size(); ++i) {
            const std::string here = item(path, i);
            const Value &one = ports[i];
            if (one.isNull()) {
                report.error(here, phrase("route", "a policy must not be null"));
                continue;
            }
            if (one["port"].isNull())
                report.error(field(here, "port"), phrase("route", "the policy of a port needs its port"));
            if (one["outlierDetection"].isNull() && one["connectionPool"].isNull() && one["loadBalancer"].isNull() && one["tls"].isNull()) {
                report.error(here, phrase("route", "the policy of a port must have at least one field"));
                continue;
            }
            checkOutlierDetection(report, field(here, "outlierDetection"), one["outlierDetection"]);
            checkConnectionPool(report, field(here, "connectionPool"), one["connectionPool"]);
            checkLoadBalancer(report, field(here, "loadBalancer"), one["loadBalancer"], one["outlierDetection"]);
            checkClientTls(report, field(here, "tls"), one["tls"], ns);
        }
    }

    void checkTunnel(Report &report, const std::string &path, const Value &tunnel)
    {
        if (tunnel.isNull())
            return;
        const std::string_view protocol = tunnel["protocol"].stringOr();
        if (!protocol.empty() && protocol != "CONNECT" && protocol != "POST")
            report.error(field(path, "protocol"), phrase("route", "the protocol of a tunnel is CONNECT or POST"));
        const std::string_view host = tunnel["targetHost"].stringOr();
        if (!fqdnProblem(host).empty() && !isIpAddress(host))
            report.error(field(path, "targetHost"), phrase("route", "must be a full domain name or an address"));
        checkPort(report, field(path, "targetPort"), tunnel["targetPort"].intOr(0));
    }

} // namespace

void checkOutlierDetection(Report &report, std::string_view path, const Value &outlier)
{
    if (outlier.isNull())
        return;
    checkDurations(report, path, outlier, {"baseEjectionTime", "interval"});
    if (outlier["consecutiveErrors"].intOr(0) != 0)
        report.warn(field(path, "consecutiveErrors"),
            phrase("route", "consecutiveErrors is deprecated: use consecutiveGatewayErrors or consecutive5xxErrors"));
    if (!outlier["splitExternalLocalOriginErrors"].boolOr(false) && outlier["consecutiveLocalOriginFailures"].intOr(0) > 0)
        report.error(field(path, "consecutiveLocalOriginFailures"),
            phrase("route", "counts only with splitExternalLocalOriginErrors"));
    checkPercent(report, field(path, "maxEjectionPercent"), outlier["maxEjectionPercent"].intOr(0));
    checkPercent(report, field(path, "minHealthPercent"), outlier["minHealthPercent"].intOr(0));
}

void checkConnectionPool(Report &report, std::string_view path, const Value &pool)
{
    if (pool.isNull())
        return;
    const Value &http = pool["http"];
    const Value &tcp = pool["tcp"];
    if (http.isNull() && tcp.isNull())
        return report.error(path, phrase("route", "a connection pool must have at least one field"));
    const std::string httpPath = field(path, "http");
    checkNotNegative(report, httpPath, http,
        {"http1MaxPendingRequests", "http2MaxRequests", "maxRequestsPerConnection", "maxRetries", "maxConcurrentStreams"});
    checkDurations(report, httpPath, http, {"idleTimeout"});
    if (http["h2UpgradePolicy"].stringOr() == "UPGRADE" && http["useClientProtocol"].boolOr(false))
        report.error(
            field(httpPath, "useClientProtocol"), phrase("route", "can't be on while h2UpgradePolicy is UPGRADE"));
    if (const Value &alive = http["http2KeepAlive"]; !alive.isNull()) {
        for (const char *key : {"interval", "timeout"}) {
            if (alive[key].isNull())
                report.error(field(field(httpPath, "http2KeepAlive"), key), phrase("route", "is required"));
        }
        checkDurations(report, field(httpPath, "http2KeepAlive"), alive, {"interval", "timeout"});
    }
    const std::string tcpPath = field(path, "tcp");
    checkNotNegative(report, tcpPath, tcp, {"maxConnections"});
    checkDurations(report, tcpPath, tcp, {"connectTimeout", "maxConnectionDuration"});
    // 0 switches the timeout off.
    if (!tcp["idleTimeout"].isNull() && durationOf(tcp["idleTimeout"]) != std::chrono::milliseconds(0))
        checkDuration(report, field(tcpPath, "idleTimeout"), tcp["idleTimeout"]);
    checkDurations(report, field(tcpPath, "tcpKeepalive"), tcp["tcpKeepalive"], {"time", "interval"});
}

void checkLoadBalancer(Report &report, std::string_view path, const Value &settings, const Value &outlier)
{
    if (settings.isNull())
        return;
    const Value &hash = settings["consistentHash"];
    const std::string hashPath = field(path, "consistentHash");
    if (const Value &cookie = hash["httpCookie"]; !cookie.isNull()) {
        const std::string here = field(hashPath, "httpCookie");
        if (!hasText(cookie, "name"))
            report.error(field(here, "name"), phrase("route", "a cookie needs a name"));
        std::set<std::string, std::less<>> names;
        for (std::size_t i = 0; i < cookie["attributes"].size(); ++i) {
            const std::string_view name = cookie["attributes"][i]["name"].stringOr();
            if (name.empty())
                report.error(item(field(here, "attributes"), i), phrase("route", "an attribute needs a name"));
            else if (!names.insert(std::string(name)).second)
                report.error(item(field(here, "attributes"), i), phrase("route", "duplicate attribute %1").with(name));
        }
    }
    if (hash["minimumRingSize"].intOr(0) != 0) {
        report.warn(
            field(hashPath, "minimumRingSize"), phrase("route", "minimumRingSize is deprecated here: use ringHash"));
        if (!hash["ringHash"].isNull() || !hash["maglev"].isNull())
            report.error(hashPath, phrase("route", "minimumRingSize and an algorithm exclude each other"));
    }
    if (const Value &maglev = hash["maglev"]; !maglev.isNull()) {
        const std::int64_t size = maglev["tableSize"].intOr(0);
        const std::string here = field(hashPath, "maglev.tableSize");
        if (size == 0)
            report.error(here, phrase("route", "tableSize must be set for maglev"));
        if (size >= 5000011)
            report.error(here, phrase("route", "tableSize must be below 5000011"));
        else if (!isPrime(size))
            report.error(here, phrase("route", "tableSize must be a prime number"));
    }
    if (!settings["localityLbSetting"].isNull() && !settings["zoneAwareLbSetting"].isNull())
        report.error(path, phrase("route", "localityLbSetting and zoneAwareLbSetting exclude each other"));
    checkLocalityLb(report, field(path, "localityLbSetting"), settings["localityLbSetting"], outlier);
    checkZoneAwareLb(report, field(path, "zoneAwareLbSetting"), settings["zoneAwareLbSetting"], outlier);
    if (const Value &warmup = settings["warmup"]; !warmup.isNull()) {
        const std::string here = field(path, "warmup");
        if (warmup["duration"].isNull())
            report.error(field(here, "duration"), phrase("route", "duration is required"));
        checkDurations(report, here, warmup, {"duration"});
        if (numberOf(warmup["minimumPercent"]) > 100)
            report.error(field(here, "minimumPercent"), phrase("route", "must be 100 at most"));
        if (!warmup["aggression"].isNull() && numberOf(warmup["aggression"]) <= 0)
            report.error(field(here, "aggression"), phrase("route", "must be greater than 0"));
    }
}

void checkLocalities(Report &report, std::string_view path, const std::vector<std::string> &localities)
{
    std::vector<std::string> known;
    for (const std::string &locality : localities) {
        const auto stars = std::count(locality.begin(), locality.end(), '*');
        if (stars > 1 || (stars == 1 && !locality.ends_with('*')))
            return report.error(path, phrase("route", "locality %1: one \"*\" at the end at most").with(locality));
        if (locality.empty() || locality.starts_with('/') || locality.ends_with('/') || locality.find("//") != std::string::npos)
            return report.error(path, phrase("route", "locality %1 has an empty part").with(locality));
        // "a", "a/*" and "a/*/*" all stand for everything below a.
        std::string base = locality;
        while (base.ends_with("/*"))
            base.resize(base.size() - 2);
        for (const std::string &other : known) {
            const bool isSame = other == base || other == "*" || (base == "*" && locality == "*" && other == "*");
            if (isSame || base.starts_with(other + "/") || (other.starts_with(base + "/") && base == locality))
                return report.error(path, phrase("route", "locality %1 overlaps with %2").with(locality, other));
        }
        known.push_back(base);
    }
}

void checkLocalityLb(Report &report, std::string_view path, const Value &settings, const Value &outlier)
{
    if (settings.isNull())
        return;
    const Value &distribute = settings["distribute"];
    const Value &priorities = settings["failoverPriority"];
    if (distribute.size() > 0 && settings["failover"].size() > 0)
        return report.error(path, phrase("route", "distribute and failover exclude each other"));
    for (std::size_t i = 0; settings["failover"].size() > 0 && i < priorities.size(); ++i) {
        if (isTopologyLabel(priorities[i].stringOr()))
            return report.error(field(path, "failoverPriority"),
                phrase("route", "failover excludes the topology labels of regions and zones"));
    }
    std::vector<std::string> sources;
    for (std::size_t i = 0; i < distribute.size(); ++i) {
        const std::string here = item(field(path, "distribute"), i);
        sources.emplace_back(distribute[i]["from"].stringOr());
        std::vector<std::string> targets;
        std::int64_t total = 0;
        if (distribute[i]["to"].isMap()) {
            for (const auto &[locality, weight] : distribute[i]["to"].asMap()) {
                targets.push_back(locality);
                if (weight.intOr(0) < 1 || weight.intOr(0) > 100)
                    return report.error(here, phrase("route", "the weight of a locality must be 1 to 100"));
                total += weight.intOr(0);
            }
        }
        if (total != 100)
            return report.error(here, phrase("route", "the weights of localities add up to %1, not 100").with(total));
        checkLocalities(report, here, targets);
    }
    checkLocalities(report, field(path, "distribute"), sources);
    checkFailover(report, path, settings, outlier);
}

void checkZoneAwareLb(Report &report, std::string_view path, const Value &settings, const Value &outlier)
{
    if (settings.isNull())
        return;
    const Value &priorities = settings["failoverPriority"];
    for (std::size_t i = 0; i < priorities.size(); ++i) {
        if (isTopologyLabel(priorities[i].stringOr()))
            report.error(item(field(path, "failoverPriority"), i),
                phrase("route", "regions and zones are handled already: name another label"));
    }
    checkFailover(report, path, settings, outlier);
}

void checkClientTls(Report &report, std::string_view path, const Value &tls, std::string_view ns)
{
    if (tls.isNull())
        return;
    const std::string_view mode = tls["mode"].stringOr();
    const std::string_view credential = tls["credentialName"].stringOr();
    constexpr std::string_view configMap = "configmap://";
    if (credential.starts_with(configMap)) {
        const std::string_view rest = credential.substr(configMap.size());
        const std::size_t slash = rest.find('/');
        const std::string_view from = slash == std::string_view::npos ? std::string_view() : rest.substr(0, slash);
        if (slash == std::string_view::npos || from != ns || ns.empty())
            report.error(field(path, "credentialName"),
                phrase("route", "a configmap:// credential must be of the object's own namespace"));
    }
    if (tls["insecureSkipVerify"].boolOr(false)) {
        const bool hasCredential = mode == "SIMPLE" && !credential.empty();
        if ((mode == "SIMPLE" || mode == "MUTUAL")
            && (hasText(tls, "caCertificates") || hasCredential || !tls["subjectAltNames"].isNull()))
            report.error(path,
                phrase("route",
                    "insecureSkipVerify excludes what would be verified: caCertificates, credentialName, "
                    "subjectAltNames"));
    }
    if ((mode == "SIMPLE" || mode == "MUTUAL") && !credential.empty()) {
        for (const char *key : {"clientCertificate", "caCertificates", "privateKey", "caCrl"}) {
            if (hasText(tls, key))
                report.error(field(path, key), phrase("route", "can't stand beside credentialName"));
        }
        return;
    }
    if (mode == "MUTUAL" && !hasText(tls, "clientCertificate"))
        report.error(field(path, "clientCertificate"), phrase("route", "mutual TLS requires a client certificate"));
    if (mode == "MUTUAL" && !hasText(tls, "privateKey"))
        report.error(field(path, "privateKey"), phrase("route", "mutual TLS requires a private key"));
}

void checkTrafficPolicy(Report &report, std::string_view path, const Value &policy, std::string_view ns)
{
    if (policy.isNull())
        return;
    static constexpr const char *Fields[] = {"outlierDetection", "connectionPool", "loadBalancer", "tls", "portLevelSettings", "tunnel",
        "proxyProtocol", "retryBudget"};
    if (std::all_of(std::begin(Fields), std::end(Fields), [&](const char *key) { return policy[key].isNull(); }))
        return report.error(path, phrase("route", "a traffic policy must have at least one field"));
    if (!policy["tunnel"].isNull() && !policy["proxyProtocol"].isNull())
        return report.error(path, phrase("route", "tunnel and proxyProtocol exclude each other"));
    checkOutlierDetection(report, field(path, "outlierDetection"), policy["outlierDetection"]);
    checkConnectionPool(report, field(path, "connectionPool"), policy["connectionPool"]);
    checkLoadBalancer(report, field(path, "loadBalancer"), policy["loadBalancer"], policy["outlierDetection"]);
    checkClientTls(report, field(path, "tls"), policy["tls"], ns);
    checkPorts(report, field(path, "portLevelSettings"), policy["portLevelSettings"], ns);
    checkTunnel(report, field(path, "tunnel"), policy["tunnel"]);
}

void checkDestinationRule(Report &report, const Value &spec, std::string_view ns)
{
    if (Text problem = wildcardProblem(spec["host"].stringOr()); !problem.empty())
        report.error("spec.host", std::move(problem));
    checkTrafficPolicy(report, "spec.trafficPolicy", spec["trafficPolicy"], ns);
    std::set<std::string, std::less<>> names;
    const Value &subsets = spec["subsets"];
    for (std::size_t i = 0; i < subsets.size(); ++i) {
        const std::string here = item("spec.subsets", i);
        if (subsets[i].isNull()) {
            report.error(here, phrase("route", "a subset must not be null"));
            continue;
        }
        const std::string_view name = subsets[i]["name"].stringOr();
        if (!names.insert(std::string(name)).second)
            report.error(field(here, "name"), phrase("route", "duplicate subset name %1").with(name));
        if (name.empty())
            report.error(field(here, "name"), phrase("route", "a subset needs a name"));
        else if (!isDnsLabel(name))
            report.error(field(here, "name"), phrase("route", "is no name of a subset: \"%1\"").with(name));
        checkLabels(report, field(here, "labels"), subsets[i]["labels"]);
        report.muteWarnings(true); // as Istio: they get lost on the way
        checkTrafficPolicy(report, field(here, "trafficPolicy"), subsets[i]["trafficPolicy"], ns);
        report.muteWarnings(false);
    }
    const Value &selector = spec["workloadSelector"];
    checkExportTo(report, "spec.exportTo", spec["exportTo"], ns, false, !selector.isNull());
    if (!selector.isNull())
        checkSelectorLabels(report, "spec.workloadSelector", selector["matchLabels"],
            phrase("route", "a workload selector without labels selects everything"));
}

} // namespace fairway::route
