#pragma once

#include "core/base/result.h"
#include "core/chart/helm_version.h"
#include "core/value/value.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fairway::chart {

struct Maintainer {
    std::string name;
    std::string email;
    std::string url;
};

/// One entry of a chart's dependencies.
struct Dependency {
    std::string name; ///< While dependencies are processed an alias takes its place.
    std::string version;
    std::string repository;
    std::string condition;
    std::vector<std::string> tags;
    bool enabled = false;
    std::vector<std::string> decidedBy {}; ///< See Chart::enabledBy.
    std::vector<value::Value> importValues; ///< A text, or a map with child and parent.
    std::string alias;
};

/// What Chart.yaml says.
struct Metadata {
    std::string name;
    std::string home;
    std::vector<std::string> sources;
    std::string version;
    std::string description;
    std::vector<std::string> keywords;
    std::vector<std::optional<Maintainer>> maintainers; ///< Nothing where the file has a null; validateMetadata() refuses it.
    std::string icon;
    std::string apiVersion;
    std::string condition;
    std::string tags;
    std::string appVersion;
    bool deprecated = false;
    std::optional<std::map<std::string, std::string>> annotations;
    std::string kubeVersion;
    std::vector<std::optional<Dependency>> dependencies;
    bool hasDependencies = false; ///< The list was given, though it may be empty.
    std::string type;
};

/// What Chart.lock says.
struct Lock {
    std::string generated;
    std::string digest;
    std::vector<std::optional<Dependency>> dependencies;
};

/// Fills `metadata` with what a text of Chart.yaml or requirements.yaml says, over what it holds. Fields are found whatever the case of
/// their letters and numbers become texts, as in Go.
/// Errors: InvalidInput in the words of Go's YAML and JSON readers.
[[nodiscard]] Result<void> readMetadata(std::string_view text, HelmVersion version, Metadata &metadata);
[[nodiscard]] Result<Lock> readLock(std::string_view text, HelmVersion version);

/// What Helm writes into Chart.yaml: without what is empty.
[[nodiscard]] value::Value toValue(const Metadata &metadata);

/// The same of Chart.lock.
[[nodiscard]] value::Value toValue(const Lock &lock);

/// Helm's checks; also takes control characters out of the texts. Errors: InvalidInput, "validation: …".
[[nodiscard]] Result<void> validateMetadata(Metadata &metadata, HelmVersion version);

} // namespace fairway::chart
