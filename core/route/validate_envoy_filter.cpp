#include "core/route/envoy_renames.h"
#include "core/route/istio_validation.h"
#include "core/route/route_object.h"
#include "core/route/shape_reader.h"

#include <string>

/// EnvoyFilter: what it patches is Envoy's, so only names are looked at that Envoy no longer has.
namespace fairway::route {
namespace {

    using value::Value;

    constexpr int MostDepth = 60; // of a patch; real ones have ten

    void checkTypes(Report &report, const std::string &pointer, const Value &node, int depth)
    {
        if (depth > MostDepth)
            return;
        if (node.isList()) {
            for (std::size_t i = 0; i < node.size(); ++i)
                checkTypes(report, childPointer(pointer, i), node[i], depth + 1);
        } else if (node.isMap()) {
            for (const auto &[key, child] : node.asMap()) {
                const bool isType = key == "@type" || key == "type_url" || key == "typeUrl";
                if (isType && isRemovedEnvoyType(child.stringOr()))
                    report.error(displayPath(childPointer(pointer, key)),
                        phrase("route", "Envoy has removed this version of its API: %1").with(child.stringOr()));
                else
                    checkTypes(report, childPointer(pointer, key), child, depth + 1);
            }
        }
    }

    void checkName(Report &report, const std::string &path, const Value &filter)
    {
        const std::string_view name = filter["name"].stringOr();
        if (const std::string_view now = presentFilterName(name); !now.empty())
            report.warn(field(path, "name"), phrase("route", "filter name %1 is deprecated: use %2").with(name, now));
    }

} // namespace

void checkEnvoyFilter(Report &report, const Value &spec)
{
    const Value &patches = spec["configPatches"];
    for (std::size_t i = 0; i < patches.size(); ++i) {
        const std::string here = item("spec.configPatches", i);
        const std::string filter = field(here, "match.listener.filterChain.filter");
        const Value &matched = patches[i]["match"]["listener"]["filterChain"]["filter"];
        checkName(report, filter, matched);
        checkName(report, field(filter, "subFilter"), matched["subFilter"]);
        checkTypes(report, childPointer("/spec/configPatches", i) + "/patch/value", patches[i]["patch"]["value"], 0);
    }
}

} // namespace fairway::route
