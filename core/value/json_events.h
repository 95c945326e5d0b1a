#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace fairway::value {

/// What a reader of JSON is told, in order. Texts are decoded and live until the reader has finished.
class JsonHandler {
public:
    virtual ~JsonHandler() = default;
    virtual void startMap() = 0;
    virtual void key(std::string_view text) = 0;
    virtual void endMap() = 0;
    virtual void startList() = 0;
    virtual void endList() = 0;
    virtual void string(std::string_view text) = 0;
    /// `token` follows RFC 8259's grammar of numbers and is in the range of a float.
    virtual void number(std::string_view token) = 0;
    virtual void boolean(bool value) = 0;
    virtual void null() = 0;
};

/// Reads a whole document by simdjson and tells `handler` what it holds. On an error the handler has been told a part.
/// Errors: InvalidInput with line and column, LimitExceeded.
[[nodiscard]] Result<void> readJson(std::string_view text, JsonHandler &handler, std::size_t maxBytes, std::size_t maxDepth);

} // namespace fairway::value
