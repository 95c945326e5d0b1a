#pragma once

#include "core/engine/chart_source.h"
#include "core/engine/chart_types.h"
#include "core/value/value.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace fairway::engine {

/// The value at a path in --set's notation ("a.b[0].c", "labels.a\\.b"), nullptr where there is none.
[[nodiscard]] const value::Value *findValue(const value::Value &root, std::string_view path);

/// Which value stands on which line of a YAML text: line to path. A key's line and, of a text of several lines, all of them.
/// Empty when the text can't be read.
[[nodiscard]] std::map<int, std::string> pathsByLine(std::string_view yaml);

/// The value in one line, shortened: "checkout.shop.example.com", "{…} 3 keys".
[[nodiscard]] QString shortValue(const value::Value &value);

/// Every layer of values by itself, before they are merged: who says what about a path.
/// Immutable once made; shared between threads.
class ChartLayers {
public:
    /// `texts` holds the values files of `inputs` that could be read.
    ChartLayers(const ChartSource &source, const TextEdits &edits, const ChartIndex &index, const ChartInputs &inputs,
        const TextEdits &texts);

    /// Weakest first; the last one that is set wins. Also finds globals that are handed down.
    [[nodiscard]] QList<ValueLayer> layersOf(std::string_view path) const;
    /// The path, in the root's values, of what is written on this line of a values file; empty when nothing is.
    [[nodiscard]] std::string valueAt(const std::string &file, int line) const;

private:
    struct Layer {
        ValueLayer::Kind kind = ValueLayer::Kind::Default;
        QString label;
        std::string file;   ///< Empty for a flag.
        std::string folder; ///< Of the chart whose values.yaml it is.
        int setIndex = -1;
        std::string prefix; ///< Before its paths in the root's values.
        value::Value values;
        std::map<int, std::string> lines;
    };

    void add(Layer layer, std::string_view text);

    std::vector<Layer> m_layers; ///< Subcharts' defaults, deepest first; the root's; files; flags.
};

} // namespace fairway::engine
