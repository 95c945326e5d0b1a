#include "core/kube/curl_api.h"

#include <dlfcn.h>

#include <string>

namespace fairway::kube {
namespace {

template <typename Function>
bool find(void *library, const char *name, Function &out)
{
    out = reinterpret_cast<Function>(::dlsym(library, name));
    return out != nullptr;
}

} // namespace

Result<CurlApi> CurlApi::load()
{
    void *library = ::dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) {
        return fail(ErrorCode::Unsupported, "libcurl.so.4 can't be loaded; install the package libcurl4");
    }
    CurlApi api;
    const bool isComplete = find(library, "curl_global_init", api.globalInit) && find(library, "curl_easy_init", api.easyInit)
        && find(library, "curl_easy_setopt", api.easySetopt) && find(library, "curl_easy_getinfo", api.easyGetinfo)
        && find(library, "curl_easy_pause", api.easyPause) && find(library, "curl_easy_cleanup", api.easyCleanup)
        && find(library, "curl_easy_strerror", api.easyStrerror) && find(library, "curl_multi_init", api.multiInit)
        && find(library, "curl_multi_setopt", api.multiSetopt) && find(library, "curl_multi_add_handle", api.multiAddHandle)
        && find(library, "curl_multi_remove_handle", api.multiRemoveHandle) && find(library, "curl_multi_perform", api.multiPerform)
        && find(library, "curl_multi_poll", api.multiPoll) && find(library, "curl_multi_wakeup", api.multiWakeup)
        && find(library, "curl_multi_info_read", api.multiInfoRead) && find(library, "curl_multi_cleanup", api.multiCleanup)
        && find(library, "curl_slist_append", api.slistAppend) && find(library, "curl_slist_free_all", api.slistFreeAll);
    if (!isComplete) {
        return fail(ErrorCode::Unsupported, "libcurl.so.4 is too old: version 7.77 or newer is needed");
    }
    if (api.globalInit(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
        return fail(ErrorCode::Internal, "libcurl could not be set up");
    }
    return api;
}

} // namespace fairway::kube
