#include "core/operate/process_mark.h"

#include "core/operate/atomic_file.h"

#include <array>
#include <pwd.h>
#include <unistd.h>
#include <vector>

namespace fairway::operate {

namespace {

std::string hostName()
{
    std::array<char, 256> name {};
    return ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "";
}

/// Field 22 of /proc/<pid>/stat; the command's name, field 2, may hold blanks and brackets.
std::string startOf(std::int64_t pid)
{
    const auto text = readSmallFile("/proc/" + std::to_string(pid) + "/stat", 4096);
    if (!text)
        return {};
    std::size_t at = text->rfind(')');
    for (int field = 2; field < 22 && at != std::string::npos; ++field)
        at = text->find(' ', at + 1);
    if (at == std::string::npos)
        return {};
    return text->substr(at + 1, text->find(' ', at + 1) - at - 1);
}

std::string bootId()
{
    auto text = readSmallFile("/proc/sys/kernel/random/boot_id", 128);
    if (!text)
        return {};
    while (!text->empty() && text->back() == '\n')
        text->pop_back();
    return *text;
}

} // namespace

ProcessMark ProcessMark::ofThis()
{
    const std::int64_t pid = ::getpid();
    return {pid, startOf(pid), bootId(), hostName()};
}

bool ProcessMark::isAlive() const
{
    if (host != hostName())
        return true;
    return boot == bootId() && !started.empty() && started == startOf(pid);
}

std::string localUser()
{
    std::array<char, 4096> buffer {};
    passwd entry {};
    passwd *found = nullptr;
    ::getpwuid_r(::getuid(), &entry, buffer.data(), buffer.size(), &found);
    const std::string user = found != nullptr ? found->pw_name : "uid " + std::to_string(::getuid());
    return user + "@" + hostName();
}

} // namespace fairway::operate
