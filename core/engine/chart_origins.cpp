#include "core/engine/chart_origins.h"

#include "core/engine/text.h"

#include <algorithm>

namespace fairway::engine {
namespace {

constexpr std::size_t MaxValues = 100; ///< A line of toYaml may hold thousands.

/// "parent/charts/child/values.yaml" to "charts/child/values.yaml"; a values file's path as it is.
QString fileOf(const chart::ValueOrigin &origin)
{
    const QString file = toQString(origin.file);
    return origin.kind == chart::SourceKind::ChartDefaults ? file.section(QLatin1Char('/'), 1) : file;
}

/// A layer that only the source map knows: import-values, a value moved about.
ValueLayer layerOf(const chart::ValueOrigin &origin)
{
    ValueLayer layer;
    layer.kind = origin.layer == chart::ValueLayer::ParentChart ? ValueLayer::Kind::ParentChart
        : origin.kind == chart::SourceKind::ValuesFile          ? ValueLayer::Kind::ValuesFile
        : origin.kind == chart::SourceKind::ChartDefaults       ? ValueLayer::Kind::Default
                                                                : ValueLayer::Kind::Set;
    layer.label = toQString(origin.source);
    layer.place = {fileOf(origin), static_cast<int>(origin.line)};
    layer.isWinner = true;
    return layer;
}

} // namespace

ChartOrigins::ChartOrigins(chart::SourceMap map, std::shared_ptr<const ChartIndex> index, std::shared_ptr<const ChartLayers> layers)
    : m_map(std::move(map))
    , m_index(std::move(index))
    , m_layers(std::move(layers))
{
}

ChartPlace ChartOrigins::placeOf(const chart::SpanOrigin::Place &place) const
{
    return {toQString(m_index->fileOfTemplate(place.templateName)), static_cast<int>(place.line)};
}

ValueOrigin ChartOrigins::valueOf(const chart::ValueOrigin &origin) const
{
    ValueOrigin value;
    value.path = toQString(origin.path);
    value.isCondition = origin.isCondition;
    value.layers = m_layers->layersOf(origin.path);
    if (origin.layer == chart::ValueLayer::NotSet)
        return value;
    // The map knows who won; what a layer by itself says is told by the layers.
    const QString file = fileOf(origin);
    const bool isFlag = origin.file.empty();
    const auto isIt = [&](const ValueLayer &layer) {
        return isFlag ? layer.setIndex >= 0 : layer.place.file == file && (origin.line == 0 || layer.place.line == static_cast<int>(origin.line));
    };
    const auto winner = std::find_if(value.layers.rbegin(), value.layers.rend(), isIt);
    if (winner != value.layers.rend()) {
        for (ValueLayer &layer : value.layers)
            layer.isWinner = false;
        winner->isWinner = true;
    } else if (value.layers.isEmpty()) {
        value.layers.append(layerOf(origin));
    }
    return value;
}

LineOrigin ChartOrigins::at(int line) const
{
    LineOrigin origin;
    if (line < 1 || static_cast<std::size_t>(line) > m_map.lineCount())
        return origin;
    const chart::LineOrigin found = m_map.at(static_cast<std::size_t>(line));
    origin.line = line;
    origin.place = placeOf(found.place);
    if (found.kind == chart::LineOrigin::Kind::Frame)
        origin.place.line = 0;
    for (const chart::SpanOrigin::Place &include : found.includes)
        origin.includes.append(placeOf(include));
    for (std::size_t i = 0; i < std::min(found.values.size(), MaxValues); ++i)
        origin.values.append(valueOf(found.values[i]));
    return origin;
}

QList<int> ChartOrigins::linesMadeBy(const ChartPlace &place) const
{
    QList<int> lines;
    const auto add = [&](const std::vector<std::size_t> &found) {
        for (const std::size_t line : found)
            lines.append(static_cast<int>(line));
    };
    const std::string file = toUtf8(place.file);
    if (const std::string path = m_layers->valueAt(file, place.line); !path.empty()) {
        add(m_map.linesOfValue(path));
    } else {
        for (const std::string &name : m_index->templatesOfFile(file))
            add(m_map.linesOfTemplate(name, static_cast<std::uint32_t>(place.line)));
    }
    std::sort(lines.begin(), lines.end());
    lines.erase(std::unique(lines.begin(), lines.end()), lines.end());
    return lines;
}

} // namespace fairway::engine
