#include "core/route/explain.h"
#include "core/route/overlaps.h"
#include "core/route/request_match.h"
#include "core/route/traffic_config.h"
#include "core/value/json.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

/// Two ways to the same answer: rules asked one after the other as they are written (ruleFor) and the compiled table.
namespace fairway::route {
namespace {

    using value::Value;

    class Generator {
    public:
        explicit Generator(unsigned seed) : m_random(seed) { }

        int below(int n) { return std::uniform_int_distribution<int>(0, n - 1)(m_random); }
        bool once(int in) { return below(in) == 0; }
        std::string one(std::initializer_list<const char *> list) { return list.begin()[below(static_cast<int>(list.size()))]; }

        std::string path() { return one({"/", "/a", "/a/", "/a/b", "/ab", "/A", "/b/a", "/a/b/c", "/b"}); }

        Value text()
        {
            switch (below(4)) {
            case 0:
                return Value::map({{"exact", Value(one({"x", "y", "xy"}))}});
            case 1:
                return Value::map({{"prefix", Value(one({"x", "y"}))}});
            case 2:
                return Value::map({{"regex", Value(one({"x+", "[xy]", "x|y|xy", ".*"}))}});
            default:
                return Value::map();
            }
        }

        Value uri()
        {
            switch (below(3)) {
            case 0:
                return Value::map({{"exact", Value(path())}});
            case 1:
                return Value::map({{"prefix", Value(path())}});
            default:
                return Value::map({{"regex", Value(one({"/a.*", "/[ab]", "/.*b", ".*"}))}});
            }
        }

        Value match()
        {
            Value out = Value::map();
            if (!once(3))
                out.set("uri", uri());
            if (once(5))
                out.set("ignoreUriCase", Value(true));
            if (once(3))
                out.set("headers", Value::map({{one({"x-a", "x-b"}), text()}}));
            if (once(5))
                out.set("withoutHeaders", Value::map({{one({"x-a", "x-b"}), text()}}));
            if (once(5))
                out.set("queryParams", Value::map({{"q", Value::map({{"exact", Value(one({"x", "y"}))}})}}));
            if (once(5))
                out.set("method", Value::map({{"exact", Value(one({"GET", "POST"}))}}));
            if (once(6))
                out.set("sourceLabels", Value::map({{"app", Value(one({"web", "api"}))}}));
            if (once(8))
                out.set("sourceNamespace", Value(one({"shop", "other"})));
            if (once(8))
                out.set("gateways", Value::list({Value(one({"mesh", "shop/gw"}))}));
            if (once(8))
                out.set("port", Value(once(2) ? 80 : 81));
            return out;
        }

        Value rule()
        {
            Value out = Value::map();
            if (!once(8)) {
                Value matches = Value::list();
                for (int i = 1 + below(3); i > 0; --i)
                    matches.append(match());
                out.set("match", matches);
            }
            out.set("route", Value::list({Value::map({{"destination", Value::map({{"host", Value("reviews")}})}})}));
            return out;
        }

        Value virtualService()
        {
            Value rules = Value::list();
            for (int i = 1 + below(60); i > 0; --i)
                rules.append(rule());
            return Value::map({{"apiVersion", Value("networking.istio.io/v1")}, {"kind", Value("VirtualService")},
                {"metadata", Value::map({{"name", Value("v")}, {"namespace", Value("shop")}})},
                {"spec", Value::map({{"hosts", Value::list({Value("reviews")})}, {"gateways", Value::list({Value("mesh"), Value("gw")})},
                             {"http", rules}})}});
        }

        Call call()
        {
            Call call;
            call.port = 80;
            call.request.authority = "reviews";
            call.request.method = one({"GET", "POST"});
            call.request.path = path();
            if (once(3))
                call.request.query = one({"q=x", "q=y&q=x", "q", "r=x"});
            for (const char *name : {"x-a", "x-b"}) {
                if (once(2))
                    call.request.headers.emplace_back(name, one({"x", "y", "xy", ""}));
            }
            return call;
        }

    private:
        std::mt19937 m_random;
    };

    Value service()
    {
        return Value::map({{"apiVersion", Value("v1")}, {"kind", Value("Service")},
            {"metadata", Value::map({{"name", Value("reviews")}, {"namespace", Value("shop")}})},
            {"spec", Value::map({{"clusterIP", Value("10.0.0.1")},
                         {"ports", Value::list({Value::map({{"name", Value("http")}, {"port", Value(80)}})})}})}});
    }

    TEST(ResolveRandom, CompiledTablesAgreeWithRulesAskedInOrder)
    {
        for (unsigned seed = 0; seed < 400; ++seed) {
            Generator generator(seed);
            const Value object = generator.virtualService();
            const Result<RouteObject> route = parseRoute(object);
            ASSERT_TRUE(route);
            Origin origin;
            origin.ns = "shop";
            origin.port = 80;
            if (generator.once(2))
                origin.labels = {{"app", "web"}};
            const TrafficConfig config({service(), object});
            Viewpoint viewpoint;
            viewpoint.ns = origin.ns;
            viewpoint.labels = origin.labels;
            const Result<RouteTable> table = config.tableAt(viewpoint);
            ASSERT_TRUE(table);
            for (int i = 0; i < 60; ++i) {
                const Call call = generator.call();
                const Result<const Rule *> expected = ruleFor(*route, call.request, origin);
                ASSERT_TRUE(expected);
                const Decision decision = resolve(*table, call);
                const int got = decision.route == nullptr || decision.route->origin.kind != "VirtualService" ? -1 : decision.route->origin.index;
                ASSERT_EQ(got, *expected == nullptr ? -1 : (*expected)->index)
                    << "seed " << seed << ' ' << call.request.method << ' ' << call.request.path << '?' << call.request.query << '\n'
                    << value::toJson(object, value::JsonStyle::Indented);
                const Explanation told = explain(*table, call);
                ASSERT_EQ(told.decision.route, decision.route);
                for (const TriedRule &tried : told.tried)
                    ASSERT_EQ(tried.reason.empty(), tried.isTaken) << tried.origin.display() << ": " << tried.reason;
            }
        }
    }

    /// Every claim about two rules comes with a request that both take, and nothing reaches what is called unreachable.
    TEST(ResolveRandom, OverlapsHoldForWhateverRequestComes)
    {
        for (unsigned seed = 1000; seed < 1100; ++seed) {
            Generator generator(seed);
            const TrafficConfig config({service(), generator.virtualService()});
            Viewpoint viewpoint;
            viewpoint.ns = "shop";
            const Result<RouteTable> table = config.tableAt(viewpoint);
            ASSERT_TRUE(table);
            const Listener *listener = table->listenerOf("", 80);
            ASSERT_NE(listener, nullptr);
            for (const FilterChain &chain : listener->chains) {
                if (!chain.http)
                    continue;
                const Result<std::vector<Overlap>> found = findOverlaps(*chain.http);
                ASSERT_TRUE(found);
                std::vector<std::string> dead;
                for (const Overlap &overlap : *found) {
                    Call call;
                    call.request = overlap.example;
                    const Decision decision = resolveHttp(*chain.http, call);
                    ASSERT_NE(decision.route, nullptr) << overlap.text;
                    if (overlap.kind == Overlap::Kind::Unreachable)
                        dead.push_back(overlap.second.path());
                }
                for (int i = 0; i < 100; ++i) {
                    const Decision decision = resolveHttp(*chain.http, generator.call());
                    const bool isDead = decision.route != nullptr
                        && std::find(dead.begin(), dead.end(), decision.route->origin.path()) != dead.end();
                    EXPECT_FALSE(isDead) << "seed " << seed;
                }
            }
        }
    }

} // namespace
} // namespace fairway::route
