#pragma once

#include "core/base/result.h"
#include "core/chart/chart.h"
#include "core/chart/messages.h"
#include "core/value/value.h"

namespace fairway::chart {

/// What becomes of a null.
enum class Nulls : std::uint8_t {
    Delete, ///< It takes the default away, and itself: what templates get.
    Keep,   ///< It stays, so that a later step can still take something away.
};

/// The values of a chart and its subcharts under what the user gave: a new map, in which `.subchart` holds each subchart's values and
/// globals are handed down. Values keep their positions. Warnings go to `messages`.
/// Errors:  InvalidInput: a subchart's values are no map ("type mismatch on NAME: …").
/// Source:  Helm's behaviour; 3 and 4 differ in nulls of keys the chart gives no default.
[[nodiscard]] Result<value::Value> coalesceValues(
    const Chart &chart, const value::Value &userValues, Nulls nulls, const Messages &messages);

/// `weak` under `strong`; `strong` is changed and may take over parts of `weak`, which may be changed too.
void coalesceTables(value::Map &strong, value::Map &weak, Nulls nulls, const Messages &messages);

/// "a.b" of a map of maps, or nullptr when it isn't a map.
[[nodiscard]] const value::Value *findTable(const value::Value &values, std::string_view dottedPath);

} // namespace fairway::chart
