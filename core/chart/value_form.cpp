#include "core/chart/value_form.h"

#include "core/chart/schema_check.h"
#include "core/chart/value_form_schema.h"
#include "core/chart/value_help.h"
#include "core/chart/values_text.h"
#include "core/value/pointer.h"
#include "core/value/yaml_tree.h"

#include <algorithm>
#include <deque>
#include <map>
#include <set>

namespace fairway::chart {

using value::Value;
using Kind = FormField::Kind;

namespace {

constexpr std::size_t maxFields = 20'000;
constexpr std::size_t maxDepth = 40;
constexpr std::size_t maxDepthWithoutValues = 6; // a schema of a whole pod goes deeper than anybody wants to see at once
constexpr std::size_t maxFaultsOfField = 5;

/// `over` on `base` as Helm does it: a null takes away.
Value overlaid(const Value &base, const Value &over)
{
    Value merged = mergeMaps(base.isMap() ? base : Value::map(), over);
    const auto prune = [](auto &&self, const Value &map) -> Value {
        Value out = Value::map();
        for (const auto &[name, member] : map.asMap()) {
            if (!member.isNull())
                out.set(name, member.isMap() ? self(self, member) : member);
        }
        return out;
    };
    return prune(prune, merged);
}

/// In which order members stand in a text: by pointer of their map.
using Orders = std::map<std::string, std::vector<std::string>>;

void readOrder(const value::YamlNode &node, const std::string &pointer, std::size_t depth, Orders &orders)
{
    if (depth > maxDepth || orders.size() > maxFields)
        return;
    if (!node.members.empty()) {
        std::vector<std::string> &names = orders[pointer];
        for (const auto &[key, inner] : node.members)
            names.push_back(key.text);
    }
    for (const auto &[key, inner] : node.members)
        readOrder(inner, value::childPointer(pointer, key.text), depth + 1, orders);
    for (std::size_t i = 0; i < node.items.size(); ++i)
        readOrder(node.items[i], value::childPointer(pointer, i), depth + 1, orders);
}

/// Appends names of another text that were not there yet.
void addOrder(std::string_view text, const std::string &pointer, Orders &orders)
{
    const auto roots = value::parseYamlTree(text);
    if (!roots || roots->empty())
        return;
    Orders own;
    readOrder(roots->front(), pointer, 0, own);
    for (auto &[at, names] : own) {
        std::vector<std::string> &all = orders[at];
        const std::set<std::string> known(all.begin(), all.end());
        std::copy_if(names.begin(), names.end(), std::back_inserter(all), [&](const std::string &name) { return known.count(name) == 0; });
    }
}

void collectFaults(const std::vector<SchemaFault> &faults, const std::vector<std::string> &prefix, std::map<std::string, std::vector<std::string>> &out)
{
    for (const SchemaFault &fault : faults) {
        if (!fault.causes.empty() && (fault.isReference || fault.isGroup || fault.text == "'allOf' failed")) {
            collectFaults(fault.causes, prefix, out);
            continue;
        }
        std::vector<std::string> path = prefix;
        path.insert(path.end(), fault.path.begin(), fault.path.end());
        std::vector<std::string> &texts = out[value::joinPointer(path)];
        if (texts.size() < maxFaultsOfField && std::find(texts.begin(), texts.end(), fault.text) == texts.end())
            texts.push_back(fault.text);
    }
}

class FormMaker {
public:
    explicit FormMaker(const FormSource &source)
        : m_source(source)
    {
    }

    Result<ValueForm> make()
    {
        Result<Value> own = readValues(m_source.text, 0, m_source.version);
        if (!own)
            return tl::unexpected(own.error());
        m_own = *own;
        if (Result<void> read = readPresets(); !read)
            return tl::unexpected(read.error());
        m_effective = overlaid(m_preset, m_own);
        readSchemas();
        checkAll();
        readOrders();

        FormField root;
        SchemaParts parts;
        if (m_document)
            parts.push_back({&*m_document, &m_document->root()});
        fill(root, expandedAt({}, parts), m_preset.isMap() ? &m_preset : nullptr, &m_own, 0, 0);
        root.kind = Kind::Section;
        m_form.root = std::move(root);
        return std::move(m_form);
    }

private:
    Result<void> readPresets()
    {
        m_preset = Value::map();
        // Deepest first: a parent's values win over its subchart's.
        for (auto sub = m_source.subcharts.rbegin(); sub != m_source.subcharts.rend(); ++sub) {
            const Result<Value> values = readValues(sub->values, 0, m_source.version);
            if (!values)
                continue; // its own page says so
            Value nested = *values;
            for (std::size_t i = sub->steps.size(); i > 0; --i)
                nested = Value::map({{sub->steps[i - 1], nested}});
            m_preset = overlaid(nested, m_preset);
        }
        if (m_source.isDefaults)
            return {};
        const Result<Value> defaults = readValues(m_source.defaults, 0, m_source.version);
        if (!defaults)
            return failWith("values.yaml", defaults.error());
        m_preset = overlaid(m_preset, *defaults);
        for (const std::string &text : m_source.below) {
            if (const Result<Value> values = readValues(text, 0, m_source.version))
                m_preset = overlaid(m_preset, *values);
        }
        return {};
    }

    void readSchemas()
    {
        const auto read = [this](const std::string &text) -> std::optional<SchemaDocument> {
            if (text.empty())
                return std::nullopt;
            Result<SchemaDocument> document = SchemaDocument::parse(text, m_source.version);
            if (document && document->root().isMap())
                return std::move(*document);
            if (!document && m_form.schemaProblem.empty())
                m_form.schemaProblem = document.error().message;
            return std::nullopt;
        };
        m_document = read(m_source.schema);
        for (const FormSubchart &sub : m_source.subcharts) {
            if (std::optional<SchemaDocument> document = read(sub.schema))
                m_subDocuments.push_back({value::joinPointer(sub.steps), sub.steps, std::move(*document)});
        }
    }

    /// What is wrong with the values that will count when the stronger files are there, too.
    void checkAll()
    {
        Value whole = m_effective;
        for (const std::string &text : m_source.above) {
            if (const Result<Value> values = readValues(text, 0, m_source.version))
                whole = overlaid(*values, whole);
        }
        if (m_document)
            collectFaults(checkAgainstSchema(*m_document, whole), {}, m_faults);
        for (const SubDocument &sub : m_subDocuments) {
            const Value &inner = value::at(whole, sub.pointer);
            if (inner.isMap())
                collectFaults(checkAgainstSchema(sub.document, inner), sub.steps, m_faults);
        }
    }

    void readOrders()
    {
        const auto help = [this](std::string_view text, const std::string &prefix) {
            for (auto &[pointer, words] : helpFromComments(text))
                m_help.emplace(prefix + pointer, std::move(words));
        };
        const std::string_view defaults = m_source.isDefaults ? std::string_view(m_source.text) : std::string_view(m_source.defaults);
        addOrder(defaults, {}, m_orders);
        help(defaults, {});
        addOrder(m_source.text, {}, m_orders);
        for (const FormSubchart &sub : m_source.subcharts) {
            addOrder(sub.values, value::joinPointer(sub.steps), m_orders);
            help(sub.values, value::joinPointer(sub.steps));
        }
    }

    /// The schemas of a place: its own and, of a subchart, that one's.
    SchemaParts expandedAt(const std::string &pointer, SchemaParts parts) const
    {
        for (const SubDocument &sub : m_subDocuments) {
            if (sub.pointer == pointer)
                parts.push_back({&sub.document, &sub.document.root()});
        }
        return expanded(parts);
    }

    std::vector<std::string> namesOf(const FormField &field, const SchemaParts &parts, const Value *preset, const Value *own) const
    {
        std::vector<std::string> names;
        std::set<std::string> known;
        const auto take = [&](const std::string &name) {
            if (known.insert(name).second)
                names.push_back(name);
        };
        const auto has = [&](const std::string &name) {
            return (preset != nullptr && preset->isMap() && preset->asMap().get(name) != nullptr)
                || (own != nullptr && own->isMap() && own->asMap().get(name) != nullptr);
        };
        if (const auto order = m_orders.find(field.pointer); order != m_orders.end()) {
            for (const std::string &name : order->second) {
                if (has(name))
                    take(name);
            }
        }
        for (const Value *map : {preset, own}) {
            for (std::size_t i = 0; map != nullptr && map->isMap() && i == 0; ++i) {
                for (const auto &[name, member] : map->asMap())
                    take(name);
            }
        }
        for (const std::string &name : memberNames(parts))
            take(name);
        return names;
    }

    /// `own` is null where the file says nothing, `preset` where nothing else does.
    void fill(FormField &field, SchemaParts parts, const Value *preset, const Value *own, std::size_t depth, std::size_t depthWithoutValues)
    {
        field.isSet = own != nullptr;
        field.hasPreset = preset != nullptr && !preset->isNull();
        if (field.hasPreset)
            field.preset = *preset;
        const Value &counting = value::at(m_effective, field.pointer);
        field.value = field.pointer.empty() ? m_effective : counting;
        chooseAlternative(field, parts, field.value);
        describeField(field, parts, field.value);
        if (field.help.empty()) {
            if (const auto words = m_help.find(field.pointer); words != m_help.end())
                field.help = words->second;
        }
        if (const auto faults = m_faults.find(field.pointer); faults != m_faults.end())
            field.faults = faults->second;
        if (field.kind == Kind::Section && (field.value.isMap() || field.value.isNull()))
            fillMembers(field, parts, preset, own, depth, depthWithoutValues);
        else if (field.kind == Kind::List)
            fillItems(field, parts, own, depth);
        m_form.faultCount += field.faults.empty() ? 0 : 1;
    }

    bool mayAdd(std::size_t depth)
    {
        if (m_form.fieldCount < maxFields && depth < maxDepth)
            return true;
        m_form.isCut = true;
        return false;
    }

    void addField(FormField &parent, FormField field, const SchemaParts &parts, const Value *preset, const Value *own, std::size_t depth, std::size_t without)
    {
        ++m_form.fieldCount;
        fill(field, expandedAt(field.pointer, parts), preset, own, depth + 1, without);
        parent.faultsBelow += field.faultsBelow + (field.faults.empty() ? 0 : 1);
        parent.fields.push_back(std::move(field));
    }

    void fillMembers(FormField &field, const SchemaParts &parts, const Value *preset, const Value *own, std::size_t depth, std::size_t without)
    {
        bool isSomeMissing = false;
        for (const std::string &name : namesOf(field, parts, preset, own)) {
            if (!mayAdd(depth))
                break;
            const Value *innerPreset = preset != nullptr && preset->isMap() ? preset->asMap().get(name) : nullptr;
            const Value *innerOwn = own != nullptr && own->isMap() ? own->asMap().get(name) : nullptr;
            const bool hasValue = innerPreset != nullptr || innerOwn != nullptr;
            if (!hasValue && without >= maxDepthWithoutValues)
                continue;
            FormField inner;
            inner.name = name;
            inner.pointer = value::childPointer(field.pointer, name);
            inner.isRequired = isRequiredBy(parts, name);
            const SchemaParts schemas = memberParts(parts, name);
            if (!hasValue && isOpenAlready(schemas))
                continue;
            m_open.push_back(expanded(schemas));
            const std::size_t before = m_form.faultCount;
            addField(field, std::move(inner), schemas, innerPreset, innerOwn, depth, hasValue ? 0 : without + 1);
            m_open.pop_back();
            FormField &added = field.fields.back();
            if (added.isRequired && added.value.isNull() && field.value.isMap() && m_faults.count(field.pointer) > 0 && added.faults.empty()) {
                added.faults.push_back("missing: the chart needs this value");
                isSomeMissing = true;
                ++field.faultsBelow;
                m_form.faultCount = before + 1;
            }
        }
        if (isSomeMissing) // said at the fields now
            std::erase_if(field.faults, [](const std::string &text) { return text.starts_with("missing propert") || text.find(" is required") != std::string::npos; });
        if (field.isOpen)
            field.newItem = emptyValue(expanded(memberParts(parts, "\x01")));
    }

    void fillItems(FormField &field, const SchemaParts &parts, const Value *own, std::size_t depth)
    {
        const SchemaParts next = expanded(itemParts(parts, field.value.size()));
        field.newItem = emptyValue(next);
        if (next.empty() && field.value.size() > 0) // no schema: another like the last one
            field.newItem = field.value[field.value.size() - 1].isMap() ? Value::map() : field.value[field.value.size() - 1].isString() ? Value("") : value::deepCopy(field.value[field.value.size() - 1]);
        else if (next.empty())
            field.newItem = Value("");
        for (std::size_t i = 0; i < field.value.size() && mayAdd(depth); ++i) {
            FormField inner;
            inner.name = std::to_string(i);
            inner.pointer = value::childPointer(field.pointer, i);
            // A list is replaced whole: its items have no defaults of their own.
            addField(field, std::move(inner), itemParts(parts, i), nullptr, own != nullptr ? &field.value[i] : nullptr, depth, 0);
        }
    }

    /// A schema inside itself, which would go on for ever.
    bool isOpenAlready(const SchemaParts &schemas) const
    {
        for (const SchemaPart &part : expanded(schemas)) {
            const auto holds = [&](const SchemaParts &open) {
                return std::any_of(open.begin(), open.end(), [&](const SchemaPart &each) { return each.schema->isSame(*part.schema); });
            };
            if (std::any_of(m_open.begin(), m_open.end(), holds))
                return true;
        }
        return false;
    }

    struct SubDocument {
        std::string pointer;
        std::vector<std::string> steps;
        SchemaDocument document;
    };

    const FormSource &m_source;
    Value m_own;
    Value m_preset;
    Value m_effective;
    std::optional<SchemaDocument> m_document;
    std::deque<SubDocument> m_subDocuments;
    std::map<std::string, std::vector<std::string>> m_faults;
    std::map<std::string, std::string> m_help;
    Orders m_orders;
    std::vector<SchemaParts> m_open; ///< From the root to the field being filled in.
    ValueForm m_form;
};

} // namespace

Result<ValueForm> makeValueForm(const FormSource &source)
{
    return FormMaker(source).make();
}

} // namespace fairway::chart
