#include "app/fairwayctl/route_check.h"

#include "app/fairwayctl/cli.h"
#include "app/fairwayctl/manifests.h"
#include "app/fairwayctl/object_output.h"
#include "app/fairwayctl/route_live.h"
#include "app/fairwayctl/route_set.h"
#include "app/fairwayctl/text_table.h"
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
};

/// Files without any pod or slice say nothing about who is ready.
bool isAboutPods(const route::Finding &finding)
{
    return finding.code == "FW0006" || finding.code == "FW0007" || finding.code == "IST0173";
}

std::vector<route::Finding> check(const std::vector<Manifest> &manifests)
{
    const RouteSet set = routeSetOf(manifests);
    std::vector<route::Finding> findings;
    for (const route::RouteObject &route : set.routes) {
        std::vector<route::Finding> found = set.hasServices ? route::checkRoute(route, set.topology) : route::checkRoute(route);
        std::erase_if(found, [&](const route::Finding &f) {
            return f.severity == route::Severity::Good || (!set.hasPods && isAboutPods(f));
        });
        findings.insert(findings.end(), found.begin(), found.end());
    }
    return findings;
}

/// Findings of the routes themselves, then what validation and analysis say that is not among them.
std::vector<route::ObjectFinding> allFindings(const std::vector<Manifest> &manifests)
{
    std::vector<route::ObjectFinding> out;
    std::map<std::string, std::vector<std::string>> known; // object and code to paths
    for (const route::Finding &finding : check(manifests)) {
        known[finding.object + '\n' + finding.code].push_back(finding.path);
        out.push_back({finding.object, finding.severity, finding.code, finding.path,
            finding.title.plain() + (finding.message.empty() ? "" : ": " + finding.message.plain())});
    }
    std::vector<value::Value> objects;
    for (const Manifest &manifest : manifests)
        objects.push_back(manifest.object);
    for (route::ObjectFinding &finding : route::checkObjects(objects)) {
        const auto told = known.find(finding.object + '\n' + finding.code);
        const bool isKnown = told != known.end()
            && std::any_of(told->second.begin(), told->second.end(), [&](const std::string &path) { return finding.path.starts_with(path); });
        if (!isKnown)
            out.push_back(std::move(finding));
    }
    return out;
}

int runCheck(const CheckOptions &options, const GlobalOptions &globals)
{
    const Result<OutputForm> form = parseOutputForm(options.output);
    if (!form || *form == OutputForm::Name || *form == OutputForm::Wide)
        return badUsage("-o must be table, json or yaml");
    if (options.files.empty() && !options.isLive)
        return badUsage("nothing to check: name files with -f, or ask for the cluster with --live");
    const Result<std::vector<Manifest>> manifests = readRouting(options.files, options.isLive, globals);
    if (!manifests)
        return failed(manifests.error());
    std::vector<route::ObjectFinding> findings = allFindings(*manifests);
    if (options.hasOverlaps) {
        std::vector<value::Value> objects;
        for (const Manifest &manifest : *manifests)
            objects.push_back(manifest.object);
        Result<std::vector<route::ObjectFinding>> overlaps = route::checkOverlaps(objects);
        if (!overlaps)
            return failed(overlaps.error());
        findings.insert(findings.end(), overlaps->begin(), overlaps->end());
    }
    bool hasError = false;
    value::Value list = value::Value::list();
    TextTable table;
    table.add({"OBJECT", "SEVERITY", "CODE", "PATH", "MESSAGE"});
    for (const route::ObjectFinding &finding : findings) {
        hasError = hasError || finding.severity == route::Severity::Error;
        const std::string kiali(route::kialiCode(finding.code, finding.object, finding.path, finding.message));
        value::Value one = value::Value::map({{"object", value::Value(finding.object)},
            {"severity", value::Value(toString(finding.severity))}, {"code", value::Value(finding.code)},
            {"path", value::Value(finding.path)}, {"message", value::Value(finding.message)}});
        if (!kiali.empty())
            one.set("kiali", value::Value(kiali));
        list.append(std::move(one));
        table.add({forTerminal(finding.object), std::string(toString(finding.severity)), finding.code + (kiali.empty() ? "" : " " + kiali), forTerminal(finding.path),
            forTerminal(finding.message)});
    }
    if (*form == OutputForm::Json)
        out(value::toJson(list, value::JsonStyle::Indented) + "\n");
    else if (*form == OutputForm::Yaml)
        out(value::toYaml(list));
    else if (findings.empty())
        note("no findings");
    else
        out(table.take());
    return hasError ? exitFailed : exitOk;
}

} // namespace

void addRouteCheck(CLI::App &route, const GlobalOptions &globals, int &exitCode)
{
    auto options = std::make_shared<CheckOptions>();
    CLI::App *command = route.add_subcommand("check", "findings of the routes in files or a cluster; exit code 1 on an error");
    command->add_option("-f,--filename", options->files, "files or folders; - for standard input; with --live they stand for objects of the same name");
    command->add_flag("--live", options->isLive, "checks what the cluster holds");
    command->add_flag("--overlaps", options->hasOverlaps, "also tells rules that could take the same request, each with such a request");
    command->add_option("-o,--output", options->output, "table, json or yaml");
    command->callback([options, &globals, &exitCode] { exitCode = runCheck(*options, globals); });
}

} // namespace fairway::ctl
