#include "core/gotemplate/number_constant.h"

#include "core/gotemplate/complex.h"
#include "core/gotemplate/go_quote.h"
#include "core/gotemplate/number.h"
#include "core/value/float_text.h"

#include <algorithm>
#include <cmath>

namespace fairway::gotemplate {

namespace {

bool isWhole(double number)
{
    return std::fabs(number) < 0x1p63 && std::trunc(number) == number;
}

void setReal(NumberConstant &number, double real)
{
    number.isFloat = true;
    number.real = real;
    if (!number.isInt && isWhole(real)) {
        number.isInt = true;
        number.integer = static_cast<std::int64_t>(real);
    }
    number.isUint = number.isUint || (real >= 0 && real < 0x1p64 && std::trunc(real) == real);
}

void setComplex(NumberConstant &number, double real, double imaginary)
{
    number.isComplex = true;
    if (imaginary == 0)
        setReal(number, real);
    number.constant = Value::object(std::make_unique<Complex>(real, imaginary));
}

Result<NumberConstant> readCharacter(std::string_view text)
{
    std::string_view tail;
    const auto character = unquoteCharacter(text.substr(1), text[0], tail);
    if (!character)
        return fail(ErrorCode::InvalidInput, "invalid syntax");
    if (tail != "'")
        return fail(ErrorCode::InvalidInput, "malformed character constant: " + std::string(text));
    NumberConstant number;
    number.isInt = number.isUint = number.isFloat = true;
    number.integer = static_cast<std::int64_t>(*character);
    number.real = static_cast<double>(*character);
    number.constant = Value(number.integer, value::Origin::Int);
    return number;
}

/// "1+2i": the sign that starts the second part is not the one of an exponent.
Result<NumberConstant> readComplex(std::string_view text)
{
    for (std::size_t i = text.size() - 1; i > 0; --i) {
        const bool isSign = text[i] == '+' || text[i] == '-';
        const char before = text[i - 1];
        if (!isSign || before == 'e' || before == 'E' || before == 'p' || before == 'P')
            continue;
        const auto real = parseFloat(text.substr(0, i));
        const auto imaginary = parseFloat(text.substr(i, text.size() - 1 - i));
        if (!real.isGood() || !imaginary.isGood())
            break;
        NumberConstant number;
        setComplex(number, real.value, imaginary.value);
        return number;
    }
    return fail(ErrorCode::InvalidInput, "syntax error scanning complex number");
}

bool isHexInteger(std::string_view text)
{
    return text.size() > 2 && text[0] == '0' && (text[1] == 'x' || text[1] == 'X')
        && text.find_first_of("pP") == std::string_view::npos;
}

} // namespace

Result<NumberConstant> readNumber(std::string_view text, NumberForm form)
{
    if (form == NumberForm::Character)
        return readCharacter(text);
    if (form == NumberForm::Complex)
        return readComplex(text);
    NumberConstant number;
    if (text.ends_with('i')) {
        if (const auto imaginary = parseFloat(text.substr(0, text.size() - 1)); imaginary.isGood()) {
            setComplex(number, 0, imaginary.value);
            return number;
        }
    }
    const auto asUint = parseUint(text);
    const auto asInt = parseInt(text);
    number.isUint = asUint.isGood() || (asInt.isGood() && asInt.value == 0);
    number.isInt = asInt.isGood();
    if (number.isInt || number.isUint) {
        number.isFloat = true;
        number.integer = number.isInt ? asInt.value : 0;
        number.real = number.isInt ? static_cast<double>(asInt.value) : static_cast<double>(asUint.value);
    } else if (const auto real = parseFloat(text); real.isGood()) {
        if (text.find_first_of(".eEpP") == std::string_view::npos)
            return fail(ErrorCode::InvalidInput, "integer overflow: " + quote(text));
        setReal(number, real.value);
    }
    if (!number.isInt && !number.isUint && !number.isFloat)
        return fail(ErrorCode::InvalidInput, "illegal number syntax: " + quote(text));
    if (number.isFloat && !isHexInteger(text) && text.find_first_of(".eEpP") != std::string_view::npos)
        number.constant = Value(number.real);
    else if (number.isInt)
        number.constant = Value(number.integer, value::Origin::Int);
    return number;
}

} // namespace fairway::gotemplate
