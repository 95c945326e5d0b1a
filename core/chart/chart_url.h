#pragma once

#include "core/base/result.h"

#include <string>
#include <string_view>

/// URLs of repositories and charts, joined and compared as Helm does with Go's net/url.
namespace fairway::chart {

/// The place `reference` means, seen from a page at `base`. RFC 3986 section 5.2, as url.ResolveReference.
/// Errors: InvalidInput in Go's words.
[[nodiscard]] Result<std::string> resolveUrl(std::string_view base, std::string_view reference);

/// A chart's URL out of a repository's index: an absolute one as it is, else below the repository, whose query it takes over.
/// Errors: InvalidInput ("failed to parse … as URL: …").
[[nodiscard]] Result<std::string> resolveInRepository(std::string_view repository, std::string_view reference);

/// `path` below a URL, or below a path. A URL that can't be parsed is taken for a path.
[[nodiscard]] std::string joinUrl(std::string_view url, std::string_view path);

/// Whether two URLs, or two paths, mean the same: slashes at the end and dots don't count.
[[nodiscard]] bool isSameUrl(std::string_view a, std::string_view b);

/// Scheme, host and port; empty when there are none. Credentials for one place are for all of the same origin.
[[nodiscard]] std::string urlOrigin(std::string_view url);

/// The last part of the URL's path, decoded; empty when that can't be a file's name.
[[nodiscard]] std::string urlFileName(std::string_view url);

} // namespace fairway::chart
