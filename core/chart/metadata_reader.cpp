#include "core/chart/metadata_reader.h"

namespace fairway::chart {

using value::Value;
using Place = GoStructReader::Place;

Result<void> MetadataReader::read(const Value &data, Metadata &out)
{
    const Place place {"Metadata", {}};
    m_reader.structure(data, place, m_package + "Metadata", [&](std::string_view key, const Value &member) {
        (void)field(key, member, place, out); // Helm reads charts without refusing what it doesn't know.
    });
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

bool MetadataReader::field(std::string_view key, const Value &member, const Place &place, Metadata &out)
{
    const struct {
        std::string_view name;
        std::string &target;
    } texts[] = {
        {"name", out.name}, {"home", out.home}, {"version", out.version}, {"description", out.description}, {"icon", out.icon},
        {"apiVersion", out.apiVersion}, {"condition", out.condition}, {"tags", out.tags}, {"appVersion", out.appVersion},
        {"kubeVersion", out.kubeVersion}, {"type", out.type},
    };
    for (const auto &text : texts) {
        if (isField(key, text.name)) {
            m_reader.text(member, place.field(text.name), text.target);
            return true;
        }
    }
    if (isField(key, "sources"))
        m_reader.texts(member, place.field("sources"), out.sources);
    else if (isField(key, "keywords"))
        m_reader.texts(member, place.field("keywords"), out.keywords);
    else if (isField(key, "deprecated"))
        m_reader.boolean(member, place.field("deprecated"), out.deprecated);
    else if (isField(key, "annotations"))
        m_reader.textMap(member, place.field("annotations"), out.annotations);
    else if (isField(key, "maintainers"))
        maintainers(member, place.field("maintainers"), out.maintainers);
    else if (isField(key, "dependencies")) {
        dependencies(member, place.field("dependencies"), out.dependencies);
        out.hasDependencies = member.isList();
    } else {
        return false;
    }
    return true;
}

template <typename Item, typename Read>
void MetadataReader::items(const Value &data, const Place &place, std::string_view typeName, std::vector<std::optional<Item>> &out, const Read &read)
{
    if (!data.isList() && !data.isNull())
        return m_reader.refuse(data, place, "[]*" + m_package + std::string(typeName));
    out.clear();
    if (data.isNull())
        return;
    for (const Value &entry : data.asList()) {
        std::optional<Item> &item = out.emplace_back();
        if (entry.isNull())
            continue;
        item.emplace();
        const Place inside = place.inside(typeName);
        m_reader.structure(entry, place, m_package + std::string(typeName),
            [&](std::string_view key, const Value &member) { read(key, member, inside, *item); });
    }
}

void MetadataReader::maintainers(const Value &data, const Place &place, std::vector<std::optional<Maintainer>> &out)
{
    items<Maintainer>(data, place, "Maintainer", out, [this](std::string_view key, const Value &member, const Place &inside, Maintainer &item) {
        if (isField(key, "name"))
            m_reader.text(member, inside.field("name"), item.name);
        else if (isField(key, "email"))
            m_reader.text(member, inside.field("email"), item.email);
        else if (isField(key, "url"))
            m_reader.text(member, inside.field("url"), item.url);
    });
}

void MetadataReader::dependencies(const Value &data, const Place &place, std::vector<std::optional<Dependency>> &out)
{
    items<Dependency>(data, place, "Dependency", out, [this](std::string_view key, const Value &member, const Place &inside, Dependency &item) {
        const struct {
            std::string_view name;
            std::string &target;
        } texts[] = {
            {"name", item.name}, {"version", item.version}, {"repository", item.repository}, {"condition", item.condition}, {"alias", item.alias},
        };
        for (const auto &text : texts) {
            if (isField(key, text.name))
                return m_reader.text(member, inside.field(text.name), text.target);
        }
        if (isField(key, "tags"))
            m_reader.texts(member, inside.field("tags"), item.tags);
        else if (isField(key, "enabled"))
            m_reader.boolean(member, inside.field("enabled"), item.enabled);
        else if (isField(key, "import-values")) {
            item.importValues.clear();
            if (member.isList())
                item.importValues.assign(member.asList().begin(), member.asList().end());
            else if (!member.isNull())
                m_reader.refuse(member, inside.field("import-values"), "[]interface {}");
        }
    });
}

} // namespace fairway::chart
