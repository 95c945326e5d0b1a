#pragma once

#include "core/base/result.h"

#include <string>
#include <string_view>

namespace fairway::chart {

/// A file that is written beside its place and put there in one step: readers see the old one or the whole new one, never a part.
/// What was not committed is removed.
///
/// Errors:  Io in Go's words: "open PATH: permission denied".
/// Threads: one owner.
class ReplacedFile {
public:
    /// Makes the folder when it is missing. `mode`: the file's rights before the umask.
    [[nodiscard]] static Result<ReplacedFile> create(std::string path, unsigned mode = 0644);
    ReplacedFile(ReplacedFile &&other) noexcept;
    ReplacedFile &operator=(ReplacedFile &&other) noexcept;
    ~ReplacedFile();

    [[nodiscard]] Result<void> write(std::string_view bytes);
    [[nodiscard]] Result<void> commit();

private:
    ReplacedFile() = default;
    void discard();

    std::string m_path;
    std::string m_temporary;
    int m_file = -1;
};

/// A whole file in one step.
[[nodiscard]] Result<void> replaceFile(const std::string &path, std::string_view bytes, unsigned mode = 0644);

} // namespace fairway::chart
