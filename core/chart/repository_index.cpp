#include "core/chart/repository_index.h"

#include "core/chart/go_struct.h"
#include "core/chart/go_text.h"
#include "core/chart/go_timestamp.h"
#include "core/chart/metadata_reader.h"
#include "core/funcs/semver.h"
#include "core/funcs/version_constraint.h"
#include "core/value/json.h"
#include "core/value/yaml.h"
#include "core/value/yaml_simple.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>

namespace fairway::chart {

namespace {

using funcs::SemanticVersion;
using value::Value;
using Place = GoStructReader::Place;

constexpr std::array<std::string_view, 4> deprecatedFields {"checksum", "engine", "tillerVersion", "url"};

funcs::SemverRelease releaseOf(HelmVersion version)
{
    return version == HelmVersion::V4 ? funcs::SemverRelease::V34 : funcs::SemverRelease::V33;
}

class IndexReader {
public:
    IndexReader(HelmVersion version, bool isStrict)
        : m_metadata(version)
        , m_reader(m_metadata.reader())
        , m_version(version)
        , m_isStrict(isStrict)
    {
    }

    Result<void> read(const Value &data, RepositoryIndex &out)
    {
        out.apiVersion.clear();
        const Place place {"IndexFile", {}};
        m_reader.structure(data, place, "repo.IndexFile", [&](std::string_view key, const Value &member) {
            if (isField(key, "apiVersion"))
                m_reader.text(member, place.field("apiVersion"), out.apiVersion);
            else if (isField(key, "generated"))
                time(member, place.field("generated"), out.generated);
            else if (isField(key, "entries"))
                entries(member, place.field("entries"), out);
            else if (isField(key, "publicKeys"))
                m_reader.texts(member, place.field("publicKeys"), out.publicKeys);
            else if (isField(key, "annotations"))
                annotations(member, place.field("annotations"), out);
            else if (isField(key, "serverInfo"))
                out.serverInfo = member;
            else
                unknown(key);
        });
        if (!m_problem.empty())
            return fail(ErrorCode::InvalidInput, (m_isStrict ? "error unmarshaling JSON: while decoding JSON: " : "") + m_problem);
        const Result<void> done = m_reader.result();
        if (constexpr std::string_view prefix = "error unmarshaling JSON: while decoding JSON: ";
            !done && !m_isStrict && done.error().message.starts_with(prefix))
            return fail(done.error().code, done.error().message.substr(prefix.size()));
        return done;
    }

    /// An item of the list `name` of the entries, for who reads them one by one.
    void add(const std::string &name, const Value &item, RepositoryIndex &out)
    {
        const Place root {"IndexFile", {}};
        addTo(out.entries[name], name, item, root.field("entries"));
    }

private:
    void problem(std::string text)
    {
        if (m_problem.empty() && m_reader.result())
            m_problem = std::move(text);
    }

    void unknown(std::string_view key)
    {
        if (m_isStrict)
            problem("json: unknown field " + goQuoted(key));
    }

    void time(const Value &data, const Place &, std::string &out)
    {
        if (data.isNull())
            return;
        if (!data.isString())
            return problem("Time.UnmarshalJSON: input is not a JSON string");
        std::optional<std::string> time = goTimestamp(data.asString());
        if (!time)
            return problem("parsing time " + goQuoted(data.asString()) + R"( as "2006-01-02T15:04:05Z07:00": it is no such time)");
        out = std::move(*time);
    }

    void annotations(const Value &data, const Place &place, RepositoryIndex &out)
    {
        std::optional<std::map<std::string, std::string>> texts;
        m_reader.textMap(data, place, texts);
        if (texts)
            out.annotations = std::move(*texts);
    }

    void entries(const Value &data, const Place &place, RepositoryIndex &out)
    {
        if (data.isNull())
            return;
        if (!data.isMap())
            return m_reader.refuse(data, place, "map[string]repo.ChartVersions");
        for (const auto &[name, list] : data.asMap()) {
            std::vector<ChartVersion> &versions = out.entries[name];
            if (list.isNull())
                continue;
            if (!list.isList()) {
                m_reader.refuse(list, place, "repo.ChartVersions");
                continue;
            }
            versions.reserve(versions.size() + list.size());
            for (const Value &item : list.asList())
                addTo(versions, name, item, place);
        }
    }

    void addTo(std::vector<ChartVersion> &versions, const std::string &name, const Value &item, const Place &place)
    {
        if (item.isNull())
            m_empty.push_back(name);
        else
            version(item, place, versions.emplace_back());
    }

    void version(const Value &data, const Place &place, ChartVersion &out)
    {
        const Place inside = place.inside("ChartVersion");
        const Place embedded = m_version == HelmVersion::V4 ? inside.field("Metadata") : inside; // Since Go 1.24.
        m_reader.structure(data, place, "repo.ChartVersion", [&](std::string_view key, const Value &member) {
            if (isField(key, "urls"))
                m_reader.texts(member, inside.field("urls"), out.urls);
            else if (isField(key, "created"))
                time(member, inside.field("created"), out.created);
            else if (isField(key, "removed"))
                m_reader.boolean(member, inside.field("removed"), out.isRemoved);
            else if (isField(key, "digest"))
                m_reader.text(member, inside.field("digest"), out.digest);
            else if (!m_metadata.field(key, member, embedded, out.metadata) && !deprecated(key, member, inside, out))
                unknown(key);
        });
    }

    bool deprecated(std::string_view key, const Value &member, const Place &place, ChartVersion &out)
    {
        for (const std::string_view name : deprecatedFields) {
            if (!isField(key, name))
                continue;
            std::string text;
            m_reader.text(member, place.field(name), text);
            if (!text.empty())
                out.deprecated[std::string(name)] = std::move(text);
            return true;
        }
        return false;
    }

public:
    [[nodiscard]] const std::vector<std::string> &emptyEntries() const { return m_empty; }

private:
    MetadataReader m_metadata;
    GoStructReader &m_reader;
    const HelmVersion m_version;
    const bool m_isStrict;
    std::string m_problem;
    std::vector<std::string> m_empty; ///< Charts, once for each entry that is null.
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

/// What was read, and the charts that have an entry which is null, once for each.
struct ReadIndex {
    RepositoryIndex index;
    std::vector<std::string> emptyEntries;
};

/// Version by version: a tree of them all would take ten times the room. Nothing when there is anything to complain of.
std::optional<ReadIndex> readByVersion(std::string_view text, HelmVersion version, const IndexLimits &limits)
{
    ReadIndex read;
    IndexReader reader(version, true);
    const value::YamlItemTaker versions {
        "entries", [&](const std::string &name, const Value &item) { reader.add(name, item, read.index); }};
    const std::optional<Value> rest = looksLikeJson(text) ? std::nullopt : value::readSimpleYaml(text, yamlOptions(limits), &versions);
    if (!rest || !reader.read(*rest, read.index))
        return std::nullopt;
    read.emptyEntries = reader.emptyEntries();
    std::sort(read.emptyEntries.begin(), read.emptyEntries.end()); // as in the order of a tree
    return read;
}

Result<ReadIndex> readAsTree(std::string_view text, HelmVersion version, const IndexLimits &limits)
{
    bool isJson = false;
    const Result<Value> data = readText(text, limits, isJson);
    if (!data)
        return tl::unexpected(data.error());
    ReadIndex read;
    IndexReader reader(version, !isJson);
    if (const Result<void> done = reader.read(*data, read.index); !done)
        return tl::unexpected(done.error());
    read.emptyEntries = reader.emptyEntries();
    return read;
}

bool isTolerated(const Error &error)
{
    // Some servers leave the alias out, which makes two dependencies look the same.
    return error.message.starts_with("validation: more than one dependency with name or alias");
}

void leaveOutInvalid(RepositoryIndex &index, std::string_view source, const Messages &messages)
{
    const auto tell = [&](const std::string &text) {
        messages.structured("WARN", text);
        messages.plain("index.go:370", text);
    };
    for (auto &[name, versions] : index.entries) {
        const auto isInvalid = [&, chart = std::string_view(name)](ChartVersion &version) {
            Metadata &metadata = version.metadata;
            if (metadata.apiVersion.empty())
                metadata.apiVersion = "v1";
            const Result<void> valid = validateMetadata(metadata, messages.version());
            if (valid || isTolerated(valid.error()))
                return false;
            tell("skipping loading invalid entry for chart " + goQuoted(chart) + " " + goQuoted(metadata.version) + " from " + std::string(source) + ": "
                + valid.error().message);
            return true;
        };
        // From the last to the first, as Helm tells about them.
        for (std::size_t i = versions.size(); i-- > 0;) {
            if (isInvalid(versions[i]))
                versions.erase(versions.begin() + static_cast<std::ptrdiff_t>(i));
        }
    }
}

} // namespace

Result<RepositoryIndex> parseIndex(std::string_view text, std::string_view source, const Messages &messages, const IndexLimits &limits)
{
    if (text.empty())
        return fail(ErrorCode::InvalidInput, "empty index.yaml file");
    if (text.size() > limits.maxBytes)
        return fail(ErrorCode::LimitExceeded, "the index is larger than " + std::to_string(limits.maxBytes) + " bytes");
    std::optional<ReadIndex> quick = readByVersion(text, messages.version(), limits);
    Result<ReadIndex> read = quick ? Result<ReadIndex>(std::move(*quick)) : readAsTree(text, messages.version(), limits);
    if (!read)
        return tl::unexpected(read.error());
    RepositoryIndex index = std::move(read->index);
    for (const std::string &name : read->emptyEntries) {
        const std::string told = "skipping loading invalid entry for chart " + goQuoted(name) + " from " + std::string(source) + ": empty entry";
        messages.structured("WARN", told);
        messages.plain("index.go:359", told);
    }
    leaveOutInvalid(index, source, messages);
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
