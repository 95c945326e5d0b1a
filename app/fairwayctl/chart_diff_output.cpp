#include "app/fairwayctl/chart_diff_output.h"

#include "app/fairwayctl/cli.h"
#include "app/fairwayctl/text_table.h"
#include "core/funcs/digest.h"
#include "core/operate/diff.h"
#include "core/operate/secret_mask.h"
#include "core/value/json.h"
#include "core/value/line_diff.h"
#include "core/value/yaml.h"

#include <algorithm>
#include <set>

namespace fairway::ctl {

namespace {

using chart::CellObject;
using chart::ObjectChange;
using value::Value;

const CellObject &shownObject(const ObjectChange &change)
{
    return change.kind == ObjectChange::Kind::Removed ? change.before : change.after;
}

void collectSecrets(const Value &object, std::set<std::string> &secrets)
{
    // masked() knows where secrets stand: its callback sees each.
    (void)operate::masked(object, [&secrets](const Value &secret) {
        secrets.emplace(secret.stringOr());
        return std::string();
    });
}

struct Texts {
    std::string before;
    std::string after;
    std::vector<std::size_t> randomBefore; ///< Lines of the texts, from 1.
    std::vector<std::size_t> randomAfter;
};

/// A Secret's lines that are random, in the text that hides its values: each is put by its digest, so that one line stays one line.
std::vector<std::size_t> randomLinesHidden(const CellObject &object)
{
    if (object.otherText.empty())
        return {};
    const auto hidden = [](const std::string &text) {
        return value::toYaml(operate::masked(value::parseYaml(text).value_or(Value()), [](const Value &secret) { return funcs::hexadecimal(funcs::sha256(secret.stringOr())); }));
    };
    return value::changedLines(hidden(object.text), hidden(object.otherText));
}

/// The objects' texts; those of Secrets written anew with masks that tell what changed from what stayed.
Texts textsOf(const ObjectChange &change, bool showSecrets)
{
    if (showSecrets || shownObject(change).kind != "Secret")
        return {change.before.text, change.after.text, change.before.randomLines(), change.after.randomLines()};
    const auto parsed = [](const std::string &text) { return value::parseYaml(text).value_or(Value()); };
    const Value before = parsed(change.before.text);
    const Value after = parsed(change.after.text);
    std::set<std::string> old;
    std::set<std::string> fresh;
    collectSecrets(before, old);
    collectSecrets(after, fresh);
    const auto written = [&](const Value &object, const char *side) {
        if (object.isNull())
            return std::string();
        return value::toYaml(operate::masked(object, [&](const Value &secret) {
            const std::string text(secret.stringOr());
            return old.contains(text) && fresh.contains(text) ? std::string("***") : std::string("*** (") + side + ")";
        }));
    };
    return {written(before, "before"), written(after, "after"), randomLinesHidden(change.before), randomLinesHidden(change.after)};
}

/// "3, 7-9".
std::string rangesOf(const std::vector<std::size_t> &lines)
{
    std::string text;
    for (std::size_t i = 0; i < lines.size();) {
        std::size_t last = i;
        while (last + 1 < lines.size() && lines[last + 1] == lines[last] + 1)
            ++last;
        text += (text.empty() ? "" : ", ") + std::to_string(lines[i]) + (last > i ? "-" + std::to_string(lines[last]) : "");
        i = last + 1;
    }
    return text;
}

Value numbersOf(const std::vector<std::size_t> &lines)
{
    Value list = Value::list();
    for (const std::size_t line : lines)
        list.append(Value(static_cast<std::int64_t>(line)));
    return list;
}

/// What stands before an object's diff; programs that apply patches pass over it.
std::string randomNote(const Texts &texts)
{
    std::string note;
    if (!texts.randomBefore.empty())
        note += "random lines in old: " + rangesOf(texts.randomBefore) + "\n";
    if (!texts.randomAfter.empty())
        note += "random lines in new: " + rangesOf(texts.randomAfter) + "\n";
    return note;
}

/// "Deployment/shop/web", as a file's name would be.
std::string placeOf(const CellObject &object)
{
    return object.kind + "/" + (object.ns.empty() ? "" : object.ns + "/") + object.name;
}

std::string diffOf(const ObjectChange &change, const Texts &texts, const ChartDiffOutput &output)
{
    const std::string before = change.kind == ObjectChange::Kind::Added ? "/dev/null" : "old/" + placeOf(change.before) + "\t" + change.before.path;
    const std::string after = change.kind == ObjectChange::Kind::Removed ? "/dev/null" : "new/" + placeOf(change.after) + "\t" + change.after.path;
    return operate::unifiedDiff(texts.before, texts.after, before, after, static_cast<int>(std::min<std::size_t>(output.context, 1000)));
}

std::string tableOf(const std::vector<ObjectChange> &changes)
{
    TextTable table;
    table.add({"CHANGE", "KIND", "NAMESPACE", "NAME", "TEMPLATE", "RANDOM LINES"});
    for (const ObjectChange &change : changes) {
        const CellObject &object = shownObject(change);
        table.add({changeWord(change.kind), object.kind, object.ns.empty() ? "<none>" : object.ns, object.name, object.path, std::to_string(object.randomLines().size())});
    }
    return forTerminal(table.take());
}

} // namespace

const char *changeWord(ObjectChange::Kind kind)
{
    return kind == ObjectChange::Kind::Added ? "added" : kind == ObjectChange::Kind::Removed ? "removed" : "changed";
}

std::string chartDiffText(const std::vector<ObjectChange> &changes, const ChartDiffOutput &output, std::size_t &omitted)
{
    omitted = 0;
    if (output.format == "table")
        return changes.empty() ? std::string() : tableOf(changes);
    const bool isPlain = output.format == "diff";
    std::string text;
    std::size_t lines = 0;
    Value list = Value::list();
    for (const ObjectChange &change : changes) {
        const Texts texts = textsOf(change, output.showSecrets);
        std::string diff = output.maxLines == 0 || lines < output.maxLines ? diffOf(change, texts, output) : std::string();
        if (isPlain && !diff.empty())
            diff.insert(0, randomNote(texts));
        lines += static_cast<std::size_t>(std::count(diff.begin(), diff.end(), '\n'));
        const bool isBeyond = output.maxLines != 0 && lines > output.maxLines;
        if (isBeyond || diff.empty()) {
            omitted += 1;
            lines = isBeyond ? lines : output.maxLines;
            diff.clear();
        }
        if (isPlain) {
            text += diff;
            continue;
        }
        const CellObject &object = shownObject(change);
        list.append(Value::map({{"change", changeWord(change.kind)}, {"kind", object.kind}, {"namespace", object.ns}, {"name", object.name},
            {"template", object.path}, {"diff", diff}, {"randomLines", Value::map({{"old", numbersOf(texts.randomBefore)}, {"new", numbersOf(texts.randomAfter)}})}}));
    }
    if (isPlain)
        return text;
    return output.format == "json" ? value::toJson(list, value::JsonStyle::IndentedWide) + "\n" : value::toYaml(list);
}

} // namespace fairway::ctl
