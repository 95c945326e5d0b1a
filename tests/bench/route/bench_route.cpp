#include "core/route/object_check.h"
#include "core/route/overlaps.h"
#include "core/route/resolve.h"
#include "core/route/traffic_config.h"
#include "core/value/json.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

/// Reading and checking 10,000 routes, resolving requests among them, comparing 1,000 rules of one host. Prints each figure with its
/// goal; exit code 1 when one is missed.
namespace {

using namespace fairway;
using Clock = std::chrono::steady_clock;

constexpr int Routes = 10'000;
constexpr int Rules = 2'000; // of destinations
constexpr int HostRules = 1'000;

double since(Clock::time_point start)
{
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

std::string object(const char *apiVersion, const char *kind, const std::string &name, const std::string &spec)
{
    return "{\"apiVersion\":\"" + std::string(apiVersion) + "\",\"kind\":\"" + kind + "\",\"metadata\":{\"name\":\"" + name
        + "\",\"namespace\":\"shop\"},\"spec\":" + spec + "}";
}

std::string destination(const std::string &host, const char *subset, int weight)
{
    return "{\"destination\":{\"host\":\"" + host + "\",\"subset\":\"" + subset + "\"},\"weight\":" + std::to_string(weight) + "}";
}

/// One list, as a server sends it: Services and DestinationRules of 2,000 hosts, 10,000 VirtualServices that split between subsets.
std::string largeMesh()
{
    std::string items;
    const auto add = [&](const std::string &item) { items += (items.empty() ? "" : ",") + item; };
    for (int i = 0; i < Rules; ++i) {
        const std::string name = "s" + std::to_string(i);
        add(object("v1", "Service", name,
            "{\"clusterIP\":\"10.0." + std::to_string(i / 250) + "." + std::to_string(i % 250) + "\",\"ports\":[{\"name\":\"http\",\"port\":80}]}"));
        add(object("networking.istio.io/v1", "DestinationRule", name,
            "{\"host\":\"" + name + "\",\"subsets\":[{\"name\":\"v1\",\"labels\":{\"version\":\"v1\"}},{\"name\":\"v2\",\"labels\":{\"version\":\"v2\"}}]}"));
    }
    for (int i = 0; i < Routes; ++i) {
        const std::string host = "s" + std::to_string(i % Rules);
        add(object("networking.istio.io/v1", "VirtualService", "r" + std::to_string(i),
            "{\"hosts\":[\"" + (i < Rules ? host : "r" + std::to_string(i) + ".example") + "\"],\"http\":[{\"match\":[{\"headers\":{\"x-tester\":{\"exact\":\"true\"}}}],\"route\":["
                + destination(host, "v2", 100) + "]},{\"route\":[" + destination(host, "v1", 90) + "," + destination(host, "v2", 10) + "]}]}"));
    }
    return "{\"items\":[" + items + "]}";
}

/// One host whose rules are prefixes, exact paths and headers, a tenth of which stand in another's way.
std::string oneHost()
{
    std::string rules;
    for (int i = 0; i < HostRules; ++i) {
        const std::string path = "/p" + std::to_string(i % 10 == 9 ? i - 9 : i) + "/";
        const std::string header = i % 3 == 0 ? ",\"headers\":{\"x-tester\":{\"exact\":\"t" + std::to_string(i % 7) + "\"}}" : "";
        rules += std::string(i == 0 ? "" : ",") + "{\"match\":[{\"uri\":{\"" + (i % 2 == 0 ? "prefix" : "exact") + "\":\"" + path + "\"}" + header + "}],\"route\":["
            + destination("s0", "v1", 100) + "]}";
    }
    return "{\"items\":[" + object("v1", "Service", "s0", "{\"clusterIP\":\"10.0.0.1\",\"ports\":[{\"name\":\"http\",\"port\":80}]}") + ","
        + object("networking.istio.io/v1", "VirtualService", "many", "{\"hosts\":[\"s0\"],\"http\":[" + rules + "]}") + "]}";
}

std::vector<value::Value> read(const std::string &text)
{
    std::vector<value::Value> out;
    if (const auto list = value::parseJson(text)) {
        for (std::size_t i = 0; i < (*list)["items"].size(); ++i)
            out.push_back((*list)["items"][i]);
    }
    return out;
}

bool areAllMet = true;

void tell(const char *what, double figure, double goal, const char *unit)
{
    const bool isMet = figure <= goal;
    areAllMet = areAllMet && isMet;
    std::printf("%-62s %10.2f %s   goal %.0f %s   %s\n", what, figure, unit, goal, unit, isMet ? "ok" : "MISSED");
}

} // namespace

int main()
{
    const std::string text = largeMesh();
    const auto loading = Clock::now();
    const std::vector<value::Value> objects = read(text);
    const double readMs = since(loading);
    const std::vector<route::ObjectFinding> findings = route::checkObjects(objects);
    const double checkedMs = since(loading);
    std::printf("10,000 VirtualServices, 2,000 DestinationRules, 2,000 Services: %.1f MB, read in %.0f ms, %zu findings\n",
        static_cast<double>(text.size()) / 1e6, readMs, findings.size());
    tell("read and checked", checkedMs, 1000, "ms");

    const auto compiling = Clock::now();
    const route::TrafficConfig config(objects);
    route::Viewpoint mesh;
    mesh.ns = "shop";
    const Result<route::RouteTable> table = config.tableAt(mesh);
    tell("compiled for the mesh", since(compiling), 1000, "ms");
    const std::vector<value::Value> many = read(oneHost());
    const route::TrafficConfig manyConfig(many);
    const Result<route::RouteTable> manyTable = manyConfig.tableAt(mesh);
    if (!table || !manyTable)
        return 1;

    constexpr int Calls = 200'000;
    int taken = 0;
    std::vector<route::Call> calls(1000);
    for (std::size_t i = 0; i < calls.size(); ++i) {
        calls[i].port = 80;
        calls[i].request.authority = "s" + std::to_string(i * 2);
        calls[i].request.path = "/p" + std::to_string(i) + "/x";
        if (i % 2 == 0)
            calls[i].request.headers.emplace_back("x-tester", "true");
    }
    const auto measure = [&](const route::RouteTable &at) {
        const auto start = Clock::now();
        for (int i = 0; i < Calls; ++i)
            taken += route::resolve(at, calls[static_cast<std::size_t>(i) % calls.size()]).outcome == route::Outcome::Forwarded ? 1 : 0;
        return since(start) * 1000 / Calls;
    };
    tell("one request among 10,000 routes", measure(*table), 20, "us");
    for (route::Call &call : calls)
        call.request.authority = "s0";
    tell("one request among 1,000 rules of one host", measure(*manyTable), 20, "us");
    if (taken == 0)
        return 1;

    const auto comparing = Clock::now();
    std::size_t claims = 0;
    for (const route::Listener &listener : manyTable->listeners) {
        for (const route::FilterChain &chain : listener.chains) {
            if (!chain.http)
                continue;
            if (const auto found = route::findOverlaps(*chain.http))
                claims += found->size();
        }
    }
    std::printf("1,000 rules of one host: %zu claims, each with its request\n", claims);
    tell("compared with each other", since(comparing), 2000, "ms");
    return areAllMet && claims > 0 ? 0 : 1;
}
