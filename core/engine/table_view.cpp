#include "core/engine/table_view.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

namespace fairway::engine {
namespace {
    /// More runs than this cost the views more than starting over.
    constexpr std::size_t MaxOps = 400;

    char lower(char c)
    {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }

    bool containsFolded(std::string_view text, std::string_view lowerNeedle)
    {
        return std::search(text.begin(), text.end(), lowerNeedle.begin(), lowerNeedle.end(), [](char a, char b) {
            return lower(a) == b;
        }) != text.end();
    }

    /// The number a cell begins with: "3", "2 (4m ago)", "1/2" sort by their first part.
    std::optional<double> leadingNumber(std::string_view text)
    {
        double number = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
        return error == std::errc() ? std::optional(number) : std::nullopt;
    }

    /// Runs of neighbours in a rising list of positions.
    template <typename Report>
    void forEachRun(const std::vector<std::size_t> &positions, Report report)
    {
        for (std::size_t i = 0; i < positions.size();) {
            std::size_t end = i + 1;
            while (end < positions.size() && positions[end] == positions[end - 1] + 1)
                ++end;
            report(static_cast<int>(positions[i]), static_cast<int>(positions[end - 1]));
            i = end;
        }
    }
} // namespace

std::string TableView::keyOf(const kube::TableRow &row)
{
    std::string key(row.ns());
    key += '/';
    key += row.name();
    return key;
}

void TableView::setColumns(std::vector<kube::TableColumn> columns)
{
    if (columns == m_columns)
        return;
    m_columns = std::move(columns);
    m_needsRebuild = m_needsReset = m_isDirty = true;
}

void TableView::setFilter(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(), lower);
    if (text == m_filter)
        return;
    m_filter = std::move(text);
    m_needsRebuild = m_needsReset = m_isDirty = true;
}

void TableView::sortBy(int column, bool isAscending)
{
    m_sortColumn = column;
    m_isAscending = isAscending;
    m_needsRebuild = m_needsReset = m_isDirty = true;
}

void TableView::apply(const std::vector<kube::TableChange> &batch)
{
    for (const kube::TableChange &change : batch) {
        std::string key = keyOf(change.row);
        const auto found = m_entries.find(key);
        m_isDirty = true;
        if (change.type == kube::ChangeType::Deleted) {
            if (found == m_entries.end())
                continue;
            m_needsRebuild |= found->second.position != npos;
            m_entries.erase(found);
            continue;
        }
        if (found == m_entries.end()) {
            m_needsRebuild |= isShown(change.row);
            m_entries.emplace(std::move(key), Entry {.row = change.row});
            continue;
        }
        Entry &entry = found->second;
        const bool wasShown = entry.position != npos;
        const bool isNowShown = isShown(change.row);
        if (wasShown != isNowShown || (wasShown && !hasSameSortKey(entry.row, change.row))) {
            entry.isMoved = m_needsRebuild = true;
        } else if (wasShown && !entry.isChanged) {
            entry.isChanged = true;
            m_changedKeys.push_back(key);
        }
        entry.row = change.row;
        if (wasShown && !m_needsRebuild)
            m_order[entry.position] = change.row;
    }
}

void TableView::replaceAll(std::vector<kube::TableRow> rows)
{
    m_entries.clear();
    for (kube::TableRow &row : rows) {
        std::string key = keyOf(row);
        m_entries.insert_or_assign(std::move(key), Entry {.row = std::move(row)});
    }
    m_needsRebuild = m_needsReset = m_isDirty = true;
}

TableUpdate TableView::takeUpdate()
{
    TableUpdate update;
    if (m_needsRebuild)
        rebuild(update);
    std::vector<std::size_t> changed;
    for (const std::string &key : m_changedKeys) {
        const auto found = m_entries.find(key);
        if (found == m_entries.end())
            continue;
        found->second.isChanged = false;
        if (found->second.position != npos) {
            m_order[found->second.position] = found->second.row;
            changed.push_back(found->second.position);
        }
    }
    m_changedKeys.clear();
    if (!update.isReset) {
        std::sort(changed.begin(), changed.end());
        forEachRun(changed, [&](int first, int last) { update.ops.push_back({TableOp::Kind::Changed, first, last}); });
        if (update.ops.size() > MaxOps)
            update.isReset = true;
    }
    if (update.isReset)
        update.ops.clear();
    update.rows = std::make_shared<const TableRows>(m_order);
    update.total = m_entries.size();
    m_isDirty = false;
    return update;
}

void TableView::rebuild(TableUpdate &update)
{
    std::vector<std::pair<const kube::TableRow *, Entry *>> shown;
    shown.reserve(m_entries.size());
    for (auto &[key, entry] : m_entries) {
        if (isShown(entry.row))
            shown.emplace_back(&entry.row, &entry);
    }
    std::sort(
        shown.begin(), shown.end(), [this](const auto &a, const auto &b) { return isBefore(*a.first, *b.first); });

    std::vector<std::size_t>
        stayed; // old positions that keep their row, rising because the order of those did not change
    std::vector<std::size_t> inserted;
    for (std::size_t i = 0; i < shown.size(); ++i) {
        const Entry &entry = *shown[i].second;
        if (entry.position == npos || entry.isMoved)
            inserted.push_back(i);
        else
            stayed.push_back(entry.position);
    }
    std::vector<std::size_t> removed;
    for (std::size_t old = 0, next = 0; old < m_order.size(); ++old) {
        if (next < stayed.size() && stayed[next] == old)
            ++next;
        else
            removed.push_back(old);
    }
    update.isReset = std::exchange(m_needsReset, false);
    if (!update.isReset) {
        forEachRun(removed, [&](int first, int last) { update.ops.push_back({TableOp::Kind::Removed, first, last}); });
        std::reverse(update.ops.begin(), update.ops.end());
        forEachRun(inserted, [&](int first, int last) {
            update.ops.push_back({TableOp::Kind::Inserted, first, last});
        });
    }
    for (auto &[key, entry] : m_entries) {
        entry.position = npos;
        entry.isMoved = false;
    }
    m_order.clear();
    m_order.reserve(shown.size());
    for (std::size_t i = 0; i < shown.size(); ++i) {
        shown[i].second->position = i;
        m_order.push_back(*shown[i].first);
    }
    m_needsRebuild = false;
}

bool TableView::isShown(const kube::TableRow &row) const
{
    if (m_filter.empty() || containsFolded(row.name(), m_filter) || containsFolded(row.ns(), m_filter))
        return true;
    for (std::size_t i = 0; i < row.cellCount(); ++i) {
        if ((i >= m_columns.size() || m_columns[i].priority == 0) && containsFolded(row.cell(i), m_filter))
            return true;
    }
    return false;
}

int TableView::compareCells(const kube::TableRow &a, const kube::TableRow &b) const
{
    if (m_sortColumn < 0)
        return 0;
    const auto column = static_cast<std::size_t>(m_sortColumn);
    if (column < m_columns.size() && m_columns[column].name == "Age") {
        // A larger age is an earlier creation.
        const auto left = a.created(), right = b.created();
        return left == right ? 0 : (left > right ? -1 : 1);
    }
    const std::string_view left = a.cell(column), right = b.cell(column);
    const auto leftNumber = leadingNumber(left), rightNumber = leadingNumber(right);
    if (leftNumber && rightNumber && *leftNumber != *rightNumber)
        return *leftNumber < *rightNumber ? -1 : 1;
    return left.compare(right);
}

bool TableView::isBefore(const kube::TableRow &a, const kube::TableRow &b) const
{
    const int byCell = compareCells(a, b);
    if (byCell != 0)
        return m_isAscending ? byCell < 0 : byCell > 0;
    const int byNamespace = a.ns().compare(b.ns());
    const int byName = byNamespace != 0 ? byNamespace : a.name().compare(b.name());
    return m_sortColumn >= 0 || m_isAscending ? byName < 0 : byName > 0;
}

bool TableView::hasSameSortKey(const kube::TableRow &a, const kube::TableRow &b) const
{
    return compareCells(a, b) == 0;
}

} // namespace fairway::engine
