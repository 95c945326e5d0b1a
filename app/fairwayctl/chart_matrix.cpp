#include "app/fairwayctl/chart_commands.h"

#include "app/fairwayctl/chart_diff_output.h"
#include "app/fairwayctl/cli.h"
#include "app/fairwayctl/remote_flags.h"
#include "app/fairwayctl/text_table.h"
#include "core/chart/workspace_run.h"
#include "core/value/json.h"

#include <cstdio>
#include <optional>

namespace fairway::ctl {

namespace {

using chart::CellOutcome;
using chart::ObjectChange;
using value::Value;

constexpr std::string_view usage = R"(Renders every chart below a folder in every environment (sets of values files) and says what fails.

Usage:  fairwayctl chart matrix [FOLDER] [flags]

      --against REF                also say which objects differ from a git commit, branch or tag
      --bump NAME=VERSION|PATH     or which would differ with another version of a dependency
      --no-lint                    don't look for findings
  -o, --output FORMAT              table or json
)";

std::string firstLine(const std::string &text)
{
    return text.substr(0, text.find('\n'));
}

/// The first lines of what Helm says, each below the other: a schema's faults stand on lines of their own.
std::string firstLines(std::string_view text)
{
    constexpr std::size_t maxLines = 12;
    std::string out;
    for (std::size_t line = 0; !text.empty(); ++line) {
        if (line == maxLines)
            return out + "  …\n";
        const std::size_t end = text.find('\n');
        out += (line == 0 ? "" : "  ") + std::string(text.substr(0, end)) + "\n";
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return out;
}

/// "+1 -0 ~3", or why there is none.
std::string changesText(const CellOutcome &outcome)
{
    if (!outcome.baseProblem.empty())
        return "fails: " + firstLine(outcome.baseProblem);
    if (!outcome.isCompared)
        return {};
    std::size_t counts[3] = {};
    for (const ObjectChange &change : outcome.changes)
        ++counts[static_cast<std::size_t>(change.kind)];
    const std::string text = outcome.changes.empty() ? "none" : "+" + std::to_string(counts[0]) + " -" + std::to_string(counts[1]) + " ~" + std::to_string(counts[2]);
    return outcome.isNew ? "new chart, " + text : text;
}

std::string findingsText(const CellOutcome &outcome)
{
    if (outcome.lintErrors + outcome.lintWarnings == 0)
        return "none";
    return std::to_string(outcome.lintErrors) + " errors, " + std::to_string(outcome.lintWarnings) + " warnings";
}

Value toValue(const chart::Workspace &workspace, const chart::WorkspaceCell &cell, const CellOutcome &outcome)
{
    Value json = Value::map({{"chart", workspace.charts[cell.chart]}, {"environment", workspace.environments[cell.environment]}, {"ok", outcome.error.empty()},
        {"objects", static_cast<std::int64_t>(outcome.objects)}, {"lintErrors", static_cast<std::int64_t>(outcome.lintErrors)},
        {"lintWarnings", static_cast<std::int64_t>(outcome.lintWarnings)}});
    Value files = Value::list();
    for (const std::string &path : cell.valuesFiles)
        files.append(path);
    json.set("valuesFiles", files);
    if (!outcome.error.empty())
        json.set("error", outcome.error);
    if (!outcome.baseProblem.empty())
        json.set("baseError", outcome.baseProblem);
    if (outcome.isCompared) {
        Value changes = Value::list();
        for (const ObjectChange &change : outcome.changes) {
            const chart::CellObject &object = change.kind == ObjectChange::Kind::Removed ? change.before : change.after;
            changes.append(Value::map({{"change", changeWord(change.kind)}, {"kind", object.kind}, {"namespace", object.ns}, {"name", object.name}, {"template", object.path}}));
        }
        json.set("changes", changes);
    }
    return json;
}

int print(const chart::Workspace &workspace, const std::vector<CellOutcome> &outcomes, bool isJson, bool isCompared)
{
    int exitCode = 0;
    TextTable table;
    Value list = Value::list();
    std::vector<std::string> head {"CHART", "ENVIRONMENT", "STATE", "OBJECTS", "FINDINGS"};
    if (isCompared)
        head.emplace_back("CHANGES");
    table.add(head);
    for (std::size_t i = 0; i < workspace.cells.size(); ++i) {
        const chart::WorkspaceCell &cell = workspace.cells[i];
        const CellOutcome &outcome = outcomes[i];
        exitCode = outcome.error.empty() ? exitCode : 1;
        list.append(toValue(workspace, cell, outcome));
        std::vector<std::string> row {workspace.charts[cell.chart], workspace.environments[cell.environment], outcome.error.empty() ? "ok" : "error",
            std::to_string(outcome.objects), findingsText(outcome)};
        if (isCompared)
            row.push_back(changesText(outcome));
        table.add(std::move(row));
    }
    std::string text = isJson ? value::toJson(list, value::JsonStyle::Indented) + "\n" : table.take();
    for (std::size_t i = 0; !isJson && i < outcomes.size(); ++i) {
        if (!outcomes[i].error.empty())
            text += "\n" + workspace.charts[workspace.cells[i].chart] + " in " + workspace.environments[workspace.cells[i].environment] + ": " + firstLines(outcomes[i].error);
    }
    std::fwrite(text.data(), 1, text.size(), stdout);
    return exitCode;
}

} // namespace

int chartMatrix(std::span<const std::string> arguments)
{
    HelmFlags flags;
    HelmSettings settings;
    std::string against;
    std::string bumpText;
    std::string output = "table";
    bool withoutLint = false;
    settings.addTo(flags);
    flags.help(std::string(usage));
    flags.text("against", against);
    flags.text("bump", bumpText);
    flags.text("output", output, 'o');
    flags.boolean("no-lint", withoutLint);
    const Result<std::vector<std::string>> positional = flags.parse(arguments);
    if (!positional)
        return flagsFailed(flags, positional.error());
    if (!against.empty() && !bumpText.empty())
        return helmFailed("--against and --bump exclude each other");
    if (positional->size() > 1)
        return helmWantsArguments("matrix", "at most 1 argument", "matrix [DIR] [flags]");
    if (output != "table" && output != "json")
        return badUsage("-o " + output + ": table or json");
    const std::string folder = positional->empty() ? "." : positional->front();
    const Result<chart::Workspace> workspace = chart::scanWorkspace(folder);
    if (!workspace)
        return helmFailed(workspace.error().message);
    if (workspace->charts.empty())
        return helmFailed("no chart in " + workspace->root);
    chart::MatrixOptions options;
    options.cell.version = settings.version;
    options.cell.ns = settings.effectiveNamespace();
    options.withLint = !withoutLint;
    std::optional<chart::GitTree> base;
    if (!against.empty()) {
        Result<chart::GitTree> found = chart::GitTree::find(workspace->root, against);
        if (!found)
            return helmFailed(found.error().message);
        base = std::move(*found);
        options.against = &*base;
    }
    std::optional<chart::DependencyBump> bump;
    if (!bumpText.empty()) {
        auto parsed = chart::DependencyBump::parse(bumpText);
        Result<chart::RemoteContext> context = remoteContext(settings);
        if (!parsed || !context)
            return helmFailed("--bump: " + (parsed ? context.error() : parsed.error()).message);
        bump.emplace(std::move(parsed->first), std::move(parsed->second), std::move(*context));
        options.bump = &*bump;
    }
    std::vector<std::size_t> all(workspace->cells.size());
    for (std::size_t i = 0; i < all.size(); ++i)
        all[i] = i;
    std::vector<CellOutcome> outcomes(all.size());
    chart::evaluateCells(*workspace, all, options, [&](std::size_t cell, CellOutcome outcome) { outcomes[cell] = std::move(outcome); });
    return print(*workspace, outcomes, output == "json", base.has_value() || bump.has_value());
}

} // namespace fairway::ctl
