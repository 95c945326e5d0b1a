#pragma once

#include "core/base/result.h"

#include <string>
#include <string_view>

namespace fairway::operate {

/// Makes the folder (0700) and those above it.
[[nodiscard]] Result<void> makeFolder(const std::string &path);
/// Everything before the last slash; "." when there is none.
[[nodiscard]] std::string folderOf(const std::string &path);

/// Replaces the file so that a crash leaves the old text or the new one: temporary file beside it, fsync, rename, fsync of
/// the folder. Mode 0600.
[[nodiscard]] Result<void> writeFileAtomically(const std::string &path, std::string_view text);

/// The same for a file that is somebody else's: it keeps its mode, and a link goes on leading to it. NotFound when there is none.
[[nodiscard]] Result<void> replaceFile(const std::string &path, std::string_view text);

/// At most `maxBytes`; NotFound when there is no such file, LimitExceeded beyond.
[[nodiscard]] Result<std::string> readSmallFile(const std::string &path, std::size_t maxBytes);

/// Moves the file to "<path>.<tag>-<time>" under a name that is free, and returns that name.
[[nodiscard]] Result<std::string> moveAside(const std::string &path, std::string_view tag);

/// An exclusive lock among processes and threads on `<path>.lock`, held while it lives.
class FileLock {
public:
    [[nodiscard]] static Result<FileLock> take(const std::string &path);
    FileLock(FileLock &&other) noexcept;
    FileLock &operator=(FileLock &&other) noexcept;
    ~FileLock();

private:
    explicit FileLock(int fd);
    int m_fd;
};

} // namespace fairway::operate
