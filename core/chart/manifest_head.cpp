#include "core/chart/manifest_head.h"

#include "core/chart/go_struct.h"
#include "core/chart/manifest_scan.h"
#include "core/value/yaml.h"

namespace fairway::chart {

using value::Value;

namespace {

/// Go's name of the type that holds a manifest's metadata.
constexpr std::string_view metadataType = "struct { Name string \"json:\\\"name\\\"\"; Annotations map[string]string \"json:\\\"annotations\\\"\" }";

} // namespace

Result<ManifestHead> ManifestHeadReader::read(std::string_view document) const
{
    if (std::optional<ManifestHead> head = scanManifestHead(document))
        return std::move(*head);
    return readFully(document);
}

Result<ManifestHead> ManifestHeadReader::readFully(std::string_view document) const
{
    const Result<Value> data = value::parseYaml(document);
    if (!data)
        return failWith("error converting YAML to JSON", data.error());
    ManifestHead head;
    GoStructReader reader;
    const GoStructReader::Place root {"SimpleHead", {}};
    reader.structure(*data, root, m_version == HelmVersion::V4 ? "util.SimpleHead" : "releaseutil.SimpleHead",
        [&](std::string_view key, const Value &member) {
            if (isField(key, "apiVersion"))
                return reader.text(member, root.field("apiVersion"), head.apiVersion);
            if (isField(key, "kind"))
                return reader.text(member, root.field("kind"), head.kind);
            if (!isField(key, "metadata"))
                return;
            const GoStructReader::Place outer = root.field("metadata");
            const GoStructReader::Place place = outer.inside("");
            reader.structure(member, outer, metadataType, [&](std::string_view name, const Value &item) {
                if (isField(name, "name"))
                    return reader.text(item, place.field("name"), head.name);
                if (!isField(name, "annotations"))
                    return;
                std::optional<std::map<std::string, std::string>> annotations;
                reader.textMap(item, place.field("annotations"), annotations);
                if (annotations)
                    head.annotations.insert(annotations->begin(), annotations->end());
            });
        });
    if (const Result<void> good = reader.result(); !good)
        return tl::unexpected(good.error());
    return head;
}

} // namespace fairway::chart
