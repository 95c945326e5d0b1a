#include "core/base/one_line.h"

#include <algorithm>

namespace fairway {

std::string oneLine(std::string_view text, std::size_t most)
{
    const bool isCut = text.size() > most;
    if (isCut) {
        std::size_t end = most;
        while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U)
            --end;
        text = text.substr(0, end);
    }
    std::string line(text);
    std::replace_if(line.begin(), line.end(), [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7f'; }, ' ');
    return isCut ? line + "…" : line;
}

} // namespace fairway
