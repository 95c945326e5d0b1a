#include "tests/conformance/suites.h"

#include "core/value/json.h"

#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

/// fairway-conformance SUITE [--configs FILE] < cases.jsonl
namespace {

using fairway::conformance::Adapter;
using fairway::value::Value;

struct Suite {
    std::string_view name;
    Adapter (*make)(const Value &configs);
};

constexpr Suite suites[] = {
    {"istio_routes", fairway::conformance::istioRoutes},
    {"istio_validation", fairway::conformance::istioValidation},
    {"istio_analyze", fairway::conformance::istioAnalyze},
    {"gateway_api", fairway::conformance::gatewayApi},
    {"envoy_routes", fairway::conformance::envoyRoutes},
};

int usage()
{
    std::cerr << "usage: fairway-conformance SUITE [--configs FILE] < cases.jsonl\nsuites:";
    for (const Suite &suite : suites)
        std::cerr << " " << suite.name;
    std::cerr << "\n";
    return 2;
}

void answer(const Adapter &adapter, const std::string &line)
{
    const fairway::Result<Value> row = fairway::value::parseJson(line);
    Value out = Value::map();
    if (!row) {
        out.set("id", Value());
        out.set("skipped", Value("not JSON: " + row.error().message));
    } else {
        out.set("id", (*row)["id"]);
        const fairway::Result<Value> got = adapter(*row);
        if (got)
            out.set("got", *got);
        else
            out.set("skipped", Value(got.error().message));
    }
    std::cout << fairway::value::toJson(out) << "\n";
}

} // namespace

int main(int argc, char **argv)
{
    std::string name;
    Value configs;
    for (int i = 1; i < argc; ++i) {
        const std::string argument = argv[i];
        if (argument == "--configs" && i + 1 < argc) {
            std::ifstream file(argv[++i]);
            const std::string text {std::istreambuf_iterator<char>(file), {}};
            const fairway::Result<Value> read = fairway::value::parseJson(text);
            if (!file || !read) {
                std::cerr << argv[i] << ": " << (read ? "can't be read" : read.error().message) << "\n";
                return 1;
            }
            configs = *read;
        } else if (name.empty() && !argument.starts_with("-")) {
            name = argument;
        } else {
            return usage();
        }
    }
    for (const Suite &suite : suites) {
        if (suite.name != name)
            continue;
        const Adapter adapter = suite.make(configs);
        for (std::string line; std::getline(std::cin, line);) {
            if (!line.empty())
                answer(adapter, line);
        }
        return 0;
    }
    return usage();
}
