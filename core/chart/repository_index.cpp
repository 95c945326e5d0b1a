#include "core/chart/repository_index.h"

#include "core/chart/go_struct.h"
#include "core/chart/go_text.h"
#include "core/chart/go_timestamp.h"
#include "core/chart/metadata_reader.h"
#include "core/funcs/go_time.h"
#include "core/funcs/semver.h"
#include "core/funcs/version_constraint.h"
#include "core/value/json.h"
#include "core/value/yaml.h"
#include "core/value/yaml_simple_reader.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>

namespace fairway::chart {

namespace {

using funcs::SemanticVersion;
using value::Value;
using Place = GoStructReader::Place;

/// Of a version in an index: its own, what Helm 2 wrote, and those of the chart's metadata, which it embeds.
constexpr std::size_t ownFields = 4;
constexpr std::size_t deprecatedFields = 4;
constexpr auto versionFields = [] {
    std::array<std::string_view, ownFields + deprecatedFields + MetadataReader::fields.size()> all {
        "created", "digest", "removed", "urls", "checksum", "engine", "tillerVersion", "url"};
    std::copy(MetadataReader::fields.begin(), MetadataReader::fields.end(), all.begin() + ownFields + deprecatedFields);
    return all;
}();

funcs::SemverRelease releaseOf(HelmVersion version)
{
    return version == HelmVersion::V4 ? funcs::SemverRelease::V34 : funcs::SemverRelease::V33;
}

/// A version that is no chart.
struct LeftOut {
    std::string chart;
    std::string version;
    std::string reason; ///< Empty: there is a null in its place.
};

bool isTolerated(const Error &error)
{
    // Some servers leave the alias out, which makes two dependencies look the same.
    return error.message.starts_with("validation: more than one dependency with name or alias");
}

/// Why Go doesn't take it for a time.
std::string timeFault(std::string_view text)
{
    constexpr std::string_view layout = "2006-01-02T15:04:05Z07:00";
    if (const auto read = funcs::GoTime::parse(layout, text, funcs::TimeZone::utc()); !read)
        return read.error().message;
    return "parsing time " + goQuoted(text) + " as " + goQuoted(layout) + ": it is no such time";
}

enum class IndexForm : std::uint8_t { Yaml, Json };

class IndexReader {
public:
    IndexReader(HelmVersion version, IndexForm form, IndexDetail detail)
        : m_version(version)
        , m_detail(detail)
        , m_metadata(version)
        , m_reader(m_metadata.reader())
        , m_embedded(version == HelmVersion::V4 ? "Metadata" : "") // since Go 1.24
        , m_scalars(form == IndexForm::Yaml ? GoScalars::Converted : GoScalars::Refused)
    {
        m_reader.setScalars(m_scalars);
        if (form == IndexForm::Yaml)
            m_reader.refuseUnknownFields();
    }

    template <typename Data>
    void read(Data &data, RepositoryIndex &out)
    {
        static constexpr std::array<std::string_view, 6> names {"annotations", "apiVersion", "entries", "generated", "publicKeys", "serverInfo"};
        out.apiVersion.clear();
        const Place root {"IndexFile", {}};
        m_reader.fields(data, root, "repo.IndexFile", names, [&](std::size_t index, auto &member) {
            const Place place = root.field(names[index]);
            switch (index) { // as they stand in `names`
            case 0: return annotations(member, place, out);
            case 1: return m_reader.text(member, place, out.apiVersion);
            case 2: return entries(member, place, out);
            case 3: return time(member, out.generated);
            case 4: return m_reader.texts(member, place, out.publicKeys);
            default: out.serverInfo = m_reader.treeOf(member);
            }
        });
    }

    /// Of what was read as a tree.
    [[nodiscard]] Result<void> result() const
    {
        const Result<void> done = m_reader.result();
        if (constexpr std::string_view prefix = "error unmarshaling JSON: while decoding JSON: ";
            !done && m_scalars == GoScalars::Refused && done.error().message.starts_with(prefix))
            return fail(done.error().code, done.error().message.substr(prefix.size()));
        return done;
    }

    /// In the order of data.
    [[nodiscard]] std::vector<LeftOut> takeLeftOut() { return std::move(m_leftOut); }

private:
    template <typename Data>
    void time(Data &data, std::string &out)
    {
        if (data.isNull())
            return;
        if (!data.isString())
            return m_reader.stop(data, "Time.UnmarshalJSON: input is not a JSON string");
        std::optional<std::string> time = goTimestamp(data.asString());
        if (!time)
            return m_reader.stop(data, timeFault(data.asString()));
        out = std::move(*time);
    }

    template <typename Data>
    void annotations(Data &data, const Place &place, RepositoryIndex &out)
    {
        std::optional<std::map<std::string, std::string>> texts;
        m_reader.textMap(data, place, texts);
        if (texts)
            out.annotations = std::move(*texts);
    }

    template <typename Data>
    void entries(Data &data, const Place &place, RepositoryIndex &out)
    {
        if (data.isNull())
            return;
        if (!data.isMap())
            return m_reader.refuse(data, place, "map[string]repo.ChartVersions");
        m_reader.eachMember(data, [&](auto &&key, auto &list) {
            const auto [at, isNew] = out.entries.try_emplace(std::string(key));
            if (!isNew)
                m_reader.repeated(list);
            if (!list.isList() && !list.isNull())
                return m_reader.refuse(list, place, "repo.ChartVersions");
            if (list.isNull())
                return;
            m_reader.eachItem(list, [&, &chart = at->first, &versions = at->second](auto &item) {
                if (item.isNull())
                    m_leftOut.push_back({chart, {}, {}});
                else
                    add(item, place, chart, versions);
            });
        });
    }

    template <typename Data>
    void add(Data &data, const Place &place, const std::string &chart, std::vector<ChartVersion> &versions)
    {
        ChartVersion read;
        version(data, place, read);
        Metadata &metadata = read.metadata;
        if (metadata.apiVersion.empty())
            metadata.apiVersion = "v1";
        const Result<void> valid = validateMetadata(metadata, m_version);
        if (!valid && !isTolerated(valid.error()))
            m_leftOut.push_back({chart, metadata.version, valid.error().message});
        else if (m_detail == IndexDetail::ForSearch)
            keepForSearch(std::move(metadata), versions.emplace_back().metadata);
        else
            versions.push_back(std::move(read));
    }

    static void keepForSearch(Metadata &&read, Metadata &out)
    {
        out.name = std::move(read.name);
        out.version = std::move(read.version);
        out.apiVersion = std::move(read.apiVersion);
        out.appVersion = std::move(read.appVersion);
        out.description = std::move(read.description);
        out.keywords = std::move(read.keywords);
    }

    template <typename Data>
    void version(Data &data, const Place &place, ChartVersion &out)
    {
        const Place inside = place.inside("ChartVersion");
        const Place embedded = m_embedded.empty() ? inside : inside.field(m_embedded);
        m_reader.fields(data, place, "repo.ChartVersion", versionFields, [&](std::size_t index, auto &member) {
            const Place field = inside.field(versionFields[index]);
            switch (index) { // as they stand in `versionFields`
            case 0: return time(member, out.created);
            case 1: return m_reader.text(member, field, out.digest);
            case 2: return m_reader.boolean(member, field, out.isRemoved);
            case 3: return m_reader.texts(member, field, out.urls);
            default: break;
            }
            if (index < ownFields + deprecatedFields)
                return deprecated(versionFields[index], member, field, out);
            m_reader.setScalars(GoScalars::Refused);
            m_metadata.field(index - ownFields - deprecatedFields, member, embedded, out.metadata);
            m_reader.setScalars(m_scalars);
        });
    }

    template <typename Data>
    void deprecated(std::string_view name, Data &member, const Place &place, ChartVersion &out)
    {
        std::string text;
        m_reader.text(member, place, text);
        if (!text.empty())
            out.deprecated[std::string(name)] = std::move(text);
    }

    const HelmVersion m_version;
    const IndexDetail m_detail;
    MetadataReader m_metadata;
    GoStructReader &m_reader;
    const std::string_view m_embedded;
    const GoScalars m_scalars;
    std::vector<LeftOut> m_leftOut;
};

/// Versions with what they are sorted by.
struct Ranked {
    std::optional<SemanticVersion> rank;
    std::size_t index = 0;
};

value::YamlOptions yamlOptions(const IndexLimits &limits)
{
    value::YamlOptions options;
    options.duplicates = value::DuplicateKeys::Refuse;
    options.maxBytes = limits.maxBytes;
    options.maxNodes = limits.maxNodes;
    return options;
}

bool looksLikeJson(std::string_view text)
{
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    return first != std::string_view::npos && text[first] == '{';
}

Result<Value> readText(std::string_view text, const IndexLimits &limits, bool &isJson)
{
    if (looksLikeJson(text)) {
        value::JsonLimits jsonLimits;
        jsonLimits.maxBytes = limits.maxBytes;
        if (Result<Value> read = value::parseJson(text, jsonLimits)) {
            isJson = true;
            return read;
        }
    }
    Result<Value> read = value::parseYaml(text, yamlOptions(limits));
    if (!read && read.error().message.starts_with("yaml: "))
        return failWith("error converting YAML to JSON", read.error());
    return read;
}

struct ReadIndex {
    RepositoryIndex index;
    std::vector<LeftOut> leftOut;
};

/// As the text goes: a tree of it would take ten times the room. Nothing when there is anything to complain of.
std::optional<ReadIndex> readInPassing(std::string_view text, HelmVersion version, const IndexLimits &limits, IndexDetail detail)
{
    if (looksLikeJson(text))
        return std::nullopt;
    ReadIndex read;
    IndexReader reader(version, IndexForm::Yaml, detail);
    const value::YamlOptions options = yamlOptions(limits);
    value::SimpleYamlReader yaml(text, options);
    if (!yaml.read([&](value::SimpleYamlNode &root) { reader.read(root, read.index); }))
        return std::nullopt;
    read.leftOut = reader.takeLeftOut();
    return read;
}

Result<ReadIndex> readAsTree(std::string_view text, HelmVersion version, const IndexLimits &limits, IndexDetail detail)
{
    bool isJson = false;
    const Result<Value> data = readText(text, limits, isJson);
    if (!data)
        return tl::unexpected(data.error());
    ReadIndex read;
    IndexReader reader(version, isJson ? IndexForm::Json : IndexForm::Yaml, detail);
    reader.read(*data, read.index);
    if (const Result<void> done = reader.result(); !done)
        return tl::unexpected(done.error());
    read.leftOut = reader.takeLeftOut();
    return read;
}

/// In Helm's order: chart by chart, and in each from the last version to the first.
void tellLeftOut(std::vector<LeftOut> all, std::string_view source, const Messages &messages)
{
    std::reverse(all.begin(), all.end());
    std::stable_sort(all.begin(), all.end(), [](const LeftOut &a, const LeftOut &b) { return a.chart < b.chart; });
    for (const LeftOut &one : all) {
        const bool isEmpty = one.reason.empty();
        const std::string text = "skipping loading invalid entry for chart " + goQuoted(one.chart) + (isEmpty ? "" : " " + goQuoted(one.version)) + " from "
            + std::string(source) + ": " + (isEmpty ? "empty entry" : one.reason);
        messages.structured("WARN", text);
        messages.plain(isEmpty ? "index.go:359" : "index.go:370", text);
    }
}

} // namespace

Result<RepositoryIndex> parseIndex(
    std::string_view text, std::string_view source, const Messages &messages, const IndexLimits &limits, IndexDetail detail)
{
    if (text.empty())
        return fail(ErrorCode::InvalidInput, "empty index.yaml file");
    if (text.size() > limits.maxBytes)
        return fail(ErrorCode::LimitExceeded, "the index is larger than " + std::to_string(limits.maxBytes) + " bytes");
    std::optional<ReadIndex> quick = readInPassing(text, messages.version(), limits, detail);
    Result<ReadIndex> read = quick ? Result<ReadIndex>(std::move(*quick)) : readAsTree(text, messages.version(), limits, detail);
    if (!read)
        return tl::unexpected(read.error());
    RepositoryIndex index = std::move(read->index);
    tellLeftOut(std::move(read->leftOut), source, messages);
    index.sort(messages.version());
    if (index.apiVersion.empty())
        return fail(ErrorCode::InvalidInput, "no API version specified");
    return index;
}

Result<const ChartVersion *> RepositoryIndex::find(const std::string &name, const std::string &version, const Messages &messages) const
{
    const auto found = entries.find(name);
    if (found == entries.end())
        return fail(ErrorCode::NotFound, "no chart name found");
    const std::vector<ChartVersion> &versions = found->second;
    if (versions.empty())
        return fail(ErrorCode::NotFound, "no chart version found");
    const funcs::SemverRelease release = releaseOf(messages.version());
    const Result<funcs::VersionConstraint> range = funcs::VersionConstraint::parse(version.empty() ? "*" : version, release);
    if (!range)
        return tl::unexpected(range.error());
    for (const ChartVersion &candidate : versions) {
        if (!version.empty() && candidate.metadata.version == version)
            return &candidate;
    }
    for (const ChartVersion &candidate : versions) {
        const Result<SemanticVersion> number = SemanticVersion::parse(candidate.metadata.version, release);
        if (!number || !range->check(*number))
            continue;
        if (!version.empty()) {
            messages.structured("WARN", "unable to find exact version requested; falling back to closest available version",
                {{"chart", name}, {"requested", version}, {"selected", candidate.metadata.version}});
        }
        return &candidate;
    }
    return fail(ErrorCode::NotFound, "no chart version found for " + name + "-" + version);
}

void RepositoryIndex::sort(HelmVersion helm)
{
    const funcs::SemverRelease release = releaseOf(helm);
    for (auto &[name, versions] : entries) {
        std::vector<Ranked> ranks(versions.size());
        for (std::size_t i = 0; i < versions.size(); ++i) {
            ranks[i].index = i;
            if (Result<SemanticVersion> rank = SemanticVersion::parse(versions[i].metadata.version, release))
                ranks[i].rank = std::move(*rank);
        }
        std::stable_sort(ranks.begin(), ranks.end(), [](const Ranked &a, const Ranked &b) {
            if (!a.rank || !b.rank)
                return a.rank.has_value() && !b.rank;
            return a.rank->compare(*b.rank) > 0;
        });
        std::vector<ChartVersion> sorted;
        sorted.reserve(versions.size());
        for (const Ranked &rank : ranks)
            sorted.push_back(std::move(versions[rank.index]));
        versions = std::move(sorted);
    }
}

void RepositoryIndex::merge(const RepositoryIndex &other, HelmVersion helm)
{
    const funcs::SemverRelease release = releaseOf(helm);
    /// The text, and what it means without build metadata.
    const auto keysOf = [&](const std::string &version) {
        std::vector<std::string> keys {version};
        if (const Result<SemanticVersion> number = SemanticVersion::parse(version, release)) {
            const std::string text = number->toString();
            keys.push_back("=" + text.substr(0, text.find('+')));
        }
        return keys;
    };
    std::map<std::string, std::set<std::string>> known;
    const auto add = [&](const std::string &name, const std::string &version) {
        bool isNew = true;
        for (const std::string &key : keysOf(version))
            isNew = known[name].insert(key).second && isNew;
        return isNew;
    };
    for (const auto &[name, versions] : entries) {
        for (const ChartVersion &version : versions)
            add(name, version.metadata.version);
    }
    for (const auto &[entry, versions] : other.entries) {
        for (const ChartVersion &version : versions) {
            if (add(version.metadata.name, version.metadata.version))
                entries[version.metadata.name].push_back(version);
        }
    }
}

} // namespace fairway::chart
