#include "core/funcs/time_layout.h"

namespace fairway::funcs {

namespace {

using E = LayoutElement;

constexpr LayoutToken Elements[] = {
    // Longer ones first: the first that fits is taken.
    {E::LongMonth, "January"}, {E::ShortMonth, "Jan"}, {E::LongWeekday, "Monday"}, {E::ShortWeekday, "Mon"}, {E::ZoneName, "MST"},
    {E::ZeroYearDay, "002"}, {E::ZeroMonth, "01"}, {E::ZeroDay, "02"}, {E::ZeroHour12, "03"}, {E::ZeroMinute, "04"},
    {E::ZeroSecond, "05"}, {E::Year, "06"}, {E::Hour24, "15"}, {E::Month, "1"}, {E::LongYear, "2006"}, {E::Day, "2"},
    {E::SpaceYearDay, "__2"}, {E::SpaceDay, "_2"}, {E::Hour12, "3"}, {E::Minute, "4"}, {E::Second, "5"}, {E::UpperPm, "PM"},
    {E::LowerPm, "pm"},
    {E::Offset, "-07:00:00", 6, true}, {E::Offset, "-070000", 6}, {E::Offset, "-07:00", 4, true}, {E::Offset, "-0700", 4},
    {E::Offset, "-07", 2}, {E::Offset, "Z07:00:00", 6, true, true}, {E::Offset, "Z070000", 6, false, true},
    {E::Offset, "Z07:00", 4, true, true}, {E::Offset, "Z0700", 4, false, true}, {E::Offset, "Z07", 2, false, true},
};

bool isLower(char c)
{
    return c >= 'a' && c <= 'z';
}

/// ".000" or ",999": only where no digit follows.
LayoutToken fraction(std::string_view rest)
{
    if (rest.size() < 2 || (rest[0] != '.' && rest[0] != ',') || (rest[1] != '0' && rest[1] != '9'))
        return {};
    std::size_t end = 1;
    while (end < rest.size() && rest[end] == rest[1])
        ++end;
    if (end < rest.size() && rest[end] >= '0' && rest[end] <= '9')
        return {};
    return {E::Fraction, rest.substr(0, end), static_cast<int>(end) - 1, false, false, rest[1] == '0'};
}

} // namespace

LayoutStep nextElement(std::string_view layout)
{
    for (std::size_t i = 0; i < layout.size(); ++i) {
        const std::string_view rest = layout.substr(i);
        LayoutToken token = fraction(rest);
        for (const LayoutToken &one : Elements) {
            if (token.element != E::None || !rest.starts_with(one.text))
                continue;
            // "Jan" in "Janet" is a word of its own.
            const bool isName = one.element == E::ShortMonth || one.element == E::ShortWeekday;
            if (isName && rest.size() > one.text.size() && isLower(rest[one.text.size()]))
                continue;
            token = one;
        }
        // "_2006" is an underscore and a year.
        if (token.element == E::SpaceDay && rest.starts_with("_2006"))
            continue;
        if (token.element != E::None)
            return {layout.substr(0, i), token, layout.substr(i + token.text.size())};
    }
    return {layout, {}, {}};
}

} // namespace fairway::funcs
