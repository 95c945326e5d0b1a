#include "core/lab/lab_kubeconfig.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace fairway::lab {

Result<KubeconfigFile> KubeconfigFile::write(std::string path, std::string_view text)
{
    // Whole or not at all: whoever waits for it never reads half a kubeconfig.
    std::string temporary = path + ".XXXXXX";
    const int file = mkostemp(temporary.data(), O_CLOEXEC); // mode 0600
    if (file < 0)
        return fail(ErrorCode::Io, path + ": " + std::strerror(errno));
    bool isGood = true;
    while (isGood && !text.empty()) {
        const ssize_t count = ::write(file, text.data(), text.size());
        isGood = count > 0;
        text.remove_prefix(isGood ? static_cast<std::size_t>(count) : 0);
    }
    isGood = close(file) == 0 && isGood && std::rename(temporary.c_str(), path.c_str()) == 0;
    if (isGood)
        return KubeconfigFile(std::move(path));
    const int reason = errno;
    unlink(temporary.c_str());
    return fail(ErrorCode::Io, path + ": " + std::strerror(reason));
}

KubeconfigFile::KubeconfigFile(KubeconfigFile &&other) noexcept
    : m_path(std::exchange(other.m_path, {}))
{
}

KubeconfigFile::~KubeconfigFile()
{
    if (!m_path.empty())
        unlink(m_path.c_str());
}

} // namespace fairway::lab
