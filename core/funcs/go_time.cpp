#include "core/funcs/go_time.h"

#include "core/funcs/calendar.h"
#include "core/funcs/convert.h"
#include "core/funcs/time_layout.h"

#include <fmt/format.h>

#include <cstdlib>

namespace fairway::funcs {

namespace {

struct Fields {
    CivilDate date;
    int hour = 0;
    int minute = 0;
    int second = 0;
    int weekday = 0;
    int yearDay = 1;
    TimeZone::Offset offset;
};

Fields fieldsOf(const GoTime &time)
{
    Fields out;
    out.offset = time.zone->at(time.seconds);
    const std::int64_t local = time.seconds + out.offset.seconds;
    const std::int64_t days = floorDivide(local, SecondsPerDay);
    const auto inDay = static_cast<int>(local - days * SecondsPerDay);
    out.date = civilFromDays(days);
    out.hour = inDay / 3600;
    out.minute = inDay / 60 % 60;
    out.second = inDay % 60;
    out.weekday = static_cast<int>(((days + 4) % 7 + 7) % 7);
    out.yearDay = static_cast<int>(days - daysFromCivil({out.date.year, 1, 1})) + 1;
    return out;
}

std::string offsetText(const LayoutToken &token, std::int32_t seconds)
{
    if (token.usesZ && seconds == 0)
        return "Z";
    const char sign = seconds < 0 ? '-' : '+';
    const int amount = std::abs(seconds);
    std::string out = fmt::format("{}{:02}", sign, amount / 3600);
    if (token.digits >= 4)
        out += fmt::format("{}{:02}", token.hasColon ? ":" : "", amount / 60 % 60);
    if (token.digits >= 6)
        out += fmt::format("{}{:02}", token.hasColon ? ":" : "", amount % 60);
    return out;
}

std::string fractionText(const LayoutToken &token, std::int32_t nanoseconds)
{
    std::string digits = fmt::format("{:09}", nanoseconds).substr(0, static_cast<std::size_t>(std::min(token.digits, 9)));
    if (!token.keepsZeros) {
        while (digits.ends_with('0'))
            digits.pop_back();
    }
    return digits.empty() ? digits : token.text[0] + digits;
}

std::string yearText(std::int64_t year)
{
    return year < 0 ? fmt::format("-{:04}", -year) : fmt::format("{:04}", year);
}

std::string zoneText(const TimeZone::Offset &offset)
{
    if (!offset.name.empty())
        return offset.name;
    const int minutes = offset.seconds / 60;
    return fmt::format("{}{:02}{:02}", minutes < 0 ? '-' : '+', std::abs(minutes) / 60, std::abs(minutes) % 60);
}

std::string elementText(const LayoutToken &token, const Fields &f, std::int32_t nanoseconds)
{
    const int hour12 = f.hour % 12 == 0 ? 12 : f.hour % 12;
    const std::string_view month = MonthNames[f.date.month - 1];
    const std::string_view weekday = WeekdayNames[f.weekday];
    switch (token.element) {
    case LayoutElement::LongMonth: return std::string(month);
    case LayoutElement::ShortMonth: return std::string(month.substr(0, 3));
    case LayoutElement::Month: return std::to_string(f.date.month);
    case LayoutElement::ZeroMonth: return fmt::format("{:02}", f.date.month);
    case LayoutElement::LongWeekday: return std::string(weekday);
    case LayoutElement::ShortWeekday: return std::string(weekday.substr(0, 3));
    case LayoutElement::Day: return std::to_string(f.date.day);
    case LayoutElement::SpaceDay: return fmt::format("{:>2}", f.date.day);
    case LayoutElement::ZeroDay: return fmt::format("{:02}", f.date.day);
    case LayoutElement::SpaceYearDay: return fmt::format("{:>3}", f.yearDay);
    case LayoutElement::ZeroYearDay: return fmt::format("{:03}", f.yearDay);
    case LayoutElement::Hour24: return fmt::format("{:02}", f.hour);
    case LayoutElement::Hour12: return std::to_string(hour12);
    case LayoutElement::ZeroHour12: return fmt::format("{:02}", hour12);
    case LayoutElement::Minute: return std::to_string(f.minute);
    case LayoutElement::ZeroMinute: return fmt::format("{:02}", f.minute);
    case LayoutElement::Second: return std::to_string(f.second);
    case LayoutElement::ZeroSecond: return fmt::format("{:02}", f.second);
    case LayoutElement::LongYear: return yearText(f.date.year);
    case LayoutElement::Year: return fmt::format("{:02}", (f.date.year % 100 + 100) % 100);
    case LayoutElement::UpperPm: return f.hour >= 12 ? "PM" : "AM";
    case LayoutElement::LowerPm: return f.hour >= 12 ? "pm" : "am";
    case LayoutElement::ZoneName: return zoneText(f.offset);
    case LayoutElement::Offset: return offsetText(token, f.offset.seconds);
    case LayoutElement::Fraction: return fractionText(token, nanoseconds);
    case LayoutElement::None: break;
    }
    return {};
}

class TimeObject final : public gotemplate::TemplateObject {
public:
    explicit TimeObject(GoTime time)
        : m_time(std::move(time))
    {
    }
    [[nodiscard]] std::string_view typeName() const override { return "time.Time"; }
    [[nodiscard]] Value plain() const override { return Value(m_time.format("2006-01-02T15:04:05.999999999Z07:00")); }
    [[nodiscard]] bool isStringer() const override { return true; }
    [[nodiscard]] std::string text() const override { return m_time.format("2006-01-02 15:04:05.999999999 -0700 MST"); }
    [[nodiscard]] const Method *method(std::string_view name) const override;
    [[nodiscard]] const GoTime &time() const { return m_time; }

private:
    GoTime m_time;
};

using Out = TemplateResult<Value>;
using Arguments = std::span<Value>;

template <auto Function>
Out answer(const gotemplate::TemplateObject &self, Arguments)
{
    return Function(static_cast<const TimeObject &>(self).time());
}

Out format(const gotemplate::TemplateObject &self, Arguments arguments)
{
    return Value(static_cast<const TimeObject &>(self).time().format(arguments[0].asString()));
}

struct NamedMethod {
    std::string_view name;
    gotemplate::TemplateObject::Method method;
};

constexpr Type StringArgument[] = {Type::String};
constexpr NamedMethod Methods[] = {
    {"Format", {1, format, StringArgument}},
    {"String", {0, answer<[](const GoTime &t) { return Value(t.format("2006-01-02 15:04:05.999999999 -0700 MST")); }>}},
    {"Unix", {0, answer<[](const GoTime &t) { return Value(t.seconds); }>}},
    {"UnixMilli", {0, answer<[](const GoTime &t) { return Value(t.seconds * 1000 + t.nanoseconds / 1'000'000); }>}},
    {"UnixNano", {0, answer<[](const GoTime &t) {
         return Value(static_cast<std::int64_t>(static_cast<std::uint64_t>(t.seconds) * 1'000'000'000U
             + static_cast<std::uint64_t>(t.nanoseconds)));
     }>}},
    {"Year", {0, answer<[](const GoTime &t) { return goInt(fieldsOf(t).date.year); }>}},
    {"Month", {0, answer<[](const GoTime &t) { return Value(MonthNames[fieldsOf(t).date.month - 1]); }>}},
    {"Day", {0, answer<[](const GoTime &t) { return goInt(fieldsOf(t).date.day); }>}},
    {"Weekday", {0, answer<[](const GoTime &t) { return Value(WeekdayNames[fieldsOf(t).weekday]); }>}},
    {"YearDay", {0, answer<[](const GoTime &t) { return goInt(fieldsOf(t).yearDay); }>}},
    {"Hour", {0, answer<[](const GoTime &t) { return goInt(fieldsOf(t).hour); }>}},
    {"Minute", {0, answer<[](const GoTime &t) { return goInt(fieldsOf(t).minute); }>}},
    {"Second", {0, answer<[](const GoTime &t) { return goInt(fieldsOf(t).second); }>}},
    {"Nanosecond", {0, answer<[](const GoTime &t) { return goInt(t.nanoseconds); }>}},
    {"IsZero", {0, answer<[](const GoTime &t) { return Value(t.seconds == GoTime().seconds && t.nanoseconds == 0); }>}},
    {"UTC", {0, answer<[](const GoTime &t) { return makeTime({t.seconds, t.nanoseconds, TimeZone::utc()}); }>}},
};

const gotemplate::TemplateObject::Method *TimeObject::method(std::string_view name) const
{
    for (const NamedMethod &one : Methods) {
        if (one.name == name)
            return &one.method;
    }
    return nullptr;
}

} // namespace

std::string GoTime::format(std::string_view layout) const
{
    const Fields fields = fieldsOf(*this);
    std::string out;
    for (;;) {
        const LayoutStep step = nextElement(layout);
        out += step.literal;
        if (step.token.element == LayoutElement::None)
            return out;
        out += elementText(step.token, fields, nanoseconds);
        layout = step.rest;
    }
}

Value makeTime(GoTime time)
{
    return Value::object(std::make_unique<TimeObject>(std::move(time)));
}

const GoTime *asTime(const Value &value)
{
    const auto *object = dynamic_cast<const TimeObject *>(gotemplate::asTemplateObject(value));
    return object == nullptr ? nullptr : &object->time();
}

} // namespace fairway::funcs
