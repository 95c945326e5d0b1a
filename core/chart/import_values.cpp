#include "core/chart/import_values.h"

#include "core/chart/coalesce.h"
#include "core/chart/go_text.h"

namespace fairway::chart {

using value::Value;

namespace {

/// { path: data } for a dotted path; "." is the data itself.
Value nestedUnder(std::string_view path, Value data)
{
    if (path == ".")
        return data;
    for (;;) {
        const std::size_t dot = path.rfind('.');
        data = Value::map({{dot == std::string_view::npos ? path : path.substr(dot + 1), std::move(data)}});
        if (dot == std::string_view::npos)
            return data;
        path = path.substr(0, dot);
    }
}

/// The part of `path` that is no map, which Helm names in its warning.
std::string missingTable(const Value &values, std::string_view path)
{
    const Value *table = &values;
    for (;;) {
        const std::size_t dot = path.find('.');
        const std::string_view name = path.substr(0, dot);
        table = table->isMap() ? table->asMap().get(name) : nullptr;
        if (!table || !table->isMap() || dot == std::string_view::npos)
            return goQuoted(name) + " is not a table";
        path.remove_prefix(dot + 1);
    }
}

class Importer {
public:
    explicit Importer(const Messages &messages)
        : m_messages(messages)
    {
    }

    Result<void> chart(Chart &chart)
    {
        for (Chart *const sub : chart.dependencies) {
            if (Result<void> done = this->chart(*sub); !done)
                return done;
        }
        if (!chart.metadata.hasDependencies || chart.metadata.dependencies.empty())
            return {};
        Result<Value> values = coalesceValues(chart, Value(), Nulls::Keep, m_messages);
        if (!values)
            return tl::unexpected(values.error());
        Value imported = Value::map();
        for (const std::optional<Dependency> &dependency : chart.metadata.dependencies) {
            for (const Value &import : dependency->importValues)
                take(*values, *dependency, import, imported);
        }
        // What is imported is weaker than what the chart says itself. The copy keeps what was shared with `imported` apart.
        Value merged = value::deepCopy(*values);
        coalesceTables(merged.asMap(), imported.asMap(), Nulls::Keep, m_messages);
        chart.values = std::move(merged);
        return {};
    }

private:
    void take(const Value &values, const Dependency &dependency, const Value &import, Value &imported) const
    {
        std::string path;
        std::string parent = ".";
        const bool isPair = import.isMap();
        if (isPair) {
            path = dependency.name + "." + (import["child"].isString() ? import["child"].asString() : goFormatted(import["child"]));
            parent = import["parent"].isString() ? import["parent"].asString() : goFormatted(import["parent"]);
        } else if (import.isString()) {
            path = dependency.name + ".exports." + import.asString();
        } else {
            return;
        }
        const Value *const table = findTable(values, path);
        if (!table) {
            const std::string why = missingTable(values, path);
            if (isPair) {
                m_messages.structured("WARN", "ImportValues missing table from chart", {{"chart", dependency.name}, {"error", why}});
                m_messages.plain("dependencies.go:269", "Warning: ImportValues missing table from chart " + dependency.name + ": " + why);
            } else {
                m_messages.structured("WARN", "ImportValues missing table", {{"error", why}});
                m_messages.plain("dependencies.go:286", "Warning: ImportValues missing table: " + why);
            }
            return;
        }
        Value addition = nestedUnder(parent, *table);
        coalesceTables(imported.asMap(), addition.asMap(), Nulls::Keep, m_messages);
    }

    const Messages &m_messages;
};

} // namespace

Result<void> importValues(Chart &chart, const Messages &messages)
{
    return Importer(messages).chart(chart);
}

} // namespace fairway::chart
