#include "core/chart/lint.h"

#include "core/chart/coalesce.h"
#include "core/chart/dependencies.h"
#include "core/chart/go_text.h"
#include "core/chart/lint_rules.h"
#include "core/chart/load_chart.h"
#include "core/chart/paths.h"
#include "core/chart/release.h"
#include "core/chart/schema.h"
#include "core/chart/values_text.h"

#include <algorithm>
#include <array>
#include <set>
#include <sys/stat.h>

namespace fairway::chart {

using value::Value;

namespace {

constexpr std::string_view templatesFolder = "templates/";
constexpr std::string_view crdsFolder = "crds/";

bool exists(const std::string &path, bool &isFolder)
{
    struct stat status {};
    const bool isThere = ::stat(path.c_str(), &status) == 0;
    isFolder = isThere && S_ISDIR(status.st_mode);
    return isThere;
}

class Linter {
public:
    Linter(std::string folder, const LintRequest &request, const Messages &messages)
        : m_folder(std::move(folder))
        , m_request(request)
        , m_messages(messages)
        , m_capabilities(defaultCapabilities(messages.version()))
    {
        if (request.kubeVersion)
            m_capabilities.kubeVersion = *request.kubeVersion;
    }

    std::vector<LintMessage> run(std::string_view chartYaml)
    {
        lintChartYaml(chartYaml, m_messages.version(), m_report);
        lintValues();
        lintTemplates();
        lintDependencies();
        if (m_messages.version() == HelmVersion::V4)
            lintCrds();
        return m_report.take();
    }

private:
    [[nodiscard]] Result<ChartTree> load()
    {
        ValueSources sources;
        return loadChart(m_folder, {m_messages.version(), m_messages, sources, {}});
    }

    void lintValues()
    {
        bool isFolder = false;
        if (!exists(m_folder + "/values.yaml", isFolder)) {
            m_report.add(LintSeverity::Info, "values.yaml", "file does not exist");
            return;
        }
        const HelmVersion version = m_messages.version();
        const ChartLimits limits;
        const Result<std::string> text = readWholeFile(m_folder + "/values.yaml", limits.maxFileBytes);
        Result<Value> defaults = text ? readValues(*text, 0, HelmVersion::V3) : Result<Value>(tl::unexpected(text.error()));
        if (!defaults) {
            m_report.add(LintSeverity::Error, "values.yaml", "unable to parse YAML: " + defaults.error().message);
            return;
        }
        Value values = Value::map();
        Value user = m_request.userValues.isMap() ? value::deepCopy(m_request.userValues) : Value::map();
        coalesceTables(values.asMap(), user.asMap(), Nulls::Delete, m_messages);
        coalesceTables(values.asMap(), defaults->asMap(), Nulls::Delete, m_messages);
        const Result<std::string> schema = readWholeFile(m_folder + "/values.schema.json", limits.maxFileBytes);
        if (m_request.skipSchema || !schema || schema->empty())
            return;
        m_report.add(LintSeverity::Error, "values.yaml", faultsAgainstSchema(*schema, values, version));
    }

    void lintTemplates()
    {
        bool isFolder = false;
        if (!exists(m_folder + "/templates", isFolder)) {
            if (m_messages.version() == HelmVersion::V4)
                m_report.add(LintSeverity::Warning, templatesFolder, "directory does not exist");
            return;
        }
        if (!isFolder) {
            m_report.add(m_messages.version() == HelmVersion::V4 ? LintSeverity::Error : LintSeverity::Warning, templatesFolder, "not a directory");
            return;
        }
        Result<ChartTree> tree = load();
        if (!tree) {
            m_report.add(LintSeverity::Error, templatesFolder, tree.error().message);
            return;
        }
        if (!processDependencies(*tree, m_request.userValues, m_messages))
            return;
        const Chart &chart = tree->root();
        const HelmVersion version = m_messages.version();
        Result<Value> values = coalesceValues(chart, m_request.userValues, Nulls::Delete, m_messages);
        if (values) // Helm does it twice
            values = coalesceValues(chart, *values, Nulls::Delete, m_messages);
        if (!values)
            return;
        if (!m_request.skipSchema) {
            if (const Result<void> valid = validateAgainstSchemas(chart, *values, version); !valid) {
                m_report.add(LintSeverity::Error, templatesFolder,
                    "values don't meet the specifications of the schema(s) in the following chart(s):\n" + valid.error().message);
                return;
            }
        }
        ReleaseInfo release;
        release.name = "test-release";
        release.nameSpace = m_request.nameSpace;
        RenderOptions options;
        options.version = version;
        options.isLint = true;
        options.lintNote = [this](std::string_view what, std::string_view message) { note(what, message); };
        const auto rendered = renderTemplates(chart, *values, m_capabilities, release, options);
        if (!rendered) {
            m_report.add(LintSeverity::Error, templatesFolder, rendered.error().message);
            return;
        }
        lintOutputs(chart, *rendered);
    }

    void note(std::string_view what, std::string_view message) const
    {
        m_messages.structured(what == "funcMap fail" ? "INFO" : "WARN", what, {{"message", message}});
        m_messages.plain(what == "funcMap fail" ? "engine.go:227" : what == "missing required value" ? "engine.go:206" : "engine.go:214",
            (what == "funcMap fail" ? "[INFO] Fail: " : "[INFO] Missing required value: ") + std::string(message));
    }

    void lintOutputs(const Chart &chart, const std::map<std::string, std::string> &rendered)
    {
        constexpr std::array<std::string_view, 4> extensions {".yaml", ".yml", ".tpl", ".txt"};
        for (const std::uint32_t index : chart.content->templates) {
            const std::string &file = chart.content->files[index].name;
            const std::string_view extension = extensionOf(file);
            if (std::find(extensions.begin(), extensions.end(), extension) == extensions.end()) {
                m_report.add(LintSeverity::Error, file,
                    "file extension '" + std::string(extension) + "' not valid. Valid extensions are .yaml, .yml, .tpl, or .txt");
            }
            const std::string_view word = extension.substr(extension.empty() ? 0 : 1);
            if (!equalsFolded(word, "yaml") && !equalsFolded(word, "yml"))
                continue;
            const auto output = rendered.find(joinPath(chart.name(), file));
            if (output == rendered.end() || trimSpace(output->second).empty())
                continue;
            if (!lintManifests(file, output->second, m_capabilities.kubeVersion, m_report))
                return;
        }
    }

    void lintDependencies()
    {
        const Result<ChartTree> tree = load();
        if (!tree) {
            m_report.add(LintSeverity::Error, "", "unable to load chart\n\t" + tree.error().message);
            return;
        }
        const Chart &chart = tree->root();
        std::set<std::string> inMetadata;
        std::set<std::string> inFolder;
        for (const std::optional<Dependency> &dependency : chart.metadata.dependencies)
            inMetadata.insert(dependency->name);
        std::string notInMetadata;
        for (const Chart *const sub : chart.dependencies) {
            inFolder.insert(sub->name());
            if (!inMetadata.contains(sub->name()))
                notInMetadata += (notInMetadata.empty() ? "" : ",") + sub->name();
        }
        std::string notInFolder;
        bool isAnyMissing = false; // its name may be empty
        for (const std::optional<Dependency> &dependency : chart.metadata.dependencies) {
            if (inFolder.contains(dependency->name))
                continue;
            notInFolder += (isAnyMissing ? "," : "") + dependency->name;
            isAnyMissing = true;
        }
        if (!notInMetadata.empty())
            m_report.add(LintSeverity::Error, m_folder, "chart metadata is missing these dependencies: " + notInMetadata);
        if (isAnyMissing)
            m_report.add(LintSeverity::Warning, m_folder, "chart directory is missing these dependencies: " + notInFolder);
    }

    void lintCrds()
    {
        bool isFolder = false;
        if (!exists(m_folder + "/crds", isFolder))
            return;
        if (!isFolder) {
            m_report.add(LintSeverity::Error, crdsFolder, "not a directory");
            return;
        }
        const Result<ChartTree> tree = load();
        if (!tree) {
            m_report.add(LintSeverity::Error, crdsFolder, tree.error().message);
            return;
        }
        for (const CrdFile &crd : crdFiles(tree->root())) {
            const std::size_t start = crd.path.rfind("/crds/");
            if (!lintCrd(std::string_view(crd.path).substr(start + 1), crd.text, m_report))
                return;
        }
    }

    const std::string m_folder;
    const LintRequest &m_request;
    const Messages &m_messages;
    Capabilities m_capabilities;
    LintReport m_report;
};

} // namespace

std::string LintMessage::toString() const
{
    const std::string_view names[] = {"INFO", "WARNING", "ERROR"};
    return "[" + std::string(names[static_cast<std::size_t>(severity)]) + "] " + path + ": " + text;
}

bool LintReport::add(LintSeverity severity, std::string_view path, std::string text)
{
    if (text.empty())
        return true;
    m_messages.push_back({severity, std::string(path), std::move(text)});
    return false;
}

Result<std::vector<LintMessage>> lintChart(const std::string &folder, const LintRequest &request, const Messages &messages)
{
    const ChartLimits limits;
    const Result<std::string> chartYaml = readWholeFile(folder + "/Chart.yaml", limits.maxFileBytes);
    if (!chartYaml) {
        std::string why = chartYaml.error().message;
        if (why.starts_with("open "))
            why.replace(0, 5, "stat ");
        return fail(chartYaml.error().code, "unable to check Chart.yaml file in chart: " + why);
    }
    return Linter(folder, request, messages).run(*chartYaml);
}

} // namespace fairway::chart
