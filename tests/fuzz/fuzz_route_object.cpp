#include "core/route/findings.h"
#include "core/route/mends.h"
#include "core/route/request_match.h"
#include "core/route/topology.h"
#include "core/route/weights.h"
#include "core/value/patch.h"
#include "core/value/yaml.h"
#include "tests/core/route/mutated.h"

#include <cstdint>
#include <cstdlib>
#include <functional>
#include <string_view>
#include <vector>

using namespace fairway;

namespace {

void writeWeights(const std::vector<value::Value> &objects)
{
    route::TopologyView topology;
    for (const value::Value &object : objects)
        (void)topology.upsert(object);
    for (const value::Value &object : objects) {
        (void)route::mendAll(object);
        const auto parsed = route::parseRoute(object);
        if (!parsed)
            continue;
        (void)route::checkRoute(*parsed, topology);
        (void)route::ruleFor(*parsed, {}, {});
        for (const route::Rule &rule : parsed->rules) {
            if (rule.destinations.empty() || value::at(object, rule.pointer).isNull())
                continue;
            std::vector<std::int64_t> weights = rule.weights();
            weights.back() += 1;
            weights.front() += rule.section == "canary" ? -1 : 1;
            const auto after = route::setWeights(object, rule.section, rule.index, weights);
            if (!after)
                continue;
            const auto patch = route::weightPatch(object, rule.section, rule.index, weights);
            const auto patched = patch ? value::jsonPatch(object, *patch) : patch;
            if (!patched || !(*patched == *after))
                std::abort();
            const auto again = route::parseRoute(*after);
            const route::Rule *same = again ? again->find(rule.section, rule.index) : nullptr;
            if (same == nullptr || same->weights() != weights)
                std::abort();
        }
    }
}

} // namespace

/// Whatever objects a file holds, and the same with parts of another type: nothing crashes, and a write changes weights only.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char *>(data), size);
    value::YamlOptions options;
    options.maxNodes = 20000;
    const auto documents = value::parseYamlDocuments(text, options);
    if (!documents)
        return 0;
    writeWeights(*documents);
    route::PartPicker pick(std::hash<std::string_view>()(text));
    for (int round = 0; round < 4 && !documents->empty(); ++round)
        writeWeights(route::withWrongParts(*documents, pick));
    return 0;
}
