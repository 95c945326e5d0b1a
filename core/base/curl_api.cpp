#include "core/base/curl_api.h"

namespace fairway {

Result<const CurlApi *> CurlApi::load()
{
    const auto api = LateLibrary<CurlApi>::load();
    if (!api) {
        return tl::unexpected(api.error());
    }
    static const CURLcode outcome = (*api)->curl_global_init(CURL_GLOBAL_DEFAULT); // Not safe in two threads at once.
    if (outcome != CURLE_OK) {
        return fail(ErrorCode::Internal, "libcurl could not be set up");
    }
    return *api;
}

} // namespace fairway
