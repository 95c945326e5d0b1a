#include "core/chart/go_timestamp.h"
#include "core/chart/repository_index.h"
#include "core/value/json.h"
#include "core/value/yaml.h"

#include <span>

namespace fairway::chart {

namespace {

using value::Value;

Value texts(const std::vector<std::string> &list)
{
    Value out = Value::list();
    for (const std::string &text : list)
        out.append(text);
    return out;
}

std::string orNone(const std::string &time)
{
    return time.empty() ? std::string(noTimestamp) : time;
}

Value toValue(const ChartVersion &version)
{
    Value out = chart::toValue(version.metadata);
    out.set("urls", version.urls.empty() ? Value() : texts(version.urls));
    out.set("created", orNone(version.created));
    if (version.isRemoved)
        out.set("removed", true);
    if (!version.digest.empty())
        out.set("digest", version.digest);
    for (const auto &[name, text] : version.deprecated)
        out.set(name, text);
    return out;
}

Value toValue(const RepositoryIndex &index)
{
    Value entries = Value::map();
    for (const auto &[name, versions] : index.entries) {
        Value list = Value::list();
        for (const ChartVersion &version : versions)
            list.append(toValue(version));
        entries.set(name, std::move(list));
    }
    Value out = Value::map({{"apiVersion", index.apiVersion}, {"generated", orNone(index.generated)}, {"entries", std::move(entries)}});
    if (index.serverInfo.size() > 0)
        out.set("serverInfo", index.serverInfo);
    if (!index.publicKeys.empty())
        out.set("publicKeys", texts(index.publicKeys));
    if (!index.annotations.empty()) {
        Value annotations = Value::map();
        for (const auto &[key, text] : index.annotations)
            annotations.set(key, text);
        out.set("annotations", std::move(annotations));
    }
    return out;
}

using Order = std::span<const std::string_view>;

constexpr std::string_view indexOrder[] = {"serverInfo", "apiVersion", "generated", "entries", "publicKeys", "annotations"};
constexpr std::string_view versionOrder[] = {"name", "home", "sources", "version", "description", "keywords", "maintainers", "icon", "apiVersion",
    "condition", "tags", "appVersion", "deprecated", "annotations", "kubeVersion", "dependencies", "type", "urls", "created", "removed", "digest",
    "checksum", "engine", "tillerVersion", "url"};
constexpr std::string_view maintainerOrder[] = {"name", "email", "url"};
constexpr std::string_view dependencyOrder[] = {"name", "version", "repository", "condition", "tags", "enabled", "import-values", "alias"};

/// encoding/json's MarshalIndent of Helm's types: their fields in the order of declaration, other maps by their keys.
class OrderedWriter {
public:
    std::string write(const RepositoryIndex &index)
    {
        members(toValue(index), indexOrder, 0, [this](std::string_view key, const Value &member) {
            if (key == "entries")
                entries(member);
            else
                plain(member, 1);
        });
        return std::move(m_out);
    }

private:
    void line(std::size_t depth) { m_out += "\n" + std::string(depth * 2, ' '); }

    void plain(const Value &data, std::size_t depth)
    {
        std::string text = value::toJson(data, value::JsonStyle::Indented, value::JsonEscape::Html);
        for (const char c : text) {
            m_out += c;
            if (c == '\n')
                m_out.append(depth * 2, ' ');
        }
    }

    template <typename Write>
    void members(const Value &map, Order order, std::size_t depth, const Write &write)
    {
        bool isFirst = true;
        m_out += '{';
        for (const std::string_view key : order) {
            const Value *const member = map.asMap().get(key);
            if (!member)
                continue;
            m_out += isFirst ? "" : ",";
            isFirst = false;
            line(depth + 1);
            value::appendJsonString(m_out, key, value::JsonEscape::Html);
            m_out += ": ";
            write(key, *member);
        }
        line(depth);
        m_out += '}';
    }

    template <typename Write>
    void items(const Value &list, std::size_t depth, const Write &write)
    {
        if (list.size() == 0) {
            m_out += "[]";
            return;
        }
        m_out += '[';
        for (std::size_t i = 0; i < list.size(); ++i) {
            m_out += i == 0 ? "" : ",";
            line(depth + 1);
            write(list[i]);
        }
        line(depth);
        m_out += ']';
    }

    void entries(const Value &map)
    {
        if (map.size() == 0) {
            m_out += "{}";
            return;
        }
        std::vector<std::string_view> names;
        for (const auto &[name, versions] : map.asMap())
            names.push_back(name);
        members(map, names, 1, [this](std::string_view, const Value &versions) {
            items(versions, 2, [this](const Value &version) { chartVersion(version); });
        });
    }

    void chartVersion(const Value &version)
    {
        members(version, versionOrder, 3, [this](std::string_view key, const Value &member) {
            const bool isPeople = key == "maintainers";
            if (!isPeople && key != "dependencies")
                return plain(member, 4);
            items(member, 4, [&](const Value &item) {
                members(item, isPeople ? Order(maintainerOrder) : Order(dependencyOrder), 5,
                    [this](std::string_view, const Value &field) { plain(field, 6); });
            });
        });
    }

    std::string m_out;
};

} // namespace

std::string toYaml(const RepositoryIndex &index)
{
    return value::toYaml(toValue(index));
}

std::string toJson(const RepositoryIndex &index)
{
    return OrderedWriter().write(index);
}

} // namespace fairway::chart
