#pragma once

#include "core/base/result.h"
#include "core/chart/http_client.h"

#include <string>
#include <string_view>
#include <vector>

/// Mirrors of chart repositories: Fairway's own settings, which Helm has nothing like. Addresses in charts and repositories stay as they
/// are; what lies under one of them is read from another place.
namespace fairway::chart {

/// "FROM=TO": two URLs. Errors: InvalidInput.
[[nodiscard]] Result<UrlRewrite> parseMirror(std::string_view text);

/// A file of mirrors:
///
///     mirrors:
///       - from: https://charts.example.com/
///         to: https://mirror.lan/charts/
///
/// Errors: InvalidInput with the number of the entry.
[[nodiscard]] Result<std::vector<UrlRewrite>> parseMirrors(std::string_view text);

/// The file that FAIRWAY_MIRRORS names, or mirrors.yaml in fairway's configuration folder; no file: no mirrors.
/// Errors: parseMirrors()'s with the file's name; NotFound when FAIRWAY_MIRRORS names none.
[[nodiscard]] Result<std::vector<UrlRewrite>> mirrorsOfProcess();

} // namespace fairway::chart
