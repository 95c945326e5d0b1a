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
};

/// Reads heads. The whole document is read, for its errors are Helm's.
class ManifestHeadReader {
public:
    explicit ManifestHeadReader(HelmVersion version)
        : m_version(version)
    {
    }

    /// Errors: InvalidInput in the words of Go's YAML and JSON readers.
    [[nodiscard]] Result<ManifestHead> read(std::string_view document) const;

private:
    HelmVersion m_version;
};

} // namespace fairway::chart
