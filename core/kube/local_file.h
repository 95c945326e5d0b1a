#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace fairway::kube {

/// What tells one content of a file from the next without reading it.
struct FileStamp {
    std::int64_t modifiedNanos = 0;
    std::int64_t size = -1;
    std::uint64_t inode = 0;
    friend bool operator==(const FileStamp &, const FileStamp &) = default;
};

/// Errors: NotFound, Io (with the system's reason), LimitExceeded. Messages name the path.
[[nodiscard]] Result<std::string> readLocalFile(const std::string &path, std::size_t maxBytes);
[[nodiscard]] FileStamp stampOf(const std::string &path); ///< size -1 when it can't be read.

/// `path` as it is when absolute or empty, else below `folder`.
[[nodiscard]] std::string resolvePath(std::string_view folder, std::string_view path);
[[nodiscard]] std::string folderOf(std::string_view path);

} // namespace fairway::kube
