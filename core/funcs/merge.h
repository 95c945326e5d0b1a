#pragma once

#include "core/value/value.h"

namespace fairway::funcs {

/// Puts what `from` has into `into`, as mergo does with maps: maps into maps, all else where `into` has nothing or something empty
/// (0, false, "", an empty list), or everywhere with `overwrites`. What is taken over is shared, not copied.
void mergeMaps(value::Value &into, const value::Value &from, bool overwrites);

} // namespace fairway::funcs
