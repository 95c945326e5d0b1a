#include "app/fairwayctl/object_output.h"

#include "app/fairwayctl/session.h"
#include "core/value/json.h"
#include "core/value/yaml.h"

#include <algorithm>

namespace fairway::ctl {

using value::Value;

namespace {

Value shown(const Value &object, bool keepManagedFields)
{
    if (keepManagedFields || object["metadata"]["managedFields"].isNull())
        return object;
    Value copy = value::deepCopy(object);
    Value metadata = copy["metadata"];
    metadata.asMap().remove("managedFields");
    return copy;
}

std::string text(const Value &object, OutputForm form)
{
    if (form == OutputForm::Yaml)
        return value::toYaml(object);
    return value::toJson(object, value::JsonStyle::IndentedWide, value::JsonEscape::Html) + "\n";
}

std::string nameLine(const Value &object)
{
    const kube::GroupVersion version = kube::GroupVersion::parse(object["apiVersion"].stringOr());
    return objectName(object["kind"].stringOr(), version.group, object["metadata"]["name"].stringOr()) + "\n";
}

std::string upper(std::string_view name)
{
    std::string out(name);
    std::transform(out.begin(), out.end(), out.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    return out;
}

std::string labelList(const Value &labels)
{
    if (!labels.isMap() || labels.size() == 0)
        return "<none>";
    std::string list;
    for (const auto &[key, label] : labels.asMap())
        list += (list.empty() ? "" : ",") + key + "=" + std::string(label.stringOr());
    return list;
}

} // namespace

Result<OutputForm> parseOutputForm(const std::string &form)
{
    if (form.empty() || form == "table")
        return OutputForm::Table;
    if (form == "wide")
        return OutputForm::Wide;
    if (form == "json")
        return OutputForm::Json;
    if (form == "yaml")
        return OutputForm::Yaml;
    if (form == "name")
        return OutputForm::Name;
    return fail(ErrorCode::InvalidInput, "--output: \"" + form + "\" is not one of table, wide, json, yaml, name");
}

std::string printObject(const Value &object, OutputForm form, bool keepManagedFields)
{
    return form == OutputForm::Name ? nameLine(object) : text(shown(object, keepManagedFields), form);
}

std::string printObjects(const std::vector<Value> &objects, OutputForm form, bool keepManagedFields)
{
    Value items = Value::list();
    std::string lines;
    for (const Value &object : objects) {
        if (form == OutputForm::Name)
            lines += nameLine(object);
        else
            items.append(shown(object, keepManagedFields));
    }
    if (form == OutputForm::Name)
        return lines;
    return text(Value::map({{"apiVersion", "v1"},
                            {"items", items},
                            {"kind", "List"},
                            {"metadata", Value::map({{"resourceVersion", ""}})}}),
                form);
}

TableWriter::TableWriter(const kube::ResourceType &type, TableOptions options)
    : m_type(type)
    , m_options(std::move(options))
{
}

void TableWriter::add(const ServerTable &table)
{
    if (!table.columns.empty())
        m_columns = table.columns;
    const auto isShown = [this](std::size_t i) {
        return i < m_columns.size() && (m_options.isWide || m_columns[i].priority == 0);
    };
    if (!m_hasHeader && m_options.withHeader && !m_columns.empty()) {
        std::vector<std::string> header;
        if (m_options.withNamespace)
            header.emplace_back("NAMESPACE");
        for (std::size_t i = 0; i < m_columns.size(); ++i) {
            if (isShown(i))
                header.push_back(upper(m_columns[i].name));
        }
        for (const std::string &label : m_options.labelColumns)
            header.push_back(upper(label.substr(label.rfind('/') + 1)));
        if (m_options.withLabels)
            header.emplace_back("LABELS");
        m_text.add(std::move(header));
    }
    m_hasHeader = true;
    for (const ServerTable::Row &row : table.rows) {
        std::vector<std::string> cells;
        if (m_options.withNamespace)
            cells.emplace_back(row.metadata["namespace"].stringOr());
        for (std::size_t i = 0; i < row.cells.size(); ++i) {
            const bool isName = upper(i < m_columns.size() ? m_columns[i].name : "") == "NAME";
            if (isShown(i))
                cells.push_back(isName && m_options.withKind ? objectName(m_type.kind, m_type.group, row.cells[i]) : row.cells[i]);
        }
        const Value &labels = row.metadata["labels"];
        for (const std::string &label : m_options.labelColumns)
            cells.emplace_back(labels[label].stringOr());
        if (m_options.withLabels)
            cells.push_back(labelList(labels));
        m_text.add(std::move(cells));
    }
}

} // namespace fairway::ctl
