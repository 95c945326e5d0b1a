#pragma once

#include "core/base/result.h"

#include <atomic>
#include <cassert>
#include <mutex>

namespace fairway {

/// A shared library by the name the dynamic loader knows ("libcurl.so.4") and the Debian package that holds it.
struct LateLibraryName {
    const char *soname = "";
    const char *package = "";
};

/// A library that is opened when it is first needed instead of at every start of the process, and the functions used of it.
/// For what is heavy to load: a command that needs none of it must start in a few milliseconds.
///
/// Shape:   a library is a struct with a name and a list of functions; its members have the functions' own names and types, so a
///          library's convenience macros work on them (`ssl.SSL_CTX_set_mode(…)` becomes `ssl.SSL_CTX_ctrl(…)`):
///
///              #define SQLITE_FUNCTIONS(F) F(sqlite3_open_v2) F(sqlite3_close)
///              struct Sqlite {
///                  static constexpr LateLibraryName name {"libsqlite3.so.0", "libsqlite3-0"};
///                  FAIRWAY_LATE_FUNCTIONS(SQLITE_FUNCTIONS)
///              };
///
///              const Result<const Sqlite *> sqlite = LateLibrary<Sqlite>::load();
///
///          The target needs the library's headers only. cmake/Packaging.cmake lists what is opened this way: the packaging tools
///          can't see it.
/// Errors:  Unsupported: the library or one of its functions is missing; the sentence names the package. The next load() tries again.
/// Threads: any. There is one table per library and process, as there is one copy of the library; it never changes once load()
///          has returned it, and the library stays loaded to the end.
template <typename Library>
class LateLibrary {
public:
    [[nodiscard]] static Result<const Library *> load();
    /// The table of a library that load() has returned before: for what can only exist then, such as a handle's deleter.
    [[nodiscard]] static const Library &get();

private:
    inline static std::mutex s_loading;
    inline static std::atomic<const Library *> s_loaded {nullptr};
    inline static Library s_library; ///< Written once, under s_loading and before s_loaded.
};

/// In a library's struct: its members and how they are found. `LIST` is a macro that applies its argument to each function's name.
#define FAIRWAY_LATE_FUNCTIONS(LIST) \
    LIST(FAIRWAY_LATE_MEMBER) \
    template <typename Find> \
    void forEachFunction(Find &&find) \
    { \
        LIST(FAIRWAY_LATE_FIND) \
    }
#define FAIRWAY_LATE_MEMBER(function) decltype(&::function) function = nullptr;
#define FAIRWAY_LATE_FIND(function) find(#function, this->function);

/// What LateLibrary is made of.
namespace late {

[[nodiscard]] Result<void *> open(const LateLibraryName &name);
[[nodiscard]] Result<void *> find(void *library, const LateLibraryName &name, const char *function);

} // namespace late

template <typename Library>
Result<const Library *> LateLibrary<Library>::load()
{
    if (const Library *loaded = s_loaded.load(std::memory_order_acquire); loaded != nullptr)
        return loaded;
    const std::scoped_lock lock(s_loading);
    if (const Library *loaded = s_loaded.load(std::memory_order_relaxed); loaded != nullptr)
        return loaded;
    const auto opened = late::open(Library::name);
    if (!opened)
        return tl::unexpected(opened.error());
    Result<void> complete;
    s_library.forEachFunction([&]<typename Function>(const char *function, Function &out) {
        if (!complete)
            return;
        if (const auto found = late::find(*opened, Library::name, function); found)
            out = reinterpret_cast<Function>(*found);
        else
            complete = tl::unexpected(found.error());
    });
    if (!complete)
        return tl::unexpected(complete.error());
    s_loaded.store(&s_library, std::memory_order_release);
    return &s_library;
}

template <typename Library>
const Library &LateLibrary<Library>::get()
{
    const Library *loaded = s_loaded.load(std::memory_order_acquire);
    assert(loaded != nullptr);
    return *loaded;
}

} // namespace fairway
