#include "core/chart/replaced_file.h"

#include "core/base/random.h"

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace fairway::chart {

namespace {

tl::unexpected<Error> refused(std::string_view operation, const std::string &path, int problem)
{
    std::string reason = std::strerror(problem);
    if (!reason.empty())
        reason.front() = static_cast<char>(std::tolower(static_cast<unsigned char>(reason.front())));
    return fail(ErrorCode::Io, std::string(operation) + " " + path + ": " + reason);
}

} // namespace

Result<ReplacedFile> ReplacedFile::create(std::string path, unsigned mode)
{
    const std::filesystem::path folder = std::filesystem::path(path).parent_path();
    std::error_code code;
    if (!folder.empty() && !std::filesystem::exists(folder, code)) {
        std::filesystem::create_directories(folder, code);
        if (code)
            return refused("mkdir", folder.string(), code.value());
    }
    ReplacedFile file;
    file.m_temporary = path + "." + randomHex(6) + ".tmp";
    file.m_file = ::open(file.m_temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    if (file.m_file < 0) {
        file.m_temporary.clear();
        return refused("open", path, errno);
    }
    file.m_path = std::move(path);
    return file;
}

ReplacedFile::ReplacedFile(ReplacedFile &&other) noexcept
    : m_path(std::move(other.m_path))
    , m_temporary(std::exchange(other.m_temporary, {}))
    , m_file(std::exchange(other.m_file, -1))
{
}

ReplacedFile &ReplacedFile::operator=(ReplacedFile &&other) noexcept
{
    if (this != &other) {
        discard();
        m_path = std::move(other.m_path);
        m_temporary = std::exchange(other.m_temporary, {});
        m_file = std::exchange(other.m_file, -1);
    }
    return *this;
}

ReplacedFile::~ReplacedFile()
{
    discard();
}

void ReplacedFile::discard()
{
    if (m_file >= 0)
        ::close(std::exchange(m_file, -1));
    if (!m_temporary.empty())
        ::unlink(std::exchange(m_temporary, {}).c_str());
}

Result<void> ReplacedFile::write(std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t written = ::write(m_file, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return refused("write", m_path, errno);
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return {};
}

Result<void> ReplacedFile::commit()
{
    if (::close(std::exchange(m_file, -1)) != 0 || std::rename(m_temporary.c_str(), m_path.c_str()) != 0)
        return refused("write", m_path, errno);
    m_temporary.clear();
    return {};
}

Result<void> replaceFile(const std::string &path, std::string_view bytes, unsigned mode)
{
    Result<ReplacedFile> file = ReplacedFile::create(path, mode);
    if (!file)
        return tl::unexpected(file.error());
    if (const Result<void> written = file->write(bytes); !written)
        return written;
    return file->commit();
}

} // namespace fairway::chart
