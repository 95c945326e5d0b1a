#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace re2 {
class RE2;
}

namespace fairway::funcs {

/// Compiled regular expressions: charts ask the same few again and again, and compiling one costs more than using it.
/// Threads: any.
class PatternCache {
public:
    /// Also what can't be compiled: ask ok().
    [[nodiscard]] std::shared_ptr<const re2::RE2> find(const std::string &pattern);

private:
    std::mutex m_mutex;
    std::unordered_map<std::string, std::shared_ptr<const re2::RE2>> m_compiled; ///< Guarded by m_mutex.
};

/// `pattern` with what Go's regular expressions have beyond RE2's put in RE2's terms: since Go 1.22 (?<name>…) is a named group, and two may
/// have one name (the later is then without).
[[nodiscard]] std::string patternForRe2(const std::string &pattern);
/// Why `pattern` could not be compiled, in the words of Go's regexp/syntax: "missing closing ): `(`".
[[nodiscard]] std::string patternFault(const re2::RE2 &regex, const std::string &pattern);

} // namespace fairway::funcs
