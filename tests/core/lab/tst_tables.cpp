#include "core/base/clock.h"
#include "core/lab/api_request.h"
#include "core/lab/crd.h"
#include "core/lab/json_path.h"
#include "core/lab/table.h"
#include "core/lab/time_text.h"
#include "core/value/json.h"

#include <gtest/gtest.h>

namespace fairway::lab {

using value::Value;

namespace {

const std::chrono::system_clock::time_point Now = *fairway::parseRfc3339("2026-01-02T00:00:00Z");

std::string cellsOf(std::string_view kind, std::string_view object)
{
    for (const ResourceTypePtr &type : builtinTypes()) {
        if (type->kind == kind)
            return value::toJson(TableColumns::of(*type, type->storageVersion()).cells(*value::parseJson(object), Now));
    }
    return {};
}

TEST(Table, shows_pods_as_kubectl_does)
{
    EXPECT_EQ(cellsOf("Pod", R"({"metadata":{"name":"p","creationTimestamp":"2026-01-01T23:59:00Z"},"spec":{"containers":[{"name":"a"},{"name":"b"}]},
        "status":{"phase":"Running","podIP":"127.1.1.1","containerStatuses":[{"ready":true,"restartCount":2},{"ready":false,"restartCount":1,"state":{"waiting":{"reason":"CrashLoopBackOff"}}}]}})"),
        R"(["p","1/2","CrashLoopBackOff","3","60s","127.1.1.1","<none>","<none>","<none>"])");
}

TEST(Table, has_as_many_cells_as_columns_for_every_kind)
{
    for (const ResourceTypePtr &type : builtinTypes()) {
        SCOPED_TRACE(type->kind);
        const TableColumns table = TableColumns::of(*type, type->storageVersion());
        EXPECT_EQ(table.definitions().size(), table.cells(Value::map({{"metadata", Value::map({{"name", "x"}})}}), Now).size());
        EXPECT_EQ(table.definitions().size(), table.emptyCells().size());
        EXPECT_GE(table.definitions().size(), 2U);
    }
}

TEST(Table, shows_a_custom_kind_by_its_printer_columns)
{
    Value crd = *value::parseJson(R"({"metadata":{"name":"splits.rec.example"},"spec":{"group":"rec.example","scope":"Namespaced",
        "names":{"plural":"splits","kind":"Split"},"versions":[{"name":"v1","served":true,"storage":true,"schema":{},
        "additionalPrinterColumns":[{"name":"Weight","type":"integer","jsonPath":".spec.weight"},
        {"name":"Ready","type":"string","jsonPath":".status.conditions[?(@.type==\"Ready\")].status"},
        {"name":"Age","type":"date","jsonPath":".metadata.creationTimestamp"}]}]}})");
    defaultCrd(crd);
    ASSERT_TRUE(checkCrd(crd).empty());
    const ResourceTypePtr type = typeOfCrd(crd);
    EXPECT_EQ(type->listKind, "SplitList");
    const Value object = *value::parseJson(R"({"metadata":{"name":"a","creationTimestamp":"2025-12-30T00:00:00Z"},"spec":{"weight":10},
        "status":{"conditions":[{"type":"Other","status":"False"},{"type":"Ready","status":"True"}]}})");
    EXPECT_EQ(value::toJson(TableColumns::of(*type, "v1").cells(object, Now)), R"(["a",10,"True","3d"])");
}

struct AgeRow {
    const char *since;
    const char *expected;
};

TEST(HumanAge, reads_as_kubectl_prints)
{
    for (const AgeRow &row : std::vector<AgeRow> {{"2026-01-02T00:00:00Z", "0s"}, {"2026-01-01T23:58:01Z", "119s"}, {"2026-01-01T23:56:48Z", "3m12s"},
             {"2026-01-01T23:55:00Z", "5m"}, {"2026-01-01T22:30:00Z", "90m"}, {"2026-01-01T19:30:00Z", "4h30m"}, {"2026-01-01T00:00:00Z", "24h"},
             {"2025-12-30T21:00:00Z", "2d3h"}, {"2025-11-21T00:00:00Z", "42d"}, {"2022-01-02T00:00:00Z", "4y1d"}, {"rubbish", "<unknown>"}})
        EXPECT_EQ(humanAge(row.since, Now), row.expected) << row.since;
}

TEST(JsonPath, names_what_columns_ask_for)
{
    const Value object = *value::parseJson(R"({"a":{"b":[{"t":"x","v":1},{"t":"y","v":2}],"l":{"k.8/n":"z"}}})");
    const auto first = [&](std::string_view path) {
        const auto found = jsonPath(object, path);
        return found.empty() ? std::string("nothing") : value::toJson(*found.front());
    };
    EXPECT_EQ(first(".a.b[1].v"), "2");
    EXPECT_EQ(first(".a.b[-1].v"), "2");
    EXPECT_EQ(first(".a.b[?(@.t==\"y\")].v"), "2");
    EXPECT_EQ(first(".a.b[?(@.t!='x')].v"), "2");
    EXPECT_EQ(first(".a.l['k.8/n']"), "\"z\"");
    EXPECT_EQ(first(".a.l.k\\.8/n"), "\"z\"");
    EXPECT_EQ(first(".a.missing.more"), "nothing");
    EXPECT_EQ(first("a["), "nothing");
    EXPECT_EQ(jsonPath(object, ".a.b[*].v").size(), 2U);
}

struct AcceptRow {
    const char *header;
    int form; ///< -1: not acceptable.
    bool isDiscovery = false;
};

TEST(Accept, picks_the_first_it_can_serve)
{
    for (const AcceptRow &row : std::vector<AcceptRow> {{"", 0}, {"application/json", 0}, {"*/*", 0}, {"text/html", -1},
             {"application/vnd.kubernetes.protobuf,application/json", 0},
             {"application/json;as=Table;v=v1;g=meta.k8s.io,application/json;as=Table;v=v1beta1;g=meta.k8s.io,application/json", 1},
             {"application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io,application/json", 2},
             {"application/json;as=Table;v=v9;g=meta.k8s.io", -1},
             {"application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json", 0, true}}) {
        SCOPED_TRACE(row.header);
        const auto accepted = negotiate(row.header);
        ASSERT_EQ(accepted.has_value(), row.form >= 0);
        if (accepted) {
            EXPECT_EQ(static_cast<int>(accepted->form), row.form);
            EXPECT_EQ(accepted->isAggregatedDiscovery, row.isDiscovery);
        }
    }
}

struct PathRow {
    const char *path;
    const char *expected; ///< group|version|ns|plural|name|sub; nullptr: none.
};

TEST(ResourcePath, is_taken_apart)
{
    for (const PathRow &row : std::vector<PathRow> {{"/api/v1/pods", "|v1||pods||"}, {"/api/v1/namespaces/shop", "|v1||namespaces|shop|"},
             {"/api/v1/namespaces/shop/pods/p/log", "|v1|shop|pods|p|log"}, {"/api/v1/namespaces/shop/status", "|v1||namespaces|shop|status"},
             {"/apis/apps/v1/namespaces/shop/deployments/d/scale", "apps|v1|shop|deployments|d|scale"}, {"/apis/apps/v1", nullptr},
             {"/api/v1", nullptr}, {"/apis/apps/v1/namespaces/a/b/c/d/e", nullptr}, {"/version", nullptr}, {"", nullptr}}) {
        SCOPED_TRACE(row.path);
        const auto path = parseResourcePath(*pathSegments(row.path));
        ASSERT_EQ(path.has_value(), row.expected != nullptr);
        if (path) {
            EXPECT_EQ(path->group + "|" + path->version + "|" + path->ns + "|" + path->plural + "|" + path->name + "|" + path->subresource, row.expected);
        }
    }
    EXPECT_FALSE(pathSegments("/api/v1/pods/%zz"));
}

} // namespace

} // namespace fairway::lab
