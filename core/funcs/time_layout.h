#pragma once

#include <cstdint>
#include <string_view>

namespace fairway::funcs {

/// What an element of Go's reference time "Mon Jan 2 15:04:05 MST 2006" stands for.
enum class LayoutElement : std::uint8_t {
    None, LongMonth, ShortMonth, Month, ZeroMonth, LongWeekday, ShortWeekday, Day, SpaceDay, ZeroDay, SpaceYearDay, ZeroYearDay,
    Hour24, Hour12, ZeroHour12, Minute, ZeroMinute, Second, ZeroSecond, LongYear, Year, UpperPm, LowerPm, ZoneName,
    Offset,       ///< -0700, -07:00 and so on: `digits` says how far, `hasColon`, `usesZ`
    Fraction,     ///< .000 or .999: `digits`, `keepsZeros`
};

struct LayoutToken {
    LayoutElement element = LayoutElement::None;
    std::string_view text; ///< As it stands in the layout.
    int digits = 0;        ///< Of an Offset: 2 hours, 4 minutes, 6 seconds.
    bool hasColon = false;
    bool usesZ = false;
    bool keepsZeros = false;
};

/// The text before the next element, and the element (None at the end).
struct LayoutStep {
    std::string_view literal;
    LayoutToken token;
    std::string_view rest;
};
[[nodiscard]] LayoutStep nextElement(std::string_view layout);

inline constexpr std::string_view MonthNames[] = {"January", "February", "March", "April", "May", "June", "July", "August",
    "September", "October", "November", "December"};
inline constexpr std::string_view WeekdayNames[]
    = {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};

} // namespace fairway::funcs
