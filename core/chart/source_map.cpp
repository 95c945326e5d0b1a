#include "core/chart/source_map.h"

#include <algorithm>

namespace fairway::chart {

namespace {

constexpr std::string_view chartsFolder = "/charts/";

std::size_t depthOf(std::string_view sourceName)
{
    std::size_t depth = 0;
    for (std::size_t at = sourceName.find(chartsFolder); at != std::string_view::npos; at = sourceName.find(chartsFolder, at + 1))
        ++depth;
    return depth;
}

bool isAtOrBelow(std::string_view path, std::string_view top)
{
    if (top.empty())
        return true;
    return path.starts_with(top) && (path.size() == top.size() || path[top.size()] == '.' || path[top.size()] == '[');
}

std::string sourceText(const ValueSources::Source &source)
{
    switch (source.kind) {
    case SourceKind::None:
    case SourceKind::ChartDefaults: return source.name;
    case SourceKind::ValuesFile: return "-f " + source.name;
    default: return std::string(toString(source.kind)) + " " + source.name;
    }
}

/// An answer by number, found once: hundreds of thousands of pieces have few labels and places among them.
template <typename Find>
class Memo {
public:
    explicit Memo(Find find)
        : m_find(std::move(find))
    {
    }
    bool operator()(std::uint32_t id)
    {
        if (id >= m_known.size())
            m_known.resize(id + 1, Unknown);
        if (m_known[id] == Unknown)
            m_known[id] = m_find(id) ? Yes : No;
        return m_known[id] == Yes;
    }

private:
    enum Answer : std::uint8_t { Unknown, No, Yes };
    Find m_find;
    std::vector<std::uint8_t> m_known;
};

std::uint32_t column(std::size_t at, std::size_t lineBegin)
{
    return static_cast<std::uint32_t>(at - lineBegin + 1);
}

} // namespace

std::string_view toString(ValueLayer layer)
{
    switch (layer) {
    case ValueLayer::NotSet: return "not set";
    case ValueLayer::Default: return "default";
    case ValueLayer::ImportValues: return "import-values";
    case ValueLayer::ParentChart: return "parent chart";
    case ValueLayer::User: return "user";
    }
    return "not set";
}

SourceMap::SourceMap(std::shared_ptr<const RenderRecord> record, ValueSources sources, const ReleaseText &text)
    : m_record(std::move(record))
    , m_sources(std::move(sources))
    , m_segments(text.segments)
{
    for (std::size_t begin = 0; begin < text.text.size();) {
        const std::size_t end = std::min(text.text.find('\n', begin), text.text.size());
        const std::size_t first = std::min(text.text.find_first_not_of(" \t\r\n", begin), end);
        m_lines.push_back({begin, end, first});
        begin = end + 1;
    }
    for (std::uint32_t i = 0; i < m_segments.size(); ++i)
        addSegment(text, i);
}

void SourceMap::addSegment(const ReleaseText &text, std::uint32_t index)
{
    const TextSegment &segment = m_segments[index];
    const RenderRecord::Output *const output
        = segment.kind == TextSegment::Kind::Output ? m_record->find(segment.path) : nullptr;
    if (output == nullptr) {
        // A line each: a file's place moves on with every line.
        std::uint32_t line = segment.line;
        for (std::size_t begin = segment.begin; begin < segment.end; ++line) {
            const std::size_t end = std::min(text.text.find('\n', begin), segment.end - 1) + 1;
            Part part {begin, end, index, {}};
            part.piece.begin = line;
            m_parts.push_back(part);
            begin = end;
        }
        return;
    }
    const std::size_t first = segment.offset;
    const std::size_t last = first + (segment.end - segment.begin);
    auto piece = std::partition_point(output->pieces.begin(), output->pieces.end(), [&](const Tracer::Piece &one) { return one.end < first; });
    for (; piece != output->pieces.end() && piece->begin <= last; ++piece) {
        const bool isEmpty = piece->begin == piece->end;
        if (!isEmpty && (piece->end == first || piece->begin == last))
            continue;
        const std::size_t begin = std::max(piece->begin, first) - first + segment.begin;
        const std::size_t end = std::min(piece->end, last) - first + segment.begin;
        m_parts.push_back({begin, end, index, *piece});
    }
}

bool SourceMap::isIn(const Part &part, const Line &line) const
{
    // Of an empty line the line break stands for what wrote it.
    if (part.begin < part.end)
        return part.begin < std::max(line.end, line.begin + 1) && part.end > line.begin;
    // Where whole lines could stand, those that do stay as they are.
    const bool isApart = (part.piece.beginsLine && part.begin == line.end) || (part.piece.endsLine && part.begin == line.begin);
    return part.begin >= line.begin && part.begin <= line.end && !isApart;
}

std::vector<const SourceMap::Part *> SourceMap::partsOf(const Line &line) const
{
    std::vector<const Part *> parts;
    auto part = std::partition_point(m_parts.begin(), m_parts.end(), [&](const Part &one) { return one.end < line.begin; });
    for (; part != m_parts.end() && part->begin <= line.end; ++part) {
        if (isIn(*part, line))
            parts.push_back(&*part);
    }
    return parts;
}

ValueOrigin SourceMap::origin(Tracer::PathId id, bool isCondition) const
{
    const value::SourcePosition position = m_record->tracer().position(id);
    const ValueSources::Source &source = m_sources.at(position.file);
    ValueOrigin out;
    out.path = m_record->tracer().path(id);
    out.isCondition = isCondition;
    out.kind = source.kind;
    out.source = sourceText(source);
    if (source.kind == SourceKind::ChartDefaults || source.kind == SourceKind::ValuesFile) {
        out.file = source.name;
        out.line = position.line;
    }
    if (source.kind == SourceKind::ChartDefaults) {
        std::size_t owner = 0;
        for (const auto &[path, depth] : m_record->chartDepths())
            owner = isAtOrBelow(out.path, path) ? std::max(owner, depth) : owner;
        const std::size_t said = depthOf(source.name);
        out.layer = said == owner ? ValueLayer::Default : said < owner ? ValueLayer::ParentChart : ValueLayer::ImportValues;
    } else if (source.kind != SourceKind::None) {
        out.layer = ValueLayer::User;
    }
    return out;
}

std::vector<ValueOrigin> SourceMap::origins(std::span<const Tracer::PathId> data, std::span<const Tracer::PathId> conditions) const
{
    std::vector<ValueOrigin> out;
    for (const Tracer::PathId id : data)
        out.push_back(origin(id, false));
    for (const Tracer::PathId id : conditions) {
        if (!std::binary_search(data.begin(), data.end(), id))
            out.push_back(origin(id, true));
    }
    std::sort(out.begin(), out.end(), [](const ValueOrigin &a, const ValueOrigin &b) {
        return a.isCondition != b.isCondition ? !a.isCondition : a.path < b.path;
    });
    return out;
}

SpanOrigin SourceMap::spanOf(const Part &part, const Line &line) const
{
    SpanOrigin span;
    span.beginColumn = column(std::max(part.begin, line.begin), line.begin);
    span.endColumn = column(std::min(part.end, line.end), line.begin);
    const TextSegment &segment = m_segments[part.segment];
    if (segment.kind != TextSegment::Kind::Output) {
        const bool isFile = segment.kind == TextSegment::Kind::File;
        span.place = {segment.path, isFile ? static_cast<std::uint32_t>(part.piece.begin) : 1, 1};
        if (isFile)
            span.place.column = column(line.firstText, line.begin);
        return span;
    }
    const Tracer &tracer = m_record->tracer();
    span.place = tracer.place(part.piece.place);
    for (const Tracer::PlaceId id : tracer.includes(part.piece.includes))
        span.includes.push_back(tracer.place(id));
    span.values = origins(tracer.inputs(part.piece.values), tracer.inputs(part.piece.conditions));
    return span;
}

LineOrigin SourceMap::at(std::size_t number) const
{
    LineOrigin out;
    const Line &line = m_lines[number - 1];
    const std::vector<const Part *> parts = partsOf(line);
    std::vector<Tracer::PathId> data;
    std::vector<Tracer::PathId> conditions;
    const Part *primary = nullptr;
    for (const Part *const part : parts) {
        const auto values = m_record->tracer().inputs(part->piece.values);
        const auto reasons = m_record->tracer().inputs(part->piece.conditions);
        data.insert(data.end(), values.begin(), values.end());
        conditions.insert(conditions.end(), reasons.begin(), reasons.end());
        out.spans.push_back(spanOf(*part, line));
        const bool holdsFirst = part->begin <= line.firstText && line.firstText < part->end;
        if (primary == nullptr || holdsFirst) {
            primary = part;
            out.place = out.spans.back().place;
            out.includes = out.spans.back().includes;
        }
    }
    if (primary == nullptr) { // an empty line outside of all documents, or one no piece reaches
        const auto next = std::partition_point(m_parts.begin(), m_parts.end(), [&](const Part &one) { return one.end <= line.begin; });
        if (next != m_parts.end())
            out.place = {m_segments[next->segment].path, 1, 1};
        if (next != m_parts.end() && m_segments[next->segment].kind == TextSegment::Kind::Output && next->begin <= line.end + 1) {
            out.kind = LineOrigin::Kind::Template;
            out.place = spanOf(*next, line).place;
        }
        return out;
    }
    switch (m_segments[primary->segment].kind) {
    case TextSegment::Kind::Frame: out.kind = LineOrigin::Kind::Frame; break;
    case TextSegment::Kind::File: out.kind = LineOrigin::Kind::File; break;
    case TextSegment::Kind::Output: out.kind = LineOrigin::Kind::Template; break;
    }
    const auto tidy = [](std::vector<Tracer::PathId> &ids) {
        std::sort(ids.begin(), ids.end());
        ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    };
    tidy(data);
    tidy(conditions);
    out.values = origins(data, conditions);
    return out;
}

template <typename Matches>
std::vector<std::size_t> SourceMap::linesWhere(Matches matches) const
{
    std::vector<std::size_t> lines;
    for (const Part &part : m_parts) {
        if (!matches(part))
            continue;
        auto line = std::partition_point(m_lines.begin(), m_lines.end(), [&](const Line &one) { return one.end < part.begin; });
        for (; line != m_lines.end() && line->begin <= part.end; ++line) {
            const std::size_t number = static_cast<std::size_t>(line - m_lines.begin()) + 1;
            if (isIn(part, *line) && (lines.empty() || lines.back() < number))
                lines.push_back(number);
        }
    }
    return lines;
}

std::vector<std::size_t> SourceMap::linesOfTemplate(std::string_view templateName, std::uint32_t line) const
{
    const Tracer &tracer = m_record->tracer();
    Memo isThere([&](Tracer::PlaceId id) {
        const Tracer::Place &place = tracer.place(id);
        return place.line == line && place.templateName == templateName;
    });
    Memo isThrough([&](Tracer::ChainId id) {
        const auto includes = tracer.includes(id);
        return std::any_of(includes.begin(), includes.end(), [&](Tracer::PlaceId place) { return isThere(place); });
    });
    return linesWhere([&](const Part &part) {
        const TextSegment &segment = m_segments[part.segment];
        if (segment.kind == TextSegment::Kind::Frame)
            return false;
        if (segment.kind == TextSegment::Kind::File)
            return segment.path == templateName && part.piece.begin == line;
        return isThere(part.piece.place) || isThrough(part.piece.includes);
    });
}

std::vector<std::size_t> SourceMap::linesOfValue(std::string_view path) const
{
    const Tracer &tracer = m_record->tracer();
    Memo isMeant([&](Tracer::PathId id) { return isAtOrBelow(tracer.path(id), path); });
    Memo isFed([&](Tracer::Label label) {
        const auto inputs = tracer.inputs(label);
        return std::any_of(inputs.begin(), inputs.end(), [&](Tracer::PathId id) { return isMeant(id); });
    });
    return linesWhere([&](const Part &part) { return isFed(part.piece.values) || isFed(part.piece.conditions); });
}

ValueOrigin SourceMap::valueAt(std::string_view path) const
{
    if (const auto id = m_record->tracer().find(path))
        return origin(*id, false);
    ValueOrigin none;
    none.path = path;
    return none;
}

} // namespace fairway::chart
