#include "core/route/istio_validation.h"

#include "core/route/durations.h"

#include <algorithm>
#include <array>
#include <set>

/// The part of Istio's CRDs that decides: required fields, bounds, enumerations, alternatives and CEL rules.
/// Source: istio.io/api kubernetes/customresourcedefinitions.gen.yaml.
namespace fairway::route {
namespace {

    using value::Value;

    void require(Report &report, std::string_view path, const Value &from, std::initializer_list<const char *> keys)
    {
        for (const char *key : keys) {
            if (from[key].isNull())
                report.error(field(path, key), phrase("route", "%1: Required value").with(field(path, key)));
        }
    }

    void requireEach(Report &report, std::string_view path, const Value &list, std::initializer_list<const char *> keys)
    {
        for (std::size_t i = 0; i < list.size(); ++i)
            require(report, item(path, i), list[i], keys);
    }

    void bound(Report &report, std::string_view path, const Value &from, const char *key, double least, double most)
    {
        const Value &given = from[key];
        if (!given.isNumber())
            return;
        const double number = given.isFloat() ? given.asFloat() : static_cast<double>(given.asInt());
        if (number < least || number > most)
            report.error(field(path, key), phrase("route", "%1 is out of range").with(field(path, key)));
    }

    void oneOf(Report &report, std::string_view path, const Value &from, std::initializer_list<const char *> keys)
    {
        const auto count = std::count_if(keys.begin(), keys.end(), [&](const char *key) { return !from[key].isNull(); });
        if (count > 1)
            report.error(path, phrase("route", "%1: only one of its alternatives can be set").with(path));
    }

    void choice(Report &report, std::string_view path, const Value &from, const char *key, std::initializer_list<std::string_view> values)
    {
        const Value &given = from[key];
        if (given.isString() && std::find(values.begin(), values.end(), given.asString()) == values.end())
            report.error(field(path, key),
                phrase("route", "%1: unsupported value \"%2\"").with(field(path, key), given.asString()));
    }

    void durations(Report &report, std::string_view path, const Value &from, std::initializer_list<const char *> keys)
    {
        for (const char *key : keys) {
            if (from[key].isNull())
                continue;
            const auto duration = parseDuration(from[key].stringOr());
            if (!duration || *duration < std::chrono::milliseconds(1))
                report.error(field(path, key), phrase("route", "must be a duration of at least 1ms"));
        }
    }

    constexpr double mostU32 = 4294967295.0;

    void ports(Report &report, const std::string &path, const Value &map)
    {
        if (!map.isMap())
            return;
        for (const auto &[name, port] : map.asMap()) {
            if (!isDnsLabel(name) || name.size() >= 63)
                report.error(field(path, name), phrase("route", "port name must be valid"));
            if (port.intOr(0) < 1 || port.intOr(0) > 65535)
                report.error(field(path, name), phrase("route", "port must be between 1-65535"));
        }
    }

    void workloadEntry(Report &report, const std::string &path, const Value &entry)
    {
        const std::string_view address = entry["address"].stringOr();
        if (entry["address"].isNull() && entry["network"].isNull())
            report.error(path, phrase("route", "Address is required"));
        const bool isUnix = address.starts_with("unix://");
        if (isUnix && !entry["ports"].isNull())
            report.error(path, phrase("route", "UDS may not include ports"));
        if (isUnix && address.substr(7, 1) != "/" && address.substr(7, 1) != "@")
            report.error(field(path, "address"), phrase("route", "UDS must be an absolute path or abstract socket"));
        if (isUnix && address.ends_with('/'))
            report.error(field(path, "address"), phrase("route", "UDS may not be a dir"));
        if (address.size() > 256)
            report.error(field(path, "address"), phrase("route", "is too long: 256 characters at most"));
        ports(report, field(path, "ports"), entry["ports"]);
        bound(report, path, entry, "weight", 0, mostU32);
    }

    void serviceEntry(Report &report, const Value &spec)
    {
        if (!spec["workloadSelector"].isNull() && !spec["endpoints"].isNull())
            report.error("spec", phrase("route", "only one of WorkloadSelector or Endpoints can be set"));
        const std::string_view resolution = spec["resolution"].stringOr("NONE");
        const Value &addresses = spec["addresses"];
        for (std::size_t i = 0; i < addresses.size(); ++i) {
            if (addresses[i].stringOr().find('/') != std::string_view::npos && resolution != "NONE" && resolution != "STATIC")
                report.error("spec.addresses",
                    phrase("route", "CIDR addresses are allowed only for NONE/STATIC resolution types"));
            if (addresses[i].stringOr().size() > 64)
                report.error(item("spec.addresses", i), phrase("route", "is too long: 64 characters at most"));
        }
        const Value &endpoints = spec["endpoints"];
        if (resolution == "NONE" && endpoints.size() > 0)
            report.error("spec", phrase("route", "NONE mode cannot set endpoints"));
        if (resolution == "DNS_ROUND_ROBIN" && endpoints.size() > 1)
            report.error("spec", phrase("route", "DNS_ROUND_ROBIN mode cannot have multiple endpoints"));
        const Value &hosts = spec["hosts"];
        require(report, "spec", spec, {"hosts"});
        if (hosts.isList() && (hosts.size() == 0 || hosts.size() > 256))
            report.error("spec.hosts", phrase("route", "must have 1 to 256 items"));
        for (std::size_t i = 0; i < hosts.size(); ++i) {
            if (hosts[i].stringOr() == "*")
                report.error(item("spec.hosts", i), phrase("route", "hostname cannot be wildcard"));
        }
        std::set<std::int64_t> numbers;
        const Value &list = spec["ports"];
        requireEach(report, "spec.ports", list, {"number", "name"});
        for (std::size_t i = 0; i < list.size(); ++i) {
            for (const char *key : {"number", "targetPort"}) {
                const Value &number = list[i][key];
                if (number.isNumber() && (number.intOr(0) < 1 || number.intOr(0) > 65535))
                    report.error(field(item("spec.ports", i), key), phrase("route", "port must be between 1-65535"));
            }
            if (!numbers.insert(list[i]["number"].intOr(0)).second)
                report.error("spec.ports", phrase("route", "port number cannot be duplicated"));
            if (list[i]["name"].stringOr().size() > 256)
                report.error(
                    field(item("spec.ports", i), "name"), phrase("route", "is too long: 256 characters at most"));
        }
        for (std::size_t i = 0; i < endpoints.size(); ++i)
            workloadEntry(report, item("spec.endpoints", i), endpoints[i]);
        const Value &labels = spec["workloadSelector"]["labels"];
        if (labels.isMap()) {
            for (const auto &[key, label] : labels.asMap()) {
                if (label.stringOr().find('*') != std::string_view::npos)
                    report.error(field("spec.workloadSelector.labels", key),
                        phrase("route", "wildcard is not supported in selector"));
            }
        }
        choice(report, "spec", spec, "location", {"MESH_EXTERNAL", "MESH_INTERNAL"});
        choice(report, "spec", spec, "resolution", {"NONE", "STATIC", "DNS", "DNS_ROUND_ROBIN", "DYNAMIC_DNS"});
    }

    void policy(Report &report, const std::string &path, const Value &from)
    {
        const std::string lb = field(path, "loadBalancer");
        const Value &balancer = from["loadBalancer"];
        oneOf(report, lb, balancer, {"simple", "consistentHash", "backendUtilization"});
        choice(report, lb, balancer, "simple", {"UNSPECIFIED", "LEAST_CONN", "RANDOM", "PASSTHROUGH", "ROUND_ROBIN", "LEAST_REQUEST"});
        const Value &hash = balancer["consistentHash"];
        oneOf(report, field(lb, "consistentHash"), hash, {"httpHeaderName", "httpCookie", "useSourceIp", "httpQueryParameterName"});
        oneOf(report, field(lb, "consistentHash"), hash, {"ringHash", "maglev"});
        if (!hash["httpCookie"].isNull())
            require(report, field(lb, "consistentHash.httpCookie"), hash["httpCookie"], {"name"});
        durations(report, lb, balancer, {"warmupDurationSecs"});
        if (const Value &warmup = balancer["warmup"]; !warmup.isNull()) {
            require(report, field(lb, "warmup"), warmup, {"duration"});
            durations(report, field(lb, "warmup"), warmup, {"duration"});
            bound(report, field(lb, "warmup"), warmup, "minimumPercent", 0, 100);
            bound(report, field(lb, "warmup"), warmup, "aggression", 0, mostU32);
        }
        const std::string pool = field(path, "connectionPool");
        const Value &http = from["connectionPool"]["http"];
        choice(report, field(pool, "http"), http, "h2UpgradePolicy", {"DEFAULT", "DO_NOT_UPGRADE", "UPGRADE"});
        durations(report, field(pool, "http"), http, {"idleTimeout"});
        durations(report, field(pool, "http.http2KeepAlive"), http["http2KeepAlive"], {"interval", "timeout"});
        durations(report, field(pool, "tcp"), from["connectionPool"]["tcp"], {"connectTimeout", "maxConnectionDuration"});
        durations(report, field(pool, "tcp.tcpKeepalive"), from["connectionPool"]["tcp"]["tcpKeepalive"], {"interval", "time"});
        const Value &outlier = from["outlierDetection"];
        durations(report, field(path, "outlierDetection"), outlier, {"baseEjectionTime", "interval"});
        for (const char *key : {"consecutive5xxErrors", "consecutiveGatewayErrors", "consecutiveLocalOriginFailures"})
            bound(report, field(path, "outlierDetection"), outlier, key, 0, mostU32);
        choice(report, field(path, "tls"), from["tls"], "mode", {"DISABLE", "SIMPLE", "MUTUAL", "ISTIO_MUTUAL"});
        if (!from["tunnel"].isNull())
            require(report, field(path, "tunnel"), from["tunnel"], {"targetHost", "targetPort"});
        bound(report, field(path, "retryBudget"), from["retryBudget"], "percent", 0, 100);
        choice(report, field(path, "proxyProtocol"), from["proxyProtocol"], "version", {"V1", "V2"});
    }

    void destinationRule(Report &report, const Value &spec)
    {
        require(report, "spec", spec, {"host"});
        const auto all = [&](const std::string &path, const Value &from) {
            policy(report, path, from);
            for (std::size_t i = 0; i < from["portLevelSettings"].size(); ++i)
                policy(report, item(field(path, "portLevelSettings"), i), from["portLevelSettings"][i]);
        };
        all("spec.trafficPolicy", spec["trafficPolicy"]);
        requireEach(report, "spec.subsets", spec["subsets"], {"name"});
        for (std::size_t i = 0; i < spec["subsets"].size(); ++i)
            all(field(item("spec.subsets", i), "trafficPolicy"), spec["subsets"][i]["trafficPolicy"]);
        const Value &labels = spec["workloadSelector"]["matchLabels"];
        if (labels.isMap()) {
            for (const auto &[key, label] : labels.asMap()) {
                if (key.empty() || key.find('*') != std::string::npos || label.stringOr().find('*') != std::string_view::npos)
                    report.error("spec.workloadSelector.matchLabels",
                        phrase("route", "wildcard not allowed in label match, and a key must not be empty"));
            }
        }
    }

    void virtualService(Report &report, const Value &spec)
    {
        const Value &http = spec["http"];
        for (std::size_t i = 0; i < http.size(); ++i) {
            const std::string here = item("spec.http", i);
            requireEach(report, field(here, "route"), http[i]["route"], {"destination"});
            requireEach(report, field(here, "mirrors"), http[i]["mirrors"], {"destination"});
            durations(report, here, http[i], {"timeout"});
            durations(report, field(here, "retries"), http[i]["retries"], {"perTryTimeout", "backoff"});
            durations(report, field(here, "fault.delay"), http[i]["fault"]["delay"], {"fixedDelay", "exponentialDelay"});
            durations(report, field(here, "corsPolicy"), http[i]["corsPolicy"], {"maxAge"});
            oneOf(report, field(here, "fault.abort"), http[i]["fault"]["abort"], {"httpStatus", "grpcStatus", "http2Error"});
            oneOf(report, field(here, "fault.delay"), http[i]["fault"]["delay"], {"fixedDelay", "exponentialDelay"});
            oneOf(report, field(here, "redirect"), http[i]["redirect"], {"port", "derivePort"});
            if (!http[i]["directResponse"].isNull())
                require(report, field(here, "directResponse"), http[i]["directResponse"], {"status"});
            for (std::size_t m = 0; m < http[i]["match"].size(); ++m) {
                const std::string match = item(field(here, "match"), m);
                for (const char *key : {"uri", "scheme", "method", "authority"})
                    oneOf(report, field(match, key), http[i]["match"][m][key], {"exact", "prefix", "regex"});
                for (const char *key : {"headers", "withoutHeaders", "queryParams"}) {
                    if (!http[i]["match"][m][key].isMap())
                        continue;
                    for (const auto &[name, compared] : http[i]["match"][m][key].asMap())
                        oneOf(report, field(field(match, key), name), compared, {"exact", "prefix", "regex"});
                }
            }
        }
        requireEach(report, "spec.tls", spec["tls"], {"match"});
    }

    void gateway(Report &report, const Value &spec)
    {
        const Value &servers = spec["servers"];
        requireEach(report, "spec.servers", servers, {"port", "hosts"});
        for (std::size_t i = 0; i < servers.size(); ++i) {
            const std::string here = item("spec.servers", i);
            if (!servers[i]["port"].isNull())
                require(report, field(here, "port"), servers[i]["port"], {"number", "protocol", "name"});
            choice(report, field(here, "tls"), servers[i]["tls"], "mode",
                {"PASSTHROUGH", "SIMPLE", "MUTUAL", "AUTO_PASSTHROUGH", "ISTIO_MUTUAL", "OPTIONAL_MUTUAL"});
            if (!servers[i]["tls"]["credentialNames"].isNull() && !servers[i]["tls"]["credentialName"].isNull())
                report.error(
                    field(here, "tls"), phrase("route", "only one of credentialName or credentialNames can be set"));
            if (!servers[i]["tls"]["credentialNames"].isNull() && !servers[i]["tls"]["tlsCertificates"].isNull())
                report.error(
                    field(here, "tls"), phrase("route", "only one of credentialNames or tlsCertificates can be set"));
        }
    }

} // namespace

void checkIstioSchema(Report &report, std::string_view kind, const Value &spec)
{
    const bool needsSpec = kind == "ServiceEntry" || kind == "WorkloadEntry" || kind == "WorkloadGroup";
    if (spec.isNull()) {
        if (needsSpec)
            report.error("spec", phrase("route", "spec: Required value"));
        return;
    }
    if (!spec.isMap())
        return report.error("spec", phrase("route", "spec must be a map"));
    if (kind == "ServiceEntry")
        serviceEntry(report, spec);
    else if (kind == "DestinationRule")
        destinationRule(report, spec);
    else if (kind == "WorkloadEntry")
        workloadEntry(report, "spec", spec);
    else if (kind == "VirtualService")
        virtualService(report, spec);
    else if (kind == "Gateway")
        gateway(report, spec);
}

void validateIstio(Report &report, const Value &object)
{
    const std::string_view version = object["apiVersion"].stringOr();
    if (!version.starts_with("networking.istio.io/"))
        return;
    const std::string_view release = version.substr(20);
    if (release != "v1" && release != "v1beta1" && release != "v1alpha3")
        report.error("apiVersion", phrase("route", "there is no %1: v1, v1beta1 and v1alpha3 are known").with(version));
    const std::string_view kind = object["kind"].stringOr();
    const Value &metadata = object["metadata"];
    const std::string_view ns = metadata["namespace"].stringOr("default");
    const Value &spec = object["spec"];
    checkIstioSchema(report, kind, spec);
    if (!spec.isMap())
        return;
    if (kind == "VirtualService")
        checkVirtualService(report, spec, ns);
    else if (kind == "DestinationRule")
        checkDestinationRule(report, spec, ns);
    else if (kind == "Gateway")
        checkGateway(report, spec, metadata["name"].stringOr());
    else if (kind == "ServiceEntry")
        checkServiceEntry(report, spec, metadata["labels"], ns);
    else if (kind == "Sidecar")
        checkSidecar(report, spec, ns);
    else if (kind == "WorkloadEntry")
        checkWorkloadEntry(report, "spec", spec, {}, true);
    else if (kind == "EnvoyFilter")
        checkEnvoyFilter(report, spec);
}

} // namespace fairway::route
