#include "app/fairwayctl/chart_output.h"

#include "app/fairwayctl/cli.h"
#include "core/chart/manifests.h"
#include "core/chart/paths.h"
#include "core/chart/release.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>

namespace fairway::ctl {

namespace {

/// The template's path inside its chart: what follows the chart's name in the first "# Source:" line. Empty when there is none.
std::string_view templateOf(std::string_view manifest)
{
    constexpr std::string_view mark = "# Source: ";
    for (std::size_t at = manifest.find(mark); at != std::string_view::npos; at = manifest.find(mark, at + 1)) {
        std::string_view line = manifest.substr(at + mark.size());
        const std::size_t slash = line.find('/');
        const std::string_view path = slash == std::string_view::npos ? std::string_view() : line.substr(slash + 1);
        if (slash != 0 && !path.empty() && path.front() != '\n')
            return path.substr(0, path.find('\n'));
    }
    return {};
}

} // namespace

Result<void> ManifestFolder::write(const std::string &path, std::string_view manifest)
{
    return writeFile(path, manifest, !m_written.insert(path).second);
}

Result<void> ManifestFolder::append(const std::string &path, std::string_view manifest)
{
    struct stat status {};
    return writeFile(path, manifest, ::stat((m_folder + "/" + path).c_str(), &status) == 0);
}

Result<void> ManifestFolder::writeFile(const std::string &path, std::string_view manifest, bool adds)
{
    const std::string name = m_folder + "/" + path;
    std::error_code code;
    std::filesystem::create_directories(std::filesystem::path(name).parent_path(), code);
    if (code)
        return fail(ErrorCode::Io, "mkdir " + std::filesystem::path(name).parent_path().string() + ": " + code.message());
    const int fd = ::open(name.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | (adds ? O_APPEND : O_TRUNC), 0666);
    if (fd < 0)
        return fail(ErrorCode::Io, "open " + name + ": " + std::strerror(errno));
    std::string text;
    chart::appendManifest(text, path, manifest);
    std::string_view rest = text;
    bool isGood = true;
    while (isGood && !rest.empty()) {
        const ssize_t written = ::write(fd, rest.data(), rest.size());
        isGood = written > 0 || (written < 0 && errno == EINTR);
        rest.remove_prefix(written > 0 ? static_cast<std::size_t>(written) : 0);
    }
    const int problem = errno;
    if (::close(fd) != 0 || !isGood)
        return fail(ErrorCode::Io, "write " + name + ": " + std::strerror(problem));
    out("wrote " + name + "\n");
    return {};
}

Result<std::string> onlyManifestsOf(std::string_view manifests, const std::vector<std::string> &patterns)
{
    const std::vector<std::string_view> documents = chart::splitManifests(manifests);
    std::string shown;
    for (const std::string &pattern : patterns) {
        bool isFound = false;
        for (const std::string_view document : documents) {
            const std::string_view path = templateOf(document);
            if (path.empty() || !chart::matchesPath(pattern, path).value_or(false))
                continue;
            shown += "---\n" + std::string(document) + "\n";
            isFound = true;
        }
        if (!isFound)
            return fail(ErrorCode::NotFound, "could not find template " + pattern + " in chart");
    }
    return shown;
}

} // namespace fairway::ctl
