#include "core/chart/dependency_lock.h"

#include "core/funcs/digest.h"
#include "core/value/json.h"

namespace fairway::chart {

namespace {

/// encoding/json of a []*chart.Dependency: fields in the order of declaration, empty ones left out but name and repository.
class DependencyJson {
public:
    void list(const Dependencies &dependencies)
    {
        m_out += '[';
        for (std::size_t i = 0; i < dependencies.size(); ++i) {
            m_out += i == 0 ? "" : ",";
            if (dependencies[i])
                one(*dependencies[i]);
            else
                m_out += "null";
        }
        m_out += ']';
    }

    void raw(std::string_view text) { m_out += text; }
    [[nodiscard]] const std::string &text() const { return m_out; }

private:
    void key(std::string_view name)
    {
        m_out += m_out.back() == '{' ? "" : ",";
        value::appendJsonString(m_out, name);
        m_out += ':';
    }

    void text(std::string_view name, const std::string &text, bool isAlways = false)
    {
        if (text.empty() && !isAlways)
            return;
        key(name);
        value::appendJsonString(m_out, text, value::JsonEscape::Html);
    }

    void one(const Dependency &dependency)
    {
        m_out += '{';
        text("name", dependency.name, true);
        text("version", dependency.version);
        text("repository", dependency.repository, true);
        text("condition", dependency.condition);
        if (!dependency.tags.empty()) {
            value::Value tags = value::Value::list();
            for (const std::string &tag : dependency.tags)
                tags.append(tag);
            key("tags");
            m_out += value::toJson(tags, value::JsonStyle::Compact, value::JsonEscape::Html);
        }
        if (dependency.enabled) {
            key("enabled");
            m_out += "true";
        }
        if (!dependency.importValues.empty()) {
            value::Value imports = value::Value::list();
            for (const value::Value &import : dependency.importValues)
                imports.append(import);
            key("import-values");
            m_out += value::toJson(imports, value::JsonStyle::Compact, value::JsonEscape::Html);
        }
        text("alias", dependency.alias);
        m_out += '}';
    }

    std::string m_out;
};

std::string digestOf(const std::string &text)
{
    return "sha256:" + funcs::hexadecimal(funcs::sha256(text));
}

} // namespace

std::string lockDigest(const Dependencies &wanted, const Dependencies &locked)
{
    DependencyJson json;
    json.raw("[");
    json.list(wanted);
    json.raw(",");
    json.list(locked);
    json.raw("]");
    return digestOf(json.text());
}

std::string lockDigestOfHelm2(const Dependencies &wanted)
{
    DependencyJson json;
    json.raw("{\"dependencies\":");
    json.list(wanted);
    json.raw("}");
    return digestOf(json.text());
}

} // namespace fairway::chart
