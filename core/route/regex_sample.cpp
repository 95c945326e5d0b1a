#include "core/route/regex_sample.h"

#include <algorithm>
#include <bitset>
#include <charconv>

namespace fairway::route {
namespace {

    constexpr std::size_t maxText = 4096;
    constexpr int maxDepth = 200;

    using Characters = std::bitset<128>; ///< Of ASCII: enough for an example.

    Characters range(char first, char last)
    {
        Characters out;
        for (int c = first; c <= last; ++c)
            out.set(static_cast<std::size_t>(c));
        return out;
    }

    /// The characters of "\d", "\w", "\s" and their opposites; nothing for another letter.
    std::optional<Characters> classOf(char letter)
    {
        const Characters word = range('a', 'z') | range('A', 'Z') | range('0', '9') | range('_', '_');
        const Characters space = range('\t', '\n') | range('\f', '\r') | range(' ', ' ');
        switch (letter) {
        case 'd': return range('0', '9');
        case 'D': return ~range('0', '9');
        case 'w': return word;
        case 'W': return ~word;
        case 's': return space;
        case 'S': return ~space;
        default: return std::nullopt;
        }
    }

    std::optional<Characters> namedClass(std::string_view name)
    {
        if (name == "alpha")
            return range('a', 'z') | range('A', 'Z');
        if (name == "lower")
            return range('a', 'z');
        if (name == "upper")
            return range('A', 'Z');
        if (name == "digit")
            return range('0', '9');
        if (name == "alnum")
            return range('a', 'z') | range('A', 'Z') | range('0', '9');
        if (name == "xdigit")
            return range('0', '9') | range('a', 'f') | range('A', 'F');
        return name == "word" ? classOf('w') : name == "space" ? classOf('s') : std::nullopt;
    }

    /// What reads best in an example and means the least in a URL or a header.
    std::optional<char> pick(const Characters &from)
    {
        static constexpr std::string_view Best = "x0aAbcdefghijklmnopqrstuvwyz123456789BCDEFGHIJKLMNOPQRSTUVWXYZ-_./";
        for (const char c : Best) {
            if (from.test(static_cast<std::size_t>(c)))
                return c;
        }
        for (std::size_t c = ' '; c < 127; ++c) {
            if (from.test(c))
                return static_cast<char>(c);
        }
        return std::nullopt;
    }

    class Sampler {
    public:
        explicit Sampler(std::string_view pattern)
            : m_rest(pattern)
        {
        }

        std::optional<std::string> all()
        {
            std::optional<std::string> out = alternatives(0);
            return m_rest.empty() ? out : std::nullopt;
        }

    private:
        bool take(std::string_view text)
        {
            if (!m_rest.starts_with(text))
                return false;
            m_rest.remove_prefix(text.size());
            return true;
        }

        char next()
        {
            const char c = m_rest.front();
            m_rest.remove_prefix(1);
            return c;
        }

        std::optional<std::string> alternatives(int depth)
        {
            if (depth > maxDepth)
                return std::nullopt;
            std::optional<std::string> out = sequence(depth);
            while (out && take("|")) {
                if (!sequence(depth)) // read to its end, though the first one serves
                    return std::nullopt;
            }
            return out;
        }

        std::optional<std::string> sequence(int depth)
        {
            std::string out;
            while (!m_rest.empty() && m_rest.front() != '|' && m_rest.front() != ')') {
                const std::optional<std::string> one = take("\\Q") ? quoted(out) : item(depth);
                const std::optional<std::size_t> times = one ? repetition() : std::nullopt;
                if (!times || one->size() * *times + out.size() > maxText)
                    return std::nullopt;
                for (std::size_t i = 0; i < *times; ++i)
                    out += *one;
            }
            return out;
        }

        std::optional<std::string> item(int depth)
        {
            const char c = next();
            switch (c) {
            case '(': return group(depth);
            case '[': return bracket();
            case '.': return "x";
            case '^':
            case '$': return "";
            case '\\': return escape();
            case '*':
            case '+':
            case '?': return std::nullopt;
            default: return character(c);
            }
        }

        /// With the other bytes of its UTF-8.
        std::string character(char first)
        {
            std::string out(1, first);
            while (first < 0 && !m_rest.empty() && (static_cast<unsigned char>(m_rest.front()) & 0xC0) == 0x80)
                out += next();
            return out;
        }

        /// What stands between \Q and \E: all but its last character goes to `out`, for only that one may be repeated.
        std::string quoted(std::string &out)
        {
            const std::size_t end = std::min(m_rest.find("\\E"), m_rest.size());
            std::string_view text = m_rest.substr(0, end);
            m_rest.remove_prefix(std::min(end + 2, m_rest.size()));
            std::size_t last = text.empty() ? 0 : text.size() - 1;
            while (last > 0 && (static_cast<unsigned char>(text[last]) & 0xC0) == 0x80)
                --last;
            out += text.substr(0, last);
            return std::string(text.substr(last));
        }

        std::optional<std::string> group(int depth)
        {
            if (take("?")) {
                if (take("P<") || take("<")) {
                    m_rest.remove_prefix(std::min(m_rest.find('>'), m_rest.size() - 1) + 1);
                } else { // flags: "(?i)", "(?s:a)"
                    const std::size_t end = m_rest.find_first_of(":)");
                    if (end == std::string_view::npos || m_rest.substr(0, end).find_first_not_of("imsU-") != std::string_view::npos)
                        return std::nullopt;
                    m_rest.remove_prefix(end);
                    if (next() == ')')
                        return "";
                }
            }
            std::optional<std::string> out = alternatives(depth + 1);
            return take(")") ? out : std::nullopt;
        }

        std::optional<std::string> escape()
        {
            if (m_rest.empty())
                return std::nullopt;
            const char c = next();
            if (const std::optional<Characters> characters = classOf(c))
                return std::string(1, *pick(*characters));
            switch (c) {
            case 'b':
            case 'B':
            case 'A':
            case 'z': return "";
            case 't': return "\t";
            default: break;
            }
            const bool isLetter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            return isLetter ? std::nullopt : std::optional(std::string(1, c));
        }

        std::optional<std::string> bracket()
        {
            const bool isNegated = take("^");
            Characters characters;
            for (bool isFirst = true; isFirst || !m_rest.starts_with(']'); isFirst = false) {
                if (m_rest.empty())
                    return std::nullopt;
                if (take("[:")) {
                    const std::size_t end = m_rest.find(":]");
                    const std::optional<Characters> named = namedClass(m_rest.substr(0, end));
                    if (end == std::string_view::npos || !named)
                        return std::nullopt;
                    characters |= *named;
                    m_rest.remove_prefix(end + 2);
                    continue;
                }
                char first = next();
                if (first == '\\' && !m_rest.empty()) {
                    const char letter = next();
                    if (const std::optional<Characters> named = classOf(letter)) {
                        characters |= *named;
                        continue;
                    }
                    first = letter;
                }
                char last = first;
                if (m_rest.size() > 1 && m_rest[0] == '-' && m_rest[1] != ']') {
                    next();
                    last = next();
                    if (last == '\\' && !m_rest.empty())
                        last = next();
                }
                if (first < 0 || last < first)
                    return std::nullopt; // beyond ASCII, or no range
                characters |= range(first, last);
            }
            next();
            const std::optional<char> found = pick(isNegated ? ~characters : characters);
            return found ? std::optional(std::string(1, *found)) : std::nullopt;
        }

        /// How often what was read is needed: 1 without an operator.
        std::optional<std::size_t> repetition()
        {
            std::size_t out = 1;
            if (take("*") || take("?")) {
                out = 0;
            } else if (!take("+") && m_rest.starts_with('{')) {
                // "{2}", "{2,}", "{2,3}", no number with a 0 in front; anything else is text.
                const auto digitsFrom = [this](std::size_t at) { return std::min(m_rest.find_first_not_of("0123456789", at), m_rest.size()); };
                const auto isNumber = [this](std::size_t from, std::size_t to) { return to == from + 1 || (to > from && m_rest[from] != '0'); };
                const std::size_t end = digitsFrom(1);
                const bool hasMost = end < m_rest.size() && m_rest[end] == ',';
                const std::size_t close = hasMost ? digitsFrom(end + 1) : end;
                const bool areNumbers = isNumber(1, end) && (close <= end + 1 || isNumber(end + 1, close));
                if (areNumbers && close < m_rest.size() && m_rest[close] == '}') {
                    if (std::from_chars(m_rest.data() + 1, m_rest.data() + end, out).ec != std::errc() || out > maxText)
                        return std::nullopt;
                    m_rest.remove_prefix(close + 1);
                }
            }
            take("?"); // lazy: the same texts
            return out;
        }

        std::string_view m_rest;
    };

} // namespace

std::optional<std::string> sampleOfRegex(std::string_view pattern)
{
    return Sampler(pattern).all();
}

} // namespace fairway::route
