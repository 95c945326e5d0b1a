#pragma once

#include <string>
#include <vector>

namespace fairway::funcs {

/// The addresses of a host by the system's resolver, in its order, each once; none when it knows none. Blocks for as long as the resolver
/// waits. Source: net.LookupHost of Go.
[[nodiscard]] std::vector<std::string> lookupHost(const std::string &name);

} // namespace fairway::funcs
