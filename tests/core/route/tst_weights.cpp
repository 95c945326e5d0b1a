#include "core/route/weights.h"

#include "core/base/random.h"

#include <gtest/gtest.h>

#include <numeric>

using namespace fairway;
using namespace fairway::route;

namespace {

using Weights = std::vector<std::int64_t>;

std::int64_t sum(const Weights &weights)
{
    return std::accumulate(weights.begin(), weights.end(), std::int64_t {0});
}

} // namespace

TEST(Weights, sharesFollowTheKindsRules)
{
    struct Row {
        const char *what;
        WeightRules rules;
        Weights weights;
        std::vector<double> shares;
        bool failsAll;
        bool isRefused;
        const char *note;
    };
    const Row rows[] = {
        {"percent", WeightRules::Istio, {75, 25}, {0.75, 0.25}, false, false, ""},
        {"relative", WeightRules::Istio, {1000, 50}, {1000.0 / 1050, 50.0 / 1050}, false, false, ""},
        {"99 is fine", WeightRules::Istio, {98, 1}, {98.0 / 99, 1.0 / 99}, false, false, ""},
        {"single gets all", WeightRules::Istio, {0}, {1}, false, false, ""},
        {"single gets all whatever its weight", WeightRules::Istio, {30}, {1}, false, false,
            "a single destination gets every request, whatever its weight"},
        {"lone zero", WeightRules::Istio, {100, 0}, {1, 0}, false, false, ""},
        {"all zero is refused", WeightRules::Istio, {0, 0}, {0, 0}, true, true, "all weights are 0: Istio refuses the object"},
        {"negative is refused", WeightRules::Istio, {-1, 2}, {0, 0}, true, true, "a weight is negative: the API refuses it"},
        {"none", WeightRules::Istio, {}, {}, false, false, ""},
        {"gateway relative", WeightRules::GatewayApi, {1, 1, 1, 1}, {0.25, 0.25, 0.25, 0.25}, false, false, ""},
        {"gateway single", WeightRules::GatewayApi, {1}, {1}, false, false, ""},
        {"gateway single zero", WeightRules::GatewayApi, {0}, {0}, true, false, "its only weight is 0: every request is answered 500"},
        {"gateway all zero", WeightRules::GatewayApi, {0, 0}, {0, 0}, true, false, "all weights are 0: every request is answered 500"},
        {"canary", WeightRules::NginxCanary, {85, 15}, {0.85, 0.15}, false, false, ""},
    };
    for (const Row &row : rows) {
        SCOPED_TRACE(row.what);
        const Allocation got = allocate(row.rules, row.weights);
        ASSERT_EQ(got.shares.size(), row.shares.size());
        for (std::size_t i = 0; i < row.shares.size(); ++i)
            EXPECT_DOUBLE_EQ(got.shares[i], row.shares[i]);
        EXPECT_EQ(got.failsAll, row.failsAll);
        EXPECT_EQ(got.isRefused, row.isRefused);
        EXPECT_EQ(got.note, row.note);
    }
}

TEST(Weights, summaries)
{
    EXPECT_EQ(weightSummary(Weights {90, 10}), "90 / 10");
    EXPECT_EQ(weightSummary(Weights {1, 1, 1}), "1 : 1 : 1");
    EXPECT_EQ(weightSummary(Weights {1000, 50}), "1000 : 50");
    EXPECT_EQ(weightSummary(Weights {1}), "100");
    EXPECT_EQ(weightSummary(Weights {}), "");
}

TEST(Weights, spreadsTheRest)
{
    struct Row {
        const char *what;
        Weights weights;
        std::vector<bool> locked;
        std::size_t index;
        std::int64_t value;
        std::int64_t total;
        Weights expected;    ///< Empty: refused.
        const char *message;
    };
    const Row rows[] = {
        {"two", {90, 10}, {false, false}, 1, 25, 100, {75, 25}, ""},
        {"in proportion", {60, 30, 10}, {false, false, false}, 2, 40, 100, {40, 20, 40}, ""},
        {"largest remainder, earlier first", {1, 1, 1}, {false, false, false}, 2, 1, 4, {2, 1, 1}, ""},
        {"evenly when the others have nothing", {0, 0, 100}, {false, false, false}, 2, 90, 100, {5, 5, 90}, ""},
        {"kept rows stay", {50, 30, 20}, {false, true, false}, 2, 40, 100, {30, 30, 40}, ""},
        {"everything", {90, 10}, {false, false}, 1, 100, 100, {0, 100}, ""},
        {"the object's own total", {1000, 50}, {false, false}, 1, 150, 1050, {900, 150}, ""},
        {"the edited row may be kept", {90, 10}, {false, true}, 1, 20, 100, {80, 20}, ""},
        {"above the total", {90, 10}, {false, false}, 1, 101, 100, {}, "the total is 100: no more than that is possible"},
        {"above what kept rows leave", {50, 30, 20}, {true, false, false}, 2, 60, 100, {},
            "kept rows hold 50 of 100: at most 50 is possible"},
        {"nobody free", {90, 10}, {true, false}, 1, 5, 100, {}, "no row is free to take the remaining 5: stop keeping one"},
        {"nobody free but it fits", {90, 10}, {true, false}, 1, 10, 100, {90, 10}, ""},
        {"alone", {100}, {false}, 0, 50, 100, {}, "the only destination takes the whole total of 100"},
        {"negative", {90, 10}, {false, false}, 1, -1, 100, {}, "a weight can't be negative"},
        {"no such row", {90, 10}, {false, false}, 2, 1, 100, {}, "no such destination"},
    };
    for (const Row &row : rows) {
        SCOPED_TRACE(row.what);
        const Result<Weights> got = spreadRest(row.weights, row.locked, row.index, row.value, row.total);
        if (row.expected.empty()) {
            ASSERT_FALSE(got);
            EXPECT_EQ(got.error().message, row.message);
        } else {
            ASSERT_TRUE(got) << got.error().message;
            EXPECT_EQ(*got, row.expected);
        }
    }
}

TEST(Weights, spreadKeepsTheSumWhateverComes)
{
    Random random(11);
    for (int round = 0; round < 20000; ++round) {
        const std::size_t count = 1 + random.below(8);
        const std::int64_t scale = random.below(4) == 0 ? 2147483647 : 200;
        Weights weights;
        std::vector<bool> locked;
        for (std::size_t i = 0; i < count; ++i) {
            weights.push_back(static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(scale))));
            locked.push_back(random.below(4) == 0);
        }
        const std::int64_t total = sum(weights);
        const std::size_t index = random.below(count);
        const auto value = static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(total) + 2));
        const Result<Weights> got = spreadRest(weights, locked, index, value, total);
        if (!got)
            continue;
        ASSERT_EQ(sum(*got), total);
        ASSERT_EQ((*got)[index], value);
        for (std::size_t i = 0; i < count; ++i) {
            ASSERT_GE((*got)[i], 0);
            if (locked[i] && i != index) {
                ASSERT_EQ((*got)[i], weights[i]);
            }
        }
    }
}

TEST(Weights, normaliseKeepsEverybodyInPlay)
{
    EXPECT_EQ(*normalise(Weights {1, 1, 1}), (Weights {34, 33, 33}));
    EXPECT_EQ(*normalise(Weights {1000, 50}), (Weights {95, 5}));
    EXPECT_EQ(*normalise(Weights {1000000, 1, 0}), (Weights {99, 1, 0}));
    EXPECT_EQ(*normalise(Weights {2147483647, 2147483647}, 2), (Weights {1, 1}));
    EXPECT_FALSE(normalise(Weights {0, 0}));
    EXPECT_FALSE(normalise(Weights {-1, 5}));
    EXPECT_FALSE(normalise(Weights {1, 1, 1}, 2));
    Random random(3);
    for (int round = 0; round < 5000; ++round) {
        Weights weights;
        for (std::size_t i = 0; i < 1 + random.below(20); ++i)
            weights.push_back(static_cast<std::int64_t>(random.below(random.below(2) == 0 ? 3 : 2000000000)));
        const Result<Weights> got = normalise(weights);
        if (sum(weights) == 0) {
            ASSERT_FALSE(got);
            continue;
        }
        ASSERT_TRUE(got);
        ASSERT_EQ(sum(*got), 100);
        for (std::size_t i = 0; i < weights.size(); ++i)
            ASSERT_EQ((*got)[i] > 0, weights[i] > 0);
    }
}

TEST(Weights, aDividerMovesItsNeighboursOnly)
{
    EXPECT_EQ(moveDivider(Weights {90, 10}, 0, -15), (Weights {75, 25}));
    EXPECT_EQ(moveDivider(Weights {50, 30, 20}, 1, 5), (Weights {50, 35, 15}));
    EXPECT_EQ(moveDivider(Weights {50, 30, 20}, 1, 500), (Weights {50, 50, 0}));
    EXPECT_EQ(moveDivider(Weights {50, 30, 20}, 1, -500), (Weights {50, 0, 50}));
    EXPECT_EQ(moveDivider(Weights {50, 30, 20}, 2, 5), (Weights {50, 30, 20}));
    EXPECT_EQ(moveDivider(Weights {}, 0, 5), (Weights {}));
    EXPECT_EQ(moveDivider(Weights {5}, 0, 5), (Weights {5}));
}
