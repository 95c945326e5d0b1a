#include "core/chart/go_text.h"
#include "core/chart/helmignore.h"
#include "core/chart/load_chart.h"
#include "core/chart/paths.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <cstdlib>
#include <cstring>
#include <memory>

namespace fairway::chart {

namespace {

constexpr std::size_t maxFolderDepth = 128; // a link to a folder above would never end

/// errno in the words of Go's syscall package, which are the C library's with small letters.
std::string reason(int code)
{
    std::array<char, 128> buffer {};
    std::string text = ::strerror_r(code, buffer.data(), buffer.size());
    if (!text.empty() && text.front() >= 'A' && text.front() <= 'Z' && !(text.size() > 1 && text[1] >= 'A' && text[1] <= 'Z'))
        text.front() = static_cast<char>(text.front() | 0x20);
    return text;
}

tl::unexpected<Error> systemError(std::string_view operation, const std::string &path, int code)
{
    return fail(code == ENOENT ? ErrorCode::NotFound : ErrorCode::Io, std::string(operation) + " " + path + ": " + reason(code));
}

class Descriptor {
public:
    explicit Descriptor(int fd)
        : m_fd(fd)
    {
    }
    ~Descriptor()
    {
        if (m_fd >= 0)
            ::close(m_fd);
    }
    Descriptor(const Descriptor &) = delete;
    Descriptor &operator=(const Descriptor &) = delete;
    [[nodiscard]] int get() const { return m_fd; }

private:
    int m_fd;
};

/// Reads to the end. A short read of a regular file is its end, so a small one costs one call; of a pipe it is not. Nothing when the
/// file is too large.
Result<std::optional<std::string>> readAll(int fd, const std::string &path, std::uint64_t maxBytes, bool isRegular = true)
{
    std::array<char, 65536> buffer; // not initialised: it is large, and only what was read is used
    std::string data;
    for (;;) {
        const ssize_t count = ::read(fd, buffer.data(), buffer.size());
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return systemError("read", path, errno);
        // A file that goes on beyond the buffer says how far; what it says wrongly costs nothing but time.
        if (struct stat status {}; isRegular && data.empty() && static_cast<std::size_t>(count) == buffer.size() && ::fstat(fd, &status) == 0 && status.st_size > 0)
            data.reserve(static_cast<std::size_t>(std::min(static_cast<std::uint64_t>(status.st_size), maxBytes)) + 1);
        data.append(buffer.data(), static_cast<std::size_t>(count));
        if (data.size() > maxBytes)
            return std::nullopt;
        if (count == 0 || (isRegular && static_cast<std::size_t>(count) < buffer.size()))
            return data;
    }
}

struct Entry {
    std::string name;
    unsigned char type = DT_UNKNOWN;
};

class FolderReader {
public:
    FolderReader(std::string top, const LoadContext &context)
        : m_top(std::move(top))
        , m_context(context)
    {
    }

    Result<std::vector<ChartFile>> read()
    {
        const Descriptor top(::open(m_top.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        if (top.get() < 0)
            return systemError("open", m_top, errno);
        if (Result<void> rules = readRules(top.get()); !rules)
            return tl::unexpected(rules.error());
        if (Result<void> done = folder(top.get(), {}, 0); !done)
            return tl::unexpected(done.error());
        return std::move(m_files);
    }

private:
    Result<void> readRules(int top)
    {
        const Descriptor file(::openat(top, ".helmignore", O_RDONLY | O_CLOEXEC));
        if (file.get() < 0)
            return errno == ENOENT ? Result<void>() : systemError("open", m_top + "/.helmignore", errno);
        Result<std::optional<std::string>> text = readAll(file.get(), m_top + "/.helmignore", m_context.limits.maxFileBytes);
        if (!text)
            return tl::unexpected(text.error());
        if (!*text)
            return fail(ErrorCode::LimitExceeded, ".helmignore is too large");
        Result<IgnoreRules> rules = IgnoreRules::parse(**text);
        if (!rules)
            return tl::unexpected(rules.error());
        m_rules = std::move(*rules);
        return {};
    }

    static Result<std::vector<Entry>> entriesOf(int folder, const std::string &path)
    {
        const int copy = ::openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        const std::unique_ptr<DIR, int (*)(DIR *)> stream(copy < 0 ? nullptr : ::fdopendir(copy), ::closedir);
        if (!stream)
            return systemError("open", path, errno);
        std::vector<Entry> entries;
        while (const dirent *entry = ::readdir(stream.get())) {
            const std::string_view name = entry->d_name;
            if (name != "." && name != "..")
                entries.push_back({std::string(name), entry->d_type});
        }
        std::sort(entries.begin(), entries.end(), [](const Entry &a, const Entry &b) { return a.name < b.name; });
        return entries;
    }

    Result<void> folder(int fd, const std::string &path, std::size_t depth)
    {
        if (depth > maxFolderDepth)
            return fail(ErrorCode::LimitExceeded, "folders inside " + m_top + " are nested more than " + std::to_string(maxFolderDepth) + " deep");
        const Result<std::vector<Entry>> entries = entriesOf(fd, m_top + "/" + path);
        if (!entries)
            return tl::unexpected(entries.error());
        for (const Entry &entry : *entries) {
            const std::string inside = path.empty() ? entry.name : path + "/" + entry.name;
            if (Result<void> done = visit(fd, entry, inside, depth); !done)
                return done;
        }
        return {};
    }

    Result<void> visit(int fd, const Entry &entry, const std::string &path, std::size_t depth)
    {
        unsigned char type = entry.type;
        struct stat status {};
        if (type != DT_REG && type != DT_DIR && type != DT_LNK) {
            if (::fstatat(fd, entry.name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0)
                return systemError("lstat", m_top + "/" + path, errno);
            type = static_cast<unsigned char>(IFTODT(status.st_mode));
        }
        if (type == DT_LNK) {
            if (Result<void> resolved = reportLink(path); !resolved)
                return resolved;
            if (::fstatat(fd, entry.name.c_str(), &status, 0) != 0)
                return systemError("lstat", m_top + "/" + path, errno);
            type = static_cast<unsigned char>(IFTODT(status.st_mode));
        }
        if (m_rules.ignores(path, type == DT_DIR))
            return {};
        if (type == DT_DIR) {
            const Descriptor inner(::openat(fd, entry.name.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
            if (inner.get() < 0)
                return systemError("open", m_top + "/" + path, errno);
            return folder(inner.get(), path, depth + 1);
        }
        if (type != DT_REG)
            return fail(ErrorCode::InvalidInput, "cannot load irregular file " + m_top + "/" + path + " as it has file mode type bits set");
        return file(fd, entry.name, path);
    }

    Result<void> file(int fd, const std::string &name, const std::string &path)
    {
        if (m_files.size() >= m_context.limits.maxFiles)
            return fail(ErrorCode::LimitExceeded, "chart has more than " + std::to_string(m_context.limits.maxFiles) + " files");
        const auto wrap = [&](const Error &error) { return failWith("error reading " + path, error); };
        const Descriptor opened(::openat(fd, name.c_str(), O_RDONLY | O_CLOEXEC));
        if (opened.get() < 0)
            return wrap(systemError("open", m_top + "/" + path, errno).value());
        Result<std::optional<std::string>> data = readAll(opened.get(), m_top + "/" + path, m_context.limits.maxFileBytes);
        if (!data)
            return wrap(data.error());
        if (!*data)
            return fail(ErrorCode::LimitExceeded, "chart file " + goQuoted(name) + " is larger than the maximum file size "
                + std::to_string(m_context.limits.maxFileBytes));
        m_bytes += (*data)->size();
        if (m_bytes > maxFolderBytes)
            return fail(ErrorCode::LimitExceeded, "files of chart " + m_top + " are larger than " + std::to_string(maxFolderBytes) + " bytes in all");
        ChartFile file {path, std::move(**data), 0};
        removeByteOrderMark(file.data);
        struct stat status {};
        if (m_context.withTimes && ::fstat(opened.get(), &status) == 0)
            file.modifiedSeconds = status.st_mtim.tv_sec + (status.st_mtim.tv_nsec >= 500'000'000 ? 1 : 0);
        m_files.push_back(std::move(file));
        return {};
    }

    Result<void> reportLink(const std::string &path) const
    {
        const std::string whole = m_top + "/" + path;
        const std::unique_ptr<char, void (*)(void *)> resolved(::realpath(whole.c_str(), nullptr), std::free);
        if (!resolved) {
            const int code = errno;
            return fail(ErrorCode::Io, "error evaluating symlink " + whole + ": lstat " + whole + ": " + reason(code));
        }
        m_context.messages.structured("INFO", "found symbolic link in path. Contents of linked file included and used",
            {{"path", whole}, {"resolved", resolved.get()}});
        m_context.messages.plain("walk.go:75",
            "found symbolic link in path: " + whole + " resolves to " + resolved.get() + ". Contents of linked file included and used");
        return {};
    }

    static constexpr std::uint64_t maxFolderBytes = std::uint64_t {512} << 20;

    const std::string m_top;
    const LoadContext &m_context;
    IgnoreRules m_rules;
    std::vector<ChartFile> m_files;
    std::uint64_t m_bytes = 0;
};

} // namespace

Result<std::vector<ChartFile>> readChartFolder(const std::string &folder, const LoadContext &context)
{
    return FolderReader(folder, context).read();
}

Result<std::string> readWholeFile(const std::string &path, std::uint64_t maxBytes)
{
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.get() < 0)
        return systemError("open", path, errno);
    Result<std::optional<std::string>> data = readAll(file.get(), path, maxBytes, false);
    if (!data)
        return tl::unexpected(data.error());
    if (!*data)
        return fail(ErrorCode::LimitExceeded, path + " is larger than " + std::to_string(maxBytes) + " bytes");
    return std::move(**data);
}

} // namespace fairway::chart
