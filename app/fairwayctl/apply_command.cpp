#include "app/fairwayctl/desired.h"
#include "app/fairwayctl/object_output.h"
#include "app/fairwayctl/write_commands.h"

#include <memory>

namespace fairway::ctl {

using value::Value;

namespace {

struct ApplyOptions {
    std::vector<std::string> files;
    std::string dryRun = "none";
    std::string fieldManager = "fairway";
    bool forceConflicts = false;
    bool serverSide = true;
    bool isOneStep = false;
    std::string output;
    ConsentOptions consent;
};

operate::Change changeFor(const Desired &desired, const ApplyOptions &options)
{
    operate::Change change;
    change.verb = operate::WriteVerb::Apply;
    change.object = desired.ref;
    change.desired = desired.object;
    change.summary = "apply " + desired.source;
    change.fieldManager = options.fieldManager;
    change.force = options.forceConflicts;
    return change;
}

int applyOne(Session &session, operate::Writer &writer, const Manifest &manifest, const ApplyOptions &options, OutputForm form)
{
    const Result<Desired> desired = locate(session, manifest);
    if (!desired)
        return failedRequest(desired.error());
    Value object = desired->object;
    std::string suffix;
    if (options.dryRun == "client") {
        suffix = " (dry run)"; // nothing is sent
    } else {
        const operate::Change change = changeFor(*desired, options);
        const bool isDryRun = options.dryRun == "server";
        const operate::WriteOutcome outcome = isDryRun ? writer.dryRun(change, options.consent.consent())
                                                       : writer.apply(change, options.consent.consent());
        for (const Text &warning : outcome.warnings)
            note("Warning: " + warning.plain());
        if (!outcome.isOk()) {
            operate::WriteOutcome named = outcome;
            named.message = manifest.source + ": " + outcome.message;
            return failedWrite(session, named);
        }
        object = outcome.object;
        suffix = isDryRun ? " (server dry run)" : "";
    }
    if (form == OutputForm::Table)
        out(objectName(desired->ref.kind, desired->ref.group, desired->ref.name) + " serverside-applied" + suffix + "\n");
    else
        out((form == OutputForm::Yaml ? "---\n" : "") + printObject(object, form, false));
    return exitOk;
}

/// All of the manifests or none of them.
int applyTogether(Session &session, operate::Writer &writer, const std::vector<Manifest> &manifests, const ApplyOptions &options)
{
    std::vector<operate::Change> changes;
    for (const Manifest &manifest : manifests) {
        const Result<Desired> desired = locate(session, manifest);
        if (!desired)
            return failedRequest(desired.error());
        changes.push_back(changeFor(*desired, options));
    }
    const bool isDryRun = options.dryRun == "server";
    const operate::WriteOutcome outcome = isDryRun ? writer.dryRunTogether(changes, options.consent.consent())
                                                   : writer.applyTogether(changes, options.consent.consent());
    for (const Text &warning : outcome.warnings)
        note("Warning: " + warning.plain());
    if (!outcome.isOk())
        return failedWrite(session, outcome);
    for (const operate::Change &change : changes)
        out(objectName(change.object.kind, change.object.group, change.object.name) + " serverside-applied" + (isDryRun ? " (server dry run)" : "") + "\n");
    if (outcome.journalId != 0)
        note("one step: fairwayctl undo " + std::to_string(outcome.journalId) + " takes all of it back");
    return exitOk;
}

int runApply(const GlobalOptions &globals, const ApplyOptions &options)
{
    const Result<OutputForm> form = parseOutputForm(options.output);
    if (!form)
        return badUsage(form.error().message);
    if (options.isOneStep && (options.dryRun == "client" || *form != OutputForm::Table))
        return badUsage("--as-one-step goes with neither --dry-run=client nor -o");
    const auto manifests = readManifests(options.files);
    if (!manifests)
        return failed(manifests.error());
    auto session = Session::open(globals);
    if (!session)
        return failed(session.error());
    const auto writer = (*session)->writer();
    if (!writer)
        return failed(writer.error());
    if (options.isOneStep)
        return applyTogether(**session, **writer, *manifests, options);
    int exitCode = exitOk;
    for (const Manifest &manifest : *manifests) {
        if (const int code = applyOne(**session, **writer, manifest, options, *form); code != exitOk)
            exitCode = code;
    }
    return exitCode;
}

} // namespace

void addConsentOptions(CLI::App &command, ConsentOptions &consent)
{
    command.add_option("--confirm-context", consent.confirmContext, "the context's name: needed where it is marked production");
    command.add_option("--reason", consent.reason, "why; needed in production, kept in the journal and as an Event");
    command.add_flag("--without-dry-run", consent.withoutDryRun, "write even where an admission webhook can't do dry runs");
}

void addApplyCommand(CLI::App &app, const GlobalOptions &globals, int &exitCode)
{
    const auto options = std::make_shared<ApplyOptions>();
    CLI::App *command = app.add_subcommand("apply", "makes objects as files say, by server-side apply")->fallthrough();
    command->add_option("-f,--filename", options->files, "file, folder, or - for standard input")->required()->allow_extra_args(false);
    command->add_option("--dry-run", options->dryRun, "none, server or client")
        ->check(CLI::IsMember({"none", "server", "client"}))->expected(0, 1)->default_str("none");
    command->add_option("--field-manager", options->fieldManager, "name under which fields are owned");
    command->add_flag("--force-conflicts", options->forceConflicts, "take fields that other managers own");
    command->add_flag("--server-side", options->serverSide, "as always; for kubectl's command lines");
    command->add_flag("--as-one-step", options->isOneStep, "all objects or none: what was written is taken back when one fails, and one undo takes back all");
    command->add_option("-o,--output", options->output, "json, yaml, name");
    addConsentOptions(*command, options->consent);
    command->callback([&globals, &exitCode, options] { exitCode = runApply(globals, *options); });
}

} // namespace fairway::ctl
