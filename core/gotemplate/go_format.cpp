#include "core/gotemplate/go_format.h"

#include "core/gotemplate/function.h"
#include "core/gotemplate/go_printer.h"
#include "core/value/utf8.h"

#include <charconv>
#include <optional>

namespace fairway::gotemplate {

namespace {

constexpr int LargestWidth = 1'000'000;

/// Walks through a format string; the printer does the verbs.
class FormatReader {
public:
    FormatReader(GoPrinter &printer, std::string_view format, std::span<const Value> arguments)
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
            m_printer.flags = {};
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
        FormatFlags &flags = m_printer.flags;
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
        FormatFlags &flags = m_printer.flags;
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
        FormatFlags &flags = m_printer.flags;
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
            m_printer.flags.goSyntax = m_printer.flags.sharp;
            m_printer.flags.sharp = false;
            m_printer.flags.hasNames = m_printer.flags.plus;
            m_printer.flags.plus = false;
        }
        m_printer.argument(m_arguments[m_next++], verb);
    }

    void extra()
    {
        std::string &out = m_printer.out;
        m_printer.flags = {};
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

    GoPrinter &m_printer;
    const std::string_view m_format;
    const std::span<const Value> m_arguments;
    std::size_t m_at = 0;
    std::size_t m_next = 0;
    bool m_isGoodIndex = true;
    bool m_isAfterIndex = false;
    bool m_isReordered = false;
};

} // namespace

std::string goSprintf(std::string_view format, std::span<const Value> arguments)
{
    GoPrinter printer;
    FormatReader(printer, format, arguments).run();
    return std::move(printer.out);
}

std::string goSprint(std::span<const Value> arguments)
{
    GoPrinter printer;
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
    GoPrinter printer;
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
    GoPrinter printer;
    printer.argument(value, 'v');
    out += printer.out;
}

} // namespace fairway::gotemplate
