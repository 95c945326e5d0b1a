#include "core/value/float_text.h"
#include "core/value/utf8.h"
#include "core/value/yaml.h"
#include "core/value/yaml_emitter.h"
#include "core/value/yaml_key_order.h"
#include "core/value/yaml_scalar.h"

#include <cmath>

namespace fairway::value {

namespace {

constexpr int IndentStep = 2;
constexpr std::size_t LongestSimpleKey = 128;

/// U+0085 stands raw in the JSON that sigs.k8s.io/yaml hands to its YAML reader, which takes it for a line break inside
/// quotes: one folds to a space, several to one line feed less, and white space beside them goes.
std::string foldNextLines(std::string_view text)
{
    std::string out;
    std::size_t pendingSpaces = 0;
    for (std::size_t i = 0; i < text.size();) {
        if (text[i] == ' ') {
            ++pendingSpaces;
            ++i;
            continue;
        }
        std::size_t breaks = 0;
        while (i < text.size() && (text.substr(i, 2) == "\xC2\x85" || (breaks > 0 && text[i] == ' '))) {
            breaks += text[i] == ' ' ? 0 : 1;
            i += text[i] == ' ' ? 1 : 2;
        }
        if (breaks > 0) {
            pendingSpaces = 0;
            out += breaks == 1 ? std::string(" ") : std::string(breaks - 1, '\n');
            continue;
        }
        out.append(pendingSpaces, ' ');
        pendingSpaces = 0;
        out += text[i++];
    }
    return out.append(pendingSpaces, ' ');
}

/// The text as JSON carries it; kept in `made` when it is another one.
std::string_view textOf(std::string_view text, std::string &made)
{
    if (isAscii(text))
        return text;
    made = toValidUtf8(text);
    if (made.find("\xC2\x85") != std::string::npos)
        made = foldNextLines(made);
    return made;
}

/// JSON's digits read back by YAML's rules: 1e+06 becomes 1000000, 1e+20 stays a float.
std::string numberText(double number)
{
    constexpr double surelyExact = 1e15;
    if (number == std::trunc(number) && std::abs(number) < surelyExact)
        return std::to_string(static_cast<std::int64_t>(number));
    if (!std::isfinite(number))
        return std::isnan(number) ? ".nan" : number < 0 ? "-.inf" : ".inf";
    const ResolvedScalar read = resolvePlainScalar(formatFloatJson(number));
    switch (read.type) {
    case ScalarType::Int: return std::to_string(read.integer);
    case ScalarType::Unsigned: return std::to_string(read.unsignedInteger);
    default: return formatFloatG(read.number);
    }
}

class Writer {
public:
    Writer(std::string &out, bool isPretty)
        : m_emitter(out, !isPretty)
        , m_isPretty(isPretty)
    {
    }

    void document(const Value &root)
    {
        node(root, -1, false);
        m_emitter.startLine(0);
    }

private:
    using Style = YamlEmitter::Style;

    /// `indent` is that of the list or map around, -1 at the root.
    void node(const Value &value, int indent, bool isMember)
    {
        const int inner = indent < 0 ? IndentStep : indent + IndentStep;
        switch (value.kind()) {
        case Kind::Null: m_emitter.scalar("null", Style::Plain, inner); break;
        case Kind::Bool: m_emitter.scalar(value.asBool() ? "true" : "false", Style::Plain, inner); break;
        case Kind::Int: m_emitter.scalar(std::to_string(value.asInt()), Style::Plain, inner); break;
        case Kind::Float: m_emitter.scalar(m_isPretty ? formatFloatG(value.asFloat()) : numberText(value.asFloat()), Style::Plain, inner); break;
        case Kind::String: {
            std::string made;
            text(textOf(value.asString(), made), inner, false);
            break;
        }
        case Kind::List: list(value.asList(), indent, isMember); break;
        case Kind::Map: map(value.asMap(), indent); break;
        case Kind::Object: node(value.asObject().plain(), indent, isMember); break;
        }
    }

    void list(const List &items, int around, bool isMember)
    {
        if (items.empty()) {
            m_emitter.indicator("[", true);
            m_emitter.indicator("]", false);
            return;
        }
        // A list in a map stands at the map's own indentation, unless its key needed a line of its own.
        const bool keepsIndent = isMember && !m_isPretty && !m_emitter.isAtIndention();
        const int indent = around < 0 ? 0 : around + (keepsIndent ? 0 : IndentStep);
        for (const Value &item : items) {
            m_emitter.startLine(indent);
            m_emitter.indicator("-", true, true);
            node(item, indent, false);
        }
    }

    void map(const Map &members, int around)
    {
        if (members.empty()) {
            m_emitter.indicator("{", true);
            m_emitter.indicator("}", false);
            return;
        }
        const int indent = around < 0 ? 0 : around + IndentStep;
        for (const auto *member : inYamlOrder(members)) {
            m_emitter.startLine(indent);
            std::string made;
            const std::string_view key = textOf(member->first, made);
            const bool isSimple = key.size() <= LongestSimpleKey && !formsOf(key).isMultiline;
            if (isSimple) {
                text(key, indent + IndentStep, true);
                m_emitter.indicator(":", false);
            } else {
                m_emitter.indicator("?", true, true);
                text(key, indent + IndentStep, false);
                m_emitter.startLine(indent);
                m_emitter.indicator(":", true, true);
            }
            node(member->second, indent, true);
        }
    }

    void text(std::string_view content, int indent, bool isSimpleKey)
    {
        const ScalarForms forms = formsOf(content);
        Style style = Style::DoubleQuoted;
        if (content.find('\n') != std::string_view::npos)
            style = forms.literal && !isSimpleKey ? Style::Literal : Style::DoubleQuoted;
        else if (readsAsText(content))
            style = forms.plain ? Style::Plain : forms.singleQuoted ? Style::SingleQuoted : Style::DoubleQuoted;
        m_emitter.scalar(content, style, indent, isSimpleKey);
    }

    /// A plain `<<` as a value is text to every reader, and go-yaml leaves it plain even as a key.
    static bool readsAsText(std::string_view content)
    {
        const ScalarType type = resolvePlainScalar(content).type;
        return (type == ScalarType::String || type == ScalarType::Merge) && !isBase60(content);
    }

    YamlEmitter m_emitter;
    const bool m_isPretty; ///< As goyaml.v3 with an indent of two: lists in maps stand further in, floats keep their exponent, long lines stay.
};

/// Whether Go's YAML reader takes the JSON that encoding/json makes of a text.
bool isReadableByGo(std::string_view text)
{
    constexpr char deleteCharacter = 0x7F;
    if (isAscii(text))
        return text.find(deleteCharacter) == std::string_view::npos;
    for (std::size_t i = 0; i < text.size();) {
        const auto [c, width] = decodeUtf8(text, i);
        const bool isControl = c == 0x7F || (c >= 0x80 && c < 0xA0 && c != 0x85) || c == 0xFFFE || c == 0xFFFF;
        if (isControl && width != 0)
            return false;
        i += width == 0 ? 1 : width;
    }
    return true;
}

Result<void> checkSayable(const Value &value)
{
    constexpr std::size_t longestKey = 1024;
    switch (value.kind()) {
    case Kind::Float:
        if (!std::isfinite(value.asFloat()))
            return fail(ErrorCode::InvalidInput, "json: unsupported value: "
                + std::string(std::isnan(value.asFloat()) ? "NaN" : value.asFloat() < 0 ? "-Inf" : "+Inf"));
        return {};
    case Kind::String:
        if (!isReadableByGo(value.asString()))
            return fail(ErrorCode::InvalidInput, "yaml: control characters are not allowed");
        return {};
    case Kind::List:
        for (const Value &item : value.asList()) {
            if (auto sayable = checkSayable(item); !sayable)
                return sayable;
        }
        return {};
    case Kind::Map:
        for (const auto &[key, member] : value.asMap()) {
            if (!isReadableByGo(key))
                return fail(ErrorCode::InvalidInput, "yaml: control characters are not allowed");
            if (key.size() > longestKey || key.find("\xC2\x85") != std::string::npos)
                return fail(ErrorCode::InvalidInput, "yaml: a key has more than 1024 characters or a line break U+0085");
            if (auto sayable = checkSayable(member); !sayable)
                return sayable;
        }
        return {};
    case Kind::Object: return checkSayable(value.asObject().plain());
    default: return {};
    }
}

} // namespace

std::string toYaml(const Value &value)
{
    std::string out;
    Writer(out, false).document(value);
    return out;
}

std::string toYamlPretty(const Value &value)
{
    std::string out;
    Writer(out, true).document(value);
    return out;
}

Result<std::string> toYamlStrict(const Value &value)
{
    if (auto sayable = checkSayable(value); !sayable)
        return tl::unexpected<Error>(std::move(sayable).error());
    return toYaml(value);
}

} // namespace fairway::value
