#include "core/gotemplate/complex.h"
#include "core/gotemplate/float_verbs.h"
#include "core/gotemplate/function.h"
#include "core/gotemplate/go_printer.h"
#include "core/gotemplate/go_quote.h"
#include "core/value/utf8.h"

namespace fairway::gotemplate {

using value::Origin;

namespace {

constexpr std::string_view LowerDigits = "0123456789abcdefx";
constexpr std::string_view UpperDigits = "0123456789ABCDEFX";

char32_t character(std::uint64_t bits)
{
    const bool isCharacter = bits <= 0x10FFFF && !(bits >= 0xD800 && bits < 0xE000);
    return isCharacter ? static_cast<char32_t>(bits) : U'\uFFFD';
}

std::string baseDigits(std::uint64_t number, unsigned base, std::string_view digits)
{
    std::string reversed;
    do {
        reversed += digits[static_cast<std::size_t>(number % base)];
        number /= base;
    } while (number != 0);
    return {reversed.rbegin(), reversed.rend()};
}

/// The # flag: always a point, and for %g no trailing zeros taken away.
void keepPoint(std::string &text, char form, int precision)
{
    int digits = 0;
    if (form == 'g' || form == 'G' || form == 'x' || form == 'X')
        digits = precision == -1 ? 6 : precision;
    std::string tail;
    bool hasPoint = false;
    bool sawDigit = false;
    for (std::size_t i = 1; i < text.size(); ++i) {
        const char c = text[i];
        const bool isHex = form == 'x' || form == 'X';
        if (c == '.') {
            hasPoint = true;
        } else if (c == 'p' || c == 'P' || (!isHex && (c == 'e' || c == 'E'))) {
            tail = text.substr(i);
            text.resize(i);
        } else {
            sawDigit = sawDigit || c != '0';
            digits -= sawDigit ? 1 : 0;
        }
    }
    if (!hasPoint) {
        if (text.size() == 2 && text[1] == '0')
            --digits;
        text += '.';
    }
    if (digits > 0)
        text.append(static_cast<std::size_t>(digits), '0');
    text += tail;
}

} // namespace

void GoPrinter::integer(const Value &value, char32_t verb)
{
    const bool isSigned = value.origin() != Origin::Uint64 && value.origin() != Origin::Uint8;
    const std::int64_t number = value.asInt();
    const bool isNegative = isSigned && number < 0;
    const auto bits = static_cast<std::uint64_t>(number);
    const std::uint64_t magnitude = isNegative ? ~bits + 1 : bits;
    switch (verb) {
    case 'v':
        if (flags.goSyntax && !isSigned) {
            flags.sharp = true;
            digits(magnitude, 16, false, verb, LowerDigits);
            flags.sharp = false;
        } else {
            digits(magnitude, 10, isNegative, verb, LowerDigits);
        }
        break;
    case 'd': digits(magnitude, 10, isNegative, verb, LowerDigits); break;
    case 'b': digits(magnitude, 2, isNegative, verb, LowerDigits); break;
    case 'o':
    case 'O': digits(magnitude, 8, isNegative, verb, LowerDigits); break;
    case 'x': digits(magnitude, 16, isNegative, verb, LowerDigits); break;
    case 'X': digits(magnitude, 16, isNegative, verb, UpperDigits); break;
    case 'c': {
        std::string one;
        value::appendUtf8(one, character(bits));
        padded(one);
        break;
    }
    case 'q': padded(quoteRune(character(bits), flags.plus)); break;
    case 'U': unicode(bits); break;
    default: badVerb(verb, typeName(value), value);
    }
}

void GoPrinter::unicode(std::uint64_t bits)
{
    std::string text = "U+";
    std::string hex = baseDigits(bits, 16, UpperDigits);
    const auto least = static_cast<std::size_t>(flags.precision && *flags.precision > 4 ? *flags.precision : 4);
    if (hex.size() < least)
        hex.insert(0, least - hex.size(), '0');
    text += hex;
    if (flags.sharp && bits <= 0x10FFFF) {
        const std::string shown = unicodePoint(static_cast<char32_t>(bits));
        if (const auto gap = shown.find(' '); gap != std::string::npos)
            text += shown.substr(gap);
    }
    const bool zero = flags.zero;
    flags.zero = false;
    padded(text);
    flags.zero = zero;
}

void GoPrinter::digits(std::uint64_t magnitude, unsigned base, bool isNegative, char32_t verb, std::string_view alphabet)
{
    std::string text = baseDigits(magnitude, base, alphabet);
    std::size_t least = 0;
    const bool hadZero = flags.zero;
    if (flags.precision) {
        least = static_cast<std::size_t>(*flags.precision);
        // Precision 0 and value 0: nothing but padding.
        if (least == 0 && magnitude == 0) {
            flags.zero = false;
            padded("");
            flags.zero = hadZero;
            return;
        }
    } else if (flags.zero && !flags.minus && flags.width) {
        const bool hasSign = isNegative || flags.plus || flags.space;
        least = static_cast<std::size_t>(*flags.width) - (hasSign && *flags.width > 0 ? 1 : 0);
    }
    if (text.size() < least)
        text.insert(0, least - text.size(), '0');
    if (flags.sharp) {
        if (base == 2)
            text.insert(0, "0b");
        else if (base == 8 && text[0] != '0')
            text.insert(0, "0");
        else if (base == 16)
            text.insert(0, std::string("0") + alphabet[16]);
    }
    if (verb == 'O')
        text.insert(0, "0o");
    if (isNegative)
        text.insert(0, "-");
    else if (flags.plus)
        text.insert(0, "+");
    else if (flags.space)
        text.insert(0, " ");
    flags.zero = false;
    padded(text);
    flags.zero = hadZero;
}

void GoPrinter::real(const Value &value, char32_t verb)
{
    char form = 'g';
    int precision = -1;
    switch (verb) {
    case 'v': break;
    case 'b':
    case 'g':
    case 'G':
    case 'x':
    case 'X': form = static_cast<char>(verb); break;
    case 'f':
    case 'e':
    case 'E': form = static_cast<char>(verb); precision = 6; break;
    case 'F': form = 'f'; precision = 6; break;
    default: badVerb(verb, typeName(value), value); return;
    }
    if (flags.precision)
        precision = *flags.precision;
    // With its sign always in front.
    std::string text = formatFloat(value.asFloat(), form, precision);
    if (text[0] != '-' && text[0] != '+')
        text.insert(0, "+");
    if (flags.space && text[0] == '+' && !flags.plus)
        text[0] = ' ';
    if (text[1] == 'I' || text[1] == 'N') {
        const bool zero = flags.zero;
        flags.zero = false;
        padded(text[1] == 'N' && !flags.space && !flags.plus ? text.substr(1) : text);
        flags.zero = zero;
        return;
    }
    if (flags.sharp && form != 'b')
        keepPoint(text, form, precision);
    if (!flags.plus && text[0] == '+') {
        padded(std::string_view(text).substr(1));
        return;
    }
    if (flags.zero && !flags.minus && flags.width && *flags.width > static_cast<int>(text.size())) {
        out += text[0];
        padding(*flags.width - static_cast<int>(text.size()));
        out += std::string_view(text).substr(1);
        return;
    }
    padded(text);
}

void GoPrinter::complex(const Complex &number, char32_t verb)
{
    const bool plus = flags.plus;
    out += '(';
    real(Value(number.real()), verb);
    flags.plus = true;
    real(Value(number.imaginary()), verb);
    out += "i)";
    flags.plus = plus;
}

} // namespace fairway::gotemplate
