#pragma once

#include "core/base/result.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace fairway::kube {

/// A column as the server defines it.
struct TableColumn {
    std::string name;
    std::string type;   ///< "string", "integer", "date" …
    std::string format; ///< "name" marks the column with the object's name.
    std::string description;
    int priority = 0; ///< 0: always shown; larger: only in wide tables.

    friend bool operator==(const TableColumn &, const TableColumn &) = default;
};

/// One row of a server-side Table: the printed cells and what identifies the object. Immutable, one allocation for all of its
/// text, cheap to copy: 50,000 of them must fit a desktop.
class TableRow {
public:
    struct Parts {
        std::string_view uid;
        std::string_view ns;
        std::string_view name;
        std::string_view resourceVersion;
        std::int64_t createdSeconds = 0;
        std::vector<std::string> cells;
    };
    TableRow() = default;
    explicit TableRow(const Parts &parts);

    [[nodiscard]] std::string_view uid() const { return part(0); }
    [[nodiscard]] std::string_view ns() const { return part(1); }
    [[nodiscard]] std::string_view name() const { return part(2); }
    [[nodiscard]] std::string_view resourceVersion() const { return part(3); }
    [[nodiscard]] std::chrono::system_clock::time_point created() const;
    [[nodiscard]] std::size_t cellCount() const;
    /// Text of a cell; numbers and booleans as printed; empty when null or out of range.
    [[nodiscard]] std::string_view cell(std::size_t index) const { return index < cellCount() ? part(index + fixedParts) : std::string_view(); }

private:
    static constexpr std::size_t fixedParts = 4;
    [[nodiscard]] std::string_view part(std::size_t index) const;
    /// Layout: created (int64), number of parts (uint32), end offset of each part (uint32), text.
    std::shared_ptr<const char[]> m_data;
};

struct TablePage {
    std::vector<TableColumn> columns;
    std::vector<TableRow> rows;
    std::string resourceVersion;
    std::string continueToken;
    std::int64_t remaining = -1;
};

/// Reads a meta.k8s.io Table. Errors: ProtocolViolation (not a Table), LimitExceeded (over 256 columns).
[[nodiscard]] Result<TablePage> parseTable(std::string_view json);

/// The Accept header that asks for Tables, falling back to plain JSON for servers that can't.
inline constexpr std::string_view tableAccept = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json";

} // namespace fairway::kube
