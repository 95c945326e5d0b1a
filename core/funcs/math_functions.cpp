#include "core/funcs/convert.h"
#include "core/funcs/tables.h"
#include "core/gotemplate/go_format.h"
#include "core/gotemplate/number.h"
#include "core/value/float_text.h"

#include <charconv>
#include <cmath>
#include <limits>

namespace fairway::funcs {

namespace {

using Out = TemplateResult<Value>;

/// Go's integers wrap around.
std::int64_t wrapping(std::uint64_t bits)
{
    return static_cast<std::int64_t>(bits);
}
std::uint64_t bits(std::int64_t number)
{
    return static_cast<std::uint64_t>(number);
}

Out atoi(Call &call)
{
    const auto number = gotemplate::parseInt(call.text(0), 10);
    return goInt(number.fault == gotemplate::NumberFault::Syntax ? 0 : number.value);
}
Out int64(Call &call)
{
    return Value(toInt64(call[0]));
}
Out toInt(Call &call)
{
    return goInt(toInt64(call[0]));
}
Out float64(Call &call)
{
    return Value(toFloat64(call[0]));
}

Out toDecimal(Call &call)
{
    const auto number = gotemplate::parseInt(textOf(call[0]), 8);
    return Value(number.isGood() ? number.value : std::int64_t {0});
}

Out add1(Call &call)
{
    return Value(wrapping(bits(toInt64(call[0])) + 1));
}

Out add(Call &call)
{
    std::uint64_t sum = 0;
    for (const Value &value : call.arguments())
        sum += bits(toInt64(value));
    return Value(wrapping(sum));
}

Out sub(Call &call)
{
    return Value(wrapping(bits(toInt64(call[0])) - bits(toInt64(call[1]))));
}

Out mul(Call &call)
{
    std::uint64_t product = 1;
    for (const Value &value : call.arguments())
        product *= bits(toInt64(value));
    return Value(wrapping(product));
}

Out div(Call &call)
{
    const std::int64_t divisor = toInt64(call[1]);
    if (divisor == 0)
        return failCall("runtime error: integer divide by zero");
    const std::int64_t number = toInt64(call[0]);
    // The one quotient that does not fit wraps around to itself.
    return Value(divisor == -1 ? wrapping(0 - bits(number)) : number / divisor);
}

Out mod(Call &call)
{
    const std::int64_t divisor = toInt64(call[1]);
    if (divisor == 0)
        return failCall("runtime error: integer divide by zero");
    return Value(divisor == -1 ? std::int64_t {0} : toInt64(call[0]) % divisor);
}

Out max(Call &call)
{
    std::int64_t best = toInt64(call[0]);
    for (const Value &value : call.arguments())
        best = std::max(best, toInt64(value));
    return Value(best);
}

Out min(Call &call)
{
    std::int64_t best = toInt64(call[0]);
    for (const Value &value : call.arguments())
        best = std::min(best, toInt64(value));
    return Value(best);
}

template <typename Better>
Out bestFloat(Call &call, Better &&better)
{
    double best = toFloat64(call[0]);
    for (const Value &value : call.arguments().subspan(1)) {
        const double number = toFloat64(value);
        if (std::isnan(best) || std::isnan(number))
            best = std::numeric_limits<double>::quiet_NaN();
        else if (better(number, best))
            best = number;
    }
    return Value(best);
}

Out maxf(Call &call)
{
    return bestFloat(call, [](double a, double b) { return a > b; });
}
Out minf(Call &call)
{
    return bestFloat(call, [](double a, double b) { return a < b; });
}
Out floor(Call &call)
{
    return Value(std::floor(toFloat64(call[0])));
}
Out ceil(Call &call)
{
    return Value(std::ceil(toFloat64(call[0])));
}

Out round(Call &call)
{
    const double limit = call.size() > 2 ? call[2].asFloat() : 0.5;
    const double power = std::pow(10.0, static_cast<double>(call.integer(1)));
    const double scaled = power * toFloat64(call[0]);
    double whole = 0;
    const double fraction = std::modf(scaled, &whole);
    return Value((fraction >= limit ? std::ceil(scaled) : std::floor(scaled)) / power);
}

TemplateResult<std::vector<std::int64_t>> steps(std::int64_t start, std::int64_t stop, std::int64_t step)
{
    std::vector<std::int64_t> out;
    if (step == 0 || (stop < start) != (step < 0))
        return out;
    const std::uint64_t distance = stop < start ? bits(start) - bits(stop) : bits(stop) - bits(start);
    const std::uint64_t width = step < 0 ? 0 - bits(step) : bits(step);
    const std::uint64_t count = distance / width + (distance % width != 0 ? 1 : 0);
    if (count > static_cast<std::uint64_t>(MaxItems))
        return tooLarge();
    out.reserve(count);
    for (std::uint64_t i = 0; i < count; ++i)
        out.push_back(wrapping(bits(start) + i * bits(step)));
    return out;
}

Out intList(TemplateResult<std::vector<std::int64_t>> numbers)
{
    if (!numbers)
        return tl::unexpected(std::move(numbers.error()));
    Value list = Value::list().withOrigin(Origin::Ints);
    list.asList().reserve(numbers->size());
    for (const std::int64_t number : *numbers)
        list.asList().push_back(goInt(number));
    return list;
}

Out until(Call &call)
{
    const std::int64_t count = call.integer(0);
    return intList(steps(0, count, count < 0 ? -1 : 1));
}

Out untilStep(Call &call)
{
    return intList(steps(call.integer(0), call.integer(1), call.integer(2)));
}

Out seq(Call &call)
{
    std::int64_t start = 1;
    std::int64_t end = 0;
    std::int64_t step = 1;
    switch (call.size()) {
    case 1: end = call.integer(0); break;
    case 2: start = call.integer(0); end = call.integer(1); break;
    case 3:
        start = call.integer(0);
        step = call.integer(1);
        end = call.integer(2);
        if (end < start && step > 0)
            return Value("");
        break;
    default: return Value("");
    }
    const std::int64_t beyond = end < start ? -1 : 1;
    if (call.size() < 3)
        step = beyond;
    const auto numbers = steps(start, wrapping(bits(end) + bits(beyond)), step);
    if (!numbers)
        return tl::unexpected(numbers.error());
    std::string out;
    for (const std::int64_t number : *numbers) {
        if (!out.empty())
            out += ' ';
        out += std::to_string(number);
    }
    return Value(std::move(out));
}

/// Sums and products of decimal fractions as shopspring/decimal makes them: exact in base ten, quotients to 16 digits.
__extension__ typedef __int128 Wide;

struct Decimal {
    Wide digits = 0;
    int exponent = 0; ///< digits * 10^exponent
    bool isExact = true;
};

constexpr int MostDigits = 36;

Wide power10(int exponent)
{
    Wide out = 1;
    while (exponent-- > 0)
        out *= 10;
    return out;
}

Decimal decimalOf(double number)
{
    const std::string text = value::formatFloatG(number);
    Decimal out;
    bool isNegative = false;
    bool afterPoint = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '-') {
            isNegative = true;
        } else if (c == '.') {
            afterPoint = true;
        } else if (c == 'e') {
            int exponent = 0;
            const std::size_t digits = i + (text[i + 1] == '+' ? 2 : 1);
            std::from_chars(text.data() + digits, text.data() + text.size(), exponent);
            out.exponent += exponent;
            break;
        } else {
            out.digits = out.digits * 10 + (c - '0');
            out.exponent -= afterPoint ? 1 : 0;
        }
    }
    if (isNegative)
        out.digits = -out.digits;
    return out;
}

double toDouble(const Decimal &decimal)
{
    std::string digits;
    Wide rest = decimal.digits < 0 ? -decimal.digits : decimal.digits;
    do {
        digits.insert(digits.begin(), static_cast<char>('0' + static_cast<int>(rest % 10)));
        rest /= 10;
    } while (rest != 0);
    const std::string text = digits + "e" + std::to_string(decimal.exponent);
    double number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return decimal.digits < 0 ? -number : number;
}

int digitsOf(Wide number)
{
    int count = 1;
    for (number = number < 0 ? -number : number; number >= 10; number /= 10)
        ++count;
    return count;
}

/// Both with the smaller exponent; false when that needs more digits than there is room for.
bool aligned(Decimal &a, Decimal &b)
{
    Decimal &larger = a.exponent > b.exponent ? a : b;
    const int gap = std::abs(a.exponent - b.exponent);
    if (gap + digitsOf(larger.digits) > MostDigits)
        return larger.digits == 0 ? (larger.exponent -= gap, true) : false;
    larger.digits *= power10(gap);
    larger.exponent -= gap;
    return true;
}

enum class Operation : std::uint8_t { Add, Sub, Mul, Div };

/// nullopt: beyond 36 digits, where binary arithmetic gives the same double but for the last bit.
std::optional<Decimal> combined(Decimal a, Decimal b, Operation operation)
{
    switch (operation) {
    case Operation::Add:
    case Operation::Sub:
        if (!aligned(a, b))
            return std::nullopt;
        return Decimal {operation == Operation::Add ? a.digits + b.digits : a.digits - b.digits, a.exponent};
    case Operation::Mul:
        if (digitsOf(a.digits) + digitsOf(b.digits) > MostDigits)
            return std::nullopt;
        return Decimal {a.digits * b.digits, a.exponent + b.exponent};
    case Operation::Div: {
        constexpr int precision = 16;
        // a/b = q * 10^-16, rounded half away from zero.
        const int shift = a.exponent - b.exponent + precision;
        if (shift >= 0 ? digitsOf(a.digits) + shift > MostDigits : digitsOf(b.digits) - shift > MostDigits)
            return std::nullopt;
        const Wide numerator = shift >= 0 ? a.digits * power10(shift) : a.digits;
        const Wide denominator = shift >= 0 ? b.digits : b.digits * power10(-shift);
        Wide quotient = numerator / denominator;
        const Wide rest = numerator % denominator;
        const Wide twice = (rest < 0 ? -rest : rest) * 2;
        if (twice >= (denominator < 0 ? -denominator : denominator))
            quotient += (numerator < 0) != (denominator < 0) ? -1 : 1;
        return Decimal {quotient, -precision};
    }
    }
    return std::nullopt;
}

Out decimalFold(double first, std::span<const Value> others, Operation operation)
{
    if (!std::isfinite(first))
        return failCall("Cannot create a Decimal from " + value::formatFloatG(first));
    std::optional<Decimal> exact = decimalOf(first);
    double rough = first;
    for (const Value &value : others) {
        const double next = toFloat64(value);
        if (!std::isfinite(next))
            return failCall("Cannot create a Decimal from " + value::formatFloatG(next));
        if (operation == Operation::Div && next == 0)
            return failCall("decimal division by 0");
        rough = operation == Operation::Add ? rough + next
            : operation == Operation::Sub   ? rough - next
            : operation == Operation::Mul   ? rough * next
                                            : rough / next;
        if (exact)
            exact = combined(*exact, decimalOf(next), operation);
    }
    return Value(exact ? toDouble(*exact) : rough);
}

Out add1f(Call &call)
{
    const Value one(1.0);
    return decimalFold(toFloat64(call[0]), std::span(&one, 1), Operation::Add);
}
Out addf(Call &call)
{
    return decimalFold(0, call.arguments(), Operation::Add);
}
Out subf(Call &call)
{
    return decimalFold(toFloat64(call[0]), call.arguments().subspan(1), Operation::Sub);
}
Out mulf(Call &call)
{
    return decimalFold(toFloat64(call[0]), call.arguments().subspan(1), Operation::Mul);
}
Out divf(Call &call)
{
    return decimalFold(toFloat64(call[0]), call.arguments().subspan(1), Operation::Div);
}

constexpr Type A = Type::Any;
constexpr Type I = Type::Int;
constexpr bool Variadic = true;
constexpr FunctionSpec Table[] = {
    {"atoi", {Type::String}, atoi},
    {"int64", {A}, int64},
    {"int", {A}, toInt},
    {"float64", {A}, float64},
    {"seq", {{I}, Variadic}, seq},
    {"toDecimal", {A}, toDecimal},
    {"until", {I}, until},
    {"untilStep", {{I, I, I}}, untilStep},
    {"add1", {A}, add1},
    {"add", {{A}, Variadic}, add},
    {"sub", {{A, A}}, sub},
    {"div", {{A, A}}, div},
    {"mod", {{A, A}}, mod},
    {"mul", {{A, A}, Variadic}, mul},
    {"add1f", {A}, add1f},
    {"addf", {{A}, Variadic}, addf},
    {"subf", {{A, A}, Variadic}, subf},
    {"divf", {{A, A}, Variadic}, divf},
    {"mulf", {{A, A}, Variadic}, mulf},
    {"biggest", {{A, A}, Variadic}, max},
    {"max", {{A, A}, Variadic}, max},
    {"min", {{A, A}, Variadic}, min},
    {"maxf", {{A, A}, Variadic}, maxf},
    {"minf", {{A, A}, Variadic}, minf},
    {"ceil", {A}, ceil},
    {"floor", {A}, floor},
    {"round", {{A, I, Type::Float64}, Variadic}, round},
};

} // namespace

std::span<const FunctionSpec> mathFunctions()
{
    return Table;
}

} // namespace fairway::funcs
