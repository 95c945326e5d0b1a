#include "core/chart/unpack_chart.h"

#include "core/chart/chart_archive.h"
#include "core/chart/go_text.h"
#include "core/chart/metadata.h"
#include "core/chart/paths.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>

namespace fairway::chart {

namespace {

class Descriptor {
public:
    explicit Descriptor(int file)
        : m_file(file)
    {
    }
    ~Descriptor()
    {
        if (m_file >= 0)
            ::close(m_file);
    }
    Descriptor(const Descriptor &) = delete;
    Descriptor &operator=(const Descriptor &) = delete;
    [[nodiscard]] int get() const { return m_file; }
    void reset(int file)
    {
        if (m_file >= 0)
            ::close(m_file);
        m_file = file;
    }

private:
    int m_file;
};

Result<void> writeAll(int file, std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t written = ::write(file, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return fail(ErrorCode::Io, std::strerror(errno));
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return {};
}

/// Writes a file below an open folder, making folders on the way and following no link.
Result<void> writeBelow(int top, std::string_view path, std::string_view data)
{
    Descriptor folder(::openat(top, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    std::size_t begin = 0;
    for (std::size_t slash = path.find('/'); slash != std::string_view::npos; slash = path.find('/', begin)) {
        const std::string part(path.substr(begin, slash - begin));
        begin = slash + 1;
        if (part.empty() || part == ".")
            continue;
        if (part == "..")
            return fail(ErrorCode::InvalidInput, "leads out of the chart");
        ::mkdirat(folder.get(), part.c_str(), 0755);
        const int next = ::openat(folder.get(), part.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        if (next < 0)
            return fail(ErrorCode::Io, std::strerror(errno));
        folder.reset(next);
    }
    const std::string name(path.substr(begin));
    const Descriptor file(::openat(folder.get(), name.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0644));
    if (file.get() < 0)
        return fail(ErrorCode::Io, std::strerror(errno));
    return writeAll(file.get(), data);
}

} // namespace

Result<std::string> unpackChart(std::string_view archive, const std::string &folder, HelmVersion version)
{
    const Result<std::vector<ChartFile>> files = readChartArchive(archive);
    if (!files)
        return tl::unexpected(files.error());
    Metadata metadata;
    for (const ChartFile &file : *files) {
        if (file.name != "Chart.yaml")
            continue;
        if (const Result<void> read = readMetadata(file.data, version, metadata); !read)
            return failWith("cannot load Chart.yaml", read.error());
    }
    const std::string &name = metadata.name;
    if (name.empty())
        return fail(ErrorCode::InvalidInput, "chart name not specified");
    if (name == "." || name == "..")
        return fail(ErrorCode::InvalidInput, "chart name " + goQuoted(name) + " is not allowed");
    if (basePath(name) != name)
        return fail(ErrorCode::InvalidInput, "chart name " + goQuoted(name) + " must not contain path separators");

    std::error_code code;
    std::filesystem::create_directories(folder, code);
    const Descriptor outer(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    const std::string path = joinPath(folder, name);
    if (outer.get() >= 0)
        ::mkdirat(outer.get(), name.c_str(), 0755);
    const Descriptor top(outer.get() < 0 ? -1 : ::openat(outer.get(), name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    if (top.get() < 0)
        return fail(ErrorCode::Io, "mkdir " + path + ": " + std::strerror(errno));
    for (const ChartFile &file : *files) {
        if (const Result<void> written = writeBelow(top.get(), file.name, file.data); !written)
            return failWith("open " + joinPath(path, file.name), written.error());
    }
    return path;
}

} // namespace fairway::chart
