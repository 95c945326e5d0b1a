#include "app/fairwayctl/guard_commands.h"
#include "app/fairwayctl/text_table.h"
#include "core/kube/kubeconfig.h"
#include "core/operate/context_settings.h"
#include "core/value/json.h"
#include "core/value/yaml.h"
#include "core/operate/state_files.h"

#include <memory>

namespace fairway::ctl {

using value::Value;

namespace {

operate::ContextSettings settings()
{
    return operate::ContextSettings(operate::settingsFile(operate::defaultStateFolder()));
}

int runList(const GlobalOptions &globals, const std::string &output)
{
    const auto kubeconfig = kube::Kubeconfig::load(kube::KubeconfigSource::fromEnvironment(globals.kubeconfig));
    if (!kubeconfig)
        return failed(kubeconfig.error());
    const operate::ContextSettings store = settings();
    TextTable table;
    table.add({"CURRENT", "NAME", "SERVER", "NAMESPACE", "LOCKED", "PRODUCTION", "PROBLEM"});
    Value list = Value::list();
    for (const kube::ContextEntry &entry : kubeconfig->contexts()) {
        const operate::ContextPolicy policy = store.policy({entry.name, entry.server});
        const bool isCurrent = entry.name == (globals.context.empty() ? kubeconfig->currentContext() : globals.context);
        table.add({isCurrent ? "*" : "", entry.name, entry.server, entry.ns.empty() ? "default" : entry.ns,
                   policy.isLocked ? "locked" : "no", policy.isProduction ? "production" : "no", entry.problem.plain()});
        list.append(Value::map({{"current", isCurrent},
                                {"name", entry.name},
                                {"server", entry.server},
                                {"namespace", entry.ns},
                                {"locked", policy.isLocked},
                                {"production", policy.isProduction},
                                {"insecure", entry.isInsecure},
                                {"problem", entry.problem.plain()}}));
    }
    if (const std::string problem = store.problem(); !problem.empty())
        note("warning: " + problem + "; every context counts as locked");
    if (output == "json")
        out(value::toJson(list, value::JsonStyle::IndentedWide) + "\n");
    else if (output == "yaml")
        out(value::toYaml(list));
    else
        out(table.take());
    return exitOk;
}

/// The named context's key, or the current one's.
Result<operate::ContextKey> keyOf(const GlobalOptions &globals, const std::string &name)
{
    const auto kubeconfig = kube::Kubeconfig::load(kube::KubeconfigSource::fromEnvironment(globals.kubeconfig));
    if (!kubeconfig)
        return tl::unexpected(kubeconfig.error());
    const std::string wanted = !name.empty() ? name : (globals.context.empty() ? kubeconfig->currentContext() : globals.context);
    for (const kube::ContextEntry &entry : kubeconfig->contexts()) {
        if (entry.name != wanted)
            continue;
        // The server as the client will know it, so that both ask for the same key.
        const auto access = kubeconfig->access(wanted);
        return operate::ContextKey {entry.name, access ? access->server : entry.server};
    }
    return fail(ErrorCode::NotFound, wanted.empty() ? "no context is current: say which" : "no context exists with the name: \"" + wanted + "\"");
}

int runLock(const GlobalOptions &globals, const std::string &name, bool isLocked)
{
    const auto key = keyOf(globals, name);
    if (!key)
        return failed(key.error());
    operate::ContextSettings store = settings();
    if (const auto set = store.setLocked(*key, isLocked); !set)
        return failed(set.error());
    out("context \"" + key->name + "\" " + (isLocked ? "locked: no write leaves it" : "unlocked for writes to " + key->server) + "\n");
    return exitOk;
}

int runProduction(const GlobalOptions &globals, const std::string &name, bool isOff)
{
    const auto key = keyOf(globals, name);
    if (!key)
        return failed(key.error());
    operate::ContextSettings store = settings();
    if (const auto set = store.setProduction(*key, !isOff); !set)
        return failed(set.error());
    out("context \"" + key->name + "\" " + (isOff ? "is no longer marked production" : "marked production: writes need --confirm-context and --reason")
        + "\n");
    return exitOk;
}

} // namespace

void addContextCommands(CLI::App &app, const GlobalOptions &globals, int &exitCode)
{
    CLI::App *group = app.add_subcommand("context", "contexts and their guard rails: lock and production mark")->fallthrough();
    group->require_subcommand(1);

    const auto output = std::make_shared<std::string>();
    CLI::App *list = group->add_subcommand("list", "every context of the kubeconfig")->fallthrough();
    list->add_option("-o,--output", *output, "table, json, yaml")->check(CLI::IsMember({"table", "json", "yaml"}));
    list->callback([&globals, &exitCode, output] { exitCode = runList(globals, *output); });

    struct Lock {
        const char *name;
        const char *help;
        bool isLocked;
    };
    for (const Lock &lock : {Lock {"lock", "let no write leave a context", true}, Lock {"unlock", "allow writes; remembered", false}}) {
        const auto name = std::make_shared<std::string>();
        CLI::App *command = group->add_subcommand(lock.name, lock.help)->fallthrough();
        command->add_option("name", *name, "the context; default: the current one");
        command->callback([&globals, &exitCode, name, isLocked = lock.isLocked] { exitCode = runLock(globals, *name, isLocked); });
    }

    const auto name = std::make_shared<std::string>();
    const auto isOff = std::make_shared<bool>(false);
    CLI::App *production = group->add_subcommand("production", "mark a context as production")->fallthrough();
    production->add_option("name", *name, "the context; default: the current one");
    production->add_flag("--off", *isOff, "take the mark away");
    production->callback([&globals, &exitCode, name, isOff] { exitCode = runProduction(globals, *name, *isOff); });
}

} // namespace fairway::ctl
