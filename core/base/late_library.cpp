#include "core/base/late_library.h"

#include <dlfcn.h>

namespace fairway::late {
namespace {

    std::string lastError()
    {
        const char *text = ::dlerror();
        return text != nullptr ? text : "unknown reason";
    }

} // namespace

Result<void *> open(const LateLibraryName &name)
{
    // Lazy: of a library's thousands of functions we call a few dozen. Local: its symbols must not answer for anybody else's.
    void *library = ::dlopen(name.soname, RTLD_LAZY | RTLD_LOCAL | RTLD_NODELETE);
    if (library == nullptr)
        return fail(ErrorCode::Unsupported, lastError() + "; install the package " + name.package);
    return library;
}

Result<void *> find(void *library, const LateLibraryName &name, const char *function)
{
    void *address = ::dlsym(library, function);
    if (address == nullptr)
        return fail(ErrorCode::Unsupported, lastError() + "; a newer version of the package " + name.package + " is needed");
    return address;
}

} // namespace fairway::late
