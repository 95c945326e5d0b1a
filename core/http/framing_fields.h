#pragma once

#include "core/http/header_field.h"

#include <cstdint>
#include <string_view>

namespace fairway::http {

/// Why a head is refused: a status a server would answer, and a sentence. A null sentence: nothing wrong.
struct Refusal {
    int status = 0;
    const char *why = nullptr;
    [[nodiscard]] bool isSet() const { return why != nullptr; }
};

/// What the Connection fields of a message say.
struct ConnectionOptions {
    bool saysClose = false;
    bool saysKeepAlive = false;
    bool namesUpgrade = false;
    bool namesOthers = false; ///< Fields beyond the ones that never pass a hop anyway.
    void read(std::string_view value);
};

/// What the fields of a head say about where its body ends and whether the connection lasts; the same rules for requests and
/// responses, stricter than the letter: two hops must not be able to disagree.
/// Source: RFC 9112, sections 6 and 9.3.
struct FramingFields {
    bool hasLength = false;
    std::uint64_t length = 0;
    bool isChunked = false;
    ConnectionOptions connection;

    /// Content-Length, Transfer-Encoding and Connection; anything else is left alone.
    [[nodiscard]] Refusal take(const HeaderField &field);
    /// Once all fields were taken.
    [[nodiscard]] Refusal check(std::uint8_t minorVersion) const;
    [[nodiscard]] bool isKeepAlive(std::uint8_t minorVersion) const
    {
        return !connection.saysClose && (minorVersion == 1 || connection.saysKeepAlive);
    }
};

} // namespace fairway::http
