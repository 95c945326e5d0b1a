#include "app/fairwayctl/route_check.h"

#include "app/fairwayctl/cli.h"
#include "app/fairwayctl/manifests.h"
#include "app/fairwayctl/object_output.h"
#include "app/fairwayctl/route_fix.h"
#include "app/fairwayctl/route_live.h"
#include "app/fairwayctl/route_set.h"
#include "app/fairwayctl/text_table.h"
#include "core/operate/atomic_file.h"
#include "core/operate/diff.h"
#include "core/route/finding_words.h"
#include "core/route/findings.h"
#include "core/route/object_check.h"
#include "core/route/overlap_check.h"
#include "core/value/json.h"
#include "core/value/yaml.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <map>
#include <memory>

namespace fairway::ctl {
namespace {

struct CheckOptions {
    std::vector<std::string> files;
    std::string output;
    bool isLive = false;
    bool hasOverlaps = false;
    bool mends = false;
    bool isDryRun = false;
};

/// Files without any pod or slice say nothing about who is ready.
bool isAboutPods(const route::Finding &finding)
{
    return finding.code == "FW0006" || finding.code == "FW0007" || finding.code == "IST0173";
}

bool isAbout(const route::Finding &finding, const route::RouteObject &route)
{
    return route.canaryOf.empty() || finding.object != "Ingress " + route.canaryOf;
}

std::vector<route::Finding> check(const std::vector<Manifest> &manifests)
{
    const RouteSet set = routeSetOf(manifests);
    std::vector<route::Finding> findings;
    for (const route::RouteObject &route : set.routes) {
        std::vector<route::Finding> found = set.hasServices ? route::checkRoute(route, set.topology) : route::checkRoute(route);
        std::erase_if(found, [&](const route::Finding &f) {
            // What a canary finds at its main Ingress is found there, too.
            return f.severity == route::Severity::Good || (!set.hasPods && isAboutPods(f)) || !isAbout(f, route);
        });
        findings.insert(findings.end(), found.begin(), found.end());
    }
    return findings;
}

/// Findings of the routes themselves, then what validation and analysis say that is not among them.
std::vector<route::ObjectFinding> allFindings(const std::vector<Manifest> &manifests)
{
    std::vector<route::ObjectFinding> out;
    std::map<std::string, std::vector<std::pair<std::string, std::string>>> known; // object to codes and paths
    for (const route::Finding &finding : check(manifests)) {
        known[finding.object].emplace_back(finding.code, finding.path);
        out.push_back({finding.object, finding.severity, finding.code, finding.path,
            finding.message.empty() ? finding.title : phrase("route", "%1: %2").with(finding.title, finding.message)});
    }
    std::vector<value::Value> objects;
    for (const Manifest &manifest : manifests)
        objects.push_back(manifest.object);
    for (route::ObjectFinding &finding : route::checkObjects(objects)) {
        const auto told = known.find(finding.object);
        const bool isKnown = told != known.end() && std::any_of(told->second.begin(), told->second.end(), [&](const auto &one) {
            return route::isSaidBefore(one.first, one.second, finding.code, finding.path);
        });
        if (!isKnown)
            out.push_back(std::move(finding));
    }
    return out;
}

Result<std::vector<route::ObjectFinding>> everyFinding(const std::vector<Manifest> &manifests, bool hasOverlaps)
{
    std::vector<route::ObjectFinding> findings = allFindings(manifests);
    if (!hasOverlaps)
        return findings;
    std::vector<value::Value> objects;
    for (const Manifest &manifest : manifests)
        objects.push_back(manifest.object);
    Result<std::vector<route::ObjectFinding>> overlaps = route::checkOverlaps(objects);
    if (!overlaps)
        return tl::unexpected(overlaps.error());
    findings.insert(findings.end(), overlaps->begin(), overlaps->end());
    return findings;
}

bool hasError(const std::vector<route::ObjectFinding> &findings)
{
    return std::any_of(findings.begin(), findings.end(), [](const route::ObjectFinding &f) { return f.severity == route::Severity::Error; });
}

std::string codesOf(const route::ObjectFinding &finding)
{
    const std::string kiali(route::kialiCode(finding.code, finding.object, finding.path, finding.message.plain()));
    return finding.code + (kiali.empty() ? "" : " " + kiali);
}

value::Value toValue(const route::ObjectFinding &finding)
{
    const std::string kiali(route::kialiCode(finding.code, finding.object, finding.path, finding.message.plain()));
    value::Value one = value::Value::map({{"object", value::Value(finding.object)},
        {"severity", value::Value(toString(finding.severity))}, {"code", value::Value(finding.code)},
        {"path", value::Value(finding.path)}, {"message", value::Value(finding.message.plain())}});
    if (!kiali.empty())
        one.set("kiali", value::Value(kiali));
    return one;
}

void print(const value::Value &node, OutputForm form)
{
    out(form == OutputForm::Json ? value::toJson(node, value::JsonStyle::Indented) + "\n" : value::toYaml(node));
}

/// "mended" and "notMended" with the reason of each.
void printFix(const FixedFiles &fixed, const std::vector<route::ObjectFinding> &left, OutputForm form)
{
    if (form != OutputForm::Table) {
        value::Value done = value::Value::list();
        for (const FileMend &one : fixed.done)
            done.append(value::Value::map({{"file", one.file}, {"object", one.object}, {"code", one.mend.code}, {"path", one.mend.path},
                {"mend", one.mend.title.plain()}}));
        value::Value open = value::Value::list();
        for (const route::ObjectFinding &finding : left) {
            value::Value one = toValue(finding);
            one.set("why", value::Value(route::whyNotMended(finding.code).plain()));
            open.append(std::move(one));
        }
        print(value::Value::map({{"mended", std::move(done)}, {"notMended", std::move(open)}}), form);
        return;
    }
    TextTable table;
    if (!fixed.done.empty() || !left.empty())
        table.add({"", "OBJECT", "CODE", "PATH", "MEND"});
    for (const FileMend &one : fixed.done)
        table.add({"mended", forTerminal(one.object), one.mend.code, forTerminal(one.mend.path), forTerminal(one.mend.title.plain())});
    for (const route::ObjectFinding &finding : left)
        table.add({"left", forTerminal(finding.object), codesOf(finding), forTerminal(finding.path),
            forTerminal(route::whyNotMended(finding.code).plain() + ": " + finding.message.plain())});
    out(table.take());
}

int runFix(const CheckOptions &options, OutputForm form, std::vector<Manifest> &manifests)
{
    const Result<FixedFiles> fixed = fixFiles(manifests);
    if (!fixed)
        return failed(fixed.error());
    const Result<std::vector<route::ObjectFinding>> left = everyFinding(manifests, options.hasOverlaps);
    if (!left)
        return failed(left.error());
    for (const FixedFiles::File &file : fixed->files) {
        if (options.isDryRun && form == OutputForm::Table) {
            out(operate::unifiedDiff(file.before, file.after, file.name, file.name));
        } else if (const Result<void> written = options.isDryRun ? Result<void>() : operate::replaceFile(file.name, file.after); !written) {
            return failed(written.error());
        }
    }
    printFix(*fixed, *left, form);
    for (const std::string &refusal : fixed->refused)
        note("not mended: " + refusal);
    note(options.isDryRun ? std::to_string(fixed->done.size()) + " can be mended; nothing was written"
                          : std::to_string(fixed->done.size()) + " mended in " + std::to_string(fixed->files.size()) + " files");
    return hasError(*left) || !fixed->refused.empty() ? exitFailed : exitOk;
}

int runCheck(const CheckOptions &options, const GlobalOptions &globals)
{
    const Result<OutputForm> form = parseOutputForm(options.output);
    if (!form || *form == OutputForm::Name || *form == OutputForm::Wide)
        return badUsage("-o must be table, json or yaml");
    if (options.files.empty() && !options.isLive)
        return badUsage("nothing to check: name files with -f, or ask for the cluster with --live");
    if (options.isDryRun && !options.mends)
        return badUsage("--dry-run is about --fix");
    if (options.mends && options.isLive)
        return badUsage("--fix mends files: what the cluster holds is changed with apply");
    if (options.mends && std::find(options.files.begin(), options.files.end(), "-") != options.files.end())
        return badUsage("--fix can't mend standard input: name a file");
    Result<std::vector<Manifest>> manifests = readRouting(options.files, options.isLive, globals);
    if (!manifests)
        return failed(manifests.error());
    if (options.mends)
        return runFix(options, *form, *manifests);
    const Result<std::vector<route::ObjectFinding>> findings = everyFinding(*manifests, options.hasOverlaps);
    if (!findings)
        return failed(findings.error());
    value::Value list = value::Value::list();
    TextTable table;
    table.add({"OBJECT", "SEVERITY", "CODE", "PATH", "MESSAGE"});
    for (const route::ObjectFinding &finding : *findings) {
        list.append(toValue(finding));
        table.add({forTerminal(finding.object), std::string(toString(finding.severity)), codesOf(finding),
            forTerminal(finding.path), forTerminal(finding.message.plain())});
    }
    if (*form != OutputForm::Table)
        print(list, *form);
    else if (findings->empty())
        note("no findings");
    else
        out(table.take());
    return hasError(*findings) ? exitFailed : exitOk;
}

} // namespace

void addRouteCheck(CLI::App &route, const GlobalOptions &globals, int &exitCode)
{
    auto options = std::make_shared<CheckOptions>();
    CLI::App *command = route.add_subcommand("check", "findings of the routes in files or a cluster; exit code 1 on an error");
    command->add_option("-f,--filename", options->files, "files or folders; - for standard input; with --live they stand for objects of the same name");
    command->add_flag("--live", options->isLive, "checks what the cluster holds");
    command->add_flag("--overlaps", options->hasOverlaps, "also tells rules that could take the same request, each with such a request");
    command->add_flag("--fix", options->mends, "mends in the files what can be mended without any request going elsewhere; all other bytes stay");
    command->add_flag("--dry-run", options->isDryRun, "with --fix: shows what it would change and writes nothing");
    command->add_option("-o,--output", options->output, "table, json or yaml");
    command->callback([options, &globals, &exitCode] { exitCode = runCheck(*options, globals); });
}

} // namespace fairway::ctl
