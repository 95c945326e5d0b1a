#include "core/chart/go_text.h"
#include "core/chart/json_path.h"
#include "core/gotemplate/go_quote.h"
#include "core/gotemplate/number.h"
#include "core/value/unicode_classes.h"
#include "core/value/utf8.h"

namespace fairway::chart {

using value::Value;
using Node = JsonPath::Node;
using Kind = Node::Kind;

namespace {

constexpr char32_t End = 0xFFFFFFFF;
constexpr int DeepestFilter = 50; ///< Filters and unions within each other.

bool isTerminator(char32_t c)
{
    return c == End || std::u32string_view(U" \t\r\n.,[]$@{}").find(c) != std::u32string_view::npos;
}

bool isDigit(char32_t c)
{
    return c >= '0' && c <= '9';
}

Result<std::vector<Node>> parseTemplate(std::string_view text, int depth);

/// The list of one action's nodes.
Result<Node> parseAction(std::string_view text, int depth)
{
    auto parsed = parseTemplate("{" + std::string(text) + "}", depth + 1);
    if (!parsed)
        return tl::unexpected(parsed.error());
    return std::move(parsed->front());
}

/// A quoted text, single quotes around as many characters as one likes.
std::optional<std::string> unquoted(std::string_view literal)
{
    const char mark = literal.front();
    std::string_view rest = literal.substr(1, literal.size() - 2);
    std::string out;
    while (!rest.empty()) {
        std::string_view tail;
        if (rest.front() != '\\') {
            out += rest.front();
            rest.remove_prefix(1);
            continue;
        }
        const auto character = gotemplate::unquoteCharacter(rest, mark, tail);
        if (!character)
            return std::nullopt;
        value::appendUtf8(out, *character);
        rest = tail;
    }
    return out;
}

class Parser {
public:
    Parser(std::string_view text, int depth)
        : m_text(text)
        , m_depth(depth)
    {
    }

    Result<std::vector<Node>> parse()
    {
        if (m_depth > DeepestFilter)
            return fail(ErrorCode::LimitExceeded, "filters are nested deeper than " + std::to_string(DeepestFilter));
        while (m_at < m_text.size()) {
            const std::size_t open = std::min(m_text.find('{', m_at), m_text.size());
            if (open > m_at)
                add(Node {Kind::Text, {}, Value(m_text.substr(m_at, open - m_at)), {}, {}});
            m_at = open;
            if (open == m_text.size())
                break;
            ++m_at;
            m_root.push_back({});
            for (bool isOpen = true; isOpen;) {
                if (const Result<void> done = step(isOpen); !done)
                    return tl::unexpected(done.error());
            }
        }
        return std::move(m_root);
    }

private:
    void add(Node node) { m_root.push_back(std::move(node)); }
    std::vector<Node> &nodes() { return m_root.back().children; }

    [[nodiscard]] char32_t peek() const { return m_at >= m_text.size() ? End : value::decodeUtf8(m_text, m_at).code; }
    char32_t next()
    {
        const char32_t c = peek();
        if (c != End)
            m_at += std::max<std::size_t>(value::decodeUtf8(m_text, m_at).size, 1);
        return c;
    }

    Result<void> step(bool &isOpen)
    {
        const std::string_view rest = m_text.substr(m_at);
        if (rest.starts_with('}')) {
            ++m_at;
            isOpen = false;
            return {};
        }
        if (rest.starts_with("[?("))
            return filter();
        if (rest.starts_with(".."))
            return recursive();
        const std::size_t begin = m_at;
        const char32_t c = next();
        if (c == End || c == '\r' || c == '\n')
            return fail(ErrorCode::InvalidInput, "unclosed action");
        if (c == ' ' || c == '@' || c == '$')
            return {};
        if (c == '[')
            return array(begin);
        if (c == '"' || c == '\'')
            return quote(begin, c);
        if (c == '.')
            return field();
        if (c == '+' || c == '-' || isDigit(c))
            return number(begin);
        if (c == '_' || value::isLetter(c) || value::isDecimalDigit(c))
            return identifier(begin);
        return fail(ErrorCode::InvalidInput, "unrecognized character in action: " + gotemplate::unicodePoint(c));
    }

    Result<void> field()
    {
        std::string name;
        const std::size_t begin = m_at;
        while (!isTerminator(peek())) {
            const char32_t c = next();
            if (c == '\\')
                next();
        }
        for (const char c : m_text.substr(begin, m_at - begin)) {
            if (c != '\\')
                name += c;
        }
        nodes().push_back({m_text.substr(begin, m_at - begin) == "*" ? Kind::Wildcard : Kind::Field, std::move(name), {}, {}, {}});
        return {};
    }

    Result<void> recursive()
    {
        if (!nodes().empty() && nodes().back().kind == Kind::Recursive)
            return fail(ErrorCode::InvalidInput, "invalid multiple recursive descent");
        m_at += 2;
        nodes().push_back({Kind::Recursive, {}, {}, {}, {}});
        const char32_t c = peek();
        return c != End && (c == '_' || value::isLetter(c) || value::isDecimalDigit(c)) ? field() : Result<void>();
    }

    Result<void> number(std::size_t begin)
    {
        while (peek() == '.' || isDigit(peek()))
            next();
        const std::string_view text = m_text.substr(begin, m_at - begin);
        std::int64_t whole = 0;
        if (parseGoInt(text, whole)) {
            nodes().push_back({Kind::Constant, {}, Value(whole, value::Origin::Int), {}, {}});
            return {};
        }
        const auto real = gotemplate::parseFloat(text);
        if (!real.isGood())
            return fail(ErrorCode::InvalidInput, "cannot parse number " + std::string(text));
        nodes().push_back({Kind::Constant, {}, Value(real.value), {}, {}});
        return {};
    }

    Result<void> identifier(std::size_t begin)
    {
        while (!isTerminator(peek()))
            next();
        const std::string_view name = m_text.substr(begin, m_at - begin);
        if (name == "true" || name == "false")
            nodes().push_back({Kind::Constant, {}, Value(name == "true"), {}, {}});
        else
            nodes().push_back({Kind::Identifier, std::string(name), {}, {}, {}});
        return {};
    }

    Result<void> quote(std::size_t begin, char32_t mark)
    {
        for (;;) {
            const char32_t c = next();
            if (c == End || c == '\n')
                return fail(ErrorCode::InvalidInput, "unterminated quoted string");
            if (c == mark && m_text[m_at - 2] != '\\')
                break;
        }
        const std::string_view literal = m_text.substr(begin, m_at - begin);
        auto text = literal.size() < 2 ? std::nullopt : unquoted(literal);
        if (!text)
            return fail(ErrorCode::InvalidInput, "unquote string " + std::string(literal) + " error invalid syntax");
        nodes().push_back({Kind::Text, {}, Value(std::move(*text)), {}, {}});
        return {};
    }

    /// [1], [1:2], [*], ['name'], [0,1]
    Result<void> array(std::size_t begin)
    {
        const std::size_t close = m_text.find_first_of("]\n", m_at);
        if (close == std::string_view::npos || m_text[close] != ']')
            return fail(ErrorCode::InvalidInput, "unterminated array");
        m_at = close + 1;
        std::string_view inside = m_text.substr(begin + 1, close - begin - 1);
        if (inside == "*")
            inside = ":";
        if (inside.find(',') != std::string_view::npos)
            return unionOf(inside);
        if (inside.size() >= 2 && inside.front() == '\'' && inside.find('\'', 1) == inside.size() - 1) {
            Result<Node> named = parseAction("." + std::string(inside.substr(1, inside.size() - 2)), m_depth);
            if (!named)
                return tl::unexpected(named.error());
            for (Node &node : named->children)
                nodes().push_back(std::move(node));
            return {};
        }
        return slice(inside);
    }

    Result<void> unionOf(std::string_view inside)
    {
        Node all {Kind::Union, {}, {}, {}, {}};
        for (std::size_t at = 0; at <= inside.size();) {
            const std::size_t comma = std::min(inside.find(',', at), inside.size());
            std::string_view one = inside.substr(at, comma - at);
            while (one.starts_with(' '))
                one.remove_prefix(1);
            while (one.ends_with(' '))
                one.remove_suffix(1);
            Result<Node> list = parseAction("[" + std::string(one) + "]", m_depth);
            if (!list)
                return tl::unexpected(list.error());
            all.children.push_back(std::move(*list));
            at = comma + 1;
        }
        nodes().push_back(std::move(all));
        return {};
    }

    Result<void> slice(std::string_view inside)
    {
        Node node {Kind::Slice, {}, {}, {}, {}};
        std::string_view rest = inside;
        for (std::size_t i = 0; i < 3; ++i) {
            Node::Bound &bound = node.bounds[i];
            const bool hasMark = i > 0 && rest.starts_with(':');
            if (hasMark)
                rest.remove_prefix(1);
            std::size_t size = 0;
            if (i == 0 || hasMark) {
                size = rest.starts_with('-') ? 1 : 0;
                while (size < rest.size() && isDigit(static_cast<unsigned char>(rest[size])))
                    ++size;
            }
            const std::string_view digits = rest.substr(0, size);
            rest.remove_prefix(size);
            if (!digits.empty()) {
                if (!parseGoInt(digits, bound.value))
                    return fail(ErrorCode::InvalidInput, "array index " + std::string(digits) + " is not a number");
                bound.isKnown = true;
            } else if (i == 1 && !hasMark) {
                bound = {node.bounds[0].value + 1, true, true};
            }
        }
        if (!rest.empty())
            return fail(ErrorCode::InvalidInput, "invalid array index " + std::string(inside));
        nodes().push_back(std::move(node));
        return {};
    }

    Result<void> filter()
    {
        m_at += 3;
        const std::size_t begin = m_at;
        char32_t mark = 0;
        for (bool isClosed = true;;) {
            const char32_t c = next();
            if (c == End || c == '\n')
                return fail(ErrorCode::InvalidInput, "unterminated filter");
            if ((c == '"' || c == '\'') && mark == 0) {
                mark = c;
                isClosed = false;
            } else if (mark != 0 && c == mark && m_text[m_at - 2] != '\\') {
                isClosed = true;
            } else if (c == ')' && isClosed) {
                break;
            }
        }
        const std::string_view condition = m_text.substr(begin, m_at - 1 - begin);
        if (next() != ']')
            return fail(ErrorCode::InvalidInput, "unclosed array expect ]");
        constexpr std::string_view marks = "!<>=";
        const std::size_t left = condition.find_first_of(marks);
        std::size_t right = left == std::string_view::npos ? left : condition.find_first_not_of(marks, left);
        if (right == std::string_view::npos && left != std::string_view::npos && condition.size() - left > 1)
            right = condition.size() - 1; // of operators alone the last is what stands on the right
        Node node {Kind::Filter, "exists", {}, {}, {}};
        if (left == 0 || right == std::string_view::npos) {
            Result<Node> whole = parseAction(condition, m_depth);
            if (!whole)
                return tl::unexpected(whole.error());
            node.children.push_back(std::move(*whole));
        } else {
            node.text = condition.substr(left, right - left);
            for (const std::string_view side : {condition.substr(0, left), condition.substr(right)}) {
                Result<Node> list = parseAction(side, m_depth);
                if (!list)
                    return tl::unexpected(list.error());
                node.children.push_back(std::move(*list));
            }
        }
        nodes().push_back(std::move(node));
        return {};
    }

    std::string_view m_text;
    int m_depth;
    std::size_t m_at = 0;
    std::vector<Node> m_root;
};

Result<std::vector<Node>> parseTemplate(std::string_view text, int depth)
{
    return Parser(text, depth).parse();
}

} // namespace

Result<JsonPath> JsonPath::parse(std::string_view text)
{
    auto root = parseTemplate(text, 0);
    if (!root)
        return tl::unexpected(root.error());
    JsonPath path;
    path.m_root = std::make_shared<const Nodes>(std::move(*root));
    return path;
}

} // namespace fairway::chart
