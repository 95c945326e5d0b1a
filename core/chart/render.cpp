#include "core/chart/render.h"

#include "core/chart/coalesce.h"
#include "core/chart/paths.h"
#include "core/chart/render_error.h"
#include "core/chart/render_record.h"
#include "core/chart/template_objects.h"
#include "core/gotemplate/go_types.h"

#include <algorithm>
#include <numeric>
#include <string_view>
#include <vector>

namespace fairway::chart {

namespace {

using value::Origin;
using value::Value;

struct Renderable {
    std::string path;
    std::string_view text;
    Value data;           ///< `.`: shared by the templates of a chart.
    std::string basePath;
    std::size_t depth = 0; ///< Slashes in `path`.
    const Chart *chart = nullptr;
};

/// Collects the templates of a tree with what each finds in `.`.
/// Helm moved the type of its maps between 3 and 4.
Origin valuesOrigin(HelmVersion version)
{
    return version == HelmVersion::V3 ? gotemplate::Values3 : Origin::Values;
}

class Collector {
public:
    Collector(Value capabilities, Value release, HelmVersion version)
        : m_capabilities(std::move(capabilities))
        , m_release(std::move(release))
        , m_version(version)
    {
    }

    /// Returns the chart's `.`.
    Value collect(const Chart &chart, Value values)
    {
        Value subcharts = Value::map();
        Value data = Value::map({{"Chart", chartObject(chart, m_version)}, {"Files", filesObject(chart.content)}, {"Release", m_release},
            {"Capabilities", m_capabilities}, {"Values", values.withOrigin(valuesOrigin(m_version))}, {"Subcharts", subcharts}});
        for (const Chart *const sub : chart.dependencies) {
            const Value *const own = values.asMap().get(sub->name());
            subcharts.set(sub->name(), collect(*sub, own && own->isMap() ? *own : Value::map()));
        }
        const std::string path = chart.fullPath();
        for (const std::uint32_t index : chart.content->templates) {
            const ChartFile &file = chart.content->files[index];
            if (chart.isLibrary() && !basePath(file.name).starts_with('_'))
                continue;
            Renderable item {joinPath(path, file.name), file.data, data.withOrigin(valuesOrigin(m_version)), path + "/templates", 0, &chart};
            item.depth = static_cast<std::size_t>(std::count(item.path.begin(), item.path.end(), '/'));
            m_templates.push_back(std::move(item));
        }
        return data;
    }

    /// Deepest first and backwards by name, so that what a parent defines replaces what its subcharts define.
    std::vector<Renderable> inOrder() &&
    {
        std::stable_sort(m_templates.begin(), m_templates.end(), [](const Renderable &a, const Renderable &b) {
            return a.depth != b.depth ? a.depth > b.depth : a.path > b.path;
        });
        return std::move(m_templates);
    }

private:
    Value m_capabilities;
    Value m_release;
    HelmVersion m_version;
    std::vector<Renderable> m_templates;
};

/// Go prints a missing value so whatever it is told; Helm takes it out again. Returns where it stood.
std::vector<ByteRange> removeNoValue(std::string &text)
{
    constexpr std::string_view mark = "<no value>";
    std::vector<ByteRange> removed;
    std::size_t found = text.find(mark);
    if (found == std::string::npos)
        return removed;
    std::string kept;
    std::size_t start = 0;
    for (; found != std::string::npos; found = text.find(mark, start)) {
        kept.append(text, start, found - start);
        removed.push_back({found, found + mark.size()});
        start = found + mark.size();
    }
    kept.append(text, start);
    text = std::move(kept);
    return removed;
}

} // namespace

Result<std::map<std::string, std::string>> renderTemplates(const Chart &chart, const Value &values, const Capabilities &capabilities,
    const ReleaseInfo &release, const RenderOptions &options)
{
    Collector collector(capabilitiesObject(capabilities, options.version),
        Value::map({{"Name", release.name}, {"Namespace", release.nameSpace}, {"IsUpgrade", release.isUpgrade},
            {"IsInstall", !release.isUpgrade}, {"Revision", Value(static_cast<std::int64_t>(release.revision), Origin::Int)}, {"Service", "Helm"}}),
        options.version);
    (void)collector.collect(chart, options.record != nullptr ? options.record->label(chart, values) : values);
    const std::vector<Renderable> templates = std::move(collector).inOrder();

    funcs::HelmContext context;
    context.base.clock = options.clock;
    context.base.pinned = options.pinned;
    if (options.pinned != nullptr) {
        options.pinned->begin();
        if (options.clock == nullptr)
            context.base.clock = &options.pinned->clock();
    }
    context.base.timeZone = options.timeZone;
    context.isLint = options.isLint;
    context.isStrict = options.isStrict;
    context.helmVersion = options.version == HelmVersion::V4 ? 4 : 3;
    context.resolveHosts = options.resolveHosts;
    context.lookup = options.lookup;
    context.log = options.lintNote;
    context.base.expectedKeys = [&templates] {
        return std::accumulate(templates.begin(), templates.end(), std::size_t {0},
            [](std::size_t sum, const Renderable &item) { return sum + funcs::countKeyCalls(item.text); });
    };
    gotemplate::FunctionMap functions;
    funcs::registerHelm(functions, context);
    const auto goRelease = options.version == HelmVersion::V3 ? gotemplate::GoRelease::Go123 : gotemplate::GoRelease::Go125;
    gotemplate::TemplateSet set(functions, goRelease);
    std::vector<gotemplate::TemplateSet::Text> texts;
    texts.reserve(templates.size());
    for (const Renderable &item : templates)
        texts.push_back({item.path, item.text, options.parsed == nullptr ? item.chart->content : nullptr}); // kept ones would keep each version of a chart
    std::size_t failedAt = 0;
    if (const auto parsed = set.parseAll(texts, failedAt, options.parsed); !parsed)
        return fail(parsed.error().code, parseErrorText(templates[failedAt].path, parsed.error()));

    gotemplate::ExecuteOptions execution;
    execution.release = goRelease;
    execution.missingKey = options.isStrict ? gotemplate::MissingKey::Error : gotemplate::MissingKey::Zero;
    execution.limits = options.limits;
    execution.cancel = options.cancel;
    execution.tracer = options.record != nullptr ? &options.record->tracer() : nullptr;
    std::map<std::string, std::string> rendered;
    for (const Renderable &item : templates) {
        if (basePath(item.path).starts_with('_'))
            continue;
        Value data = item.data;
        data.set("Template", Value::map({{"Name", item.path}, {"BasePath", item.basePath}}).withOrigin(valuesOrigin(options.version)));
        if (options.record != nullptr)
            options.record->begin(*item.chart);
        if (options.pinned != nullptr)
            options.pinned->enter(item.path);
        auto output = set.execute(item.path, data, execution);
        if (!output)
            return fail(output.error().code, executionErrorText(item.path, output.error(), options.version));
        const std::vector<ByteRange> removed = removeNoValue(*output);
        if (options.record != nullptr)
            options.record->finish(item.path, *output, removed);
        if (output->capacity() - output->size() > output->size() / 8) // It grew by doubling, and large charts have megabytes of it.
            output->shrink_to_fit();
        rendered[item.path] = std::move(*output);
    }
    return rendered;
}

} // namespace fairway::chart
