#include "app/fairwayctl/desired.h"
#include "app/fairwayctl/object_output.h"
#include "app/fairwayctl/resource_args.h"
#include "app/fairwayctl/write_commands.h"
#include "core/value/json.h"

#include <chrono>
#include <memory>
#include <thread>

namespace fairway::ctl {

using value::Value;

namespace {

struct DeleteCommandOptions {
    std::vector<std::string> args;
    std::vector<std::string> files;
    std::string labels;
    bool all = false;
    bool ignoreNotFound = false;
    bool wait = true;
    bool now = false;
    int gracePeriod = -1;
    int timeoutSeconds = 0;
    std::string cascade = "background";
    std::string dryRun = "none";
    std::string output;
    ConsentOptions consent;
};

class DeleteRun {
public:
    DeleteRun(Session &session, operate::Writer &writer, const DeleteCommandOptions &options)
        : m_session(session)
        , m_writer(writer)
        , m_options(options)
    {
    }

    int run();

private:
    [[nodiscard]] Result<std::vector<operate::ObjectRef>> targets();
    [[nodiscard]] Result<void> addSelected(std::vector<operate::ObjectRef> &refs, const Selection &selection);
    int removeOne(const operate::ObjectRef &ref);
    int waitForEnd(const operate::ObjectRef &ref, const std::string &uid);

    Session &m_session;
    operate::Writer &m_writer;
    const DeleteCommandOptions &m_options;
};

Result<void> DeleteRun::addSelected(std::vector<operate::ObjectRef> &refs, const Selection &selection)
{
    const kube::ResourceType &type = *selection.type;
    for (const std::string &name : selection.names)
        refs.push_back(m_session.ref(type, m_session.ns(), name));
    if (!selection.names.empty())
        return {};
    kube::ListOptions list;
    list.ns = type.namespaced ? m_session.ns() : std::string();
    list.labelSelector = m_options.labels;
    list.call = m_session.callOptions();
    const auto page = m_session.client().listAll(type.id(), list);
    if (!page)
        return tl::unexpected(page.error());
    for (const value::ObjectView &item : page->items)
        refs.push_back(m_session.ref(type, std::string(item.ns()), std::string(item.name())));
    return {};
}

Result<std::vector<operate::ObjectRef>> DeleteRun::targets()
{
    std::vector<operate::ObjectRef> refs;
    if (!m_options.files.empty()) {
        const auto manifests = readManifests(m_options.files);
        if (!manifests)
            return tl::unexpected(manifests.error());
        for (const Manifest &manifest : *manifests) {
            const Result<Desired> desired = locate(m_session, manifest);
            if (!desired)
                return tl::unexpected(desired.error());
            refs.push_back(desired->ref);
        }
        return refs;
    }
    const auto discovery = m_session.discovery();
    if (!discovery)
        return tl::unexpected(discovery.error());
    const auto selections = parseResourceArgs(**discovery, m_options.args);
    if (!selections)
        return tl::unexpected(selections.error());
    for (const Selection &selection : *selections) {
        // Without a name or a word that says so, a slip of the finger would delete everything.
        if (selection.names.empty() && m_options.labels.empty() && !m_options.all)
            return fail(ErrorCode::InvalidInput, "resource(s) were provided, but no name was specified: name them, or say -l or --all");
        if (auto added = addSelected(refs, selection); !added)
            return tl::unexpected(added.error());
    }
    return refs;
}

int DeleteRun::removeOne(const operate::ObjectRef &ref)
{
    const Result<Value> live = m_writer.read(ref);
    if (!live) {
        if (live.error().code == ErrorCode::NotFound && m_options.ignoreNotFound)
            return exitOk;
        if (live.error().code == ErrorCode::NotFound)
            note("Error from server (NotFound): " + ref.resource().qualifiedName() + " \"" + ref.name + "\" not found");
        else
            failed(live.error());
        return exitFailed;
    }
    operate::Change change;
    change.verb = operate::WriteVerb::Delete;
    change.object = ref;
    change.base = *live;
    change.summary = "delete";
    change.propagation = m_options.cascade == "foreground" ? kube::Propagation::Foreground
        : m_options.cascade == "orphan"                    ? kube::Propagation::Orphan
                                                           : kube::Propagation::Background;
    if (m_options.now)
        change.gracePeriodSeconds = 1;
    else if (m_options.gracePeriod >= 0)
        change.gracePeriodSeconds = m_options.gracePeriod;
    const std::string kind = objectName(ref.kind, ref.group, "");
    const std::string shown = kind.substr(0, kind.size() - 1) + " \"" + ref.name + "\"";
    std::string suffix = m_options.dryRun == "server" ? " (server dry run)" : (m_options.dryRun == "client" ? " (dry run)" : "");
    if (m_options.dryRun != "client") {
        const operate::WriteOutcome outcome = m_options.dryRun == "server" ? m_writer.dryRun(change, m_options.consent.consent())
                                                                           : m_writer.apply(change, m_options.consent.consent());
        if (!outcome.isOk()) {
            operate::WriteOutcome named = outcome;
            named.message = shown + ": " + outcome.message;
            return failedWrite(m_session, named);
        }
    }
    const std::string from = ref.ns.empty() ? "" : " from " + ref.ns + " namespace";
    out(m_options.output == "name" ? objectName(ref.kind, ref.group, ref.name) + "\n" : shown + " deleted" + from + suffix + "\n");
    const bool isDone = m_options.dryRun != "none" || !m_options.wait;
    return isDone ? exitOk : waitForEnd(ref, std::string((*live)["metadata"]["uid"].stringOr()));
}

/// Finalizers may take their time; kubectl waits as well.
int DeleteRun::waitForEnd(const operate::ObjectRef &ref, const std::string &uid)
{
    const auto begin = std::chrono::steady_clock::now();
    auto pause = std::chrono::milliseconds(50);
    for (;;) {
        const Result<Value> now = m_writer.read(ref);
        if (!now && now.error().code != ErrorCode::Unavailable)
            return now.error().code == ErrorCode::NotFound ? exitOk : failed(now.error());
        if (now && (*now)["metadata"]["uid"].stringOr() != uid)
            return exitOk;
        const auto waited = std::chrono::steady_clock::now() - begin;
        if (m_options.timeoutSeconds > 0 && waited > std::chrono::seconds(m_options.timeoutSeconds))
            return failed("timed out waiting for " + ref.display() + " to go");
        std::this_thread::sleep_for(pause);
        pause = std::min(pause * 2, std::chrono::milliseconds(1000));
    }
}

int DeleteRun::run()
{
    const auto refs = targets();
    if (!refs)
        return refs.error().code == ErrorCode::InvalidInput && m_options.files.empty() ? badUsage(refs.error().message)
                                                                                       : failedRequest(refs.error());
    if (refs->empty())
        out("No resources found\n");
    int exitCode = exitOk;
    for (const operate::ObjectRef &ref : *refs) {
        if (const int code = removeOne(ref); code != exitOk)
            exitCode = code;
    }
    return exitCode;
}

int runDelete(const GlobalOptions &globals, const DeleteCommandOptions &options)
{
    if (options.args.empty() == options.files.empty())
        return badUsage("say what to delete: TYPE NAME, TYPE/NAME, or -f FILE");
    if (!options.labels.empty() && options.all)
        return badUsage("--all and -l exclude each other");
    auto session = Session::open(globals);
    if (!session)
        return failed(session.error());
    const auto writer = (*session)->writer();
    if (!writer)
        return failed(writer.error());
    return DeleteRun(**session, **writer, options).run();
}

} // namespace

void addDeleteCommand(CLI::App &app, const GlobalOptions &globals, int &exitCode)
{
    const auto options = std::make_shared<DeleteCommandOptions>();
    CLI::App *command = app.add_subcommand("delete", "deletes objects; this can't be undone")->fallthrough();
    command->add_option("resource", options->args, "TYPE NAME… or TYPE/NAME…");
    command->add_option("-f,--filename", options->files, "objects named in a file, folder, or - for standard input")->allow_extra_args(false);
    command->add_option("-l,--selector", options->labels, "objects with these labels");
    command->add_flag("--all", options->all, "every object of the kind in the namespace");
    command->add_flag("--ignore-not-found", options->ignoreNotFound, "a missing object is no failure");
    command->add_flag("--wait,!--no-wait", options->wait, "until the object is gone")->expected(0, 1);
    command->add_flag("--now", options->now, "a grace period of one second");
    command->add_option("--grace-period", options->gracePeriod, "seconds")->check(CLI::Range(-1, 1000000));
    command->add_option("--timeout", options->timeoutSeconds, "seconds to wait; 0: on and on")->check(CLI::Range(0, 1000000));
    command->add_option("--cascade", options->cascade, "background, foreground or orphan")
        ->check(CLI::IsMember({"background", "foreground", "orphan"}));
    command->add_option("--dry-run", options->dryRun, "none, server or client")->check(CLI::IsMember({"none", "server", "client"}));
    command->add_option("-o,--output", options->output, "name")->check(CLI::IsMember({"name"}));
    addConsentOptions(*command, options->consent);
    command->callback([&globals, &exitCode, options] { exitCode = runDelete(globals, *options); });
}

} // namespace fairway::ctl
