#pragma once

#include "core/base/result.h"

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace fairway::ctl {

/// Manifests written to files of a folder, each told about on standard output ("wrote FOLDER/PATH"), as `helm template --output-dir`.
class ManifestFolder {
public:
    explicit ManifestFolder(std::string folder)
        : m_folder(std::move(folder))
    {
    }

    /// The first of a path replaces the file, further ones are added to it.
    [[nodiscard]] Result<void> write(const std::string &path, std::string_view manifest);
    /// Adds to the file when it is there.
    [[nodiscard]] Result<void> append(const std::string &path, std::string_view manifest);

private:
    [[nodiscard]] Result<void> writeFile(const std::string &path, std::string_view manifest, bool adds);

    std::string m_folder;
    std::set<std::string> m_written;
};

} // namespace fairway::ctl
