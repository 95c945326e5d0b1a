#include "core/lab/table.h"

#include "core/lab/json_path.h"
#include "core/lab/time_text.h"
#include "core/value/json.h"

namespace fairway::lab {

using value::Value;
using Time = std::chrono::system_clock::time_point;

namespace {

Value nameCell(const Value &object, Time)
{
    return object["metadata"]["name"];
}

Value ageCell(const Value &object, Time now)
{
    return humanAge(object["metadata"]["creationTimestamp"].stringOr(), now);
}

Value customCell(const TableColumns::Column &column, const Value &object, Time now)
{
    const auto found = jsonPath(object, column.jsonPath);
    if (found.empty())
        return column.type == "string" ? Value("") : Value();
    const Value &first = *found.front();
    if (column.type == "date")
        return humanAge(first.stringOr(), now);
    if (column.type == "integer" || column.type == "number" || column.type == "boolean")
        return first;
    return first.isString() ? first : Value(value::toJson(first));
}

} // namespace

TableColumns TableColumns::of(const ResourceType &type, std::string_view version)
{
    TableColumns table;
    table.m_columns.push_back({"Name", "string", "name", "Name must be unique within a namespace.", 0, nameCell, {}});
    if (!type.isCustom) {
        std::vector<Column> columns = builtinColumns(type);
        if (columns.empty())
            columns.push_back({"Age", "string", "", "Time since the object was made.", 0, ageCell, {}});
        table.m_columns.insert(table.m_columns.end(), columns.begin(), columns.end());
        return table;
    }
    const ResourceVersion *served = type.version(version);
    if (!served || served->columns.empty()) {
        table.m_columns.push_back({"Age", "date", "", "Time since the object was made.", 0, nullptr, ".metadata.creationTimestamp"});
        return table;
    }
    for (const PrinterColumn &column : served->columns) {
        const std::string description = column.description.empty()
            ? "Custom resource definition column (in JSONPath format): " + column.jsonPath
            : column.description;
        table.m_columns.push_back({column.name, column.type, column.format, description, column.priority, nullptr, column.jsonPath});
    }
    return table;
}

Value TableColumns::definitions() const
{
    Value list = Value::list();
    for (const Column &column : m_columns) {
        list.append(Value::map({{"name", column.name}, {"type", column.type}, {"format", column.format},
            {"description", column.description}, {"priority", column.priority}}));
    }
    return list;
}

Value TableColumns::emptyCells() const
{
    Value cells = Value::list();
    for (const Column &column : m_columns)
        cells.append(column.type == "integer" || column.type == "number" ? Value(0) : Value(""));
    return cells;
}

Value TableColumns::cells(const Value &object, Time now) const
{
    Value cells = Value::list();
    for (const Column &column : m_columns)
        cells.append(column.cell ? column.cell(object, now) : customCell(column, object, now));
    return cells;
}

} // namespace fairway::lab
