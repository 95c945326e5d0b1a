#include "core/chart/messages.h"

#include "core/chart/go_text.h"
#include "core/value/utf8.h"

namespace fairway::chart {

namespace {

/// What slog's text handler puts in quotes.
bool needsQuotes(std::string_view text)
{
    if (text.empty())
        return true;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte <= 0x20 || byte == 0x7F || c == '"' || c == '=')
            return true;
    }
    return goQuoted(text).size() != text.size() + 2 && text.find('\\') == std::string_view::npos;
}

std::string field(std::string_view text)
{
    return needsQuotes(text) ? goQuoted(text) : std::string(text);
}

} // namespace

void Messages::write(std::string_view line) const
{
    if (m_write)
        m_write(line);
}

void Messages::structured(std::string_view level, std::string_view message, Attributes attributes) const
{
    if (m_version != HelmVersion::V4)
        return;
    std::string line = "level=" + std::string(level) + " msg=" + field(message);
    for (const auto &[key, text] : attributes)
        line += " " + field(key) + "=" + field(text);
    write(line);
}

void Messages::plain(std::string_view place, std::string_view message) const
{
    if (m_version == HelmVersion::V3)
        write(std::string(place) + ": " + std::string(message));
}

void Messages::printed(std::string_view place, std::string_view message) const
{
    plain(place, message);
    structured("INFO", message);
}

} // namespace fairway::chart
