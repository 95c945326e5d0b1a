#include "core/gotemplate/go_format.h"

#include "core/gotemplate/complex.h"
#include "core/gotemplate/float_verbs.h"
#include "core/gotemplate/function.h"
#include "core/gotemplate/go_quote.h"
#include "core/gotemplate/object.h"
#include "core/value/float_text.h"
#include "core/value/utf8.h"

#include <charconv>
#include <cmath>
#include <optional>

namespace fairway::gotemplate {

namespace {

using value::Kind;
using value::Origin;

constexpr std::string_view LowerDigits = "0123456789abcdefx";
constexpr std::string_view UpperDigits = "0123456789ABCDEFX";
constexpr int LargestWidth = 1'000'000;
constexpr int DeepestNesting = 200; ///< A map that holds itself ends here; Go would run out of stack.

struct Flags {
    bool plus = false;
    bool minus = false;
    bool sharp = false;
    bool space = false;
    bool zero = false;
    bool goSyntax = false; ///< %#v
    std::optional<int> width;
    std::optional<int> precision;
};

std::size_t characters(std::string_view text)
{
    std::size_t count = 0;
    for (std::size_t i = 0; i < text.size(); ++count)
        i += std::max<std::size_t>(value::decodeUtf8(text, i).size, 1);
    return count;
}

class Printer {
public:
    std::string out;

    void format(std::string_view text, std::span<const Value> arguments);

    void argument(const Value &value, char32_t verb)
    {
        if (value.isNull()) {
            if (verb == 'T' || verb == 'v')
                padded("<nil>");
            else
                badVerb(verb, value);
            return;
        }
        if (verb == 'T') {
            padded(truncated(typeName(value)));
            return;
        }
        print(value, verb, 0);
    }

private:
    void print(const Value &value, char32_t verb, int depth)
    {
        if (depth > DeepestNesting) {
            out += "...";
            return;
        }
        switch (value.kind()) {
        case Kind::Null: out += m_flags.goSyntax ? "interface {}(nil)" : "<nil>"; break;
        case Kind::Bool:
            if (verb == 't' || verb == 'v')
                padded(value.asBool() ? "true" : "false");
            else
                badVerb(verb, value);
            break;
        case Kind::Int: integer(value, verb); break;
        case Kind::Float: real(value, verb); break;
        case Kind::String: text(value.asString(), verb, value); break;
        case Kind::List: list(value, verb, depth); break;
        case Kind::Map: map(value, verb, depth); break;
        case Kind::Object: object(value, verb); break;
        }
    }

    void badVerb(char32_t verb, const Value &value)
    {
        out += "%!";
        value::appendUtf8(out, verb);
        out += '(';
        if (value.isNull()) {
            out += "<nil>";
        } else {
            out += typeName(value);
            out += '=';
            print(value, 'v', 0);
        }
        out += ')';
    }

    void padding(int count)
    {
        if (count > 0)
            out.append(static_cast<std::size_t>(count), m_flags.zero && !m_flags.minus ? '0' : ' ');
    }

    void padded(std::string_view text)
    {
        if (!m_flags.width) {
            out += text;
            return;
        }
        const int missing = *m_flags.width - static_cast<int>(characters(text));
        if (!m_flags.minus)
            padding(missing);
        out += text;
        if (m_flags.minus)
            padding(missing);
    }

    std::string_view truncated(std::string_view text) const
    {
        if (!m_flags.precision)
            return text;
        std::size_t end = 0;
        for (int i = 0; i < *m_flags.precision && end < text.size(); ++i)
            end += std::max<std::size_t>(value::decodeUtf8(text, end).size, 1);
        return text.substr(0, end);
    }

    void text(std::string_view content, char32_t verb, const Value &whole)
    {
        switch (verb) {
        case 'v':
            if (m_flags.goSyntax)
                quoted(content);
            else
                padded(truncated(content));
            break;
        case 's': padded(truncated(content)); break;
        case 'x': hexadecimal(content, LowerDigits); break;
        case 'X': hexadecimal(content, UpperDigits); break;
        case 'q': quoted(content); break;
        default: badVerb(verb, whole);
        }
    }

    void quoted(std::string_view content)
    {
        const std::string_view shown = truncated(content);
        if (m_flags.sharp && canBackquote(shown))
            padded("`" + std::string(shown) + "`");
        else
            padded(m_flags.plus ? quoteToAscii(shown) : quote(shown));
    }

    void hexadecimal(std::string_view content, std::string_view digits)
    {
        if (m_flags.precision)
            content = content.substr(0, static_cast<std::size_t>(*m_flags.precision));
        std::string encoded;
        for (std::size_t i = 0; i < content.size(); ++i) {
            if (m_flags.space && i > 0)
                encoded += ' ';
            if (m_flags.sharp && (i == 0 || m_flags.space))
                encoded.append(1, '0').append(1, digits[16]);
            const auto byte = static_cast<unsigned char>(content[i]);
            encoded.append(1, digits[byte >> 4U]).append(1, digits[byte & 0xFU]);
        }
        padded(encoded);
    }

    void integer(const Value &value, char32_t verb)
    {
        const bool isSigned = value.origin() != Origin::Uint64 && value.origin() != Origin::Uint8;
        const std::int64_t number = value.asInt();
        const bool isNegative = isSigned && number < 0;
        const auto bits = static_cast<std::uint64_t>(number);
        const std::uint64_t magnitude = isNegative ? ~bits + 1 : bits;
        switch (verb) {
        case 'v':
            if (m_flags.goSyntax && !isSigned) {
                m_flags.sharp = true;
                digits(magnitude, 16, false, verb, LowerDigits);
                m_flags.sharp = false;
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
        case 'q': padded(quoteRune(character(bits), m_flags.plus)); break;
        case 'U': unicode(bits); break;
        default: badVerb(verb, value);
        }
    }

    static char32_t character(std::uint64_t bits)
    {
        const bool isCharacter = bits <= 0x10FFFF && !(bits >= 0xD800 && bits < 0xE000);
        return isCharacter ? static_cast<char32_t>(bits) : U'\uFFFD';
    }

    void unicode(std::uint64_t bits)
    {
        std::string text = "U+";
        std::string hex = baseDigits(bits, 16, UpperDigits);
        const auto least = static_cast<std::size_t>(m_flags.precision && *m_flags.precision > 4 ? *m_flags.precision : 4);
        if (hex.size() < least)
            hex.insert(0, least - hex.size(), '0');
        text += hex;
        if (m_flags.sharp && bits <= 0x10FFFF) {
            const std::string shown = unicodePoint(static_cast<char32_t>(bits));
            if (const auto gap = shown.find(' '); gap != std::string::npos)
                text += shown.substr(gap);
        }
        const bool zero = m_flags.zero;
        m_flags.zero = false;
        padded(text);
        m_flags.zero = zero;
    }

    static std::string baseDigits(std::uint64_t number, unsigned base, std::string_view digits)
    {
        std::string reversed;
        do {
            reversed += digits[static_cast<std::size_t>(number % base)];
            number /= base;
        } while (number != 0);
        return {reversed.rbegin(), reversed.rend()};
    }

    void digits(std::uint64_t magnitude, unsigned base, bool isNegative, char32_t verb, std::string_view alphabet)
    {
        std::string text = baseDigits(magnitude, base, alphabet);
        std::size_t least = 0;
        const bool hadZero = m_flags.zero;
        if (m_flags.precision) {
            least = static_cast<std::size_t>(*m_flags.precision);
            // Precision 0 and value 0: nothing but padding.
            if (least == 0 && magnitude == 0) {
                m_flags.zero = false;
                padded("");
                m_flags.zero = hadZero;
                return;
            }
        } else if (m_flags.zero && !m_flags.minus && m_flags.width) {
            const bool hasSign = isNegative || m_flags.plus || m_flags.space;
            least = static_cast<std::size_t>(*m_flags.width) - (hasSign && *m_flags.width > 0 ? 1 : 0);
        }
        if (text.size() < least)
            text.insert(0, least - text.size(), '0');
        if (m_flags.sharp) {
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
        else if (m_flags.plus)
            text.insert(0, "+");
        else if (m_flags.space)
            text.insert(0, " ");
        m_flags.zero = false;
        padded(text);
        m_flags.zero = hadZero;
    }

    void real(const Value &value, char32_t verb)
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
        default: badVerb(verb, value); return;
        }
        if (m_flags.precision)
            precision = *m_flags.precision;
        // With its sign always in front.
        std::string text = formatFloat(value.asFloat(), form, precision);
        if (text[0] != '-' && text[0] != '+')
            text.insert(0, "+");
        if (m_flags.space && text[0] == '+' && !m_flags.plus)
            text[0] = ' ';
        if (text[1] == 'I' || text[1] == 'N') {
            const bool zero = m_flags.zero;
            m_flags.zero = false;
            padded(text[1] == 'N' && !m_flags.space && !m_flags.plus ? text.substr(1) : text);
            m_flags.zero = zero;
            return;
        }
        if (m_flags.sharp && form != 'b')
            keepPoint(text, form, precision);
        if (!m_flags.plus && text[0] == '+') {
            padded(std::string_view(text).substr(1));
            return;
        }
        if (m_flags.zero && !m_flags.minus && m_flags.width && *m_flags.width > static_cast<int>(text.size())) {
            out += text[0];
            padding(*m_flags.width - static_cast<int>(text.size()));
            out += std::string_view(text).substr(1);
            return;
        }
        padded(text);
    }

    /// The # flag: always a point, and for %g no trailing zeros taken away.
    static void keepPoint(std::string &text, char form, int precision)
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

    void list(const Value &value, char32_t verb, int depth)
    {
        if (m_flags.goSyntax) {
            out.append(typeName(value)).append(1, '{');
            bool isFirst = true;
            for (const Value &item : value.asList()) {
                out += isFirst ? "" : ", ";
                isFirst = false;
                print(item, verb, depth + 1);
            }
            out += '}';
            return;
        }
        out += '[';
        bool isFirst = true;
        for (const Value &item : value.asList()) {
            out += isFirst ? "" : " ";
            isFirst = false;
            print(item, verb, depth + 1);
        }
        out += ']';
    }

    void map(const Value &value, char32_t verb, int depth)
    {
        if (m_flags.goSyntax)
            out.append(typeName(value)).append(1, '{');
        else
            out += "map[";
        bool isFirst = true;
        for (const auto &[key, member] : value.asMap()) {
            if (!isFirst)
                out += m_flags.goSyntax ? ", " : " ";
            isFirst = false;
            text(key, verb, Value(key));
            out += ':';
            print(member, verb, depth + 1);
        }
        out += m_flags.goSyntax ? '}' : ']';
    }

    void object(const Value &value, char32_t verb)
    {
        const TemplateObject *object = asTemplateObject(value);
        const bool isComplex = object != nullptr && object->goKind() == GoKind::Complex128;
        if (isComplex && verb < 0x80 && std::string_view("vbgGxXfFeE").find(static_cast<char>(verb)) != std::string_view::npos) {
            complex(static_cast<const Complex &>(*object), verb);
            return;
        }
        if (isComplex) {
            badVerb(verb, value);
            return;
        }
        const std::string content = object == nullptr ? "{}" : object->text();
        if (verb == 'v' || verb == 's')
            padded(truncated(content));
        else
            text(content, verb, value);
    }

    void complex(const Complex &number, char32_t verb)
    {
        const bool plus = m_flags.plus;
        out += '(';
        real(Value(number.real()), verb);
        m_flags.plus = true;
        real(Value(number.imaginary()), verb);
        out += "i)";
        m_flags.plus = plus;
    }

    Flags m_flags;

    friend class FormatReader;
};

/// Walks through a format string; the printer does the verbs.
class FormatReader {
public:
    FormatReader(Printer &printer, std::string_view format, std::span<const Value> arguments)
        : m_printer(printer)
        , m_format(format)
        , m_arguments(arguments)
    {
    }

    void run()
    {
        std::string &out = m_printer.out;
        while (m_at < m_format.size()) {
            const std::size_t percent = m_format.find('%', m_at);
            out += m_format.substr(m_at, percent - m_at);
            if (percent == std::string_view::npos)
                break;
            m_at = percent + 1;
            m_isGoodIndex = true;
            m_isAfterIndex = false;
            m_printer.m_flags = {};
            flags();
            argumentIndex();
            width();
            precision();
            if (!m_isAfterIndex)
                argumentIndex();
            if (m_at >= m_format.size()) {
                out += "%!(NOVERB)";
                break;
            }
            verb();
        }
        if (!m_isReordered && m_next < m_arguments.size())
            extra();
    }

private:
    void flags()
    {
        Flags &flags = m_printer.m_flags;
        for (; m_at < m_format.size(); ++m_at) {
            switch (m_format[m_at]) {
            case '#': flags.sharp = true; break;
            case '0': flags.zero = true; break;
            case '+': flags.plus = true; break;
            case '-': flags.minus = true; break;
            case ' ': flags.space = true; break;
            default: return;
            }
        }
    }

    /// "[3]": the next argument's number.
    void argumentIndex()
    {
        m_isAfterIndex = false;
        if (m_at >= m_format.size() || m_format[m_at] != '[')
            return;
        m_isReordered = true;
        const std::size_t close = m_format.find(']', m_at);
        if (close == std::string_view::npos) {
            m_isGoodIndex = false;
            ++m_at;
            return;
        }
        std::size_t number = 0;
        const char *begin = m_format.data() + m_at + 1;
        const char *end = m_format.data() + close;
        const auto [stop, error] = std::from_chars(begin, end, number);
        m_at = close + 1;
        if (error != std::errc() || stop != end) {
            m_isGoodIndex = false;
            return;
        }
        if (number < 1 || number > m_arguments.size()) {
            m_isGoodIndex = false;
            m_isAfterIndex = true;
            return;
        }
        m_next = number - 1;
        m_isAfterIndex = true;
    }

    std::optional<int> number()
    {
        int value = 0;
        const std::size_t start = m_at;
        while (m_at < m_format.size() && m_format[m_at] >= '0' && m_format[m_at] <= '9') {
            if (value > LargestWidth) {
                m_at = m_format.size();
                return std::nullopt;
            }
            value = value * 10 + (m_format[m_at++] - '0');
        }
        if (m_at == start)
            return std::nullopt;
        return value;
    }

    std::optional<int> fromArgument()
    {
        if (m_next >= m_arguments.size())
            return std::nullopt;
        const Value &value = m_arguments[m_next++];
        if (!value.isInt() || value.asInt() > LargestWidth || value.asInt() < -LargestWidth)
            return std::nullopt;
        return static_cast<int>(value.asInt());
    }

    void width()
    {
        Flags &flags = m_printer.m_flags;
        if (m_at < m_format.size() && m_format[m_at] == '*') {
            ++m_at;
            flags.width = fromArgument();
            if (!flags.width)
                m_printer.out += "%!(BADWIDTH)";
            else if (*flags.width < 0) {
                flags.width = -*flags.width;
                flags.minus = true;
                flags.zero = false;
            }
            m_isAfterIndex = false;
            return;
        }
        flags.width = number();
        if (m_isAfterIndex && flags.width)
            m_isGoodIndex = false;
    }

    void precision()
    {
        Flags &flags = m_printer.m_flags;
        if (m_at >= m_format.size() || m_format[m_at] != '.')
            return;
        ++m_at;
        if (m_isAfterIndex)
            m_isGoodIndex = false;
        argumentIndex();
        if (m_at < m_format.size() && m_format[m_at] == '*') {
            ++m_at;
            flags.precision = fromArgument();
            if (flags.precision && *flags.precision < 0)
                flags.precision.reset();
            if (!flags.precision)
                m_printer.out += "%!(BADPREC)";
            m_isAfterIndex = false;
            return;
        }
        flags.precision = number().value_or(0);
    }

    void verb()
    {
        std::string &out = m_printer.out;
        const auto [code, size] = value::decodeUtf8(m_format, m_at);
        const char32_t verb = size == 0 ? U'\uFFFD' : code;
        m_at += size == 0 ? 1 : size;
        if (verb == '%') {
            out += '%';
            return;
        }
        if (!m_isGoodIndex || m_next >= m_arguments.size()) {
            out += "%!";
            value::appendUtf8(out, verb);
            out += m_isGoodIndex ? "(MISSING)" : "(BADINDEX)";
            return;
        }
        if (verb == 'v') {
            m_printer.m_flags.goSyntax = m_printer.m_flags.sharp;
            m_printer.m_flags.sharp = false;
            m_printer.m_flags.plus = false;
        }
        m_printer.argument(m_arguments[m_next++], verb);
    }

    void extra()
    {
        std::string &out = m_printer.out;
        m_printer.m_flags = {};
        out += "%!(EXTRA ";
        for (std::size_t i = m_next; i < m_arguments.size(); ++i) {
            out += i > m_next ? ", " : "";
            if (m_arguments[i].isNull()) {
                out += "<nil>";
                continue;
            }
            out.append(typeName(m_arguments[i])).append(1, '=');
            m_printer.argument(m_arguments[i], 'v');
        }
        out += ')';
    }

    Printer &m_printer;
    const std::string_view m_format;
    const std::span<const Value> m_arguments;
    std::size_t m_at = 0;
    std::size_t m_next = 0;
    bool m_isGoodIndex = true;
    bool m_isAfterIndex = false;
    bool m_isReordered = false;
};

void Printer::format(std::string_view text, std::span<const Value> arguments)
{
    FormatReader(*this, text, arguments).run();
}

} // namespace

std::string goSprintf(std::string_view format, std::span<const Value> arguments)
{
    Printer printer;
    printer.format(format, arguments);
    return std::move(printer.out);
}

std::string goSprint(std::span<const Value> arguments)
{
    Printer printer;
    bool wasString = true;
    for (const Value &value : arguments) {
        const bool isString = value.isString();
        if (!isString && !wasString)
            printer.out += ' ';
        printer.argument(value, 'v');
        wasString = isString;
    }
    return std::move(printer.out);
}

std::string goSprintln(std::span<const Value> arguments)
{
    Printer printer;
    for (const Value &value : arguments) {
        if (&value != arguments.data())
            printer.out += ' ';
        printer.argument(value, 'v');
    }
    return std::move(printer.out) + '\n';
}

void appendGoText(std::string &out, const Value &value)
{
    if (value.isString()) {
        out += value.asString();
        return;
    }
    Printer printer;
    printer.argument(value, 'v');
    out += printer.out;
}

} // namespace fairway::gotemplate
