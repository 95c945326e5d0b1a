#pragma once

#include "core/chart/chart.h"
#include "core/gotemplate/tracer.h"
#include "core/value/value.h"

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace fairway::chart {

struct ByteRange {
    std::size_t begin = 0;
    std::size_t end = 0;
};

/// What one rendering leaves behind for a SourceMap: of each template's output the pieces it is made of.
///
/// Shape:   give one to RenderOptions::record, render once, then make a SourceMap. Values are told by their path from the top of the
///          tree ("child.image.tag"); a global is told by the path of the uppermost chart that says it ("global.registry").
/// Threads: one owner at a time while rendering; then any number may read.
class RenderRecord {
public:
    struct Output {
        std::string text;
        std::vector<gotemplate::Tracer::Piece> pieces; ///< Cover `text` in order.
    };

    /// A copy of `values`, those of the tree below `chart`, for a traced run.
    [[nodiscard]] value::Value label(const Chart &chart, const value::Value &values);
    /// Before a template of `chart` runs.
    void begin(const Chart &chart);
    /// After it gave `output`; `removed` are the places of its first output that Helm takes out.
    void finish(const std::string &path, std::string_view output, const std::vector<ByteRange> &removed);

    [[nodiscard]] gotemplate::Tracer &tracer() { return m_tracer; }
    [[nodiscard]] const gotemplate::Tracer &tracer() const { return m_tracer; }
    /// By the template's path, "chart/templates/a.yaml"; nullptr when none of that name ran.
    [[nodiscard]] const Output *find(std::string_view path) const;
    /// Of all templates that ran, sorted.
    [[nodiscard]] std::vector<std::string> paths() const;
    /// The charts of the tree by where their values stand, uppermost first: "" is the root, "child.grandchild".
    [[nodiscard]] const std::map<std::string, std::size_t, std::less<>> &chartDepths() const { return m_chartDepths; }

private:
    [[nodiscard]] value::Value labelChart(
        const Chart &chart, const value::Value &values, const std::string &path, const value::Value *upperGlobal, std::size_t depth);
    [[nodiscard]] value::Value labelGlobal(const value::Value &global, const std::string &path, const value::Value *upper);

    gotemplate::Tracer m_tracer;
    std::map<std::string, Output, std::less<>> m_outputs;
    std::map<std::string, std::size_t, std::less<>> m_chartDepths;
};

} // namespace fairway::chart
