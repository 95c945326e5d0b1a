#include "core/chart/metadata.h"

#include "core/chart/go_text.h"
#include "core/chart/go_timestamp.h"
#include "core/chart/metadata_reader.h"
#include "core/funcs/semver.h"
#include "core/value/unicode_classes.h"
#include "core/value/utf8.h"
#include "core/value/yaml.h"

#include <algorithm>
#include <set>

namespace fairway::chart {

namespace {

using value::Value;

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

void put(Value &map, std::string_view name, const std::string &text)
{
    if (!text.empty())
        map.set(name, text);
}

void putTexts(Value &map, std::string_view name, const std::vector<std::string> &texts)
{
    for (const std::string &text : texts) {
        if (!map[name].isList())
            map.set(name, Value::list());
        map.asMap().get(name)->append(text);
    }
}

Value toValue(const std::vector<std::optional<Dependency>> &list)
{
    Value dependencies = Value::list();
    for (const std::optional<Dependency> &dependency : list) {
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
    return dependencies;
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
    Value dependencies = toValue(metadata.dependencies);
    if (dependencies.size() > 0)
        out.set("dependencies", std::move(dependencies));
    return out;
}

Value toValue(const Lock &lock)
{
    return Value::map({{"dependencies", toValue(lock.dependencies)}, {"digest", lock.digest},
        {"generated", goTimestamp(lock.generated).value_or(std::string(noTimestamp))}});
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
