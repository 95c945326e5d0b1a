#include "core/value/float_text.h"
#include "core/value/json.h"
#include "core/value/utf8.h"

#include <cmath>

namespace fairway::value {

namespace {

constexpr std::string_view Hex = "0123456789abcdef";

bool needsEscape(unsigned char c, JsonEscape escape)
{
    return c < 0x20 || c == '"' || c == '\\' || (escape == JsonEscape::Html && (c == '<' || c == '>' || c == '&'));
}

void appendEscape(std::string &out, char c)
{
    switch (c) {
    case '"': out += "\\\""; return;
    case '\\': out += "\\\\"; return;
    case '\n': out += "\\n"; return;
    case '\r': out += "\\r"; return;
    case '\t': out += "\\t"; return;
    case '\b': out += "\\b"; return;
    case '\f': out += "\\f"; return;
    default: break;
    }
    const auto code = static_cast<unsigned char>(c);
    out += "\\u00";
    out += Hex[code >> 4U];
    out += Hex[code & 0xFU];
}

class Writer {
public:
    Writer(std::string &out, JsonStyle style, JsonEscape escape)
        : m_out(out)
        , m_step(style == JsonStyle::Compact ? 0 : style == JsonStyle::Indented ? 2 : 4)
        , m_escape(escape)
    {
    }

    void write(const Value &value, std::size_t level)
    {
        switch (value.kind()) {
        case Kind::Null: m_out += "null"; break;
        case Kind::Bool: m_out += value.asBool() ? "true" : "false"; break;
        case Kind::Int: m_out += std::to_string(value.asInt()); break;
        case Kind::Float: appendJsonNumber(m_out, value.asFloat()); break;
        case Kind::String: appendJsonString(m_out, value.asString(), m_escape); break;
        case Kind::List: writeList(value.asList(), level); break;
        case Kind::Map: writeMap(value.asMap(), level); break;
        case Kind::Object: write(value.asObject().plain(), level); break;
        }
    }

private:
    void writeList(const List &items, std::size_t level)
    {
        m_out += '[';
        bool isFirst = true;
        for (const Value &item : items) {
            startItem(isFirst, level + 1);
            write(item, level + 1);
        }
        end(']', isFirst, level);
    }

    void writeMap(const Map &members, std::size_t level)
    {
        m_out += '{';
        bool isFirst = true;
        for (const auto &[key, member] : members) {
            startItem(isFirst, level + 1);
            appendJsonString(m_out, key, m_escape);
            m_out += m_step == 0 ? ":" : ": ";
            write(member, level + 1);
        }
        end('}', isFirst, level);
    }

    void startItem(bool &isFirst, std::size_t level)
    {
        if (!isFirst)
            m_out += ',';
        isFirst = false;
        startLine(level);
    }

    void end(char bracket, bool isEmpty, std::size_t level)
    {
        if (!isEmpty)
            startLine(level);
        m_out += bracket;
    }

    void startLine(std::size_t level)
    {
        if (m_step != 0)
            m_out.append(1, '\n').append(level * m_step, ' ');
    }

    std::string &m_out;
    const std::size_t m_step;
    const JsonEscape m_escape;
};

} // namespace

void appendJsonString(std::string &out, std::string_view text, JsonEscape escape)
{
    out += '"';
    std::size_t plainStart = 0;
    const auto flush = [&](std::size_t end) { out += text.substr(plainStart, end - plainStart); };
    for (std::size_t i = 0; i < text.size();) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if (byte < 0x80) {
            if (needsEscape(byte, escape)) {
                flush(i);
                appendEscape(out, text[i]);
                plainStart = i + 1;
            }
            ++i;
            continue;
        }
        const auto [code, size] = decodeUtf8(text, i);
        const std::size_t taken = size == 0 ? 1 : size;
        // Both separators end a line in JavaScript: encoding/json escapes them whatever else it escapes.
        if (size == 0 || code == 0x2028 || code == 0x2029) {
            flush(i);
            out += size == 0 ? "\\ufffd" : code == 0x2028 ? "\\u2028" : "\\u2029";
            plainStart = i + taken;
        }
        i += taken;
    }
    flush(text.size());
    out += '"';
}

void appendJsonNumber(std::string &out, double number)
{
    if (std::isfinite(number))
        out += formatFloatJson(number);
    else
        out += "null";
}

std::string toJson(const Value &value, JsonStyle style, JsonEscape escape)
{
    std::string out;
    Writer(out, style, escape).write(value, 0);
    return out;
}

} // namespace fairway::value
