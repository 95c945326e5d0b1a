#include "app/fairwayctl/chart_commands.h"

#include "app/fairwayctl/chart_request.h"
#include "app/fairwayctl/cli.h"
#include "app/fairwayctl/text_table.h"
#include "core/chart/go_text.h"
#include "core/chart/source_map.h"
#include "core/value/json.h"
#include "core/value/yaml.h"

namespace fairway::ctl {

namespace {

using value::Value;

Value number(std::uint32_t number)
{
    return Value(static_cast<std::int64_t>(number));
}

Value asValue(const chart::SpanOrigin::Place &place)
{
    return Value::map({{"template", place.templateName}, {"line", number(place.line)}});
}

Value asValue(const chart::ValueOrigin &origin)
{
    return Value::map({{"path", origin.path}, {"source", origin.source.empty() ? Value("(not set)") : Value(origin.source)},
        {"line", number(origin.line)}, {"layer", chart::toString(origin.layer)}, {"role", origin.isCondition ? "condition" : "value"}});
}

Value asValue(const chart::SpanOrigin &span);

template <typename Item>
Value asList(const std::vector<Item> &items)
{
    Value list = Value::list();
    for (const Item &item : items)
        list.append(asValue(item));
    return list;
}

Value asValue(const chart::SpanOrigin &span)
{
    Value out = asValue(span.place);
    out.set("column", number(span.place.column));
    out.set("begin", number(span.beginColumn));
    out.set("end", number(span.endColumn));
    out.set("includes", asList(span.includes));
    out.set("values", asList(span.values));
    return out;
}

Value asValue(const chart::LineOrigin &origin, std::string_view text)
{
    constexpr std::string_view kinds[] = {"template", "file", "frame"};
    Value out = asValue(origin.place);
    out.set("column", number(origin.place.column));
    out.set("includes", asList(origin.includes));
    out.set("values", asList(origin.values));
    out.set("text", text);
    out.set("kind", kinds[static_cast<std::size_t>(origin.kind)]);
    out.set("spans", asList(origin.spans));
    return out;
}

std::string placeText(const chart::SpanOrigin::Place &place)
{
    return place.templateName + ":" + std::to_string(place.line) + ":" + std::to_string(place.column);
}

std::string table(const chart::LineOrigin &origin, std::string_view text)
{
    std::string shown = std::string(text) + "\n\n";
    switch (origin.kind) {
    case chart::LineOrigin::Kind::Template: shown += "written by " + placeText(origin.place) + "\n"; break;
    case chart::LineOrigin::Kind::File: shown += "from the file " + placeText(origin.place) + "\n"; break;
    case chart::LineOrigin::Kind::Frame: shown += "set between documents, before what " + origin.place.templateName + " wrote\n"; break;
    }
    for (auto it = origin.includes.rbegin(); it != origin.includes.rend(); ++it)
        shown += "included by " + placeText(*it) + "\n";
    if (origin.values.empty())
        return shown;
    TextTable rows;
    rows.add({"VALUE", "ROLE", "SOURCE", "LAYER"});
    for (const chart::ValueOrigin &one : origin.values) {
        std::string source = one.source;
        if (one.line > 0)
            source += ":" + std::to_string(one.line);
        rows.add({one.path, one.isCondition ? "condition" : "value", source.empty() ? "<none>" : source, std::string(chart::toString(one.layer))});
    }
    return shown + "\n" + rows.take();
}

std::string usage()
{
    return std::string(R"(Tells where a line of a chart's output comes from: the template's line, the templates that include it, and each value that fed it
with the layer that won.

Usage:  fairwayctl chart explain [NAME] CHART LINE [flags]

LINE counts from 1 in what `chart template` prints with the same flags.

  -o, --output FORMAT              table, json or yaml (default table)
  -s, --show-only PATTERN, --include-crds, --no-hooks, --skip-tests
                                   the output meant, as of chart template
      --kube-version VERSION       of the cluster it is for
  -a, --api-versions NAMES         what that cluster has beside the usual
)") + std::string(valueFlagsHelp) + std::string(chartFlagsHelp) + std::string(accessFlagsHelp) + std::string(globalFlagsHelp);
}

} // namespace

int chartExplain(std::span<const std::string> arguments)
{
    HelmFlags flags;
    HelmSettings settings;
    TemplateFlags options;
    std::string format = "table";
    settings.addTo(flags);
    options.addTo(flags, HelmSettings::versionIn(arguments));
    flags.text("output", format, 'o');
    flags.help(usage());
    Result<std::vector<std::string>> positional = flags.parse(arguments);
    if (!positional)
        return flags.askedHelp().empty() ? badUsage(positional.error().message) : flagsFailed(flags, positional.error());
    if (positional->size() < 2)
        return badUsage("chart explain needs a chart and a line: chart explain [NAME] CHART LINE [flags of template]");
    if (format != "table" && format != "json" && format != "yaml")
        return badUsage("--output must be table, json or yaml");
    if (!options.outputDir.empty())
        return badUsage("--output-dir: lines are those of the printed output; leave this flag out");
    std::int64_t line = 0;
    if (!chart::parseGoInt(positional->back(), line) || line < 1)
        return badUsage("LINE must be a number from 1: " + chart::goQuoted(positional->back()));
    positional->pop_back();

    const chart::Messages messages = standardErrorMessages(settings.version);
    Result<ReleaseInput> input = readReleaseInput(*positional, settings, options, messages);
    if (!input)
        return helmFailed(input.error().message);
    const auto record = std::make_shared<chart::RenderRecord>();
    input->request.render.record = record.get();
    const auto release = chart::renderRelease(input->tree, input->values, input->request, messages);
    if (!release)
        return renderingFailed(release.error(), settings.debug);
    const Result<chart::ReleaseText> text = chart::releaseText(*release, options.shown());
    if (!text)
        return helmFailed(text.error().message);
    const chart::SourceMap map(record, std::move(input->sources), *text);
    if (static_cast<std::uint64_t>(line) > map.lineCount()) {
        return failed("line " + std::to_string(line) + " is beyond the output of this chart, which has " + std::to_string(map.lineCount())
            + " lines");
    }
    const chart::LineOrigin origin = map.at(static_cast<std::size_t>(line));
    std::string_view shown = text->text;
    for (std::int64_t i = 1; i < line; ++i)
        shown.remove_prefix(shown.find('\n') + 1);
    shown = shown.substr(0, shown.find('\n'));
    if (format == "table")
        out(forTerminal(table(origin, shown)));
    else if (format == "json")
        out(value::toJson(asValue(origin, shown), value::JsonStyle::IndentedWide) + "\n");
    else
        out(value::toYaml(asValue(origin, shown)));
    return exitOk;
}

} // namespace fairway::ctl
