#include "app/fairwayctl/info_commands.h"
#include "app/fairwayctl/session.h"
#include "app/fairwayctl/text_table.h"

#include <algorithm>
#include <memory>
#include <optional>

namespace fairway::ctl {

namespace {

struct ApiResourcesOptions {
    std::string output;
    std::string group;
    std::vector<std::string> verbs;
    std::optional<bool> namespaced;
    bool noHeaders = false;
};

bool isWanted(const kube::ResourceType &type, const ApiResourcesOptions &options)
{
    if (options.namespaced && type.namespaced != *options.namespaced)
        return false;
    if (!options.group.empty() && type.group != options.group)
        return false;
    return std::all_of(options.verbs.begin(), options.verbs.end(), [&type](const std::string &verb) { return type.can(verb); });
}

int runApiResources(const GlobalOptions &globals, const ApiResourcesOptions &options)
{
    auto session = Session::open(globals);
    if (!session)
        return failed(session.error());
    const auto discovery = (*session)->discovery();
    if (!discovery)
        return failedRequest(discovery.error());
    const bool isWide = options.output == "wide";
    TextTable table;
    if (!options.noHeaders && options.output != "name") {
        std::vector<std::string> header {"NAME", "SHORTNAMES", "APIVERSION", "NAMESPACED", "KIND"};
        if (isWide)
            header.insert(header.end(), {"VERBS", "CATEGORIES"});
        table.add(std::move(header));
    }
    for (const kube::ResourceType *type : (*discovery)->preferredTypes()) {
        if (!isWanted(*type, options))
            continue;
        if (options.output == "name") {
            out(type->id().qualifiedName() + "\n");
            continue;
        }
        std::vector<std::string> row {type->plural, joined(type->shortNames, ","), type->apiVersion(),
                                      type->namespaced ? "true" : "false", type->kind};
        if (isWide)
            row.insert(row.end(), {joined(type->verbs, ","), joined(type->categories, ",")});
        table.add(std::move(row));
    }
    out(table.take());
    for (const std::string &problem : (*discovery)->problems())
        note("error: unable to retrieve the complete list of server APIs: " + problem);
    return (*discovery)->problems().empty() ? exitOk : exitFailed;
}

} // namespace

void addApiResourcesCommand(CLI::App &app, const GlobalOptions &globals, int &exitCode)
{
    const auto options = std::make_shared<ApiResourcesOptions>();
    CLI::App *command = app.add_subcommand("api-resources", "lists the kinds the server has")->fallthrough();
    command->add_option("-o,--output", options->output, "wide or name")->check(CLI::IsMember({"wide", "name"}));
    command->add_option("--api-group", options->group, "only this group");
    command->add_option("--verbs", options->verbs, "only kinds that can do these")->delimiter(',')->allow_extra_args(false);
    command->add_option("--namespaced", options->namespaced, "true: only namespaced kinds, false: only others")
        ->expected(0, 1)->default_str("true");
    command->add_flag("--no-headers", options->noHeaders, "rows only");
    command->callback([&globals, &exitCode, options] { exitCode = runApiResources(globals, *options); });
}

} // namespace fairway::ctl
