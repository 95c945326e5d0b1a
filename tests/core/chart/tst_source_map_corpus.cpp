#include "core/chart/load_chart.h"
#include "tests/core/chart/chart_fixture.h"
#include "tests/core/chart/mutation_check.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <random>
#include <string>
#include <vector>

using namespace fairway;
using namespace fairway::chart;

// Charts people use, in FAIRWAY_SHARED/charts: folders with a Chart.yaml. A sample of each chart's values and lines, chosen by a fixed seed.
// FAIRWAY_MUTATIONS=all takes every chart and more of each; the figures are printed.
TEST(SourceMapOnRealCharts, NamesTheValuesThatMatter)
{
    const char *const shared = std::getenv("FAIRWAY_SHARED");
    const std::filesystem::path root = std::filesystem::path(shared != nullptr ? shared : "/nonexistent") / "charts";
    if (!std::filesystem::is_directory(root))
        GTEST_SKIP() << "set FAIRWAY_SHARED to a folder with real charts in charts/";
    const char *const wish = std::getenv("FAIRWAY_MUTATIONS");
    const bool isAll = wish != nullptr && std::string_view(wish) == "all";
    std::vector<std::string> charts;
    for (auto it = std::filesystem::recursive_directory_iterator(root); it != std::filesystem::recursive_directory_iterator(); ++it) {
        if (!it->is_directory() || !std::filesystem::exists(it->path() / "Chart.yaml"))
            continue;
        charts.push_back(it->path().string());
        it.disable_recursion_pending();
    }
    std::sort(charts.begin(), charts.end());
    ASSERT_FALSE(charts.empty());
    const char *const only = std::getenv("FAIRWAY_MUTATIONS_CHART");
    if (only != nullptr)
        std::erase_if(charts, [&](const std::string &path) { return path.find(only) == std::string::npos; });
    std::mt19937 random(3);
    if (!isAll && only == nullptr) {
        std::shuffle(charts.begin(), charts.end(), random);
        charts.resize(std::min<std::size_t>(charts.size(), 12));
    }

    test::MutationCheck::Figures total;
    std::size_t rendered = 0;
    for (const std::string &path : charts) {
        const auto start = std::chrono::steady_clock::now();
        test::Loading loading;
        const auto tree = loadChart(path, loading.context);
        ASSERT_TRUE(tree) << path << ": " << tree.error().message;
        test::MutationCheck check(*tree, value::Value::map(), loading.sources);
        if (!check.failure().empty())
            continue; // it wants values that only its user knows
        ++rendered;
        const auto figures = isAll ? check.run({60, 30, 1}) : check.run({25, 8, 1});
        total.changedLines += figures.changedLines;
        total.missed += figures.missed;
        total.named += figures.named;
        total.idle += figures.idle;
        total.renderings += figures.renderings;
        const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start);
        std::printf("%-60s changed %6zu missed %5zu   named %5zu idle %5zu   %5zu renderings %6lld ms\n", path.substr(root.string().size() + 1).c_str(),
            figures.changedLines, figures.missed, figures.named, figures.idle, figures.renderings, static_cast<long long>(took.count()));
        if (std::getenv("FAIRWAY_MUTATIONS_SHOW") != nullptr) {
            for (const std::string &example : figures.examples)
                std::printf("    %s\n", example.c_str());
        }
    }
    std::printf("%zu charts: of %zu changed lines %zu did not name the value; of %zu named values %zu changed nothing\n", rendered,
        total.changedLines, total.missed, total.named, total.idle);
    EXPECT_GT(rendered, 0U);
    EXPECT_LE(total.missed * 100, total.changedLines);
    // Charts that ask for a checksum of a whole object name all of it as a condition, and no one change of it shows.
    EXPECT_LE(total.idle * (isAll ? 4 : 8), total.named);
}
