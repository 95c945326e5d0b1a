#pragma once

#include "app/fairwayctl/server_table.h"
#include "app/fairwayctl/text_table.h"
#include "core/kube/resource.h"
#include "core/value/value.h"

#include <string>
#include <vector>

namespace fairway::ctl {

enum class OutputForm { Table, Wide, Json, Yaml, Name };

/// "", "table", "wide", "json", "yaml", "name"; InvalidInput names what is possible.
[[nodiscard]] Result<OutputForm> parseOutputForm(const std::string &text);
[[nodiscard]] inline bool isTableForm(OutputForm form) { return form == OutputForm::Table || form == OutputForm::Wide; }

/// One object in a form that is no table, with its line breaks, as kubectl prints it: managedFields left out.
[[nodiscard]] std::string printObject(const value::Value &object, OutputForm form, bool keepManagedFields);
/// Several as one v1 List; by name: a line each.
[[nodiscard]] std::string printObjects(const std::vector<value::Value> &objects, OutputForm form, bool keepManagedFields);

struct TableOptions {
    bool isWide = false;
    bool withNamespace = false;
    bool withKind = false;
    bool withLabels = false;
    bool withHeader = true;
    std::vector<std::string> labelColumns;
};

/// Turns the server's rows of one kind into text lines, the header before the first ones.
class TableWriter {
public:
    TableWriter(const kube::ResourceType &type, TableOptions options);
    void add(const ServerTable &table);
    [[nodiscard]] std::string take() { return m_text.take(); }

private:
    const kube::ResourceType &m_type;
    const TableOptions m_options;
    std::vector<ServerTable::Column> m_columns;
    TextTable m_text;
    bool m_hasHeader = false;
};

} // namespace fairway::ctl
