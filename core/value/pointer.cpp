#include "core/value/pointer.h"

#include <charconv>
#include <system_error>

namespace fairway::value {

std::optional<std::string> PointerSteps::next()
{
    if (m_rest.empty() || m_rest.front() != '/')
        return std::nullopt;
    m_rest.remove_prefix(1);
    const std::string_view raw = m_rest.substr(0, m_rest.find('/'));
    m_rest.remove_prefix(raw.size());
    std::string step;
    for (std::size_t i = 0; i < raw.size(); ++i) {
        const bool isEscape = raw[i] == '~' && i + 1 < raw.size() && (raw[i + 1] == '0' || raw[i + 1] == '1');
        step += isEscape ? (raw[++i] == '0' ? '~' : '/') : raw[i];
    }
    return step;
}

std::optional<std::size_t> pointerIndex(std::string_view step)
{
    if (step.empty() || (step.size() > 1 && step.front() == '0'))
        return std::nullopt;
    std::size_t index = 0;
    const auto [end, error] = std::from_chars(step.data(), step.data() + step.size(), index);
    if (error != std::errc() || end != step.data() + step.size())
        return std::nullopt;
    return index;
}

} // namespace fairway::value
