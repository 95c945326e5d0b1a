#include "core/funcs/convert.h"
#include "core/funcs/go_duration.h"
#include "core/funcs/go_time.h"
#include "core/funcs/helm_functions.h"
#include "core/funcs/tables.h"
#include "core/gotemplate/number.h"

#include <chrono>

namespace fairway::funcs {

namespace {

using Out = TemplateResult<Value>;

constexpr std::int64_t Second = 1'000'000'000;

std::shared_ptr<const TimeZone> localZone(const Call &call)
{
    return TimeZone::local(call.state<FunctionContext>().timeZone);
}

GoTime currentTime(const Call &call)
{
    const Clock *clock = call.state<FunctionContext>().clock;
    const auto moment = clock != nullptr ? clock->systemNow() : SystemClock().systemNow();
    const auto nanoseconds = std::chrono::duration_cast<std::chrono::nanoseconds>(moment.time_since_epoch()).count();
    GoTime out;
    out.seconds = nanoseconds / Second - (nanoseconds % Second < 0 ? 1 : 0);
    out.nanoseconds = static_cast<std::int32_t>(nanoseconds - out.seconds * Second);
    out.zone = localZone(call);
    return out;
}

/// A time, or whole seconds since 1970; anything else is now.
GoTime timeOf(const Call &call, const Value &value, bool takesInt32)
{
    if (const GoTime *time = asTime(value))
        return *time;
    const bool isSeconds = value.isInt() && (value.origin() == Origin::Int || value.origin() == Origin::Int64
        || (takesInt32 && value.origin() == Origin::Int32));
    if (!isSeconds)
        return currentTime(call);
    GoTime out;
    out.seconds = value.asInt();
    out.zone = localZone(call);
    return out;
}

Out formatted(const Call &call, std::string_view layout, const Value &value, std::string_view zoneName)
{
    GoTime time = timeOf(call, value, true);
    time.zone = zoneName == "Local" ? localZone(call) : TimeZone::load(zoneName);
    if (!time.zone)
        time.zone = TimeZone::utc();
    return Value(time.format(layout));
}

constexpr std::string_view HtmlLayout = "2006-01-02";

Out now(Call &call)
{
    return makeTime(currentTime(call));
}
Out date(Call &call)
{
    return formatted(call, call.text(0), call[1], "Local");
}
Out dateInZone(Call &call)
{
    return formatted(call, call.text(0), call[1], call.text(2));
}
Out htmlDate(Call &call)
{
    return formatted(call, HtmlLayout, call[0], "Local");
}
Out htmlDateInZone(Call &call)
{
    return formatted(call, HtmlLayout, call[0], call.text(1));
}

GoTime moved(const GoTime &time, std::int64_t nanoseconds)
{
    GoTime out = time;
    std::int64_t total = out.nanoseconds + nanoseconds % Second;
    out.seconds += nanoseconds / Second;
    if (total < 0) {
        total += Second;
        --out.seconds;
    } else if (total >= Second) {
        total -= Second;
        ++out.seconds;
    }
    out.nanoseconds = static_cast<std::int32_t>(total);
    return out;
}

Out dateModify(Call &call)
{
    const auto duration = parseGoDuration(call.text(0));
    if (duration)
        return makeTime(moved(*asTime(call[1]), *duration));
    if (call.name().starts_with("must"))
        return tl::unexpected(duration.error());
    return call[1];
}

std::int64_t since(const Call &call, const GoTime &time)
{
    const GoTime current = currentTime(call);
    constexpr std::int64_t longest = 9'000'000'000; // Go's Duration ends a little later.
    const std::int64_t seconds = std::clamp(current.seconds - time.seconds, -longest, longest);
    return seconds * Second + (current.nanoseconds - time.nanoseconds);
}

Out ago(Call &call)
{
    const std::int64_t elapsed = since(call, timeOf(call, call[0], false));
    const std::int64_t half = elapsed < 0 ? -Second / 2 : Second / 2;
    return Value(formatGoDuration((elapsed + half) / Second * Second));
}

Out duration(Call &call)
{
    std::int64_t seconds = 0;
    if (call[0].isString()) {
        const auto read = gotemplate::parseInt(call[0].asString(), 10);
        seconds = read.fault == gotemplate::NumberFault::Syntax ? 0 : read.value;
    } else if (call[0].isInt() && call[0].origin() == Origin::Int64) {
        seconds = call[0].asInt();
    }
    // Go multiplies and wraps around.
    return Value(formatGoDuration(static_cast<std::int64_t>(static_cast<std::uint64_t>(seconds) * static_cast<std::uint64_t>(Second))));
}

Out durationRound(Call &call)
{
    std::int64_t amount = 0;
    if (call[0].isString())
        amount = parseGoDuration(call[0].asString()).value_or(0);
    else if (call[0].isInt() && call[0].origin() == Origin::Int64)
        amount = call[0].asInt();
    else if (const GoTime *time = asTime(call[0]))
        amount = since(call, *time);
    const auto bits = static_cast<std::uint64_t>(amount);
    const std::uint64_t positive = amount < 0 ? ~bits + 1 : bits;
    constexpr std::uint64_t second = Second;
    constexpr std::uint64_t day = 86400 * second;
    constexpr std::pair<std::uint64_t, std::string_view> units[]
        = {{365 * day, "y"}, {30 * day, "mo"}, {day, "d"}, {3600 * second, "h"}, {60 * second, "m"}, {second, "s"}};
    for (const auto &[unit, name] : units) {
        if (positive > unit)
            return Value(std::to_string(positive / unit) + std::string(name));
    }
    return Value("0s");
}

Out toDate(Call &call)
{
    auto time = GoTime::parse(call.text(0), call.text(1), localZone(call));
    if (time)
        return makeTime(std::move(*time));
    if (call.name() == "mustToDate")
        return tl::unexpected(std::move(time.error()));
    return makeTime({});
}

Out unixEpoch(Call &call)
{
    return Value(std::to_string(asTime(call[0])->seconds));
}

constexpr Type A = Type::Any;
constexpr Type S = Type::String;
constexpr Type T = Type::Time;
constexpr FunctionSpec Table[] = {
    {"now", {}, now},
    {"ago", {A}, ago},
    {"date", {{S, A}}, date},
    {"date_in_zone", {{S, A, S}}, dateInZone},
    {"dateInZone", {{S, A, S}}, dateInZone},
    {"date_modify", {{S, T}}, dateModify},
    {"dateModify", {{S, T}}, dateModify},
    {"must_date_modify", {{S, T}}, dateModify},
    {"mustDateModify", {{S, T}}, dateModify},
    {"duration", {A}, duration},
    {"durationRound", {A}, durationRound},
    {"htmlDate", {A}, htmlDate},
    {"htmlDateInZone", {{A, S}}, htmlDateInZone},
    {"toDate", {{S, S}}, toDate},
    {"mustToDate", {{S, S}}, toDate},
    {"unixEpoch", {T}, unixEpoch},
};

} // namespace

std::span<const FunctionSpec> dateFunctions()
{
    return Table;
}

} // namespace fairway::funcs
