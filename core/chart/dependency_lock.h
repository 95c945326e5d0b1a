#pragma once

#include "core/chart/metadata.h"

#include <optional>
#include <string>
#include <vector>

namespace fairway::chart {

using Dependencies = std::vector<std::optional<Dependency>>;

/// What Chart.lock's `digest` is: "sha256:" and the digest of what is wanted and what was chosen, as Helm 3 and 4 compute it.
/// `wanted` with repository names (@name) replaced by URLs.
[[nodiscard]] std::string lockDigest(const Dependencies &wanted, const Dependencies &locked);

/// The digest of Helm 2, of what is wanted alone: still found in requirements.lock.
[[nodiscard]] std::string lockDigestOfHelm2(const Dependencies &wanted);

} // namespace fairway::chart
