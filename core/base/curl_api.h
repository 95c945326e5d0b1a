#pragma once

#include "core/base/late_library.h"

#include <curl/curl.h>

namespace fairway {

#define FAIRWAY_CURL_FUNCTIONS(F) \
    F(curl_global_init) \
    F(curl_easy_init) F(curl_easy_setopt) F(curl_easy_getinfo) F(curl_easy_pause) F(curl_easy_cleanup) F(curl_easy_strerror) \
    F(curl_multi_init) F(curl_multi_setopt) F(curl_multi_add_handle) F(curl_multi_remove_handle) F(curl_multi_perform) \
    F(curl_multi_poll) F(curl_multi_wakeup) F(curl_multi_info_read) F(curl_multi_cleanup) \
    F(curl_slist_append) F(curl_slist_free_all)

/// libcurl, opened when first needed: it drags in a dozen libraries, some 10 ms of a cold start.
struct CurlApi {
    static constexpr LateLibraryName name {"libcurl.so.4", "libcurl4"};
    FAIRWAY_LATE_FUNCTIONS(FAIRWAY_CURL_FUNCTIONS)

    /// Opened and set up for the process (curl_global_init).
    [[nodiscard]] static Result<const CurlApi *> load();
};

} // namespace fairway
