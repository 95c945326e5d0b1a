#pragma once

#include "core/kube/informer.h"
#include "core/kube/table.h"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace fairway::engine {

/// A run of rows that came, went or changed. Positions are inclusive; removals are numbered before any removal of the
/// same update and listed last first, so they can be carried out one after another; insertions follow in rising order
/// with their final positions; changes come last.
struct TableOp {
    enum class Kind { Removed, Inserted, Changed };
    Kind kind = Kind::Changed;
    int first = 0;
    int last = 0;
    friend bool operator==(const TableOp &, const TableOp &) = default;
};

using TableRows = std::vector<kube::TableRow>;

struct TableUpdate {
    std::shared_ptr<const TableRows> rows; ///< After the filter, in order.
    std::vector<TableOp> ops;              ///< From the rows before to these; empty and isReset when too many.
    bool isReset = false;
    std::size_t total = 0; ///< Before the filter.
};

/// Sorted and filtered rows of one Table, kept up to date by batches. Pure: no threads, no I/O.
///
/// Built for 50,000 rows with hundreds of changes a second: a change that moves nothing costs a look-up; only rows that
/// come, go or move make the order be built anew.
/// Threads: one owner at a time.
class TableView {
public:
    /// `column` of sortBy() and the filter counts the Table's own columns; -1 is namespace and name.
    void setColumns(std::vector<kube::TableColumn> columns);
    void setFilter(std::string text);
    void sortBy(int column, bool isAscending);
    void apply(const std::vector<kube::TableChange> &batch);
    /// Everything at once, as after a new list of other columns.
    void replaceAll(std::vector<kube::TableRow> rows);

    [[nodiscard]] bool isDirty() const { return m_isDirty; }
    /// What changed since the last call.
    [[nodiscard]] TableUpdate takeUpdate();

    [[nodiscard]] static std::string keyOf(const kube::TableRow &row);

private:
    struct Entry {
        kube::TableRow row;
        std::size_t position = npos; ///< In m_order; npos when filtered out.
        bool isChanged = false;
        bool isMoved = false; ///< Has to leave its place before the order is built anew.
    };
    static constexpr std::size_t npos = static_cast<std::size_t>(-1);
    [[nodiscard]] bool isShown(const kube::TableRow &row) const;
    [[nodiscard]] bool isBefore(const kube::TableRow &a, const kube::TableRow &b) const;
    [[nodiscard]] bool hasSameSortKey(const kube::TableRow &a, const kube::TableRow &b) const;
    [[nodiscard]] int compareCells(const kube::TableRow &a, const kube::TableRow &b) const;
    void rebuild(TableUpdate &update);

    std::vector<kube::TableColumn> m_columns;
    std::string m_filter; ///< Lower case.
    int m_sortColumn = -1;
    bool m_isAscending = true;
    std::unordered_map<std::string, Entry> m_entries;
    TableRows m_order;
    std::vector<std::string> m_changedKeys;
    bool m_needsRebuild = false;
    bool m_needsReset = false;
    bool m_isDirty = false;
};

} // namespace fairway::engine
