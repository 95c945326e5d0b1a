#include "app/fairwayctl/info_commands.h"
#include "app/fairwayctl/resource_args.h"
#include "app/fairwayctl/session.h"
#include "core/value/json.h"

#include <memory>

namespace fairway::ctl {

using value::Value;

namespace {

struct LogsOptions {
    std::string target;
    std::string secondName;
    std::string container;
    bool follow = false;
    bool previous = false;
    bool timestamps = false;
    bool allContainers = false;
    long tail = -1;
    std::string since;
};

/// "1h2m3s" as whole seconds; nullopt for anything else.
std::optional<long> secondsOf(const std::string &text)
{
    long total = 0;
    long number = -1;
    for (const char c : text) {
        if (c >= '0' && c <= '9') {
            number = (number < 0 ? 0 : number) * 10 + (c - '0');
            if (number > 100000000)
                return std::nullopt;
            continue;
        }
        const long unit = c == 'h' ? 3600 : (c == 'm' ? 60 : (c == 's' ? 1 : 0));
        if (unit == 0 || number < 0)
            return std::nullopt;
        total += number * unit;
        number = -1;
    }
    return number < 0 && total > 0 ? std::optional<long>(total) : std::nullopt;
}

std::string selectorOf(const Value &workload)
{
    const Value &labels = workload["spec"]["selector"]["matchLabels"].isMap() ? workload["spec"]["selector"]["matchLabels"]
                                                                              : workload["spec"]["selector"];
    std::string selector;
    if (labels.isMap()) {
        for (const auto &[key, label] : labels.asMap())
            selector += (selector.empty() ? "" : ",") + key + "=" + std::string(label.stringOr());
    }
    return selector;
}

Result<Value> object(Session &session, const std::string &path)
{
    const Result<std::string> body = session.get(path);
    return body ? value::parseJson(*body) : tl::unexpected(body.error());
}

/// The pod itself, or the first pod of a workload or Service.
Result<Value> findPod(Session &session, const std::string &target)
{
    const kube::ResourceId pods {"", "v1", "pods"};
    const std::size_t slash = target.find('/');
    if (slash == std::string::npos)
        return object(session, pods.path(session.ns(), target));
    const auto discovery = session.discovery();
    if (!discovery)
        return tl::unexpected(discovery.error());
    const auto selections = parseResourceArgs(**discovery, {target});
    if (!selections)
        return tl::unexpected(selections.error());
    const Selection &selection = selections->front();
    Result<Value> found = object(session, selection.type->id().path(session.ns(), selection.names.front()));
    if (!found || selection.type->id() == pods)
        return found;
    const std::string selector = selectorOf(*found);
    if (selector.empty())
        return fail(ErrorCode::InvalidInput, target + " has no pods");
    const Result<Value> list = object(session, pods.path(session.ns()) + "?labelSelector=" + kube::percentEncode(selector));
    if (!list)
        return list;
    if ((*list)["items"].size() == 0)
        return fail(ErrorCode::NotFound, target + " has no pods at the moment");
    if (const std::size_t count = (*list)["items"].size(); count > 1)
        note("Found " + std::to_string(count) + " pods, using pod/" + std::string((*list)["items"][0]["metadata"]["name"].stringOr()));
    return (*list)["items"][0];
}

std::vector<std::string> containersOf(const Value &pod, const LogsOptions &options)
{
    std::vector<std::string> names;
    for (std::size_t i = 0; i < pod["spec"]["containers"].size(); ++i)
        names.emplace_back(pod["spec"]["containers"][i]["name"].stringOr());
    if (!options.container.empty())
        return {options.container};
    if (options.allContainers || names.size() < 2)
        return names;
    const Value &chosen = pod["metadata"]["annotations"]["kubectl.kubernetes.io/default-container"];
    const std::string name(chosen.stringOr(names.front()));
    note("Defaulted container \"" + name + "\" out of: " + joined(names, ", "));
    return {name};
}

int printLog(Session &session, const Value &pod, const std::string &container, const LogsOptions &options, const std::string &since)
{
    const std::string name(pod["metadata"]["name"].stringOr());
    kube::RawRequest request;
    request.accept = "*/*";
    request.path = kube::ResourceId {"", "v1", "pods"}.path(session.ns(), name, "log") + "?container=" + kube::percentEncode(container);
    if (options.follow)
        request.path += "&follow=true";
    if (options.previous)
        request.path += "&previous=true";
    if (options.timestamps)
        request.path += "&timestamps=true";
    if (options.tail >= 0)
        request.path += "&tailLines=" + std::to_string(options.tail);
    if (!since.empty())
        request.path += "&sinceSeconds=" + since;
    const auto print = [](std::string_view bytes) {
        outOrEnd(bytes);
        return true;
    };
    kube::CallInfo info;
    const auto answer = session.client().stream(request, print, session.callOptions(&info));
    if (answer)
        return exitOk;
    if (info.status && !info.status->message.empty())
        return failedRequest({answer.error().code, "Error from server (" + info.status->reason + "): " + info.status->message});
    return failed(answer.error());
}

int runLogs(const GlobalOptions &globals, const LogsOptions &options)
{
    std::string since;
    if (!options.since.empty()) {
        const auto seconds = secondsOf(options.since);
        if (!seconds)
            return badUsage("--since: \"" + options.since + "\" is no duration like 5s, 2m or 3h");
        since = std::to_string(*seconds);
    }
    auto session = Session::open(globals);
    if (!session)
        return failed(session.error());
    const Result<Value> pod = findPod(**session, options.target);
    if (!pod)
        return failedRequest(pod.error());
    for (const std::string &container : containersOf(*pod, options)) {
        if (const int code = printLog(**session, *pod, container, options, since); code != exitOk)
            return code;
    }
    return exitOk;
}

} // namespace

void addLogsCommand(CLI::App &app, const GlobalOptions &globals, int &exitCode)
{
    const auto options = std::make_shared<LogsOptions>();
    CLI::App *command = app.add_subcommand("logs", "prints what a pod's container wrote")->fallthrough();
    command->add_option("pod", options->target, "POD or TYPE/NAME")->required();
    command->add_option("container-name", options->secondName, "container, as a second argument");
    command->add_option("-c,--container", options->container, "container; default: the annotated or the first one");
    command->add_flag("-f,--follow", options->follow, "go on as more is written");
    command->add_flag("-p,--previous", options->previous, "of the instance before the last restart");
    command->add_flag("--timestamps", options->timestamps, "time before each line");
    command->add_flag("--all-containers", options->allContainers, "one after the other");
    command->add_option("--tail", options->tail, "only the last lines")->check(CLI::Range(-1L, 100000000L));
    command->add_option("--since", options->since, "only what is newer than 5s, 2m, 3h");
    command->callback([&globals, &exitCode, options] {
        if (options->container.empty())
            options->container = options->secondName;
        exitCode = runLogs(globals, *options);
    });
}

} // namespace fairway::ctl
