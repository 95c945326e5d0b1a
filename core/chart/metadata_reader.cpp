#include "core/chart/metadata_reader.h"

namespace fairway::chart {

using value::Value;
using Place = GoStructReader::Place;

Result<void> MetadataReader::read(const Value &data, Metadata &out)
{
    const Place place {"Metadata", {}};
    m_reader.fields(data, place, m_package + "Metadata", fields, [&](std::size_t index, const Value &member) { field(index, member, place, out); });
    return m_reader.result();
}

Result<void> MetadataReader::read(const Value &data, Lock &out)
{
    const Place place {"Lock", {}};
    m_reader.structure(data, place, m_package + "Lock", [&](std::string_view key, const Value &member) {
        if (isField(key, "generated"))
            m_reader.text(member, place.field("generated"), out.generated);
        else if (isField(key, "digest"))
            m_reader.text(member, place.field("digest"), out.digest);
        else if (isField(key, "dependencies"))
            dependencies(member, place.field("dependencies"), out.dependencies);
    });
    return m_reader.result();
}

template <typename Data>
void MetadataReader::field(std::size_t index, Data &member, const Place &around, Metadata &out)
{
    const Place place = around.field(fields[index]);
    switch (index) { // as they stand in `fields`
    case 0: return m_reader.textMap(member, place, out.annotations);
    case 1: return m_reader.text(member, place, out.apiVersion);
    case 2: return m_reader.text(member, place, out.appVersion);
    case 3: return m_reader.text(member, place, out.condition);
    case 4: out.hasDependencies = member.isList(); return dependencies(member, place, out.dependencies);
    case 5: return m_reader.boolean(member, place, out.deprecated);
    case 6: return m_reader.text(member, place, out.description);
    case 7: return m_reader.text(member, place, out.home);
    case 8: return m_reader.text(member, place, out.icon);
    case 9: return m_reader.texts(member, place, out.keywords);
    case 10: return m_reader.text(member, place, out.kubeVersion);
    case 11: return maintainers(member, place, out.maintainers);
    case 12: return m_reader.text(member, place, out.name);
    case 13: return m_reader.texts(member, place, out.sources);
    case 14: return m_reader.text(member, place, out.tags);
    case 15: return m_reader.text(member, place, out.type);
    default: return m_reader.text(member, place, out.version);
    }
}

template void MetadataReader::field(std::size_t, const Value &, const Place &, Metadata &);
template void MetadataReader::field(std::size_t, value::SimpleYamlNode &, const Place &, Metadata &);

template <typename Item, std::size_t count, typename Data, typename Read>
void MetadataReader::items(Data &data, const Place &place, std::string_view typeName, const std::array<std::string_view, count> &names,
    std::vector<std::optional<Item>> &out, const Read &read)
{
    if (!data.isList() && !data.isNull())
        return m_reader.refuse(data, place, "[]*" + m_package + std::string(typeName));
    out.clear();
    if (data.isNull())
        return;
    const std::string fullName = m_package + std::string(typeName);
    const Place inside = place.inside(typeName);
    m_reader.eachItem(data, [&](auto &entry) {
        std::optional<Item> &item = out.emplace_back();
        if (entry.isNull())
            return;
        item.emplace();
        m_reader.fields(entry, place, fullName, names,
            [&](std::size_t index, auto &member) { read(index, member, inside.field(names[index]), *item); });
    });
}

template <typename Data>
void MetadataReader::maintainers(Data &data, const Place &place, std::vector<std::optional<Maintainer>> &out)
{
    static constexpr std::array<std::string_view, 3> names {"email", "name", "url"};
    items<Maintainer>(data, place, "Maintainer", names, out, [this](std::size_t index, auto &member, const Place &inside, Maintainer &item) {
        std::string *const targets[] = {&item.email, &item.name, &item.url};
        m_reader.text(member, inside, *targets[index]);
    });
}

template <typename Data>
void MetadataReader::dependencies(Data &data, const Place &place, std::vector<std::optional<Dependency>> &out)
{
    static constexpr std::array<std::string_view, 8> names {
        "alias", "condition", "name", "repository", "version", "enabled", "import-values", "tags"};
    items<Dependency>(data, place, "Dependency", names, out, [this](std::size_t index, auto &member, const Place &inside, Dependency &item) {
        std::string *const targets[] = {&item.alias, &item.condition, &item.name, &item.repository, &item.version};
        if (index < std::size(targets))
            return m_reader.text(member, inside, *targets[index]);
        if (names[index] == "enabled")
            return m_reader.boolean(member, inside, item.enabled);
        if (names[index] == "tags")
            return m_reader.texts(member, inside, item.tags);
        item.importValues.clear();
        if (member.isList())
            m_reader.eachItem(member, [&](auto &import) { item.importValues.push_back(m_reader.treeOf(import)); });
        else if (!member.isNull())
            m_reader.refuse(member, inside, "[]interface {}");
    });
}

} // namespace fairway::chart
