#include "app/fairwayctl/desired.h"
#include "app/fairwayctl/write_commands.h"
#include "core/operate/secret_mask.h"
#include "core/value/yaml.h"

#include <algorithm>
#include <map>
#include <memory>

namespace fairway::ctl {

using value::Value;

namespace {

/// kubectl's codes: 1 says "they differ", so a failure needs another one.
constexpr int exitDiffers = 1;
constexpr int exitDiffFailed = 2;

struct DiffCommandOptions {
    std::vector<std::string> files;
    std::string fieldManager = "fairway";
    bool forceConflicts = false;
};

/// The manifest laid over the live object without asking the server: for locked contexts, where nothing may be sent.
Value overlaid(const Value &live, const Value &manifest)
{
    if (live.isMap() && manifest.isMap()) {
        Value merged = live;
        for (const auto &[key, node] : manifest.asMap())
            merged.set(key, overlaid(live[key], node));
        return merged;
    }
    if (live.isList() && manifest.isList() && live.size() == manifest.size()) {
        Value merged = Value::list();
        for (std::size_t i = 0; i < live.size(); ++i)
            merged.append(overlaid(live[i], manifest[i]));
        return merged;
    }
    return manifest;
}

std::string yamlOf(const Value &object, const std::string &side)
{
    if (object.isNull())
        return {};
    Value copy = value::deepCopy(operate::masked(object, [&side](const Value &) { return side; }));
    Value metadata = copy["metadata"];
    if (metadata.isMap())
        metadata.asMap().remove("managedFields");
    return value::toYaml(copy);
}

/// Which masks tell a changed secret from an unchanged one, as kubectl does: "*** (before)" against "*** (after)".
std::pair<std::string, std::string> masksFor(const Value &live, const Value &merged)
{
    const bool isSame = live["data"] == merged["data"] && live["stringData"] == merged["stringData"];
    return isSame ? std::pair<std::string, std::string> {"***", "***"}
                  : std::pair<std::string, std::string> {"*** (before)", "*** (after)"};
}

int diffOne(Session &session, operate::Writer &writer, const Manifest &manifest, const DiffCommandOptions &options,
            std::map<std::string, std::string> &texts)
{
    const Result<Desired> desired = locate(session, manifest);
    if (!desired) {
        failedRequest(desired.error());
        return exitDiffFailed;
    }
    const Result<Value> read = writer.read(desired->ref);
    if (!read && read.error().code != ErrorCode::NotFound) {
        failed(read.error());
        return exitDiffFailed;
    }
    const Value live = read ? *read : Value();
    Value merged;
    if (session.settings().policy(session.contextKey()).isLocked) {
        merged = overlaid(value::deepCopy(live), desired->object);
    } else {
        operate::Change change;
        change.verb = operate::WriteVerb::Apply;
        change.object = desired->ref;
        change.desired = desired->object;
        change.fieldManager = options.fieldManager;
        change.force = options.forceConflicts;
        const operate::WriteOutcome outcome = writer.dryRun(change, {});
        if (!outcome.isOk()) {
            operate::WriteOutcome named = outcome;
            named.message = manifest.source + ": " + outcome.message;
            failedWrite(session, named);
            return exitDiffFailed;
        }
        merged = outcome.object;
    }
    const auto [before, after] = masksFor(live, merged);
    const std::string file = (desired->ref.group.empty() ? "" : desired->ref.group + ".") + desired->ref.version + "."
        + desired->ref.kind + "." + desired->ref.ns + "." + desired->ref.name;
    const std::string text = operate::unifiedDiff(yamlOf(live, before), yamlOf(merged, after), "LIVE/" + file, "MERGED/" + file);
    if (text.empty())
        return exitOk;
    texts[file] = "diff -u -N LIVE/" + file + " MERGED/" + file + "\n" + text;
    return exitDiffers;
}

int runDiff(const GlobalOptions &globals, const DiffCommandOptions &options)
{
    const auto manifests = readManifests(options.files);
    auto session = manifests ? Session::open(globals) : tl::unexpected(manifests.error());
    if (!session) {
        failed(session.error());
        return exitDiffFailed;
    }
    const auto writer = (*session)->writer();
    if (!writer) {
        failed(writer.error());
        return exitDiffFailed;
    }
    if ((*session)->settings().policy((*session)->contextKey()).isLocked)
        note("note: context " + (*session)->contextKey().name + " is locked: compared here, without the server's defaults");
    int exitCode = exitOk;
    std::map<std::string, std::string> texts; // in the order of the files' names, as diff compares folders
    for (const Manifest &manifest : *manifests)
        exitCode = std::max(exitCode, diffOne(**session, **writer, manifest, options, texts));
    for (const auto &[file, text] : texts)
        out(text);
    return exitCode;
}

} // namespace

void addDiffCommand(CLI::App &app, const GlobalOptions &globals, int &exitCode)
{
    const auto options = std::make_shared<DiffCommandOptions>();
    CLI::App *command
        = app.add_subcommand("diff", "shows what apply would change; exit code 1 when there is a difference")->fallthrough();
    command->add_option("-f,--filename", options->files, "file, folder, or - for standard input")->required()->allow_extra_args(false);
    command->add_option("--field-manager", options->fieldManager, "name under which fields are owned");
    command->add_flag("--force-conflicts", options->forceConflicts, "as if fields of other managers were taken");
    command->callback([&globals, &exitCode, options] { exitCode = runDiff(globals, *options); });
}

} // namespace fairway::ctl
