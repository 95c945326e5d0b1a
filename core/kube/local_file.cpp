#include "core/kube/local_file.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace fairway::kube {
namespace {

Text reasonOf(const std::string &path, int number)
{
    switch (number) {
    case ENOENT:
        return phrase("kube", "%1: No such file or directory").with(path);
    case EACCES:
        return phrase("kube", "%1: Permission denied").with(path);
    default:
        return phrase("kube", "%1: %2").with(path, std::generic_category().message(number));
    }
}

struct Descriptor {
    int fd = -1;
    ~Descriptor()
    {
        if (fd >= 0) {
            ::close(fd);
        }
    }
};

} // namespace

Result<std::string> readLocalFile(const std::string &path, std::size_t maxBytes)
{
    // Non-blocking: a FIFO given by mistake must not hang us.
    const Descriptor file {::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)};
    if (file.fd < 0) {
        const int number = errno;
        return fail(number == ENOENT || number == ENOTDIR ? ErrorCode::NotFound : ErrorCode::Io, reasonOf(path, number));
    }
    struct stat info { };
    if (::fstat(file.fd, &info) == 0 && S_ISDIR(info.st_mode)) {
        return fail(ErrorCode::Io, phrase("kube", "%1: is a folder, not a file").with(path));
    }
    std::string text;
    char buffer[16384];
    while (true) {
        const ssize_t got = ::read(file.fd, buffer, sizeof buffer);
        if (got < 0) {
            if (errno == EINTR) {
                continue;
            }
            return fail(ErrorCode::Io, reasonOf(path, errno));
        }
        if (got == 0) {
            return text;
        }
        if (text.size() + static_cast<std::size_t>(got) > maxBytes) {
            return fail(ErrorCode::LimitExceeded, phrase("kube", "%1: is larger than %2 bytes").with(path, maxBytes));
        }
        text.append(buffer, static_cast<std::size_t>(got));
    }
}

FileStamp stampOf(const std::string &path)
{
    struct stat info { };
    if (::stat(path.c_str(), &info) != 0) {
        return {};
    }
    return {static_cast<std::int64_t>(info.st_mtim.tv_sec) * 1000000000 + info.st_mtim.tv_nsec, static_cast<std::int64_t>(info.st_size),
            static_cast<std::uint64_t>(info.st_ino)};
}

std::string folderOf(std::string_view path)
{
    const std::size_t slash = path.rfind('/');
    if (slash == std::string_view::npos) {
        return ".";
    }
    return slash == 0 ? "/" : std::string(path.substr(0, slash));
}

std::string resolvePath(std::string_view folder, std::string_view path)
{
    if (path.empty() || path.front() == '/') {
        return std::string(path);
    }
    return std::string(folder) + (folder.ends_with('/') ? "" : "/") + std::string(path);
}

} // namespace fairway::kube
