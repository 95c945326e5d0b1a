#pragma once

#include "core/gotemplate/template_error.h"

#include <string>
#include <string_view>

namespace fairway::funcs {

/// A URL's parts as net/url has them: path and fragment decoded, the query raw.
struct GoUrl {
    std::string scheme;
    std::string opaque;
    std::string userInfo; ///< Encoded, "user:password"; hasUserInfo tells it from none.
    bool hasUserInfo = false;
    std::string host; ///< With the port.
    std::string path;
    std::string rawPath; ///< The path as it was written, where encoding it anew would give another.
    std::string rawQuery;
    bool forcesQuery = false; ///< A `?` with nothing behind it.
    std::string fragment;

    [[nodiscard]] std::string hostName() const;
    [[nodiscard]] std::string toString() const;

    /// Errors: `parse "TEXT": …` as url.Parse.
    [[nodiscard]] static gotemplate::TemplateResult<GoUrl> parse(std::string_view text);
};

} // namespace fairway::funcs
