#include "core/route/validation_report.h"

namespace fairway::route {
namespace {

    constexpr std::size_t kMaxViolations = 500;

} // namespace

void Report::error(std::string_view path, Text message, std::string_view code)
{
    ++m_errors;
    if (m_violations.size() < kMaxViolations)
        m_violations.push_back({false, std::string(code), std::string(path), std::move(message)});
}

void Report::warn(std::string_view path, Text message, std::string_view code)
{
    if (m_isMuted)
        return;
    ++m_warnings;
    if (m_violations.size() < kMaxViolations)
        m_violations.push_back({true, std::string(code), std::string(path), std::move(message)});
}

std::string field(std::string_view parent, std::string_view name)
{
    std::string out(parent);
    if (!out.empty() && !name.empty())
        out += '.';
    return out.append(name);
}

std::string item(std::string_view parent, std::size_t index)
{
    return std::string(parent) + "[" + std::to_string(index) + "]";
}

} // namespace fairway::route
