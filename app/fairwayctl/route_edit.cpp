#include "app/fairwayctl/route_edit.h"

#include "app/fairwayctl/cli.h"
#include "app/fairwayctl/route_names.h"
#include "app/fairwayctl/text_table.h"
#include "core/operate/atomic_file.h"
#include "core/route/canary_rule.h"
#include "core/route/edit_check.h"
#include "core/route/edit_form.h"
#include "core/route/force_http1.h"
#include "core/route/object_in_text.h"
#include "core/value/yaml.h"

#include <CLI/CLI.hpp>

#include <memory>
#include <optional>

namespace fairway::ctl {

namespace {

constexpr std::size_t maxFileBytes = std::size_t {32} << 20;

struct Target {
    std::string file;
    std::string object;
};

struct EditOptions {
    Target target;
    std::vector<std::string> arguments; ///< [RULE] FIELD=VALUE...
    bool listsFields = false;
};

struct CanaryOptions {
    Target target;
    std::vector<std::string> arguments; ///< [RULE] DEST
    std::string labels;
    std::string header;
    std::string cookie;
    std::string name;
};

struct Http1Options {
    Target target;
    std::string ns;
    std::string name;
};

/// The object of a file, ready to be edited.
struct Opened {
    std::string file; ///< For errors.
    route::ObjectInText object;
};

Result<Opened> open(const Target &target, const route::ObjectRef &ref)
{
    const std::string shown = target.file == "-" ? "standard input" : target.file;
    const Result<std::string> text = operate::readSmallFile(target.file == "-" ? "/dev/stdin" : target.file, maxFileBytes);
    if (!text)
        return tl::unexpected(text.error());
    Result<route::ObjectInText> found = route::ObjectInText::find(*text, ref);
    if (!found)
        return failWith(shown, found.error());
    return Opened {shown, std::move(*found)};
}

int print(const Opened &opened, const std::vector<value::FieldEdit> &edits)
{
    if (const Result<value::Value> fine = route::checkedEdit(opened.object.object(), edits); !fine)
        return failed(failWith(opened.file, fine.error()).value());
    const Result<std::string> edited = opened.object.withEdits(edits);
    if (!edited)
        return failed(failWith(opened.file, edited.error()).value());
    out(*edited);
    return exitOk;
}

std::string typeText(const route::EditField &field)
{
    switch (field.type) {
    case route::FieldType::Integer:
        return std::to_string(field.min) + ".." + std::to_string(field.max);
    case route::FieldType::Duration:
        return "duration";
    case route::FieldType::Percent:
        return "0..100";
    case route::FieldType::Flag:
        return "true|false";
    case route::FieldType::Choice:
        return joined(field.choices, "|");
    case route::FieldType::Text:
        break;
    }
    return "text";
}

void printFields(const route::EditForm &form)
{
    TextTable table;
    table.add({"FIELD", "NOW", "TAKES", "MEANING"});
    for (const route::EditGroup &group : form.groups) {
        for (const route::EditField &field : group.fields)
            table.add({field.id, field.value.empty() ? "-" : field.value, typeText(field), field.help.plain()});
    }
    out(table.take());
    for (const route::EditGroup &group : form.groups) {
        if (!group.note.empty())
            note(group.note.plain());
    }
}

/// The rule's form; of a DestinationRule the policy, where `part` names a subset.
Result<route::EditForm> formOf(const value::Value &object, const std::string &part)
{
    if (object["kind"].stringOr() == "DestinationRule")
        return route::policyForm(object, part);
    const Result<route::RouteObject> parsed = route::parseRoute(object);
    if (!parsed)
        return tl::unexpected(parsed.error());
    const route::Rule *rule = parsed->headline();
    if (!part.empty()) {
        const Result<const route::Rule *> chosen = chooseRule(*parsed, part);
        if (!chosen)
            return tl::unexpected(chosen.error());
        rule = *chosen;
    }
    if (rule == nullptr)
        return fail(ErrorCode::NotFound, "it has no rules");
    return route::ruleForm(object, rule->section, rule->index);
}

int runEdit(const EditOptions &options)
{
    const Result<route::ObjectRef> ref = parseEditableName(options.target.object);
    if (!ref)
        return badUsage(ref.error().message);
    std::string part;
    std::vector<route::TypedField> typed;
    for (const std::string &argument : options.arguments) {
        const std::size_t equals = argument.find('=');
        if (equals != std::string::npos)
            typed.emplace_back(argument.substr(0, equals), argument.substr(equals + 1));
        else if (part.empty() && typed.empty())
            part = argument;
        else
            return badUsage("\"" + argument + "\" is not FIELD=VALUE");
    }
    if (typed.empty() && !options.listsFields)
        return badUsage("give at least one FIELD=VALUE, or --fields to see what there is");
    const Result<Opened> opened = open(options.target, *ref);
    if (!opened)
        return failed(opened.error());
    const std::string where = opened->file + ": " + options.target.object;
    const Result<route::EditForm> form = formOf(opened->object.object(), part);
    if (!form)
        return failed(failWith(where, form.error()).value());
    if (options.listsFields) {
        printFields(*form);
        return exitOk;
    }
    const Result<std::vector<value::FieldEdit>> edits = route::planForm(*form, typed);
    if (!edits)
        return failed(failWith(where, edits.error()).value());
    return print(*opened, *edits);
}

Result<route::CanaryWho> whoOf(const CanaryOptions &options)
{
    route::CanaryWho who;
    if (!options.labels.empty()) {
        who.by = route::CanaryWho::By::SourceLabels;
        Result<std::map<std::string, std::string>> labels = parseLabels(options.labels);
        if (!labels)
            return tl::unexpected(labels.error());
        who.labels = std::move(*labels);
        return who;
    }
    who.by = options.header.empty() ? route::CanaryWho::By::Cookie : route::CanaryWho::By::Header;
    const std::string &text = options.header.empty() ? options.cookie : options.header;
    const std::size_t equals = text.find('=');
    who.name = text.substr(0, equals);
    who.value = equals == std::string::npos ? "" : text.substr(equals + 1);
    return who;
}

int runCanary(const CanaryOptions &options)
{
    const Result<route::ObjectRef> ref = parseRouteName(options.target.object);
    if (!ref)
        return badUsage(ref.error().message);
    if ((options.labels.empty() ? 0 : 1) + (options.header.empty() ? 0 : 1) + (options.cookie.empty() ? 0 : 1) != 1)
        return badUsage("say who gets the canary: one of --from-labels, --header, --cookie");
    if (options.arguments.size() > 2)
        return badUsage("\"" + options.arguments[2] + "\" is too much: give [RULE] DEST");
    const Result<route::CanaryWho> who = whoOf(options);
    if (!who)
        return badUsage(who.error().message);
    const Result<Opened> opened = open(options.target, *ref);
    if (!opened)
        return failed(opened.error());
    const std::string where = opened->file + ": " + options.target.object;
    const Result<route::RouteObject> parsed = route::parseRoute(opened->object.object());
    if (!parsed)
        return failed(failWith(where, parsed.error()).value());
    const route::Rule *rule = parsed->headline();
    if (options.arguments.size() == 2) {
        const Result<const route::Rule *> chosen = chooseRule(*parsed, options.arguments.front());
        if (!chosen)
            return failed(failWith(where, chosen.error()).value());
        rule = *chosen;
    }
    if (rule == nullptr || rule->destinations.empty())
        return failed(where + " has no rule with destinations");
    const Result<std::size_t> destination = chooseDestination(*rule, options.arguments.back());
    if (!destination)
        return failed(failWith(opened->file + ": " + ruleName(*parsed, *rule), destination.error()).value());
    const Result<std::vector<value::FieldEdit>> edits
        = route::planCanaryRule(opened->object.object(), {rule->section, rule->index, *destination, *who, options.name});
    if (!edits)
        return failed(failWith(opened->file, edits.error()).value());
    return print(*opened, *edits);
}

int runHttp1(const Http1Options &options)
{
    const Result<route::ObjectRef> ref = parseEditableName(options.target.object);
    if (!ref)
        return badUsage(ref.error().message);
    const Result<Opened> opened = open(options.target, *ref);
    if (!opened)
        return failed(opened.error());
    const value::Value &gateway = opened->object.object();
    const std::string ns = !options.ns.empty() ? options.ns : std::string(gateway["metadata"]["namespace"].stringOr("default"));
    const Result<route::Http1Plan> plan = route::http1Plan(gateway, options.name.empty() ? ref->name + "-http1" : options.name, ns);
    if (!plan)
        return failed(failWith(opened->file, plan.error()).value());
    out(value::toYaml(plan->filter));
    return exitOk;
}

void addTarget(CLI::App &command, Target &target, const char *object)
{
    command.add_option("-f,--filename", target.file, "YAML or JSON file; - for standard input")->required();
    command.add_option("object", target.object, object)->required();
}

} // namespace

void addRouteEdit(CLI::App &route, int &exitCode)
{
    auto edit = std::make_shared<EditOptions>();
    CLI::App *editing = route.add_subcommand("edit", "prints the file with only some fields of one rule or traffic policy changed");
    addTarget(*editing, edit->target, "KIND/NAME or KIND/NAMESPACE/NAME: a route or a DestinationRule");
    editing->add_option("arguments", edit->arguments, "[RULE|SUBSET] FIELD=VALUE...  without a value: the field is taken away")->expected(-1);
    editing->add_flag("--fields", edit->listsFields, "list the fields, what they hold and what they take");
    editing->callback([edit, &exitCode] { exitCode = runEdit(*edit); });

    auto canary = std::make_shared<CanaryOptions>();
    CLI::App *dividing = route.add_subcommand("canary", "prints the file with a rule that sends some senders of a rule to one of its destinations");
    addTarget(*dividing, canary->target, "KIND/NAME or KIND/NAMESPACE/NAME: a VirtualService or HTTPRoute");
    dividing->add_option("arguments", canary->arguments, "[RULE] DEST")->required()->expected(-1);
    dividing->add_option("--from-labels", canary->labels, "KEY=VALUE,...: requests of pods with these labels");
    dividing->add_option("--header", canary->header, "NAME[=VALUE]: requests with this header");
    dividing->add_option("--cookie", canary->cookie, "NAME[=VALUE]: requests with this cookie");
    dividing->add_option("--name", canary->name, "name of the new rule");
    dividing->callback([canary, &exitCode] { exitCode = runCanary(*canary); });

    auto http1 = std::make_shared<Http1Options>();
    CLI::App *forcing = route.add_subcommand("http1", "prints the EnvoyFilter that keeps the clients of an Istio Gateway at HTTP/1.1");
    addTarget(*forcing, http1->target, "Gateway/NAME or Gateway/NAMESPACE/NAME");
    forcing->add_option("--gateway-namespace", http1->ns, "where the gateway's pods run; default: the Gateway's own");
    forcing->add_option("--name", http1->name, "of the EnvoyFilter; default: the Gateway's and \"-http1\"");
    forcing->callback([http1, &exitCode] { exitCode = runHttp1(*http1); });
}

} // namespace fairway::ctl
