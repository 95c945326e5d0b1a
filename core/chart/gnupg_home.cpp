#include "core/chart/gnupg_home.h"

#include <array>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

namespace fairway::chart {

namespace {

/// The agent's socket stands in the home, and a socket's path has 107 bytes.
constexpr std::size_t maxFolder = 80;

std::string madeBelow(const char *folder)
{
    if (folder == nullptr || folder[0] != '/' || std::strlen(folder) > maxFolder)
        return {};
    std::string path = std::string(folder) + "/fairway-XXXXXX";
    return ::mkdtemp(path.data()) != nullptr ? path : std::string();
}

} // namespace

GnupgHome::GnupgHome()
{
    // The first is in memory where there is one.
    for (const char *const folder : {static_cast<const char *>(std::getenv("XDG_RUNTIME_DIR")), static_cast<const char *>(std::getenv("TMPDIR")), "/tmp"}) {
        if (m_path = madeBelow(folder); !m_path.empty())
            return;
    }
}

GnupgHome::~GnupgHome()
{
    if (m_path.empty())
        return;
    endAgent();
    std::error_code ignored;
    std::filesystem::remove_all(m_path, ignored);
}

Result<void> GnupgHome::configure(std::string_view options) const
{
    std::ofstream file(m_path + "/gpg.conf", std::ios::trunc);
    file << options;
    file.close();
    if (!file)
        return fail(ErrorCode::Io, m_path + ": can't be written");
    return {};
}

void GnupgHome::endAgent() const
{
    sockaddr_un address {};
    address.sun_family = AF_UNIX;
    const std::string path = m_path + "/S.gpg-agent";
    if (path.size() >= sizeof address.sun_path)
        return;
    std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
    const int socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (socket < 0)
        return;
    const timeval patience {2, 0};
    ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    if (::connect(socket, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0) {
        // The agent greets, then takes commands; the answer says that it goes.
        constexpr std::string_view command = "KILLAGENT\n";
        std::array<char, 256> answer {};
        if (::recv(socket, answer.data(), answer.size(), 0) > 0 && ::send(socket, command.data(), command.size(), MSG_NOSIGNAL) > 0)
            (void)::recv(socket, answer.data(), answer.size(), 0);
    }
    ::close(socket);
}

} // namespace fairway::chart
