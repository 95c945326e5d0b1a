#include "core/funcs/go_time.h"
#include "core/funcs/toml.h"
#include "core/value/float_text.h"

#include <fmt/format.h>

#include <cmath>
#include <vector>

namespace fairway::funcs {

namespace {

using gotemplate::failCall;
using gotemplate::TemplateResult;
using value::Value;

constexpr std::size_t DeepestNesting = 500;

void appendQuoted(std::string &out, std::string_view text)
{
    out += '"';
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        switch (c) {
        case '"': out += "\\\""; break;
        case '\\': out += "\\\\"; break;
        case '\b': out += "\\b"; break;
        case '\t': out += "\\t"; break;
        case '\n': out += "\\n"; break;
        case '\f': out += "\\f"; break;
        case '\r': out += "\\r"; break;
        default:
            if (byte < 0x20 || byte == 0x7F)
                out += fmt::format("\\u{:04x}", byte);
            else
                out += c;
        }
    }
    out += '"';
}

bool isBare(std::string_view key)
{
    return !key.empty() && key.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-") == std::string_view::npos;
}

void appendKey(std::string &out, std::string_view key)
{
    if (isBare(key))
        out += key;
    else
        appendQuoted(out, key);
}

std::string floatText(double number)
{
    if (std::isnan(number))
        return "nan";
    if (std::isinf(number))
        return number < 0 ? "-inf" : "inf";
    std::string text = value::formatFloatG(number);
    return text.find_first_of(".e") == std::string::npos ? text + ".0" : text;
}

class Writer {
public:
    TemplateResult<std::string> document(const Value &root)
    {
        if (!root.isMap())
            return failCall("toml: top-level values must be Go maps or structs");
        if (auto written = members(root); !written)
            return tl::unexpected(written.error());
        return std::move(m_out);
    }

private:
    enum class Shape : std::uint8_t { Plain, Table, Tables };

    TemplateResult<Shape> shapeOf(const Value &item) const
    {
        if (item.isMap())
            return Shape::Table;
        if (!item.isList() || item.size() == 0)
            return Shape::Plain;
        bool areTables = true;
        for (const Value &one : item.asList()) {
            if (one.isNull())
                return failCall("toml: cannot encode array with nil element");
            areTables = areTables && one.isMap();
        }
        return areTables ? Shape::Tables : Shape::Plain;
    }

    /// Plain members first: after a table's header everything belongs to it.
    TemplateResult<void> members(const Value &table)
    {
        if (m_key.size() > DeepestNesting)
            return failCall("toml: too deeply nested");
        std::vector<std::pair<const std::string *, const Value *>> tables;
        for (const auto &[key, member] : table.asMap()) {
            if (member.isNull())
                continue;
            const auto shape = shapeOf(member);
            if (!shape)
                return tl::unexpected(shape.error());
            if (*shape != Shape::Plain) {
                tables.emplace_back(&key, &member);
                continue;
            }
            m_out.append(m_key.size() * 2, ' ');
            appendKey(m_out, key);
            m_out += " = ";
            if (auto written = inlineValue(member, 0); !written)
                return written;
            m_out += '\n';
        }
        for (const auto &[key, member] : tables) {
            m_key.push_back(*key);
            auto written = member->isMap() ? subTable(*member) : subTables(*member);
            m_key.pop_back();
            if (!written)
                return written;
        }
        return {};
    }

    void header(std::string_view open, std::string_view close)
    {
        m_out.append((m_key.size() - 1) * 2, ' ').append(open);
        for (std::size_t i = 0; i < m_key.size(); ++i) {
            m_out += i > 0 ? "." : "";
            appendKey(m_out, m_key[i]);
        }
        m_out.append(close).append(1, '\n');
    }

    TemplateResult<void> subTable(const Value &table)
    {
        if (m_key.size() == 1 && !m_out.empty())
            m_out += '\n';
        header("[", "]");
        return members(table);
    }

    TemplateResult<void> subTables(const Value &tables)
    {
        for (const Value &table : tables.asList()) {
            if (!m_out.empty())
                m_out += '\n';
            header("[[", "]]");
            if (auto written = members(table); !written)
                return written;
        }
        return {};
    }

    TemplateResult<void> inlineValue(const Value &item, std::size_t depth)
    {
        if (depth > DeepestNesting)
            return failCall("toml: too deeply nested");
        switch (item.kind()) {
        case value::Kind::Bool: m_out += item.asBool() ? "true" : "false"; return {};
        case value::Kind::Int: m_out += std::to_string(item.asInt()); return {};
        case value::Kind::Float: m_out += floatText(item.asFloat()); return {};
        case value::Kind::String: appendQuoted(m_out, item.asString()); return {};
        case value::Kind::List: return inlineList(item, depth);
        case value::Kind::Map: return inlineTable(item, depth);
        case value::Kind::Object:
            if (const GoTime *time = asTime(item)) {
                m_out += time->format("2006-01-02T15:04:05.999999999Z07:00");
                return {};
            }
            return inlineValue(item.asObject().plain(), depth + 1);
        case value::Kind::Null: break;
        }
        return failCall("toml: cannot encode array with nil element");
    }

    TemplateResult<void> inlineList(const Value &list, std::size_t depth)
    {
        m_out += '[';
        bool isFirst = true;
        for (const Value &item : list.asList()) {
            m_out += isFirst ? "" : ", ";
            isFirst = false;
            if (auto written = inlineValue(item, depth + 1); !written)
                return written;
        }
        m_out += ']';
        return {};
    }

    TemplateResult<void> inlineTable(const Value &table, std::size_t depth)
    {
        m_out += '{';
        bool isFirst = true;
        for (const bool wantsTables : {false, true}) {
            for (const auto &[key, member] : table.asMap()) {
                if (member.isNull())
                    continue;
                const auto shape = shapeOf(member);
                if (!shape)
                    return tl::unexpected(shape.error());
                if ((*shape != Shape::Plain) != wantsTables)
                    continue;
                m_out += isFirst ? "" : ", ";
                isFirst = false;
                appendKey(m_out, key);
                m_out += " = ";
                if (auto written = inlineValue(member, depth + 1); !written)
                    return written;
            }
        }
        m_out += '}';
        return {};
    }

    std::string m_out;
    std::vector<std::string> m_key;
};

} // namespace

TemplateResult<std::string> writeToml(const Value &value)
{
    return Writer().document(value);
}

} // namespace fairway::funcs
