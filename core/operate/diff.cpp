#include "core/operate/diff.h"

#include "core/value/line_diff.h"
#include "core/operate/pointer.h"
#include "core/operate/secret_mask.h"
#include "core/value/yaml.h"

#include <algorithm>
#include <array>
#include <functional>

namespace fairway::operate {

using value::Value;

namespace {

/// What tells an item of a list from its neighbours, for the context line: "subset: v1".
std::string itemLabel(const Value &item)
{
    if (!item.isMap())
        return {};
    for (const Value *node : {&item["destination"], &item}) {
        for (const char *key : {"subset", "name", "host", "key", "type", "port", "uri"}) {
            const Value &text = (*node)[key];
            if (text.isString() && !text.asString().empty())
                return std::string(key) + ": " + text.asString();
        }
    }
    return {};
}

/// "key: value" as YAML, over as many lines as it takes.
std::vector<std::string> yamlLines(const std::string &key, const Value &node)
{
    const std::string text = key.empty() ? value::toYaml(node) : value::toYaml(Value::map({{key, node}}));
    std::vector<std::string> lines;
    for (const std::string_view line : value::splitLines(text))
        lines.emplace_back(line);
    return lines;
}

bool isMultiLine(const std::optional<Value> &node)
{
    return node && node->isString() && node->asString().find('\n') != std::string::npos;
}

class Rendering {
public:
    Rendering(const Value &before, const Value &after, std::size_t maxLines)
        : m_before(before)
        , m_after(after)
        , m_maxLines(maxLines)
    {
    }

    void add(const FieldChange &change)
    {
        const std::size_t slash = change.pointer.rfind('/');
        if (slash == std::string::npos) { // the whole object
            addValues({}, "", change);
            return;
        }
        const std::string parent = change.pointer.substr(0, slash);
        const std::string key = splitPointer(change.pointer.substr(slash)).front();
        const Value *holder = findAt(m_before, parent);
        if (holder == nullptr)
            holder = findAt(m_after, parent);
        const bool isItem = holder != nullptr && holder->isList();
        const std::size_t above = parent.rfind('/');
        const Value *list = above == std::string::npos ? nullptr : findAt(m_before, parent.substr(0, above));
        if (list != nullptr && list->isList()) {
            header(parent.substr(0, above));
            item(parent, *holder);
            addValues("    ", key, change);
        } else if (isItem) {
            header(parent);
            addItem(key, change);
        } else {
            header(parent);
            addValues("  ", key, change);
        }
    }

    Diff diff;

private:
    void line(DiffLine::Kind kind, std::string text)
    {
        if (diff.lines.size() < m_maxLines)
            diff.lines.push_back({kind, std::move(text)});
        else
            diff.isTruncated = true;
    }

    void header(const std::string &pointer)
    {
        std::string path = pointer.empty() ? "object" : fieldPath(m_before, pointer);
        if (path == m_header)
            return;
        m_header = path;
        m_item.clear();
        line(DiffLine::Kind::Header, std::move(path));
    }

    void item(const std::string &pointer, const Value &holder)
    {
        if (pointer == m_item)
            return;
        m_item = pointer;
        const std::string index = pointer.substr(pointer.rfind('/') + 1);
        const std::string label = itemLabel(holder);
        line(DiffLine::Kind::Context, "  [" + index + "]" + (label.empty() ? "" : " " + label));
    }

    void values(DiffLine::Kind kind, const std::string &indent, const std::string &key, const Value &node)
    {
        for (const std::string &text : yamlLines(key, node))
            line(kind, indent + text);
    }

    void addItem(const std::string &index, const FieldChange &change)
    {
        const std::string label = "[" + index + "]";
        if (change.before)
            labelled(DiffLine::Kind::Removed, label, *change.before);
        if (change.after)
            labelled(DiffLine::Kind::Added, label, *change.after);
    }

    void labelled(DiffLine::Kind kind, const std::string &label, const Value &node)
    {
        std::string lead = "  " + label + " ";
        for (const std::string &text : yamlLines({}, node)) {
            line(kind, lead + text);
            lead.assign(lead.size(), ' ');
        }
    }

    void addValues(const std::string &indent, const std::string &key, const FieldChange &change)
    {
        if (change.before && change.after && change.before->isList() && change.after->isList()) {
            listItems(indent, key, change.before->asList(), change.after->asList());
            return;
        }
        if (isMultiLine(change.before) && isMultiLine(change.after)) {
            textLines(indent, key, change.before->asString(), change.after->asString());
            return;
        }
        if (change.before)
            values(DiffLine::Kind::Removed, indent, key, *change.before);
        if (change.after)
            values(DiffLine::Kind::Added, indent, key, *change.after);
    }

    /// A list that grew or shrank: only the items that came or went, by comparing items as if they were lines.
    void listItems(const std::string &indent, const std::string &key, const value::List &before, const value::List &after)
    {
        std::vector<std::string> texts;
        texts.reserve(before.size() + after.size());
        for (const value::List *list : {&before, &after}) {
            for (const Value &node : *list)
                texts.push_back(value::toYaml(node));
        }
        const auto half = texts.begin() + static_cast<std::ptrdiff_t>(before.size());
        line(DiffLine::Kind::Context, indent + key + ":");
        for (const value::LineEdit &edit : value::diffLines({texts.begin(), half}, {half, texts.end()})) {
            if (edit.kind == value::LineEdit::Kind::Removed)
                labelledAt(DiffLine::Kind::Removed, indent, edit.before, before[edit.before]);
            else if (edit.kind == value::LineEdit::Kind::Added)
                labelledAt(DiffLine::Kind::Added, indent, edit.after, after[edit.after]);
        }
    }

    void labelledAt(DiffLine::Kind kind, const std::string &indent, std::size_t index, const Value &node)
    {
        labelled(kind, indent + "[" + std::to_string(index) + "]", node);
    }

    void textLines(const std::string &indent, const std::string &key, const std::string &before, const std::string &after)
    {
        const auto a = value::splitLines(before);
        const auto b = value::splitLines(after);
        line(DiffLine::Kind::Context, indent + key + ": |");
        for (const value::LineEdit &edit : value::diffLines(a, b)) {
            if (edit.kind == value::LineEdit::Kind::Removed)
                line(DiffLine::Kind::Removed, indent + "  " + std::string(a[edit.before]));
            else if (edit.kind == value::LineEdit::Kind::Added)
                line(DiffLine::Kind::Added, indent + "  " + std::string(b[edit.after]));
        }
    }

    const Value &m_before;
    const Value &m_after;
    const std::size_t m_maxLines;
    std::string m_header;
    std::string m_item;
};

/// Shows a secret's size and a short fingerprint of the two sides, enough to see that it changed.
std::string fingerprint(const Value &node)
{
    const std::string_view text = node.stringOr();
    const std::size_t hash = std::hash<std::string_view>()(text);
    std::array<char, 9> digits {};
    for (std::size_t i = 0; i < 8; ++i)
        digits[i] = "0123456789abcdef"[(hash >> (4 * i)) & 15U];
    return "<secret, " + std::to_string(text.size()) + " characters, #" + digits.data() + ">";
}

} // namespace

Diff diffObjects(const Value &before, const Value &after, const DiffOptions &options)
{
    const bool isMasked = options.isSecret || isSecret(before) || isSecret(after);
    const Value a = isMasked ? masked(before, fingerprint) : before;
    const Value b = isMasked ? masked(after, fingerprint) : after;
    const std::vector<FieldChange> changes = changedFields(a, b);
    Rendering rendering(a, b, options.maxLines);
    for (const FieldChange &change : changes)
        rendering.add(change);
    rendering.diff.changedFields = static_cast<int>(changes.size());
    return std::move(rendering.diff);
}

std::string unifiedDiff(std::string_view before, std::string_view after, std::string_view beforeLabel,
                        std::string_view afterLabel, int context)
{
    if (before == after)
        return {};
    const auto a = value::splitLines(before);
    const auto b = value::splitLines(after);
    const std::vector<value::LineEdit> edits = value::diffLines(a, b);
    const auto around = static_cast<std::size_t>(context);
    std::string text = "--- " + std::string(beforeLabel) + "\n+++ " + std::string(afterLabel) + "\n";
    // As in GNU diff, an empty range is numbered by the line before it.
    const auto range = [](std::size_t start, std::size_t count) {
        const std::string first = std::to_string(count == 0 ? start : start + 1);
        return count == 1 ? first : first + "," + std::to_string(count);
    };
    std::size_t i = 0;
    while (i < edits.size()) {
        while (i < edits.size() && edits[i].kind == value::LineEdit::Kind::Same)
            ++i;
        if (i == edits.size())
            break;
        const std::size_t from = i > around ? i - around : 0;
        std::size_t to = i;
        std::size_t lastChange = i;
        while (to < edits.size() && to - lastChange <= 2 * around) {
            if (edits[to].kind != value::LineEdit::Kind::Same)
                lastChange = to;
            ++to;
        }
        to = std::min(lastChange + around + 1, edits.size());
        std::string body;
        std::size_t removed = 0;
        std::size_t added = 0;
        for (std::size_t e = from; e < to; ++e) {
            const value::LineEdit &edit = edits[e];
            const bool isAdded = edit.kind == value::LineEdit::Kind::Added;
            body += edit.kind == value::LineEdit::Kind::Same ? ' ' : (isAdded ? '+' : '-');
            body += std::string(isAdded ? b[edit.after] : a[edit.before]) + "\n";
            removed += isAdded ? 0 : 1;
            added += edit.kind == value::LineEdit::Kind::Removed ? 0 : 1;
        }
        text += "@@ -" + range(edits[from].before, removed) + " +" + range(edits[from].after, added) + " @@\n" + body;
        i = to;
    }
    return text;
}

} // namespace fairway::operate
