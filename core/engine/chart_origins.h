#pragma once

#include "core/chart/source_map.h"
#include "core/engine/chart_layers.h"
#include "core/engine/chart_types.h"

#include <memory>

namespace fairway::engine {

/// A SourceMap in the page's words: files for template names, layers for sources.
/// Immutable once made; shared between threads. Look-ups are local and quick.
class ChartOrigins {
public:
    ChartOrigins(chart::SourceMap map, std::shared_ptr<const ChartIndex> index, std::shared_ptr<const ChartLayers> layers);

    [[nodiscard]] LineOrigin at(int line) const;
    /// Lines of the output made by a line of a template or fed by what is written on a line of a values file.
    [[nodiscard]] QList<int> linesMadeBy(const ChartPlace &place) const;

private:
    [[nodiscard]] ChartPlace placeOf(const chart::SpanOrigin::Place &place) const;
    [[nodiscard]] ValueOrigin valueOf(const chart::ValueOrigin &origin) const;

    chart::SourceMap m_map;
    std::shared_ptr<const ChartIndex> m_index;
    std::shared_ptr<const ChartLayers> m_layers;
};

} // namespace fairway::engine
