#include "tests/conformance/suites.h"

#include "core/route/istio_analysis.h"

namespace fairway::conformance {
namespace {

    using namespace fairway::route;
    using value::Value;

    std::string_view levelName(Severity severity)
    {
        return severity == Severity::Error ? "Error" : severity == Severity::Warning ? "Warning" : "Info";
    }

} // namespace

Adapter istioAnalyze(const Value &)
{
    return [](const Value &line) -> Result<Value> {
        std::string name(line["analyzer"].stringOr());
        if (name.starts_with("schema."))
            name = "schema.ValidationAnalyzer";
        bool isKnown = false;
        for (const Analyzer &analyzer : istioAnalyzers())
            isKnown = isKnown || analyzer.name == name;
        if (!isKnown)
            return fail(ErrorCode::Unsupported, "there is no analyzer " + name);
        const Value &inputs = line["inputs"];
        std::vector<Value> objects;
        for (std::size_t i = 0; i < inputs.size(); ++i)
            objects.push_back(inputs[i]);
        const AnalysisInput input(objects, line["mesh_config"]);
        Value got = Value::list();
        for (const AnalysisMessage &message : analyzeIstio(input, name)) {
            got.append(Value::map({{"message", Value(message.name)}, {"code", Value(message.code)},
                {"level", Value(levelName(message.severity))}, {"on", Value(message.object)}}));
        }
        return got;
    };
}

} // namespace fairway::conformance
