#include "core/chart/oci_manifest.h"

#include "core/chart/go_text.h"
#include "core/chart/registry_reference.h"
#include "core/funcs/digest.h"
#include "core/value/json.h"

#include <algorithm>

namespace fairway::chart {

namespace {

using value::Value;

constexpr std::size_t maxDescriptors = 1000;
constexpr std::string_view annotationPrefix = "org.opencontainers.image.";

/// An object as encoding/json writes a struct: members in the order they are added, empty ones left out.
class ObjectText {
public:
    void text(std::string_view name, std::string_view text, bool isKeptEmpty = false)
    {
        if (!text.empty() || isKeptEmpty)
            value::appendJsonString(member(name), text, value::JsonEscape::Html);
    }
    void raw(std::string_view name, std::string_view json) { member(name) += json; }
    void texts(std::string_view name, const std::vector<std::string> &texts)
    {
        if (texts.empty())
            return;
        Value list = Value::list();
        for (const std::string &text : texts)
            list.append(text);
        raw(name, value::toJson(list, value::JsonStyle::Compact, value::JsonEscape::Html));
    }
    void map(std::string_view name, const std::map<std::string, std::string> &entries)
    {
        if (entries.empty())
            return;
        Value object = Value::map();
        for (const auto &[key, text] : entries)
            object.set(key, text);
        raw(name, value::toJson(object, value::JsonStyle::Compact, value::JsonEscape::Html));
    }
    void truth(std::string_view name, bool isTrue)
    {
        if (isTrue)
            raw(name, "true");
    }
    [[nodiscard]] std::string finished() const { return "{" + m_members + "}"; }

private:
    std::string &member(std::string_view name)
    {
        m_members += m_members.empty() ? "" : ",";
        value::appendJsonString(m_members, name);
        m_members += ':';
        return m_members;
    }

    std::string m_members;
};

/// A list of structs; null where an item is nothing.
template <typename Item, typename Write>
std::string listText(const std::vector<std::optional<Item>> &items, const Write &write)
{
    std::string out = "[";
    for (const std::optional<Item> &item : items)
        out += (out.size() > 1 ? "," : "") + (item ? write(*item) : std::string("null"));
    return out + "]";
}

std::string textOf(const Maintainer &maintainer)
{
    ObjectText object;
    object.text("name", maintainer.name);
    object.text("email", maintainer.email);
    object.text("url", maintainer.url);
    return object.finished();
}

std::string textOf(const Dependency &dependency)
{
    ObjectText object;
    object.text("name", dependency.name, true);
    object.text("version", dependency.version);
    object.text("repository", dependency.repository, true);
    object.text("condition", dependency.condition);
    object.texts("tags", dependency.tags);
    object.truth("enabled", dependency.enabled);
    if (!dependency.importValues.empty()) {
        Value list = Value::list();
        for (const Value &item : dependency.importValues)
            list.append(item);
        object.raw("import-values", value::toJson(list, value::JsonStyle::Compact, value::JsonEscape::Html));
    }
    object.text("alias", dependency.alias);
    return object.finished();
}

std::string textOf(const OciDescriptor &descriptor)
{
    ObjectText object;
    object.text("mediaType", descriptor.mediaType, true);
    object.text("digest", descriptor.digest, true);
    object.raw("size", std::to_string(descriptor.size));
    return object.finished();
}

Result<OciDescriptor> descriptorOf(const Value &data)
{
    OciDescriptor out {std::string(data["mediaType"].stringOr()), std::string(data["digest"].stringOr()), 0};
    const std::int64_t size = data["size"].intOr(-1);
    if (size < 0 || !isSha256Digest(out.digest))
        return fail(ErrorCode::InvalidInput, "the manifest has a descriptor without a sha256 digest or a size");
    out.size = static_cast<std::uint64_t>(size);
    return out;
}

Result<std::vector<OciDescriptor>> descriptorsOf(const Value &data)
{
    std::vector<OciDescriptor> out;
    if (data.size() > maxDescriptors)
        return fail(ErrorCode::LimitExceeded, "the manifest names more than " + std::to_string(maxDescriptors) + " parts");
    if (!data.isList())
        return out;
    for (const Value &item : data.asList()) {
        Result<OciDescriptor> descriptor = descriptorOf(item);
        if (!descriptor)
            return tl::unexpected(descriptor.error());
        out.push_back(std::move(*descriptor));
    }
    return out;
}

} // namespace

std::string OciManifest::toJson() const
{
    ObjectText object;
    object.raw("schemaVersion", "2");
    object.raw("config", textOf(config));
    std::string list;
    for (const OciDescriptor &layer : layers)
        list += (list.empty() ? "" : ",") + textOf(layer);
    object.raw("layers", "[" + list + "]");
    object.map("annotations", annotations);
    return object.finished();
}

Result<OciContent> parseOciContent(std::string_view text)
{
    const Result<Value> root = value::parseJson(text);
    if (!root)
        return failWith("the manifest is no JSON", root.error());
    if (!root->isMap())
        return fail(ErrorCode::InvalidInput, "the manifest is no JSON object");
    OciContent out;
    Result<std::vector<OciDescriptor>> manifests = descriptorsOf((*root)["manifests"]);
    if (!manifests)
        return tl::unexpected(manifests.error());
    out.manifests = std::move(*manifests);
    if ((*root)["manifests"].isList())
        return out;
    Result<OciDescriptor> config = descriptorOf((*root)["config"]);
    if (!config)
        return tl::unexpected(config.error());
    Result<std::vector<OciDescriptor>> layers = descriptorsOf((*root)["layers"]);
    if (!layers)
        return tl::unexpected(layers.error());
    out.manifest.config = std::move(*config);
    out.manifest.layers = std::move(*layers);
    if (const Value &annotations = (*root)["annotations"]; annotations.isMap()) {
        for (const auto &[key, annotation] : annotations.asMap())
            out.manifest.annotations[key] = annotation.stringOr();
    }
    return out;
}

OciDescriptor describe(std::string_view mediaType, std::string_view bytes)
{
    return {std::string(mediaType), "sha256:" + funcs::hexadecimal(funcs::sha256(bytes)), bytes.size()};
}

std::string chartConfigJson(const Metadata &metadata)
{
    ObjectText object;
    object.text("name", metadata.name);
    object.text("home", metadata.home);
    object.texts("sources", metadata.sources);
    object.text("version", metadata.version);
    object.text("description", metadata.description);
    object.texts("keywords", metadata.keywords);
    if (!metadata.maintainers.empty())
        object.raw("maintainers", listText(metadata.maintainers, [](const Maintainer &item) { return textOf(item); }));
    object.text("icon", metadata.icon);
    object.text("apiVersion", metadata.apiVersion);
    object.text("condition", metadata.condition);
    object.text("tags", metadata.tags);
    object.text("appVersion", metadata.appVersion);
    object.truth("deprecated", metadata.deprecated);
    if (metadata.annotations)
        object.map("annotations", *metadata.annotations);
    object.text("kubeVersion", metadata.kubeVersion);
    if (!metadata.dependencies.empty())
        object.raw("dependencies", listText(metadata.dependencies, [](const Dependency &item) { return textOf(item); }));
    object.text("type", metadata.type);
    return object.finished();
}

std::map<std::string, std::string> chartAnnotations(const Metadata &metadata, std::string_view created)
{
    std::map<std::string, std::string> out;
    const auto add = [&](std::string_view name, std::string_view text) {
        if (!trimSpace(text).empty())
            out[std::string(annotationPrefix) + std::string(name)] = text;
    };
    add("description", metadata.description);
    add("title", metadata.name);
    add("version", metadata.version);
    add("url", metadata.home);
    add("created", created);
    if (!metadata.sources.empty())
        add("source", metadata.sources.front());
    std::string authors;
    for (std::size_t i = 0; i < metadata.maintainers.size(); ++i) {
        if (const std::optional<Maintainer> &maintainer = metadata.maintainers[i]) {
            authors += maintainer->name;
            authors += maintainer->email.empty() ? "" : " (" + maintainer->email + ")";
        }
        authors += i + 1 < metadata.maintainers.size() ? ", " : "";
    }
    add("authors", authors);
    if (metadata.annotations) {
        for (const auto &[key, text] : *metadata.annotations) {
            // Name and version are what they are.
            if (key != std::string(annotationPrefix) + "version" && key != std::string(annotationPrefix) + "title")
                out[key] = text;
        }
    }
    return out;
}

OciManifest chartManifest(const Metadata &metadata, std::string_view archive, std::string_view provenance, std::string_view created)
{
    OciManifest out;
    out.config = describe(media::chartConfig, chartConfigJson(metadata));
    out.layers.push_back(describe(media::chartLayer, archive));
    if (!provenance.empty())
        out.layers.push_back(describe(media::provenanceLayer, provenance));
    std::sort(out.layers.begin(), out.layers.end(), [](const OciDescriptor &a, const OciDescriptor &b) { return a.digest < b.digest; });
    out.annotations = chartAnnotations(metadata, created);
    return out;
}

} // namespace fairway::chart
