#include "core/operate/atomic_file.h"

#include "core/base/clock.h"
#include "core/base/random.h"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <memory>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace fairway::operate {

namespace {

tl::unexpected<Error> systemError(const std::string &path, std::string_view what)
{
    const int code = errno;
    return fail(code == ENOENT ? ErrorCode::NotFound : ErrorCode::Io,
                path + ": " + std::string(what) + ": " + std::strerror(code));
}

Result<void> writeAll(int fd, const std::string &path, std::string_view text)
{
    while (!text.empty()) {
        const ssize_t written = ::write(fd, text.data(), text.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return systemError(path, "can't write");
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    if (::fsync(fd) != 0)
        return systemError(path, "can't write to the disk");
    return {};
}

} // namespace

std::string folderOf(const std::string &path)
{
    const std::size_t slash = path.rfind('/');
    if (slash == std::string::npos)
        return ".";
    return slash == 0 ? "/" : path.substr(0, slash);
}

Result<void> makeFolder(const std::string &path)
{
    struct stat info {};
    if (::stat(path.c_str(), &info) == 0) {
        if (S_ISDIR(info.st_mode))
            return {};
        errno = ENOTDIR;
        return systemError(path, "can't be used as a folder");
    }
    if (const auto above = folderOf(path); above != path) {
        if (auto made = makeFolder(above); !made)
            return made;
    }
    if (::mkdir(path.c_str(), S_IRWXU) != 0 && errno != EEXIST)
        return systemError(path, "can't make the folder");
    return {};
}

namespace {

Result<void> write(const std::string &path, std::string_view text, mode_t mode)
{
    const std::string temporary = path + ".new-" + randomHex(6);
    const int fd = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (fd < 0)
        return systemError(temporary, "can't be made");
    Result<void> result = writeAll(fd, temporary, text);
    if (result && ::fchmod(fd, mode) != 0)
        result = systemError(temporary, "can't get its mode");
    ::close(fd);
    if (result && std::rename(temporary.c_str(), path.c_str()) != 0)
        result = systemError(path, "can't be replaced");
    if (!result) {
        ::unlink(temporary.c_str());
        return result;
    }
    // Without this the rename itself may be lost with the power.
    const int folder = ::open(folderOf(path).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder >= 0) {
        ::fsync(folder);
        ::close(folder);
    }
    return {};
}

} // namespace

Result<void> writeFileAtomically(const std::string &path, std::string_view text)
{
    return write(path, text, S_IRUSR | S_IWUSR);
}

Result<void> replaceFile(const std::string &path, std::string_view text)
{
    const std::unique_ptr<char, decltype(&std::free)> target(::realpath(path.c_str(), nullptr), &std::free);
    struct stat info {};
    if (target == nullptr || ::stat(target.get(), &info) != 0)
        return systemError(path, "can't be opened");
    return write(target.get(), text, info.st_mode & 07777U);
}

Result<std::string> readSmallFile(const std::string &path, std::size_t maxBytes)
{
    const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return systemError(path, "can't be opened");
    std::string text;
    std::string buffer(65536, '\0');
    for (;;) {
        const ssize_t got = ::read(fd, buffer.data(), buffer.size());
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0) {
            const auto error = systemError(path, "can't be read");
            ::close(fd);
            return error;
        }
        text.append(buffer, 0, static_cast<std::size_t>(got));
        if (got == 0 || text.size() > maxBytes)
            break;
    }
    ::close(fd);
    if (text.size() > maxBytes)
        return fail(ErrorCode::LimitExceeded, phrase("operate", "%1: larger than %2 bytes").with(path, maxBytes));
    return text;
}

Result<std::string> moveAside(const std::string &path, std::string_view tag)
{
    const std::string stamp = formatRfc3339(SystemClock().systemNow());
    const std::string target = path + "." + std::string(tag) + "-" + stamp + "-" + randomHex(2);
    if (std::rename(path.c_str(), target.c_str()) != 0)
        return systemError(path, "can't be moved aside");
    return target;
}

FileLock::FileLock(int fd)
    : m_fd(fd)
{
}

FileLock::FileLock(FileLock &&other) noexcept
    : m_fd(std::exchange(other.m_fd, -1))
{
}

FileLock &FileLock::operator=(FileLock &&other) noexcept
{
    std::swap(m_fd, other.m_fd);
    return *this;
}

FileLock::~FileLock()
{
    if (m_fd >= 0)
        ::close(m_fd); // gives the lock back
}

Result<FileLock> FileLock::take(const std::string &path)
{
    const std::string name = path + ".lock";
    const int fd = ::open(name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (fd < 0)
        return systemError(name, "can't be opened");
    FileLock lock(fd);
    while (::flock(fd, LOCK_EX) != 0) {
        if (errno != EINTR)
            return systemError(name, "can't be locked");
    }
    return lock;
}

} // namespace fairway::operate
