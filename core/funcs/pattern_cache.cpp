#include "core/funcs/pattern_cache.h"

#include <re2/re2.h>

namespace fairway::funcs {

std::shared_ptr<const re2::RE2> PatternCache::find(const std::string &pattern)
{
    const std::scoped_lock lock(m_mutex);
    if (const auto known = m_compiled.find(pattern); known != m_compiled.end())
        return known->second;
    re2::RE2::Options options;
    options.set_log_errors(false);
    auto fresh = std::make_shared<const re2::RE2>(pattern, options);
    constexpr std::size_t most = 256;
    if (m_compiled.size() >= most)
        m_compiled.clear();
    m_compiled.emplace(pattern, fresh);
    return fresh;
}

} // namespace fairway::funcs
