#pragma once

#include "core/lab/resource_type.h"

#include <chrono>
#include <string_view>
#include <vector>

namespace fairway::lab {

/// What `kubectl get` shows of a kind: meta.k8s.io/v1 Table columns and cells.
/// Threads: immutable.
class TableColumns {
public:
    /// The columns of a kind; a custom one's come from its CRD.
    [[nodiscard]] static TableColumns of(const ResourceType &type, std::string_view version);

    /// columnDefinitions
    [[nodiscard]] value::Value definitions() const;
    /// cells; as many as there are definitions.
    [[nodiscard]] value::Value cells(const value::Value &object, std::chrono::system_clock::time_point now) const;

    /// The row of a bookmark: as many cells, all empty.
    [[nodiscard]] value::Value emptyCells() const;

    using Cell = value::Value (*)(const value::Value &object, std::chrono::system_clock::time_point now);
    struct Column {
        std::string name;
        std::string type = "string";
        std::string format;
        std::string description;
        int priority = 0;      ///< Above 0: only with -o wide.
        Cell cell = nullptr;   ///< Built-in.
        std::string jsonPath;  ///< Custom.
    };

private:
    std::vector<Column> m_columns;
};

/// The built-in kinds' columns; empty for kinds that show just name and age.
[[nodiscard]] std::vector<TableColumns::Column> builtinColumns(const ResourceType &type);

} // namespace fairway::lab
