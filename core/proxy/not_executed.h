#pragma once

#include "core/base/text.h"
#include "core/route/route_table.h"
#include "core/value/value.h"

#include <span>
#include <vector>

namespace fairway::proxy {

/// What a compiled table asks for and the data plane does not do: each thing once, with who asks for it as objects and fields,
/// "session persistence (HTTPRoute shop/web spec.rules[0].sessionPersistence)"; of many places the first twelve.
[[nodiscard]] std::vector<Text> notExecuted(const route::RouteTable &table);
/// The same of the objects the table was made of, which it does not hold: traffic policies for its targets' hosts, authorization,
/// authentication and plug-ins in the namespaces of its routes and targets, and what retries say of other localities.
[[nodiscard]] std::vector<Text> policiesNotExecuted(const route::RouteTable &table, std::span<const value::Value> objects);

} // namespace fairway::proxy
