#include "core/base/random.h"
#include "core/engine/table_view.h"

#include <gtest/gtest.h>

#include <set>

using namespace fairway;
using namespace fairway::engine;

namespace {

kube::TableRow makeRow(const std::string &ns, const std::string &name, std::vector<std::string> cells)
{
    kube::TableRow::Parts parts;
    parts.ns = ns;
    parts.name = name;
    parts.cells = std::move(cells);
    return kube::TableRow(parts);
}

std::vector<std::string> keysOf(const TableRows &rows)
{
    std::vector<std::string> keys;
    for (const kube::TableRow &row : rows)
        keys.push_back(TableView::keyOf(row));
    return keys;
}

std::vector<kube::TableColumn> columns()
{
    kube::TableColumn name;
    name.name = "Name";
    kube::TableColumn status;
    status.name = "Status";
    kube::TableColumn restarts;
    restarts.name = "Restarts";
    return {name, status, restarts};
}

/// What a view that holds `keys` looks like after it carried the update out, as a model does.
std::vector<std::string> carryOut(std::vector<std::string> keys, const TableUpdate &update)
{
    const std::vector<std::string> wanted = keysOf(*update.rows);
    if (update.isReset)
        return wanted;
    for (const TableOp &op : update.ops) {
        if (op.kind == TableOp::Kind::Removed) {
            EXPECT_LT(static_cast<std::size_t>(op.last), keys.size());
            keys.erase(keys.begin() + op.first, keys.begin() + op.last + 1);
        } else if (op.kind == TableOp::Kind::Inserted) {
            EXPECT_LE(static_cast<std::size_t>(op.first), keys.size());
            keys.insert(keys.begin() + op.first, wanted.begin() + op.first, wanted.begin() + op.last + 1);
        } else {
            EXPECT_LT(static_cast<std::size_t>(op.last), keys.size());
        }
    }
    return keys;
}

} // namespace

TEST(TableView, changesInPlaceWithoutMovingAnything)
{
    TableView view;
    view.setColumns(columns());
    view.apply({{kube::ChangeType::Added, makeRow("a", "x", {"x", "Pending", "0"})},
        {kube::ChangeType::Added, makeRow("a", "y", {"y", "Running", "0"})}});
    EXPECT_TRUE(view.takeUpdate().isReset);
    view.apply({{kube::ChangeType::Modified, makeRow("a", "x", {"x", "Running", "1"})}});
    const TableUpdate update = view.takeUpdate();
    EXPECT_FALSE(update.isReset);
    EXPECT_EQ(update.ops, (std::vector<TableOp> {{TableOp::Kind::Changed, 0, 0}}));
    EXPECT_EQ(update.rows->front().cell(1), "Running");
}

TEST(TableView, filterLooksAtEveryShownCellWithoutCase)
{
    TableView view;
    view.setColumns(columns());
    view.apply({{kube::ChangeType::Added, makeRow("shop", "x", {"x", "Pending", "0"})},
        {kube::ChangeType::Added, makeRow("mail", "y", {"y", "Running", "0"})}});
    view.setFilter("PEND");
    TableUpdate update = view.takeUpdate();
    EXPECT_EQ(keysOf(*update.rows), (std::vector<std::string> {"shop/x"}));
    EXPECT_EQ(update.total, 2U);
    view.setFilter("mail");
    update = view.takeUpdate();
    EXPECT_EQ(keysOf(*update.rows), (std::vector<std::string> {"mail/y"}));
}

TEST(TableView, numbersSortAsNumbers)
{
    TableView view;
    view.setColumns(columns());
    view.apply({{kube::ChangeType::Added, makeRow("a", "x", {"x", "", "10 (3m ago)"})},
        {kube::ChangeType::Added, makeRow("a", "y", {"y", "", "9"})}});
    view.sortBy(2, true);
    EXPECT_EQ(keysOf(*view.takeUpdate().rows), (std::vector<std::string> {"a/y", "a/x"}));
    view.sortBy(2, false);
    EXPECT_EQ(keysOf(*view.takeUpdate().rows), (std::vector<std::string> {"a/x", "a/y"}));
}

TEST(TableView, operationsAlwaysLeadFromTheOldRowsToTheNew)
{
    Random random(11);
    const char *states[] = {"Running", "Pending", "Failed", "Succeeded"};
    for (int sortColumn = -1; sortColumn < 3; ++sortColumn) {
        TableView view;
        view.setColumns(columns());
        view.sortBy(sortColumn, sortColumn != 1);
        view.setFilter(sortColumn == 2 ? "n" : "");
        std::set<std::string> alive;
        std::vector<std::string> shown = keysOf(*view.takeUpdate().rows);
        int changes = 0;
        for (int round = 0; round < 300; ++round) {
            std::vector<kube::TableChange> batch;
            for (std::uint64_t i = 0, n = random.below(8); i < n; ++i) {
                const std::string name = "pod-" + std::to_string(random.below(60));
                const kube::TableRow row
                    = makeRow("ns" + std::to_string(random.below(2)), name, {name, states[random.below(4)], std::to_string(random.below(5))});
                const std::string key = TableView::keyOf(row);
                const bool isAlive = alive.contains(key);
                const bool isDeleted = isAlive && random.below(3) == 0;
                batch.push_back({isDeleted ? kube::ChangeType::Deleted : isAlive ? kube::ChangeType::Modified : kube::ChangeType::Added, row});
                if (isDeleted)
                    alive.erase(key);
                else
                    alive.insert(key);
            }
            view.apply(batch);
            const TableUpdate update = view.takeUpdate();
            shown = carryOut(std::move(shown), update);
            ASSERT_EQ(shown, keysOf(*update.rows)) << "round " << round << " sorted by " << sortColumn;
            ASSERT_EQ(update.total, alive.size());
            changes += !update.isReset;
        }
        EXPECT_GT(changes, 290) << "nearly every update must be a change and not a reset";
    }
}
