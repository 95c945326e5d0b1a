#include "core/chart/value_completion.h"

#include "core/value/json.h"
#include "core/value/yaml.h"

#include <algorithm>
#include <cctype>

namespace fairway::chart {

namespace {

constexpr std::size_t maxPreset = 60;

/// One line as far as its indentation says what it is.
struct Line {
    bool isBlank = true; ///< Or a comment.
    bool isItem = false;
    bool isEnd = false;      ///< Of the document.
    std::size_t lead = 0;    ///< Column of the first character.
    std::size_t content = 0; ///< Column of the key, behind a list's dash.
    std::string key;         ///< Empty: none.
    bool isOpen = false;     ///< Nothing behind the colon: what it holds stands below.
};

/// The colon that ends a key, or npos.
std::size_t colonOf(std::string_view text)
{
    char quote = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (quote != 0)
            quote = c == quote ? 0 : quote;
        else if ((c == '"' || c == '\'') && i == 0)
            quote = c;
        else if (c == ':' && (i + 1 == text.size() || text[i + 1] == ' '))
            return i;
        else if (c == '#' && i > 0 && text[i - 1] == ' ')
            return std::string_view::npos;
    }
    return std::string_view::npos;
}

std::string unquoted(std::string_view key)
{
    while (!key.empty() && key.back() == ' ')
        key.remove_suffix(1);
    if (key.size() >= 2 && (key.front() == '"' || key.front() == '\'') && key.back() == key.front())
        key = key.substr(1, key.size() - 2);
    return std::string(key);
}

std::string_view withoutBreak(std::string_view line)
{
    while (!line.empty() && (line.back() == '\r' || line.back() == ' '))
        line.remove_suffix(1);
    return line;
}

Line read(std::string_view text)
{
    Line line;
    text = withoutBreak(text);
    line.lead = std::min(text.find_first_not_of(' '), text.size());
    line.content = line.lead;
    if (line.lead == text.size() || text[line.lead] == '#')
        return line;
    line.isBlank = false;
    line.isEnd = line.lead == 0 && (text.starts_with("---") || text.starts_with("..."));
    while (line.content < text.size() && text[line.content] == '-' && (line.content + 1 == text.size() || text[line.content + 1] == ' ')) {
        line.isItem = true;
        line.content = std::min(text.find_first_not_of(' ', line.content + 1), text.size());
    }
    const std::string_view rest = text.substr(line.content);
    const std::size_t colon = colonOf(rest);
    if (colon == std::string_view::npos || colon == 0)
        return line;
    line.key = unquoted(rest.substr(0, colon));
    std::string_view behind = rest.substr(colon + 1);
    behind.remove_prefix(std::min(behind.find_first_not_of(' '), behind.size()));
    // An anchor or a tag is no value yet.
    while (behind.starts_with('&') || behind.starts_with('!')) {
        behind.remove_prefix(std::min(behind.find(' '), behind.size()));
        behind.remove_prefix(std::min(behind.find_first_not_of(' '), behind.size()));
    }
    line.isOpen = behind.empty() || behind.front() == '#';
    return line;
}

std::vector<std::string_view> linesOf(std::string_view text)
{
    std::vector<std::string_view> lines;
    while (true) {
        const std::size_t end = text.find('\n');
        lines.push_back(text.substr(0, end));
        if (end == std::string_view::npos)
            return lines;
        text.remove_prefix(end + 1);
    }
}

/// The way up from a line, by columns.
class Climb {
public:
    Climb(const std::vector<std::string_view> &lines, CompletionPlace &place)
        : m_lines(lines)
        , m_place(place)
        , m_need(place.indent)
    {
    }

    /// The line at the caret begins an item of a list, whose dash stands there.
    void startInList(std::size_t column)
    {
        m_isInList = true;
        m_list = column;
    }

    /// False: what is above can't be followed.
    bool above(std::size_t line)
    {
        for (std::size_t at = line; at-- > 0;) {
            const Line one = read(m_lines[at]);
            if (one.isEnd)
                break;
            if (!one.isBlank && !take(one))
                return false;
        }
        return !m_isInList && (m_need == 0 || m_place.steps.empty());
    }

private:
    bool take(const Line &line)
    {
        if (m_isInList) {
            if (line.lead == m_list && line.isItem) {
                ++m_index;
                return true;
            }
            if (line.lead > m_list)
                return true;
            return leaveList(line) && (!line.isItem || enterItem(line));
        }
        if (line.lead > m_need)
            return true;
        if (line.content == m_need) {
            if (m_place.steps.empty() && !line.key.empty())
                m_place.present.push_back(line.key);
            return !line.isItem || enterItem(line);
        }
        if (line.content > m_need) // an item of a list that stands in the same column as the keys: it is a sibling's
            return true;
        return climbTo(line) && (!line.isItem || enterItem(line));
    }

    bool leaveList(const Line &line)
    {
        if (line.key.empty() || !line.isOpen || line.content > m_list)
            return false;
        m_place.steps.insert(m_place.steps.begin(), std::to_string(m_index));
        m_place.steps.insert(m_place.steps.begin(), line.key);
        m_isInList = false;
        m_index = 0;
        m_need = line.content;
        return true;
    }

    bool climbTo(const Line &line)
    {
        if (line.key.empty() || !line.isOpen)
            return false;
        m_place.steps.insert(m_place.steps.begin(), line.key);
        m_need = line.content;
        return true;
    }

    /// The map began on the line of a list's dash.
    bool enterItem(const Line &line)
    {
        startInList(line.lead);
        m_index = 0;
        return true;
    }

    const std::vector<std::string_view> &m_lines;
    CompletionPlace &m_place;
    std::size_t m_need;
    bool m_isInList = false;
    std::size_t m_list = 0; ///< Column of the dashes of the list that is being counted.
    std::size_t m_index = 0;
};

void presentBelow(const std::vector<std::string_view> &lines, std::size_t line, CompletionPlace &place)
{
    for (std::size_t at = line + 1; at < lines.size(); ++at) {
        const Line one = read(lines[at]);
        if (one.isBlank)
            continue;
        if (one.isEnd || one.lead < place.indent || (one.isItem && one.lead <= place.indent && place.indent > 0))
            return;
        if (one.lead == place.indent && !one.isItem && !one.key.empty())
            place.present.push_back(one.key);
    }
}

std::size_t unitOf(const std::vector<std::string_view> &lines)
{
    for (const std::string_view text : lines) {
        const Line line = read(text);
        if (!line.isBlank && !line.isItem && line.lead > 0 && line.lead <= 8)
            return line.lead;
    }
    return 2;
}

char lower(char c)
{
    return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
}

std::size_t findIn(std::string_view text, std::string_view part)
{
    const auto found = std::search(text.begin(), text.end(), part.begin(), part.end(), [](char a, char b) { return lower(a) == lower(b); });
    return found == text.end() && !part.empty() ? std::string_view::npos : static_cast<std::size_t>(found - text.begin());
}

std::string oneLine(const value::Value &value)
{
    std::string text = value.isString() ? std::string(value.stringOr()) : value::toJson(value);
    std::replace(text.begin(), text.end(), '\n', ' ');
    if (text.size() <= maxPreset)
        return text;
    std::size_t end = maxPreset;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U)
        --end;
    return text.substr(0, end) + "…";
}

std::string scalar(const value::Value &value)
{
    std::string text = value::toYaml(value);
    while (!text.empty() && text.back() == '\n')
        text.pop_back();
    return text;
}

const FormField noField;

const FormField *fieldAt(const FormField &root, const std::vector<std::string> &steps)
{
    const FormField *field = &root;
    for (const std::string &step : steps) {
        const auto found = std::find_if(field->fields.begin(), field->fields.end(), [&](const FormField &one) { return one.name == step; });
        if (found != field->fields.end())
            field = &*found;
        else if (field->kind == FieldFacts::Kind::List)
            field = field->fields.empty() ? &noField : &field->fields.front(); // a new item is as those before
        else
            return nullptr;
    }
    return field;
}

/// Of an item that doesn't exist yet, what a new one has.
const value::Value *newItemOf(const FormField &root, const CompletionPlace &place)
{
    if (place.steps.empty())
        return nullptr;
    const FormField *list = fieldAt(root, {place.steps.begin(), place.steps.end() - 1});
    return list != nullptr && list->kind == FieldFacts::Kind::List && list->newItem.isMap() ? &list->newItem : nullptr;
}

std::string insertOf(const FormField &field, const CompletionPlace &place)
{
    const std::string below = "\n" + std::string(place.indent + place.unit, ' ');
    std::string key = scalar(value::Value(field.name));
    if (field.kind == FieldFacts::Kind::Section)
        return key + ":" + below;
    return field.kind == FieldFacts::Kind::List ? key + ":" + below + "- " : key + ": ";
}

} // namespace

std::optional<CompletionPlace> completionPlace(std::string_view text, std::size_t line, std::size_t column)
{
    const std::vector<std::string_view> lines = linesOf(text);
    if (line >= lines.size())
        return std::nullopt;
    const std::string_view before = lines[line].substr(0, column);
    CompletionPlace place;
    place.unit = unitOf(lines);
    std::size_t content = std::min(before.find_first_not_of(' '), before.size());
    std::optional<std::size_t> dash;
    while (content < before.size() && before[content] == '-' && (content + 1 == before.size() || before[content + 1] == ' ')) {
        if (dash)
            return std::nullopt; // a list in a list
        dash = content;
        content = std::min(before.find_first_not_of(' ', content + 1), before.size());
    }
    const std::string_view own = before.substr(content);
    if (own.starts_with('#') || own.starts_with('{') || own.starts_with('[') || own.find(" #") != std::string_view::npos)
        return std::nullopt;
    place.indent = content;
    const std::size_t colon = colonOf(own);
    if (colon != std::string_view::npos) {
        place.key = unquoted(own.substr(0, colon));
        std::string_view value = own.substr(colon + 1);
        if (place.key.empty() || value.empty())
            return std::nullopt;
        value.remove_prefix(std::min(value.find_first_not_of(' '), value.size()));
        place.typed = value;
    } else {
        place.typed = own;
    }
    Climb climb(lines, place);
    if (dash)
        climb.startInList(*dash);
    if (!climb.above(line))
        return std::nullopt;
    presentBelow(lines, line, place);
    return place;
}

std::vector<Completion> completionsAt(const FormField &root, const CompletionPlace &place)
{
    std::vector<Completion> all;
    const auto add = [&](Completion one) {
        const bool isThere = std::any_of(all.begin(), all.end(), [&](const Completion &other) { return other.name == one.name; });
        if (!isThere && findIn(one.name, place.typed) != std::string_view::npos)
            all.push_back(std::move(one));
    };
    const FormField *map = fieldAt(root, place.steps);
    if (!place.key.empty()) {
        const FormField *field = map == nullptr ? nullptr : fieldAt(*map, {place.key});
        if (field == nullptr)
            return all;
        const auto addValue = [&](const value::Value &value) {
            const std::string text = scalar(value);
            if (text.find('\n') == std::string::npos)
                add({text, text, false, field->kind, false, false, field->hasPreset && value == field->preset, {}, field->help});
        };
        for (const value::Value &choice : field->choices)
            addValue(choice);
        if (field->kind == FieldFacts::Kind::Bool) {
            addValue(value::Value(true));
            addValue(value::Value(false));
        }
        if (field->hasPreset && !field->preset.isMap() && !field->preset.isList())
            addValue(field->preset);
    } else if (map != nullptr) {
        const auto isPresent = [&](const std::string &name) { return std::find(place.present.begin(), place.present.end(), name) != place.present.end(); };
        for (const FormField &field : map->fields) {
            if (map->kind != FieldFacts::Kind::List && !isPresent(field.name))
                add({field.name, insertOf(field, place), true, field.kind, field.isRequired, field.isDeprecated, false, field.hasPreset ? oneLine(field.preset) : std::string(),
                    field.help});
        }
        if (const value::Value *item = map->fields.empty() ? newItemOf(root, place) : nullptr) {
            for (const auto &[name, member] : item->asMap()) {
                FormField field;
                field.name = name;
                field.kind = member.isMap() ? FieldFacts::Kind::Section : member.isList() ? FieldFacts::Kind::List : FieldFacts::Kind::Any;
                if (!isPresent(name))
                    add({field.name, insertOf(field, place), true, field.kind, false, false, false, oneLine(member), {}});
            }
        }
    }
    std::stable_sort(all.begin(), all.end(), [&](const Completion &a, const Completion &b) {
        const bool aBegins = findIn(a.name, place.typed) == 0;
        const bool bBegins = findIn(b.name, place.typed) == 0;
        return aBegins != bBegins ? aBegins : a.isRequired && !b.isRequired;
    });
    return all;
}

} // namespace fairway::chart
