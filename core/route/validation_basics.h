#pragma once

#include "core/route/validation_names.h"
#include "core/route/validation_report.h"
#include "core/value/value.h"

#include <cstdint>
#include <string_view>
#include <vector>

/// The checks that rules of many kinds share. Each reports what is wrong at `path`.
/// Source: Istio's pkg/config/validation, pkg/config/labels, pkg/config/visibility.
namespace fairway::route {

[[nodiscard]] bool hasText(const value::Value &from, std::string_view key); ///< A text that is not empty.
[[nodiscard]] double numberOf(const value::Value &given);                   ///< 0 for what is no number.

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
void checkSelectorLabels(Report &report, std::string_view path, const value::Value &labels, Text emptyWarning);

} // namespace fairway::route
