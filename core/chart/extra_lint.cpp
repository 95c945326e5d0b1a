#include "core/chart/extra_lint.h"

#include "core/chart/coalesce.h"
#include "core/chart/dependencies.h"
#include "core/chart/lint_rules.h"
#include "core/chart/source_map.h"
#include "core/chart/values_usage.h"
#include "core/chart/yaml_fault_place.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace fairway::chart {

using gotemplate::Tracer;
using value::Value;

namespace {

constexpr std::string_view globalKey = "global";
using Path = std::vector<std::string>;

std::string joined(const std::string &prefix, const Path &path)
{
    std::string out = prefix;
    for (const std::string &name : path)
        out = gotemplate::memberPath(out, name);
    return out;
}

Path split(std::string_view dotted)
{
    Path path;
    for (;;) {
        const std::size_t dot = dotted.find('.');
        path.emplace_back(dotted.substr(0, dot));
        if (dot == std::string_view::npos)
            return path;
        dotted.remove_prefix(dot + 1);
    }
}

/// By its name or by an alias: aliases are resolved only when the chart is rendered.
const Chart *subchartNamed(const Chart &chart, std::string_view name)
{
    for (const std::optional<Dependency> &dependency : chart.metadata.dependencies) {
        if (dependency->alias == name)
            name = dependency->name;
    }
    for (const Chart *const sub : chart.dependencies) {
        if (sub->name() == name)
            return sub;
    }
    return nullptr;
}

class ExtraLinter {
public:
    ExtraLinter(const ValueSources &sources, std::vector<ExtraFinding> &findings)
        : m_sources(sources)
        , m_findings(findings)
    {
    }

    void values(const Chart &chart, const Value &all, const std::string &prefix)
    {
        std::vector<ValueUse> uses = usesOf(chart);
        addChartYamlUses(chart, uses);
        const bool takesAll = std::any_of(uses.begin(), uses.end(), [](const ValueUse &use) { return use.path.empty(); });
        if (chart.values.isMap()) {
            Path path;
            unused(chart, chart.values, takesAll ? nullptr : &uses, prefix, path);
        }
        undefined(chart, all, uses, prefix);
        for (const Chart *const sub : chart.dependencies)
            values(*sub, all[std::string_view(sub->name())], gotemplate::memberPath(prefix, sub->name()));
    }

    /// What the user says is looked at like the values.yaml of a chart above all.
    void userOverrides(const Chart &chart, const Value &user)
    {
        for (const Chart *const sub : chart.dependencies) {
            if (const Value &own = user[std::string_view(sub->name())]; own.isMap())
                overrides(*sub, own, sub->name());
        }
    }

    void output(const RenderedRelease &release, const RenderRecord &record, const KubeVersion &kube)
    {
        for (const Manifest &manifest : release.manifests)
            deprecated(manifest, record, kube);
        for (const Hook &hook : release.hooks)
            deprecated(hook, record, kube);
        for (const std::string &path : record.paths())
            floats(path, record);
    }

private:
    void add(ExtraCode code, LintSeverity severity, value::SourcePosition position, std::string subject, Text message)
    {
        m_findings.push_back({code, severity, m_sources.at(position.file).name, position.line, std::move(subject), std::move(message)});
    }

    static void addChartYamlUses(const Chart &chart, std::vector<ValueUse> &uses)
    {
        for (const std::optional<Dependency> &dependency : chart.metadata.dependencies) {
            std::string_view rest = dependency->condition;
            while (!rest.empty()) {
                const std::size_t comma = rest.find(',');
                uses.push_back({split(rest.substr(0, comma)), {}, 0, true});
                rest = comma == std::string_view::npos ? std::string_view() : rest.substr(comma + 1);
            }
            for (const std::string &tag : dependency->tags)
                uses.push_back({{"tags", tag}, {}, 0, true});
        }
        // What a chart above takes with import-values.
        if (chart.parent == nullptr)
            return;
        for (const std::optional<Dependency> &dependency : chart.parent->metadata.dependencies) {
            for (const Value &import : dependency->importValues) {
                if (import.isString())
                    uses.push_back({{"exports", import.asString()}, {}, 0, true});
                else if (import["child"].isString())
                    uses.push_back({split(import["child"].asString()), {}, 0, true});
            }
        }
    }

    /// `uses` null: the templates take everything; subcharts are looked at all the same.
    void unused(const Chart &chart, const Value &node, const std::vector<ValueUse> *uses, const std::string &prefix, Path &path)
    {
        for (const auto &[key, member] : node.asMap()) {
            const Chart *const sub = path.empty() ? subchartNamed(chart, key) : nullptr;
            if (path.empty() && key == globalKey)
                continue; // any chart may take it
            if (sub != nullptr && member.isMap()) {
                overrides(*sub, member, gotemplate::memberPath(prefix, key), uses);
                continue;
            }
            path.push_back(key);
            if (uses != nullptr && !isUsed(*uses, path)) {
                add(ExtraCode::UnusedValue, LintSeverity::Info, gotemplate::writtenAt(member), joined(prefix, path),
                    phrase("chart", "value %1 is used by no template").with(joined(prefix, path)));
            } else if (member.isMap() && member.size() > 0 && uses != nullptr && !isTakenWhole(*uses, path)) {
                unused(chart, member, uses, prefix, path);
            }
            path.pop_back();
        }
    }

    static bool isTakenWhole(const std::vector<ValueUse> &uses, const Path &path)
    {
        return std::any_of(uses.begin(), uses.end(), [&](const ValueUse &use) {
            return !use.path.empty() && use.path.size() <= path.size() && std::equal(use.path.begin(), use.path.end(), path.begin());
        });
    }

    /// `above`: what the chart that says it takes itself.
    void overrides(const Chart &sub, const Value &said, const std::string &prefix, const std::vector<ValueUse> *above = nullptr)
    {
        std::vector<ValueUse> uses = usesOf(sub);
        addChartYamlUses(sub, uses);
        if (std::any_of(uses.begin(), uses.end(), [](const ValueUse &use) { return use.path.empty(); }))
            return;
        for (const auto &[key, member] : said.asMap()) {
            Path fromAbove = {sub.name(), key};
            if (key == globalKey || sub.values[std::string_view(key)] != Value() || isUsed(uses, {key}) || (above != nullptr && isUsed(*above, fromAbove)))
                continue;
            if (const Chart *const inner = subchartNamed(sub, key)) {
                if (member.isMap())
                    overrides(*inner, member, gotemplate::memberPath(prefix, key));
                continue;
            }
            const std::string path = gotemplate::memberPath(prefix, key);
            add(ExtraCode::UselessOverride, LintSeverity::Warning, gotemplate::writtenAt(member), path,
                phrase("chart", "override %1 hits nothing: the chart %2 has no such value and no template that takes it").with(path, sub.name()));
        }
    }

    void undefined(const Chart &chart, const Value &all, const std::vector<ValueUse> &uses, const std::string &prefix)
    {
        if (chart.isLibrary())
            return; // its templates meet the values of whoever includes them
        std::set<Path> guarded;
        for (const ValueUse &use : uses) {
            if (use.isGuarded)
                guarded.insert(use.path);
        }
        const std::string own = chart.fullPath() + "/";
        std::set<std::pair<Path, std::string>> told;
        for (const ValueUse &use : uses) {
            const bool isOwn = use.file.starts_with(own) && !use.file.substr(own.size()).starts_with("charts/");
            if (use.path.empty() || use.isGuarded || use.path.front() == globalKey || !isOwn)
                continue;
            const Value *at = &all;
            std::size_t depth = 0;
            for (; depth < use.path.size() && at->isMap(); ++depth) {
                const Value *const member = at->asMap().get(use.path[depth]);
                if (member == nullptr)
                    break;
                at = member;
            }
            // An empty map is there to be filled by the user.
            const bool isOpen = depth == use.path.size() || !at->isMap() || (depth > 0 && at->size() == 0);
            Path upTo;
            bool isBorne = false;
            for (const std::string &name : use.path) {
                upTo.push_back(name);
                isBorne = isBorne || (upTo.size() > depth && guarded.contains(upTo));
            }
            if (isOpen || isBorne || !told.insert({use.path, use.file + ":" + std::to_string(use.line)}).second)
                continue;
            const std::string path = joined(prefix, use.path);
            m_findings.push_back({ExtraCode::UndefinedValue, LintSeverity::Warning, use.file, use.line, path,
                phrase("chart", "value %1 is used here and defined in no values.yaml").with(path)});
        }
    }

    void deprecated(const Manifest &manifest, const RenderRecord &record, const KubeVersion &kube)
    {
        const std::string why = deprecationOf(manifest.apiVersion, manifest.kind, kube);
        if (why.empty())
            return;
        ExtraFinding finding {ExtraCode::DeprecatedApi, LintSeverity::Warning, manifest.path, 0, manifest.apiVersion + " " + manifest.kind, Text::verbatim(why)};
        const std::size_t inText = manifest.text.starts_with("apiVersion:") ? 0 : manifest.text.find("\napiVersion:") + 1;
        if (const RenderRecord::Output *const output = record.find(manifest.path)) {
            const std::size_t at = manifest.offset + inText;
            for (const Tracer::Piece &piece : output->pieces) {
                if (piece.begin <= at && at < piece.end) {
                    const Tracer::Place &place = record.tracer().place(piece.place);
                    finding.file = place.templateName;
                    finding.line = place.line;
                }
            }
        }
        m_findings.push_back(std::move(finding));
    }

    void floats(const std::string &path, const RenderRecord &record)
    {
        const RenderRecord::Output &output = *record.find(path);
        const Tracer &tracer = record.tracer();
        for (const Tracer::Piece &piece : output.pieces) {
            const auto inputs = tracer.inputs(piece.values);
            const std::string_view text = std::string_view(output.text).substr(piece.begin, piece.end - piece.begin);
            if (inputs.size() != 1 || !isFloatOfWhole(text))
                continue;
            const Tracer::Place &place = tracer.place(piece.place);
            const std::string &name = tracer.path(inputs.front());
            if (!m_toldFloats.insert(name + "\n" + place.templateName + std::to_string(place.line)).second)
                continue;
            m_findings.push_back({ExtraCode::NumberAsFloat, LintSeverity::Warning, place.templateName, place.line, name,
                phrase("chart", "the number %1 comes out as %2; int, int64 or a quoted value keeps its digits").with(name, text)});
        }
    }

    /// "1e+06", "1.5e+07", as Go prints a large float64; quotes around it don't matter.
    static bool isFloatOfWhole(std::string_view text)
    {
        if (text.size() > 2 && text.front() == '"' && text.back() == '"')
            text = text.substr(1, text.size() - 2);
        const std::size_t exponent = text.find("e+");
        if (exponent == std::string_view::npos || exponent == 0 || exponent + 2 == text.size())
            return false;
        const auto isIn = [](std::string_view part, std::string_view allowed) { return part.find_first_not_of(allowed) == std::string_view::npos; };
        return isIn(text.substr(0, exponent), "-.0123456789") && isIn(text.substr(exponent + 2), "0123456789");
    }

    const ValueSources &m_sources;
    std::vector<ExtraFinding> &m_findings;
    std::set<std::string> m_toldFloats;
};

void sortAndTidy(std::vector<ExtraFinding> &findings)
{
    const auto key = [](const ExtraFinding &one) { return std::tie(one.file, one.line, one.code, one.subject); };
    std::sort(findings.begin(), findings.end(), [&](const ExtraFinding &a, const ExtraFinding &b) { return key(a) < key(b); });
    findings.erase(std::unique(findings.begin(), findings.end(), [&](const ExtraFinding &a, const ExtraFinding &b) { return key(a) == key(b); }),
        findings.end());
}

} // namespace

std::string_view toString(ExtraCode code)
{
    switch (code) {
    case ExtraCode::UnusedValue: return "unused-value";
    case ExtraCode::UndefinedValue: return "undefined-value";
    case ExtraCode::UselessOverride: return "useless-override";
    case ExtraCode::DeprecatedApi: return "deprecated-api";
    case ExtraCode::NumberAsFloat: return "number-as-float";
    case ExtraCode::BrokenYaml: return "broken-yaml";
    case ExtraCode::VersionNotBumped: return "version-not-bumped";
    }
    return "";
}

std::string ExtraFinding::toString() const
{
    const LintMessage shown {severity, file + (line > 0 ? ":" + std::to_string(line) : ""), message.plain() + " (" + std::string(chart::toString(code)) + ")"};
    return shown.toString();
}

std::vector<ExtraFinding> extraLint(const ChartTree &tree, const Value &userValues, const ValueSources &sources, const ReleaseRequest &request)
{
    std::vector<ExtraFinding> findings;
    ExtraLinter linter(sources, findings);
    const Messages silent(request.render.version);
    ChartTree copy = tree.clone();
    const auto record = std::make_shared<RenderRecord>();
    ReleaseRequest traced = request;
    traced.render.record = record.get();
    const auto release = renderRelease(copy, userValues, traced, silent);
    // What a dependency that is switched off is told may be meant for another day: the whole tree is looked at.
    const Result<Value> all = coalesceValues(tree.root(), userValues, Nulls::Keep, silent);
    linter.values(tree.root(), all ? *all : Value(), {});
    if (userValues.isMap())
        linter.userOverrides(tree.root(), userValues);
    if (release) {
        linter.output(*release, *record, request.capabilities.kubeVersion);
    } else if (const auto fault = placeOfYamlFault(*record, release.error().error.message)) {
        findings.push_back({ExtraCode::BrokenYaml, LintSeverity::Error, fault->place.templateName, fault->place.line, fault->fault,
            phrase("chart", "this line writes what is no YAML: %1").with(fault->fault)});
    }
    sortAndTidy(findings);
    return findings;
}

std::optional<ExtraFinding> versionNotBumped(
    const Chart &chart, std::string_view chartYaml, const std::optional<std::string> &before, bool isChanged)
{
    if (!isChanged || !before)
        return std::nullopt;
    Metadata old;
    if (!readMetadata(*before, HelmVersion::V4, old) || old.version != chart.metadata.version)
        return std::nullopt;
    const std::size_t at = chartYaml.starts_with("version:") ? 0 : chartYaml.find("\nversion:") + 1;
    const auto line = 1 + std::count(chartYaml.begin(), chartYaml.begin() + static_cast<std::ptrdiff_t>(at), '\n');
    return ExtraFinding {ExtraCode::VersionNotBumped, LintSeverity::Warning, chart.fullPath() + "/Chart.yaml", static_cast<std::uint32_t>(line), chart.name(),
        phrase("chart", "the chart changed and its version is still %1").with(chart.metadata.version)};
}

} // namespace fairway::chart
