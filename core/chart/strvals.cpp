#include "core/chart/strvals.h"

#include "core/chart/go_text.h"
#include "core/chart/json_prefix.h"
#include "core/value/json.h"
#include "core/value/utf8.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <vector>

namespace fairway::chart {

namespace {

using value::List;
using value::Map;
using value::Value;

constexpr std::int64_t maxIndex = 65536; // Helm's
constexpr int maxNameLevel = 30;         // Helm's
constexpr int maxIndexLevel = 512;       // Helm has none, and recurses
constexpr std::size_t maxListItems = std::size_t {1} << 20;

/// How a step of the parser ended. `isEnd` is Helm's io.EOF, which every caller hands up and only the outermost takes for success; a
/// wrapped one counts for Helm 4 and not for Helm 3.
struct Stop {
    bool isEnd = false;
    bool isWrapped = false;
    std::string message;
    ErrorCode code = ErrorCode::InvalidInput;
};

using Step = tl::expected<void, Stop>;

tl::unexpected<Stop> stop(std::string message, ErrorCode code = ErrorCode::InvalidInput)
{
    return tl::unexpected(Stop {false, false, std::move(message), code});
}

tl::unexpected<Stop> endOfText()
{
    return tl::unexpected(Stop {true, false, "EOF", ErrorCode::InvalidInput});
}

struct Token {
    std::string text;
    char last = 0;       ///< The character it ended at.
    bool isEnd = false;  ///< The text ended first.
};

class Parser {
public:
    Parser(std::string_view text, const SetOptions &options)
        : m_text(value::toValidUtf8(text))
        , m_options(options)
    {
    }

    Result<void> parse(Value &values)
    {
        for (;;) {
            const Step done = key(values.asMap(), 0);
            if (done)
                continue;
            const Stop &why = done.error();
            if (why.isEnd && (!why.isWrapped || m_options.version == HelmVersion::V4))
                return {};
            return fail(why.code, why.message);
        }
    }

private:
    [[nodiscard]] bool isLiteral() const { return m_options.style == SetStyle::Literal; }

    /// Reads up to one of `stops`, which is consumed. A backslash takes the next character as it is.
    Token until(std::string_view stops)
    {
        Token token;
        while (m_at < m_text.size()) {
            const char c = m_text[m_at++];
            if (stops.find(c) != std::string_view::npos) {
                token.last = c;
                return token;
            }
            if (c != '\\' || isLiteral())
                token.text += c;
            else if (m_at < m_text.size())
                token.text += m_text[m_at++]; // of a longer character the rest follows as it is
        }
        token.isEnd = true;
        return token;
    }

    [[nodiscard]] static Step wrongType(const Value &found, std::string_view wanted)
    {
        return stop("unable to parse key: interface conversion: interface {} is " + std::string(goTypeName(found)) + ", not " + std::string(wanted));
    }

    static void set(Map &data, const std::string &name, Value item)
    {
        if (!name.empty())
            data.set(name, std::move(item));
    }

    Step key(Map &data, int level)
    {
        const Token token = until(isLiteral() ? "=[." : "=[,.");
        if (token.isEnd)
            return token.text.empty() ? Step(endOfText()) : stop("key " + goQuoted(token.text) + " has no value");
        switch (token.last) {
        case '[':
            return keyOfList(data, token.text, level);
        case '.':
            return keyOfMap(data, token.text, level);
        case '=':
            return assigned(data, token.text);
        default:
            return stop("key " + goQuoted(token.text) + " has no value (cannot end with ,)");
        }
    }

    Step keyOfList(Map &data, const std::string &name, int level)
    {
        std::int64_t index = 0;
        if (Step read = keyIndex(index); !read)
            return read;
        Value list = Value::list();
        if (const Value *found = data.get(name)) {
            if (!found->isList())
                return wrongType(*found, "[]interface {}");
            list = *found;
        }
        Step done = listItem(list, index, level, 0);
        set(data, name, std::move(list));
        return done;
    }

    Step keyOfMap(Map &data, const std::string &name, int level)
    {
        if (level + 1 > maxNameLevel)
            return stop("value name nested level is greater than maximum supported nested level of " + std::to_string(maxNameLevel));
        Value inner = Value::map();
        if (const Value *found = data.get(name)) {
            if (!found->isMap())
                return wrongType(*found, "map[string]interface {}");
            inner = *found;
        }
        Step done = key(inner.asMap(), level + 1);
        if (done && inner.size() == 0)
            return stop("key map " + goQuoted(name) + " has no value");
        if (inner.size() != 0)
            set(data, name, std::move(inner));
        return done;
    }

    Step assigned(Map &data, const std::string &name)
    {
        const auto keep = [&](Value item) { set(data, name, std::move(item)); };
        bool endsHere = false;
        Step done = valueTo(keep, endsHere);
        return done && endsHere ? Step(endOfText()) : done;
    }

    /// Reads a value and hands it to `keep`. `endsHere`: the text ended right behind the `=`.
    template <typename Keep>
    Step valueTo(const Keep &keep, bool &endsHere)
    {
        if (isLiteral()) {
            keep(positioned(Value(m_text.substr(m_at))));
            m_at = m_text.size();
            return {};
        }
        if (m_options.style == SetStyle::Json)
            return jsonTo(keep);
        if (m_at == m_text.size()) {
            endsHere = true;
            keep(positioned(Value("")));
            return {};
        }
        if (m_text[m_at] == '{') {
            ++m_at;
            return listTo(keep);
        }
        tl::expected<Value, Stop> item = scalar(until(",").text);
        if (!item)
            return tl::unexpected(std::move(item.error()));
        keep(std::move(*item));
        return {};
    }

    template <typename Keep>
    Step jsonTo(const Keep &keep)
    {
        if (skipToValue()) {
            keep(positioned(Value()));
            return {};
        }
        const std::string_view rest = std::string_view(m_text).substr(m_at);
        const std::optional<std::size_t> end = endOfJsonValue(rest);
        if (!end)
            return stop("no JSON value");
        value::JsonLimits limits;
        limits.numbers = value::NumberStyle::Helm;
        Result<Value> item = value::parseJson(rest.substr(0, *end), limits);
        if (!item)
            return stop(item.error().message, item.error().code);
        setPositions(*item, m_options.position);
        keep(std::move(*item));
        m_at += *end;
        (void)skipToValue();
        return {};
    }

    template <typename Keep>
    Step listTo(const Keep &keep)
    {
        Value list = Value::list();
        for (;;) {
            const Token token = until(",}");
            if (token.isEnd)
                return stop("list must terminate with '}'");
            tl::expected<Value, Stop> item = scalar(token.text);
            if (!item)
                return tl::unexpected(std::move(item.error()));
            list.append(std::move(*item));
            if (token.last == '}')
                break;
        }
        if (m_at < m_text.size() && m_text[m_at] == ',')
            ++m_at;
        keep(std::move(list));
        return {};
    }

    /// Skips blanks, and a comma behind them. True when there is no value: the text or this assignment ends.
    bool skipToValue()
    {
        while (m_at < m_text.size()) {
            if (m_text[m_at] == ',') {
                ++m_at;
                return true;
            }
            const value::Utf8Character character = value::decodeUtf8(m_text, m_at);
            if (!isGoSpace(character.code))
                return false;
            m_at += character.size;
        }
        return true;
    }

    tl::expected<Value, Stop> scalar(std::string text)
    {
        if (m_options.style == SetStyle::File) {
            Result<std::string> content = m_options.readFile ? m_options.readFile(text) : fail(ErrorCode::Unsupported, "files can't be read here");
            if (!content)
                return stop(std::move(content.error().message), content.error().code);
            return positioned(Value(std::move(*content)));
        }
        return positioned(m_options.style == SetStyle::String ? Value(std::move(text)) : typed(std::move(text)));
    }

    static Value typed(std::string text)
    {
        if (equalsFolded(text, "true"))
            return Value(true);
        if (equalsFolded(text, "false"))
            return Value(false);
        if (equalsFolded(text, "null"))
            return Value();
        std::int64_t number = 0;
        if (text == "0" || (!text.empty() && text.front() != '0' && parseGoInt(text, number)))
            return Value(number, value::Origin::Int64);
        return Value(std::move(text));
    }

    Step keyIndex(std::int64_t &index)
    {
        const Token token = until("]");
        if (token.isEnd)
            return tl::unexpected(Stop {true, true, "error parsing index: EOF", ErrorCode::InvalidInput});
        if (const std::string_view why = parseGoIntFault(token.text, index); !why.empty())
            return stop("error parsing index: strconv.Atoi: parsing " + goQuoted(token.text) + ": " + std::string(why));
        return {};
    }

    Step setIndex(Value &list, std::int64_t index, Value item)
    {
        if (index > maxIndex)
            return stop("index of " + std::to_string(index) + " is greater than maximum supported index of " + std::to_string(maxIndex));
        const std::size_t at = static_cast<std::size_t>(index);
        List &items = list.asList();
        if (items.size() <= at) {
            m_listItems += at + 1 - items.size();
            if (m_listItems > maxListItems)
                return stop("lists of more than " + std::to_string(maxListItems) + " items in all are not supported", ErrorCode::LimitExceeded);
            items.resize(at + 1);
        }
        items[at] = std::move(item);
        return {};
    }

    Step listItem(Value &list, std::int64_t index, int level, int indexLevel)
    {
        if (index < 0)
            return stop("negative " + std::to_string(index) + " index not allowed");
        const Token token = until("[.=");
        if (!token.text.empty())
            return stop("unexpected data at end of array index: " + goQuotedRunes(token.text));
        if (token.isEnd)
            return endOfText();
        switch (token.last) {
        case '=':
            return itemAssigned(list, index);
        case '[':
            return itemOfList(list, index, level, indexLevel);
        default:
            return itemOfMap(list, index, level);
        }
    }

    Step itemAssigned(Value &list, std::int64_t index)
    {
        Step set;
        bool endsHere = false;
        const Step done = valueTo([&](Value item) { set = setIndex(list, index, std::move(item)); }, endsHere);
        return done ? set : done;
    }

    Step itemOfList(Value &list, std::int64_t index, int level, int indexLevel)
    {
        if (indexLevel >= maxIndexLevel)
            return stop("lists inside each other more than " + std::to_string(maxIndexLevel) + " deep are not supported", ErrorCode::LimitExceeded);
        std::int64_t inner = 0;
        if (Step read = keyIndex(inner); !read)
            return read;
        Value innerList = Value::list();
        if (const Value &found = list[static_cast<std::size_t>(index)]; !found.isNull()) {
            if (!found.isList())
                return wrongType(found, "[]interface {}");
            innerList = found;
        }
        if (Step done = listItem(innerList, inner, level, indexLevel + 1); !done)
            return done;
        return setIndex(list, index, std::move(innerList));
    }

    Step itemOfMap(Value &list, std::int64_t index, int level)
    {
        const std::size_t at = static_cast<std::size_t>(index);
        Value inner = Value::map();
        if (list.size() > at) {
            if (list[at].isMap())
                inner = list[at];
            else
                list.asList()[at] = inner; // what stood there is replaced even when reading the key fails
        }
        if (Step done = key(inner.asMap(), level); !done)
            return done;
        return setIndex(list, index, std::move(inner));
    }

    [[nodiscard]] Value positioned(Value item) const
    {
        item.setPosition(m_options.position);
        return item;
    }

    std::string m_text; ///< Valid UTF-8.
    std::size_t m_at = 0;
    std::size_t m_listItems = 0;
    const SetOptions &m_options;
};

} // namespace

Result<void> applySetFlag(std::string_view text, Value &values, const SetOptions &options)
{
    return Parser(text, options).parse(values);
}

} // namespace fairway::chart
