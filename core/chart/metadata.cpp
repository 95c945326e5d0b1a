#include "core/chart/metadata.h"

#include "core/chart/go_struct.h"
#include "core/chart/go_text.h"
#include "core/funcs/semver.h"
#include "core/value/unicode_classes.h"
#include "core/value/utf8.h"
#include "core/value/yaml.h"

#include <algorithm>
#include <set>

namespace fairway::chart {

namespace {

using value::Value;
using Place = GoStructReader::Place;

class MetadataReader {
public:
    explicit MetadataReader(HelmVersion version)
        : m_package(version == HelmVersion::V4 ? "v2." : "chart.")
    {
    }

    Result<void> read(const Value &data, Metadata &out)
    {
        const Place place {"Metadata", {}};
        m_reader.structure(data, place, m_package + "Metadata", [&](std::string_view key, const Value &member) { field(key, member, place, out); });
        return m_reader.result();
    }

    Result<void> read(const Value &data, Lock &out)
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

private:
    void field(std::string_view key, const Value &member, const Place &place, Metadata &out)
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
            if (isField(key, text.name))
                return m_reader.text(member, place.field(text.name), text.target);
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
        }
    }

    /// Each item of a list, null ones as nothing.
    template <typename Item, typename Read>
    void items(const Value &data, const Place &place, std::string_view typeName, std::vector<std::optional<Item>> &out, const Read &read)
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

    void maintainers(const Value &data, const Place &place, std::vector<std::optional<Maintainer>> &out)
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

    void dependencies(const Value &data, const Place &place, std::vector<std::optional<Dependency>> &out)
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

    std::string m_package;
    GoStructReader m_reader;
};

Result<Value> readDocument(std::string_view text)
{
    Result<Value> read = value::parseYaml(text);
    if (!read && read.error().message.starts_with("yaml: "))
        return failWith("error converting YAML to JSON", read.error());
    return read;
}

/// Blanks for white space, nothing for what can't be printed.
void sanitize(std::string &text)
{
    if (std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c < 0x7F; }))
        return;
    std::string clean;
    for (std::size_t at = 0; at < text.size();) {
        const value::Utf8Character character = value::decodeUtf8(text, at);
        const char32_t code = character.size == 0 ? char32_t {0xFFFD} : character.code;
        if (isGoSpace(code))
            clean += ' ';
        else if (value::isPrintable(code))
            value::appendUtf8(clean, code);
        at += character.size == 0 ? 1 : character.size;
    }
    text = std::move(clean);
}

tl::unexpected<Error> invalid(std::string message)
{
    return fail(ErrorCode::InvalidInput, "validation: " + std::move(message));
}

bool isAlias(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    });
}

Result<void> validate(std::optional<Dependency> &dependency)
{
    if (!dependency)
        return invalid("dependencies must not contain empty or null nodes");
    sanitize(dependency->name);
    sanitize(dependency->version);
    sanitize(dependency->repository);
    sanitize(dependency->condition);
    for (std::string &tag : dependency->tags)
        sanitize(tag);
    if (!isAlias(dependency->alias))
        return invalid("dependency " + goQuoted(dependency->name) + " has disallowed characters in the alias");
    return {};
}

} // namespace

Result<void> readMetadata(std::string_view text, HelmVersion version, Metadata &metadata)
{
    const Result<Value> read = readDocument(text);
    if (!read)
        return tl::unexpected(read.error());
    return MetadataReader(version).read(*read, metadata);
}

Result<Lock> readLock(std::string_view text, HelmVersion version)
{
    const Result<Value> read = readDocument(text);
    if (!read)
        return tl::unexpected(read.error());
    Lock lock;
    if (const Result<void> done = MetadataReader(version).read(*read, lock); !done)
        return tl::unexpected(done.error());
    return lock;
}

Value toValue(const Metadata &metadata)
{
    const auto put = [](Value &map, std::string_view name, const std::string &text) {
        if (!text.empty())
            map.set(name, text);
    };
    const auto putTexts = [](Value &map, std::string_view name, const std::vector<std::string> &texts) {
        for (const std::string &text : texts) {
            if (!map[name].isList())
                map.set(name, Value::list());
            map.asMap().get(name)->append(text);
        }
    };
    Value out = Value::map();
    put(out, "name", metadata.name);
    put(out, "home", metadata.home);
    putTexts(out, "sources", metadata.sources);
    put(out, "version", metadata.version);
    put(out, "description", metadata.description);
    putTexts(out, "keywords", metadata.keywords);
    put(out, "icon", metadata.icon);
    put(out, "apiVersion", metadata.apiVersion);
    put(out, "condition", metadata.condition);
    put(out, "tags", metadata.tags);
    put(out, "appVersion", metadata.appVersion);
    put(out, "kubeVersion", metadata.kubeVersion);
    put(out, "type", metadata.type);
    if (metadata.deprecated)
        out.set("deprecated", true);
    if (metadata.annotations && !metadata.annotations->empty()) {
        Value annotations = Value::map();
        for (const auto &[key, text] : *metadata.annotations)
            annotations.set(key, text);
        out.set("annotations", std::move(annotations));
    }
    Value maintainers = Value::list();
    for (const std::optional<Maintainer> &person : metadata.maintainers) {
        Value item = Value::map();
        put(item, "name", person->name);
        put(item, "email", person->email);
        put(item, "url", person->url);
        maintainers.append(std::move(item));
    }
    if (maintainers.size() > 0)
        out.set("maintainers", std::move(maintainers));
    Value dependencies = Value::list();
    for (const std::optional<Dependency> &dependency : metadata.dependencies) {
        Value item = Value::map({{"name", dependency->name}, {"repository", dependency->repository}});
        put(item, "version", dependency->version);
        put(item, "condition", dependency->condition);
        putTexts(item, "tags", dependency->tags);
        if (dependency->enabled)
            item.set("enabled", true);
        for (const Value &import : dependency->importValues) {
            if (!item["import-values"].isList())
                item.set("import-values", Value::list());
            item.asMap().get("import-values")->append(import);
        }
        put(item, "alias", dependency->alias);
        dependencies.append(std::move(item));
    }
    if (dependencies.size() > 0)
        out.set("dependencies", std::move(dependencies));
    return out;
}

Result<void> validateMetadata(Metadata &metadata, HelmVersion version)
{
    for (std::string *const text : {&metadata.name, &metadata.description, &metadata.home, &metadata.icon, &metadata.condition, &metadata.tags,
             &metadata.appVersion, &metadata.kubeVersion})
        sanitize(*text);
    for (std::string &source : metadata.sources)
        sanitize(source);
    for (std::string &keyword : metadata.keywords)
        sanitize(keyword);

    if (metadata.apiVersion.empty())
        return invalid("chart.metadata.apiVersion is required");
    if (metadata.name.empty())
        return invalid("chart.metadata.name is required");
    if (version == HelmVersion::V4 && (metadata.name == "." || metadata.name == ".."))
        return invalid("chart.metadata.name " + goQuoted(metadata.name) + " is not allowed");
    if (metadata.name.find('/') != std::string::npos)
        return invalid("chart.metadata.name " + goQuoted(metadata.name) + " is invalid");
    if (metadata.version.empty())
        return invalid("chart.metadata.version is required");
    const auto release = version == HelmVersion::V4 ? funcs::SemverRelease::V34 : funcs::SemverRelease::V33;
    if (!funcs::SemanticVersion::parse(metadata.version, release))
        return invalid("chart.metadata.version " + goQuoted(metadata.version) + " is invalid");
    if (!metadata.type.empty() && metadata.type != "application" && metadata.type != "library")
        return invalid("chart.metadata.type must be application or library");

    for (std::optional<Maintainer> &maintainer : metadata.maintainers) {
        if (!maintainer)
            return invalid("maintainers must not contain empty or null nodes");
        sanitize(maintainer->name);
        sanitize(maintainer->email);
        sanitize(maintainer->url);
    }
    std::set<std::string> names;
    for (std::optional<Dependency> &dependency : metadata.dependencies) {
        if (Result<void> good = validate(dependency); !good)
            return good;
        const std::string &name = dependency->alias.empty() ? dependency->name : dependency->alias;
        if (!names.insert(name).second)
            return invalid("more than one dependency with name or alias " + goQuoted(name));
    }
    return {};
}

} // namespace fairway::chart
