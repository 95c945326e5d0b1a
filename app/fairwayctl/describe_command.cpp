#include "app/fairwayctl/info_commands.h"
#include "app/fairwayctl/resource_args.h"
#include "app/fairwayctl/server_table.h"
#include "app/fairwayctl/session.h"
#include "app/fairwayctl/text_table.h"
#include "core/operate/secret_mask.h"
#include "core/value/json.h"
#include "core/value/yaml.h"

#include <memory>

namespace fairway::ctl {

using value::Value;

namespace {

void addLine(std::string &text, std::string_view label, std::string_view content)
{
    std::string line = std::string(label) + ":";
    line.append(line.size() < 14 ? 14 - line.size() : 1, ' ');
    text += line + std::string(content) + "\n";
}

void addMap(std::string &text, std::string_view label, const Value &entries)
{
    bool isFirst = true;
    if (!entries.isMap() || entries.size() == 0)
        return addLine(text, label, "<none>");
    for (const auto &[key, entry] : entries.asMap()) {
        const std::string pair = key + (label == "Labels" ? "=" : ": ") + std::string(entry.stringOr());
        if (isFirst)
            addLine(text, label, pair);
        else
            text += std::string(14, ' ') + pair + "\n";
        isFirst = false;
    }
}

void addSection(std::string &text, const std::string &key, const Value &node)
{
    if (!node.isMap() && !node.isList())
        return addLine(text, key, node.isString() ? node.asString() : value::toJson(node));
    text += key + ":\n";
    const std::string yaml = value::toYaml(node);
    for (std::size_t start = 0; start < yaml.size();) {
        const std::size_t end = yaml.find('\n', start);
        text += "  " + yaml.substr(start, end - start) + "\n";
        start = end == std::string::npos ? yaml.size() : end + 1;
    }
}

std::string described(const Value &object)
{
    std::string text;
    const Value &metadata = object["metadata"];
    addLine(text, "Name", metadata["name"].stringOr());
    if (metadata["namespace"].isString())
        addLine(text, "Namespace", metadata["namespace"].stringOr());
    addMap(text, "Labels", metadata["labels"]);
    addMap(text, "Annotations", metadata["annotations"]);
    addLine(text, "API Version", object["apiVersion"].stringOr());
    addLine(text, "Kind", object["kind"].stringOr());
    addLine(text, "Created", std::string(metadata["creationTimestamp"].stringOr()) + " ("
                + ageSince(metadata["creationTimestamp"].stringOr()) + ")");
    const Value hidden = operate::masked(object, [](const Value &secret) {
        return "<" + std::to_string(secret.stringOr().size()) + " characters>";
    });
    for (const auto &[key, node] : hidden.asMap()) {
        if (key != "metadata" && key != "apiVersion" && key != "kind")
            addSection(text, static_cast<char>(key[0] >= 'a' && key[0] <= 'z' ? key[0] - 'a' + 'A' : key[0]) + key.substr(1), node);
    }
    return text;
}

std::string events(Session &session, const Value &object)
{
    const std::string uid(object["metadata"]["uid"].stringOr());
    const std::string ns(object["metadata"]["namespace"].stringOr("default"));
    const auto body = session.get(kube::ResourceId {"", "v1", "events"}.path(ns) + "?fieldSelector="
                                  + kube::percentEncode("involvedObject.uid=" + uid));
    const Result<Value> list = body ? value::parseJson(*body) : tl::unexpected(body.error());
    if (!list || (*list)["items"].size() == 0)
        return list ? "Events:       <none>\n" : "Events:       <unknown>\n";
    TextTable table;
    table.add({"  Type", "Reason", "Age", "From", "Message"});
    for (const Value &event : (*list)["items"].asList()) {
        const Value &when = event["lastTimestamp"].isString() ? event["lastTimestamp"] : event["metadata"]["creationTimestamp"];
        const Value &component = event["source"]["component"].isString() ? event["source"]["component"] : event["reportingComponent"];
        table.add({"  " + std::string(event["type"].stringOr()), std::string(event["reason"].stringOr()),
                   ageSince(when.stringOr()), std::string(component.stringOr()), std::string(event["message"].stringOr())});
    }
    return "Events:\n" + table.take();
}

int runDescribe(const GlobalOptions &globals, const std::vector<std::string> &args)
{
    auto session = Session::open(globals);
    if (!session)
        return failed(session.error());
    const auto discovery = (*session)->discovery();
    if (!discovery)
        return failedRequest(discovery.error());
    const auto selections = parseResourceArgs(**discovery, args);
    if (!selections)
        return selections.error().code == ErrorCode::InvalidInput ? badUsage(selections.error().message) : failed(selections.error());
    int exitCode = exitOk;
    bool isFirst = true;
    for (const Selection &selection : *selections) {
        if (selection.names.empty())
            return badUsage("say which " + selection.type->plural + " to describe");
        for (const std::string &name : selection.names) {
            const auto ns = selection.type->namespaced ? (*session)->ns() : std::string();
            const auto body = (*session)->get(selection.type->id().path(ns, name));
            const Result<Value> object = body ? value::parseJson(*body) : tl::unexpected(body.error());
            if (!object) {
                exitCode = failedRequest(object.error());
                continue;
            }
            Value shown = *object;
            out((isFirst ? "" : "\n\n") + forTerminal(described(shown) + events(**session, shown)));
            isFirst = false;
        }
    }
    return exitCode;
}

} // namespace

void addDescribeCommand(CLI::App &app, const GlobalOptions &globals, int &exitCode)
{
    const auto args = std::make_shared<std::vector<std::string>>();
    CLI::App *command = app.add_subcommand("describe", "shows an object with its events")->fallthrough();
    command->add_option("resource", *args, "TYPE NAME… or TYPE/NAME…")->required();
    command->callback([&globals, &exitCode, args] { exitCode = runDescribe(globals, *args); });
}

} // namespace fairway::ctl
