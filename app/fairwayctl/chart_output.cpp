#include "app/fairwayctl/chart_output.h"

#include "app/fairwayctl/cli.h"
#include "core/chart/release_text.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>

namespace fairway::ctl {

namespace {

/// The system's words as Go has them: without a capital.
std::string inGo(std::string words)
{
    if (!words.empty() && words[0] >= 'A' && words[0] <= 'Z')
        words[0] = static_cast<char>(words[0] | 0x20);
    return words;
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
    if (code) {
        const bool isFile = code == std::errc::not_a_directory; // Helm looks first, and makes then
        return fail(ErrorCode::Io, (isFile ? "stat " : "mkdir ") + std::filesystem::path(name).parent_path().string() + ": " + inGo(code.message()));
    }
    const int fd = ::open(name.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | (adds ? O_APPEND : O_TRUNC), 0666);
    if (fd < 0)
        return fail(ErrorCode::Io, "open " + name + ": " + inGo(std::strerror(errno)));
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
        return fail(ErrorCode::Io, "write " + name + ": " + inGo(std::strerror(problem)));
    out("wrote " + name + "\n");
    return {};
}

} // namespace fairway::ctl
