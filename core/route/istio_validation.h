#pragma once

#include "core/route/validation_basics.h"
#include "core/route/validation_report.h"
#include "core/value/value.h"

#include <string_view>

/// What Istio's webhook and CRDs refuse or warn about, on objects as they are written.
/// Source: Istio's pkg/config/validation; the OpenAPI and CEL rules of its CRDs.
namespace fairway::route {

/// Checks a VirtualService, DestinationRule, Gateway, ServiceEntry, Sidecar, WorkloadEntry or EnvoyFilter of networking.istio.io; other
/// kinds are passed over.
void validateIstio(Report &report, const value::Value &object);

// --- parts; `path` is where the part stands in its object, Null parts are fine unless said otherwise ----------------------

enum class HttpRuleRole { Plain, Delegate }; ///< Delegate: inside a virtual service without hosts.
void checkHttpRule(Report &report, std::string_view path, const value::Value &rule, HttpRuleRole role);
void checkHttpDestinations(Report &report, std::string_view path, const value::Value &list);
void checkStreamDestinations(Report &report, std::string_view path, const value::Value &list);
void checkDestination(Report &report, std::string_view path, const value::Value &destination);
void checkCors(Report &report, std::string_view path, const value::Value &policy);
void checkAbort(Report &report, std::string_view path, const value::Value &abort);
void checkDelay(Report &report, std::string_view path, const value::Value &delay);
void checkRetry(Report &report, std::string_view path, const value::Value &retries);
void checkRewrite(Report &report, std::string_view path, const value::Value &rewrite);
void checkRegexRewrite(Report &report, std::string_view path, const value::Value &rewrite);
void checkRedirect(Report &report, std::string_view path, const value::Value &redirect, const value::Value &matches);
void checkDirectResponse(Report &report, std::string_view path, const value::Value &response);
void checkHttpStatus(Report &report, std::string_view path, std::int64_t status);
void checkVirtualService(Report &report, const value::Value &spec, std::string_view ns);

void checkTrafficPolicy(Report &report, std::string_view path, const value::Value &policy, std::string_view ns);
void checkConnectionPool(Report &report, std::string_view path, const value::Value &pool);
void checkLoadBalancer(Report &report, std::string_view path, const value::Value &settings, const value::Value &outlier);
void checkOutlierDetection(Report &report, std::string_view path, const value::Value &outlier);
void checkClientTls(Report &report, std::string_view path, const value::Value &tls, std::string_view ns);
void checkLocalityLb(Report &report, std::string_view path, const value::Value &settings, const value::Value &outlier);
void checkZoneAwareLb(Report &report, std::string_view path, const value::Value &settings, const value::Value &outlier);
void checkLocalities(Report &report, std::string_view path, const std::vector<std::string> &localities);
void checkDestinationRule(Report &report, const value::Value &spec, std::string_view ns);

void checkServer(Report &report, std::string_view path, const value::Value &server);
void checkServerTls(Report &report, std::string_view path, const value::Value &tls);
void checkGateway(Report &report, const value::Value &spec, std::string_view name);

/// `labels` are the object's own: they switch address allocation and waypoints.
void checkServiceEntry(Report &report, const value::Value &spec, const value::Value &labels, std::string_view ns);
/// `servicePorts` is Null when the entry stands alone.
void checkWorkloadEntry(Report &report, std::string_view path, const value::Value &entry, const value::Value &servicePorts,
    bool allowsNames);
void checkSidecar(Report &report, const value::Value &spec, std::string_view ns);
void checkEnvoyFilter(Report &report, const value::Value &spec);

/// What the CRD's own schema refuses before any webhook sees the object.
void checkIstioSchema(Report &report, std::string_view kind, const value::Value &spec);

} // namespace fairway::route
