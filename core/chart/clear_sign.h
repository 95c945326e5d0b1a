#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace fairway::chart {

/// A text with its signature below it.
struct ClearSigned {
    std::string text;        ///< What was signed, lines ended by "\n", dashes unescaped, blanks at the ends of lines gone.
    std::string signedBytes; ///< The same as the signature covers it: lines joined by "\r\n", nothing after the last.
    std::string signature;   ///< The armoured block.
};

/// The first clear-signed message in `data`; nothing when there is none that is complete. What stands around it is not looked at, and
/// was not signed.
/// Source: RFC 9580, section 7, as strict as Go's openpgp/clearsign: no header but Hash.
[[nodiscard]] std::optional<ClearSigned> readClearSigned(std::string_view data);

} // namespace fairway::chart
