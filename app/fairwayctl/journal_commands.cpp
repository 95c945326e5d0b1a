#include "app/fairwayctl/guard_commands.h"
#include "app/fairwayctl/session.h"
#include "app/fairwayctl/text_table.h"
#include "app/fairwayctl/write_commands.h"
#include "core/base/clock.h"
#include "core/value/json.h"
#include "core/value/yaml.h"
#include "core/operate/state_files.h"

#include <memory>

namespace fairway::ctl {

using value::Value;

namespace {

Value toValue(const std::vector<operate::WrittenField> &written)
{
    Value fields = Value::list();
    for (const operate::WrittenField &field : written) {
        Value node = Value::map({{"path", field.pointer}});
        if (field.before)
            node.set("before", *field.before);
        if (field.after)
            node.set("after", *field.after);
        fields.append(std::move(node));
    }
    return fields;
}

bool canUndo(const operate::JournalEntry &entry)
{
    return entry.canUndo && (entry.state == operate::EntryState::Applied || entry.state == operate::EntryState::Partly);
}

/// "DestinationRule shop/reviews, VirtualService shop/reviews" of a step of several.
std::string objectsOf(const operate::JournalEntry &entry)
{
    std::string names;
    for (const operate::JournalPart &part : entry.parts)
        names += (names.empty() ? "" : ", ") + part.object.display();
    return names.empty() ? entry.object.display() : names;
}

Value toValue(const operate::JournalEntry &entry)
{
    Value parts = Value::list();
    for (const operate::JournalPart &part : entry.parts)
        parts.append(Value::map({{"object", part.object.display()}, {"verb", std::string(toString(part.verb))}, {"written", Value(part.isDone)},
            {"fields", toValue(part.fields)}}));
    Value out = Value::map({{"id", Value(entry.id)},
                       {"when", formatRfc3339(entry.when)},
                       {"who", entry.who},
                       {"context", entry.context.name},
                       {"server", entry.context.server},
                       {"verb", std::string(toString(entry.verb))},
                       {"object", objectsOf(entry)},
                       {"summary", entry.summary},
                       {"reason", entry.reason},
                       {"state", std::string(toString(entry.state))},
                       {"note", entry.note},
                       {"canUndo", canUndo(entry)},
                       {"undoNote", entry.undoNote},
                       {"undoes", Value(entry.undoes)},
                       {"undoneBy", Value(entry.undoneBy)},
                       {"fields", toValue(entry.fields)}});
    if (!entry.parts.empty())
        out.set("parts", std::move(parts));
    return out;
}

void print(const Value &node, const std::string &output)
{
    out(output == "yaml" ? value::toYaml(node) : value::toJson(node, value::JsonStyle::IndentedWide) + "\n");
}

Result<std::unique_ptr<operate::Journal>> openJournal()
{
    auto journal = operate::Journal::open(operate::journalFile(operate::defaultStateFolder()));
    if (journal && !(*journal)->notice().empty())
        note("warning: " + (*journal)->notice());
    return journal;
}

int runList(const std::string &output, std::size_t limit)
{
    const auto journal = openJournal();
    if (!journal)
        return failed(journal.error());
    const auto entries = (*journal)->latest(limit);
    if (!entries)
        return failed(entries.error());
    TextTable table;
    table.add({"ID", "WHEN", "STATE", "UNDO", "CONTEXT", "VERB", "OBJECT", "SUMMARY"});
    Value list = Value::list();
    for (const operate::JournalEntry &entry : *entries) {
        table.add({std::to_string(entry.id), formatRfc3339(entry.when), std::string(toString(entry.state)), canUndo(entry) ? "yes" : "no",
                   entry.context.name, std::string(toString(entry.verb)), objectsOf(entry), entry.summary});
        list.append(toValue(entry));
    }
    if (output == "json" || output == "yaml")
        print(list, output);
    else
        out(table.take());
    return exitOk;
}

int runShow(std::int64_t id, const std::string &output)
{
    const auto journal = openJournal();
    if (!journal)
        return failed(journal.error());
    const auto entry = (*journal)->entry(id);
    if (!entry)
        return failed(entry.error());
    print(toValue(*entry), output == "json" ? "json" : "yaml");
    return exitOk;
}

int runUndo(const GlobalOptions &globals, std::int64_t id, bool isDryRun, const ConsentOptions &consent)
{
    auto session = Session::open(globals);
    if (!session)
        return failed(session.error());
    const auto writer = (*session)->writer();
    if (!writer)
        return failed(writer.error());
    if (isDryRun) {
        const auto changes = (*writer)->planUndo(id);
        if (!changes)
            return failed(changes.error());
        for (const operate::Change &change : *changes) {
            if (changes->size() > 1)
                out("# " + change.object.display() + "\n");
            for (const operate::DiffLine &line : operate::Writer::diff(change).lines) {
                constexpr std::string_view signs = "# -+";
                out(std::string(1, signs[static_cast<std::size_t>(line.kind)]) + line.text + "\n");
            }
        }
        return exitOk;
    }
    const operate::WriteOutcome outcome = (*writer)->undo(id, consent.consent());
    for (const Text &warning : outcome.warnings)
        note("Warning: " + warning.plain());
    if (!outcome.isOk())
        return failedWrite(**session, outcome);
    out("entry " + std::to_string(id) + " undone in context " + (*session)->contextKey().name + ": " + outcome.message + "\n");
    return exitOk;
}

} // namespace

void addJournalCommands(CLI::App &app, const GlobalOptions &globals, int &exitCode)
{
    CLI::App *group = app.add_subcommand("journal", "what Fairway wrote, on this machine, to any cluster")->fallthrough();
    group->require_subcommand(1);
    const auto output = std::make_shared<std::string>();
    const auto limit = std::make_shared<std::size_t>(100);
    CLI::App *list = group->add_subcommand("list", "newest first")->fallthrough();
    list->add_option("-o,--output", *output, "table, json, yaml")->check(CLI::IsMember({"table", "json", "yaml"}));
    list->add_option("--limit", *limit, "how many");
    list->callback([&exitCode, output, limit] { exitCode = runList(*output, *limit); });

    const auto id = std::make_shared<std::int64_t>(0);
    CLI::App *show = group->add_subcommand("show", "one entry with its fields before and after")->fallthrough();
    show->add_option("id", *id, "number of the entry")->required();
    show->add_option("-o,--output", *output, "yaml, json")->check(CLI::IsMember({"yaml", "json"}));
    show->callback([&exitCode, output, id] { exitCode = runShow(*id, *output); });

    const auto consent = std::make_shared<ConsentOptions>();
    const auto isDryRun = std::make_shared<bool>(false);
    CLI::App *undo = app.add_subcommand("undo", "takes back an entry of the journal where its fields still hold what was written")
                         ->fallthrough();
    undo->add_option("id", *id, "number of the entry")->required();
    undo->add_flag("--dry-run", *isDryRun, "only show what would change; sends nothing but a read");
    addConsentOptions(*undo, *consent);
    undo->callback([&globals, &exitCode, id, isDryRun, consent] { exitCode = runUndo(globals, *id, *isDryRun, *consent); });
}

} // namespace fairway::ctl
