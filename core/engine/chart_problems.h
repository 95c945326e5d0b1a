#pragma once

#include "core/chart/lint.h"
#include "core/engine/chart_source.h"
#include "core/engine/chart_types.h"

#include <functional>
#include <string>
#include <string_view>

namespace fairway::engine {

/// Puts what Helm says where it belongs: the template's line, the value, the line of YAML. Pure.
class ProblemPlacer {
public:
    /// `valuePlace`: where the winning layer says a value; file empty when nowhere.
    ProblemPlacer(const ChartIndex &index, std::function<ChartPlace(std::string_view valuePath)> valuePlace)
        : m_index(index)
        , m_valuePlace(std::move(valuePlace))
    {
    }

    /// An error of rendering: of a schema one problem for each fault, else one.
    [[nodiscard]] QList<ChartProblem> ofError(std::string_view error) const;
    [[nodiscard]] ChartProblem ofLint(const chart::LintMessage &message) const;
    /// A line of Helm's standard error (`level=WARN msg="…"` or `coalesce.go:301: warning: …`); message empty when it is no warning.
    [[nodiscard]] static ChartProblem ofMessage(std::string_view line);

private:
    [[nodiscard]] QList<ChartProblem> ofSchema(std::string_view error) const;
    void placeInYaml(std::string_view error, ChartProblem &problem) const;
    bool placeInTemplate(std::string_view error, ChartProblem &problem) const;
    void placeAtValue(const std::string &path, ChartProblem &problem) const;

    const ChartIndex &m_index;
    std::function<ChartPlace(std::string_view)> m_valuePlace;
};

} // namespace fairway::engine
