#include "core/chart/clear_sign.h"

#include "core/chart/go_text.h"

#include <algorithm>

namespace fairway::chart {

namespace {

constexpr std::string_view messageHead = "-----BEGIN PGP SIGNED MESSAGE-----";
constexpr std::string_view signatureHead = "-----BEGIN PGP SIGNATURE-----";
constexpr std::string_view signatureEnd = "\n-----END PGP SIGNATURE-----";

std::string_view takeLine(std::string_view &rest)
{
    const std::size_t end = rest.find('\n');
    std::string_view line = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    if (end != std::string_view::npos && line.ends_with('\r'))
        line.remove_suffix(1);
    return line;
}

/// To what follows the line that begins a message.
bool skipToMessage(std::string_view &rest)
{
    std::size_t at = 0;
    if (!rest.starts_with(messageHead)) {
        at = rest.find("\n" + std::string(messageHead));
        if (at == std::string_view::npos)
            return false;
        ++at;
    }
    rest.remove_prefix(at + messageHead.size());
    return takeLine(rest).empty();
}

/// Other headers than Hash could hold what a reader takes for signed text.
bool skipHeaders(std::string_view &rest)
{
    while (!rest.empty()) {
        const std::string_view line = takeLine(rest);
        if (line.empty())
            return true;
        if (std::any_of(line.begin(), line.end(), [](char c) { return c < 0x20 || c > 0x7e; }))
            return false;
        const std::size_t colon = line.find(':');
        if (colon == std::string_view::npos || trimSpace(line.substr(0, colon)) != "Hash")
            return false;
    }
    return false;
}

} // namespace

std::optional<ClearSigned> readClearSigned(std::string_view data)
{
    std::string_view rest = data;
    if (!skipToMessage(rest) || !skipHeaders(rest))
        return std::nullopt;
    ClearSigned out;
    bool isFirst = true;
    while (true) {
        const std::string_view before = rest;
        std::string_view line = takeLine(rest);
        if (line.empty() && rest.empty())
            return std::nullopt;
        if (line == signatureHead) {
            rest = before;
            break;
        }
        if (!isFirst)
            out.signedBytes += "\r\n";
        isFirst = false;
        if (line.starts_with("- "))
            line.remove_prefix(2);
        line = line.substr(0, line.find_last_not_of(" \t") + 1);
        out.signedBytes += line;
        out.text += line;
        out.text += '\n';
    }
    const std::size_t end = rest.find(signatureEnd);
    if (end == std::string_view::npos)
        return std::nullopt;
    out.signature = std::string(rest.substr(0, end + signatureEnd.size())) + "\n";
    return out;
}

} // namespace fairway::chart
