#pragma once

#include "core/base/result.h"
#include "core/chart/helm_version.h"

#include <map>
#include <string>
#include <string_view>

namespace fairway::chart {

/// What Helm looks at in a rendered document.
struct ManifestHead {
    std::string apiVersion;
    std::string kind;
    std::string name;
    std::map<std::string, std::string, std::less<>> annotations;
    friend bool operator==(const ManifestHead &, const ManifestHead &) = default;
};

/// Reads heads. The whole document is looked at, for its errors are Helm's.
class ManifestHeadReader {
public:
    explicit ManifestHeadReader(HelmVersion version)
        : m_version(version)
    {
    }

    /// Errors: InvalidInput in the words of Go's YAML and JSON readers.
    [[nodiscard]] Result<ManifestHead> read(std::string_view document) const;
    /// The same without the short cut for simple documents.
    [[nodiscard]] Result<ManifestHead> readFully(std::string_view document) const;

private:
    HelmVersion m_version;
};

} // namespace fairway::chart
