#pragma once

#include "core/route/validation_report.h"
#include "core/value/value.h"

#include <cstdint>
#include <string_view>
#include <vector>

/// The checks that rules of many kinds share: names, hosts, addresses, headers, durations. Each reports what is wrong at `path`.
/// Source: Istio's pkg/config/validation, pkg/config/labels, pkg/config/visibility.
namespace fairway::route {

[[nodiscard]] bool isDnsLabel(std::string_view text);          ///< RFC 1123, up to 63 characters, either case.
[[nodiscard]] bool isIpAddress(std::string_view text);

/// Empty when it is a full domain name; else the reason.
[[nodiscard]] std::string fqdnProblem(std::string_view host);
/// The same for a host that may begin with "*".
[[nodiscard]] std::string wildcardProblem(std::string_view host);
/// The same for hosts of a virtual service at a gateway: with `isSni` Istio's own "outbound_.80_._.host" names are fine.
[[nodiscard]] std::string gatewayHostProblem(std::string_view host, bool isSni);
/// "*" within a label: "*foo.com".
[[nodiscard]] std::string partialWildcardProblem(std::string_view host);
/// Empty when no proxy would refuse the header's value: no control characters, "%" only as in %VARIABLE% or "%%".
[[nodiscard]] std::string headerValueProblem(std::string_view value);
/// "@request.auth.claims.group": a claim of the request's token instead of a header.
[[nodiscard]] bool isClaimName(std::string_view header);

void checkDuration(Report &report, std::string_view path, const value::Value &given);
void checkPort(Report &report, std::string_view path, std::int64_t port);
void checkPercent(Report &report, std::string_view path, std::int64_t percent);
void checkLabels(Report &report, std::string_view path, const value::Value &labels);
void checkRegex(Report &report, std::string_view path, std::string_view pattern);
/// A StringMatch: a prefix or expression must not be empty, and the latter must be one of RE2's.
void checkStringMatch(Report &report, std::string_view path, const value::Value &match);
void checkStringMatchRegex(Report &report, std::string_view path, const value::Value &match);
void checkHeaderName(Report &report, std::string_view path, std::string_view name);     ///< In matches; claims are fine.
void checkStrictHeaderName(Report &report, std::string_view path, std::string_view name);
void checkHeaderValue(Report &report, std::string_view path, std::string_view value);
void checkSubnet(Report &report, std::string_view path, std::string_view subnet);
void checkUnixAddress(Report &report, std::string_view path, std::string_view address);
void checkGatewayNames(Report &report, std::string_view path, const value::Value &names);
void checkExportTo(Report &report, std::string_view path, const value::Value &exportTo, std::string_view ns, bool isServiceEntry,
    bool hasSelector);
/// "ns/host" of a Gateway's server or a Sidecar's egress.
void checkNamespacedHost(Report &report, std::string_view path, std::string_view host, bool isGateway);
/// Labels that select workloads: `labels` is the map. Warns when there are none.
void checkSelectorLabels(Report &report, std::string_view path, const value::Value &labels, std::string_view emptyWarning);

} // namespace fairway::route
