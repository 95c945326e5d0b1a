#include "core/chart/go_struct.h"
#include "core/chart/go_text.h"
#include "core/chart/lint_rules.h"
#include "core/chart/schema_format.h"
#include "core/chart/values_text.h"
#include "core/funcs/version_constraint.h"

#include <algorithm>
#include <array>
#include <span>

namespace fairway::chart {

using value::Value;

namespace {

constexpr std::string_view fileName = "Chart.yaml";

bool isOneOf(std::string_view key, std::span<const std::string_view> names)
{
    return std::any_of(names.begin(), names.end(), [&](std::string_view name) { return isField(key, name); });
}

/// The first field that Chart.yaml does not know, in the order a strict JSON decoder meets them.
std::string unknownField(const Value &data)
{
    static constexpr std::array<std::string_view, 17> fields {"name", "home", "sources", "version", "description", "keywords", "maintainers",
        "icon", "apiVersion", "condition", "tags", "appVersion", "deprecated", "annotations", "kubeVersion", "dependencies", "type"};
    static constexpr std::array<std::string_view, 3> maintainer {"name", "email", "url"};
    static constexpr std::array<std::string_view, 8> dependency {
        "name", "version", "repository", "condition", "tags", "enabled", "import-values", "alias"};
    if (!data.isMap())
        return {};
    for (const auto &[key, member] : data.asMap()) {
        if (!isOneOf(key, fields))
            return key;
        const bool isMaintainers = isField(key, "maintainers");
        if ((!isMaintainers && !isField(key, "dependencies")) || !member.isList())
            continue;
        for (const Value &item : member.asList()) {
            if (!item.isMap())
                continue;
            for (const auto &[name, inner] : item.asMap()) {
                if (!isOneOf(name, isMaintainers ? std::span<const std::string_view>(maintainer) : std::span<const std::string_view>(dependency)))
                    return name;
            }
        }
    }
    return {};
}

/// Whether govalidator takes it for an address one can ask.
bool isRequestUrl(std::string_view text)
{
    return !formatFault("uri", text);
}

bool isUrl(std::string_view text)
{
    if (text.find("://") == std::string_view::npos)
        return text.find('.') != std::string_view::npos && text.find(' ') == std::string_view::npos && !text.starts_with('.');
    return !formatFault("uri", text) && !text.ends_with("://");
}

std::string typeFault(const Value &data, std::string_view key)
{
    const Value *const found = data.isMap() ? data.asMap().get(key) : nullptr;
    if (!found || found->isString())
        return {};
    return std::string(key) + " should be of type string but it's of type " + (found->isNull() ? "<nil>" : std::string(goTypeName(*found)));
}

std::string versionFault(const Metadata &metadata, funcs::SemverRelease release)
{
    if (metadata.version.empty())
        return "version is required";
    const auto version = funcs::SemanticVersion::parse(metadata.version, release);
    if (!version)
        return "version '" + metadata.version + "' is not a valid SemVer";
    if (!funcs::VersionConstraint::parse(">0.0.0-0", release)->check(*version))
        return "version " + version->toString() + " is less than or equal to 0.0.0-0";
    return {};
}

std::string maintainerFault(const Metadata &metadata)
{
    for (const std::optional<Maintainer> &person : metadata.maintainers) {
        if (!person)
            return "a maintainer entry is empty";
        if (person->name.empty())
            return "each maintainer requires a name";
        if (!person->email.empty() && formatFault("email", person->email))
            return "invalid email '" + person->email + "' for maintainer '" + person->name + "'";
        if (!person->url.empty() && !isUrl(person->url))
            return "invalid url '" + person->url + "' for maintainer '" + person->name + "'";
    }
    return {};
}

std::string sourceFault(const Metadata &metadata)
{
    for (const std::string &source : metadata.sources) {
        if (source.empty() || !isRequestUrl(source))
            return "invalid source URL '" + source + "'";
    }
    return {};
}

std::string apiVersionFault(const Metadata &metadata)
{
    if (metadata.apiVersion.empty())
        return R"(apiVersion is required. The value must be either "v1" or "v2")";
    if (metadata.apiVersion != "v1" && metadata.apiVersion != "v2")
        return "apiVersion '" + metadata.apiVersion + R"(' is not valid. The value must be either "v1" or "v2")";
    return {};
}

} // namespace

void lintChartYaml(std::string_view text, HelmVersion version, LintReport &report)
{
    Metadata metadata;
    if (const Result<void> read = readMetadata(text, version, metadata); !read) {
        report.add(LintSeverity::Error, fileName, "unable to parse YAML\n\t" + read.error().message);
        return;
    }
    const Value data = readYamlAsGo(text).value_or(Value());
    if (version == HelmVersion::V4) {
        if (const std::string field = unknownField(data); !field.empty()) {
            report.add(LintSeverity::Warning, fileName,
                "failed to strictly parse chart metadata file\n\terror unmarshaling JSON: while decoding JSON: json: unknown field "
                    + goQuoted(field));
        }
    }
    const auto release = version == HelmVersion::V4 ? funcs::SemverRelease::V34 : funcs::SemverRelease::V33;
    const bool isV2 = metadata.apiVersion == "v2";
    const auto error = [&](std::string fault) { report.add(LintSeverity::Error, fileName, std::move(fault)); };
    error(metadata.name.empty() ? "name is required"
            : metadata.name.find('/') != std::string::npos ? "chart name " + goQuoted(metadata.name) + " is invalid"
                                                           : "");
    error(apiVersionFault(metadata));
    error(typeFault(data, "version"));
    error(versionFault(metadata, release));
    error(typeFault(data, "appVersion"));
    error(maintainerFault(metadata));
    error(sourceFault(metadata));
    report.add(LintSeverity::Info, fileName, metadata.icon.empty() ? "icon is recommended" : "");
    error(!metadata.icon.empty() && !isRequestUrl(metadata.icon) ? "invalid icon URL '" + metadata.icon + "'" : "");
    error(!metadata.type.empty() && !isV2 ? "chart type is not valid in apiVersion '" + metadata.apiVersion + "'. It is valid in apiVersion 'v2'" : "");
    error(!metadata.dependencies.empty() && !isV2 ? "dependencies are not valid in the Chart file with apiVersion '" + metadata.apiVersion
                + "'. They are valid in apiVersion 'v2'"
                                                  : "");
    if (version == HelmVersion::V4 && !funcs::SemanticVersion::parseStrict(metadata.version, release))
        report.add(LintSeverity::Warning, fileName, "version '" + metadata.version + "' is not a valid SemVerV2");
}

} // namespace fairway::chart
