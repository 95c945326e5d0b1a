#include "core/base/clock.h"

#include <cstdio>
#include <ctime>

namespace fairway {
namespace {

    std::string formatUtc(std::chrono::system_clock::time_point time, bool withMicroseconds)
    {
        using namespace std::chrono;
        const auto seconds = floor<std::chrono::seconds>(time);
        const std::time_t wall = system_clock::to_time_t(seconds);
        std::tm parts {};
        gmtime_r(&wall, &parts);
        char text[40];
        std::size_t length = std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &parts);
        std::string out(text, length);
        if (withMicroseconds) {
            const auto micros = duration_cast<microseconds>(time - seconds).count();
            std::snprintf(text, sizeof text, ".%06lld", static_cast<long long>(micros));
            out += text;
        }
        return out + 'Z';
    }

} // namespace

std::chrono::steady_clock::time_point SystemClock::steadyNow() const
{
    return std::chrono::steady_clock::now();
}

std::chrono::system_clock::time_point SystemClock::systemNow() const
{
    return std::chrono::system_clock::now();
}

ManualClock::ManualClock(std::chrono::system_clock::time_point start)
    : m_start(start)
{
}

std::chrono::steady_clock::time_point ManualClock::steadyNow() const
{
    const std::scoped_lock lock(m_mutex);
    return std::chrono::steady_clock::time_point(std::chrono::duration_cast<std::chrono::steady_clock::duration>(m_elapsed));
}

std::chrono::system_clock::time_point ManualClock::systemNow() const
{
    const std::scoped_lock lock(m_mutex);
    return m_start + std::chrono::duration_cast<std::chrono::system_clock::duration>(m_elapsed);
}

void ManualClock::advance(std::chrono::nanoseconds step)
{
    const std::scoped_lock lock(m_mutex);
    m_elapsed += step;
}

std::string formatRfc3339(std::chrono::system_clock::time_point time)
{
    return formatUtc(time, false);
}

std::string formatRfc3339Micro(std::chrono::system_clock::time_point time)
{
    return formatUtc(time, true);
}

} // namespace fairway
