#include "core/route/object_check.h"
#include "core/route/resolve.h"
#include "core/route/traffic_config.h"
#include "core/value/value.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <ctime>
#include <string>

namespace fairway::route {
namespace {

    using value::Value;

    /// Time of this process, in milliseconds: what others do on the machine does not count.
    double now() { return static_cast<double>(std::clock()) * 1000 / CLOCKS_PER_SEC; }

    Value object(const char *apiVersion, const char *kind, const std::string &name, Value spec)
    {
        return Value::map({{"apiVersion", Value(apiVersion)}, {"kind", Value(kind)},
            {"metadata", Value::map({{"name", Value(name)}, {"namespace", Value("shop")}})}, {"spec", std::move(spec)}});
    }

    Value exact(const std::string &text) { return Value::map({{"exact", Value(text)}}); }

    /// 10,000 routes in 1,000 virtual services, one of them with 1,000 rules, and 2,000 destination rules.
    std::vector<Value> largeMesh()
    {
        std::vector<Value> out;
        for (int i = 0; i < 2000; ++i) {
            const std::string name = "s" + std::to_string(i);
            out.push_back(object("v1", "Service", name,
                Value::map({{"clusterIP", Value("10.0." + std::to_string(i / 250) + "." + std::to_string(i % 250))},
                    {"ports", Value::list({Value::map({{"name", Value("http")}, {"port", Value(80)}})})}})));
            Value subsets = Value::list();
            for (const char *version : {"v1", "v2"})
                subsets.append(Value::map({{"name", Value(version)}, {"labels", Value::map({{"version", Value(version)}})}}));
            out.push_back(object("networking.istio.io/v1", "DestinationRule", name, Value::map({{"host", Value(name)}, {"subsets", subsets}})));
        }
        for (int i = 0; i < 1000; ++i) {
            const std::string name = "s" + std::to_string(i);
            Value rules = Value::list();
            for (int rule = 0; rule < (i == 0 ? 1000 : 9); ++rule) {
                Value match = Value::map({{"uri", Value::map({{rule % 2 == 0 ? "prefix" : "exact", Value("/p" + std::to_string(rule) + "/")}})}});
                if (rule % 3 == 0)
                    match.set("headers", Value::map({{"x-tester", exact("t" + std::to_string(rule))}}));
                Value targets = Value::list();
                for (const char *version : {"v1", "v2"}) {
                    targets.append(Value::map({{"destination", Value::map({{"host", Value(name)}, {"subset", Value(version)}})}, {"weight", Value(50)}}));
                }
                rules.append(Value::map({{"match", Value::list({match})}, {"route", targets}}));
            }
            out.push_back(object("networking.istio.io/v1", "VirtualService", name, Value::map({{"hosts", Value::list({Value(name)})}, {"http", rules}})));
        }
        return out;
    }

    /// The promises are for a release build on a quiet machine; the limits here only catch another order of growth.
    TEST(ResolveSpeed, TenThousandRoutesAreCompiledCheckedAndResolved)
    {
        const std::vector<Value> objects = largeMesh();
        const double start = now();
        const TrafficConfig config(objects);
        Viewpoint viewpoint;
        viewpoint.ns = "shop";
        const Result<RouteTable> table = config.tableAt(viewpoint);
        const double compiled = now();
        const std::vector<ObjectFinding> findings = checkObjects(objects);
        const double checked = now();
        ASSERT_TRUE(table);
        for (const ObjectFinding &finding : findings)
        EXPECT_EQ(finding.severity, Severity::Info) << finding.object << ' ' << finding.code << ' ' << finding.message;
        constexpr int Count = 20000;
        int taken = 0;
        for (int i = 0; i < Count; ++i) {
            Call call;
            call.port = 80;
            call.request.authority = i % 2 == 0 ? "s0" : "s" + std::to_string(i % 1000);
            call.request.path = "/p" + std::to_string(i % 1000) + "/";
            if (i % 4 == 0)
                call.request.headers.emplace_back("x-tester", "t" + std::to_string(i % 1000));
            taken += resolve(*table, call).outcome == Outcome::Forwarded ? 1 : 0;
        }
        const double resolved = now();
        const double perCall = (resolved - checked) * 1000 / Count;
        std::printf("compiled in %.0f ms, checked in %.0f ms, %.2f us a request\n", compiled - start, checked - compiled, perCall);
        EXPECT_GT(taken, 0);
        EXPECT_LT(checked - start, 20000);
        EXPECT_LT(perCall, 400);
    }

} // namespace
} // namespace fairway::route
