#include "core/chart/go_timestamp.h"

#include "core/base/clock.h"

#include <cstdio>

namespace fairway::chart {

std::optional<std::string> goTimestamp(std::string_view text)
{
    if (text != noTimestamp && !parseRfc3339(text))
        return std::nullopt;
    std::string out(text);
    if (out.ends_with("+00:00") || out.ends_with("-00:00"))
        out.replace(out.size() - 6, 6, "Z");
    if (const std::size_t dot = out.find('.'); dot != std::string::npos) {
        const std::size_t end = out.find_first_not_of("0123456789", dot + 1);
        std::string fraction = out.substr(dot + 1, std::min<std::size_t>(end - dot - 1, 9));
        fraction.erase(fraction.find_last_not_of('0') + 1);
        out.replace(dot, end - dot, fraction.empty() ? "" : "." + fraction);
    }
    return out;
}

std::string goTimestamp(std::chrono::system_clock::time_point time)
{
    const auto nanoseconds = std::chrono::duration_cast<std::chrono::nanoseconds>(time.time_since_epoch()).count() % 1'000'000'000;
    std::string text = formatRfc3339(time);
    char fraction[16];
    std::snprintf(fraction, sizeof fraction, ".%09lld", static_cast<long long>(nanoseconds));
    text.insert(text.size() - 1, fraction);
    return goTimestamp(text).value_or(text);
}

} // namespace fairway::chart
