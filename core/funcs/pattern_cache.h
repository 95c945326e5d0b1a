#pragma once

#include <memory>
#include <mutex>
#include <string>
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

/// Why `pattern` could not be compiled, in the words of Go's regexp/syntax: "missing closing ): `(`".
[[nodiscard]] std::string patternFault(const re2::RE2 &regex, const std::string &pattern);

} // namespace fairway::funcs
