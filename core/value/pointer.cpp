#include "core/value/pointer.h"

#include <charconv>
#include <system_error>
#include <utility>

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

std::vector<std::string> splitPointer(std::string_view pointer)
{
    std::vector<std::string> out;
    PointerSteps steps(pointer);
    while (auto step = steps.next())
        out.push_back(std::move(*step));
    return out;
}

std::string joinPointer(const std::vector<std::string> &steps)
{
    std::string pointer;
    for (const std::string &step : steps)
        pointer = childPointer(pointer, step);
    return pointer;
}

std::string childPointer(std::string_view parent, std::string_view step)
{
    std::string pointer(parent);
    pointer += '/';
    for (const char c : step) {
        if (c == '~')
            pointer += "~0";
        else if (c == '/')
            pointer += "~1";
        else
            pointer += c;
    }
    return pointer;
}

std::string childPointer(std::string_view parent, std::size_t index)
{
    return std::string(parent) + '/' + std::to_string(index);
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
