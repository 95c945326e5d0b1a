#include "core/chart/value_sources.h"

namespace fairway::chart {

namespace {

constexpr std::size_t maxSources = 0xFFFE; // 0xFFFF is the tracer's

} // namespace

std::string_view toString(SourceKind kind)
{
    switch (kind) {
    case SourceKind::None: return "none";
    case SourceKind::ChartDefaults: return "default";
    case SourceKind::ValuesFile: return "file";
    case SourceKind::SetJson: return "--set-json";
    case SourceKind::Set: return "--set";
    case SourceKind::SetString: return "--set-string";
    case SourceKind::SetFile: return "--set-file";
    case SourceKind::SetLiteral: return "--set-literal";
    }
    return "none";
}

std::uint16_t ValueSources::add(SourceKind kind, std::string name)
{
    if (m_sources.size() > maxSources)
        return 0;
    m_sources.push_back({kind, std::move(name)});
    return static_cast<std::uint16_t>(m_sources.size() - 1);
}

const ValueSources::Source &ValueSources::at(std::uint16_t index) const
{
    return m_sources[index < m_sources.size() ? index : 0];
}

} // namespace fairway::chart
