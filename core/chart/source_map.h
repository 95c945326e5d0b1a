#pragma once

#include "core/chart/release_text.h"
#include "core/chart/render_record.h"
#include "core/chart/value_sources.h"
#include "core/gotemplate/tracer.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fairway::chart {

/// Why a value is what it is.
enum class ValueLayer : std::uint8_t {
    NotSet,      ///< No layer says it: a template asked for it all the same.
    Default,     ///< values.yaml of the chart it belongs to.
    ImportValues, ///< Taken from a subchart's values.yaml by import-values.
    ParentChart, ///< values.yaml of a chart above.
    User,        ///< -f or a --set flag.
};
[[nodiscard]] std::string_view toString(ValueLayer layer);

/// A value on which a line depends, with the layer that won.
struct ValueOrigin {
    std::string path;         ///< From the top, as --set takes it: "child.image.tag", "ports[0].name", "labels.a\.b".
    bool isCondition = false; ///< It decided whether the line stands there; otherwise the line holds it or was computed of it.
    ValueLayer layer = ValueLayer::NotSet;
    SourceKind kind = SourceKind::None;
    std::string source;     ///< As the user knows it: "--set image.tag=1", "-f prod.yaml", "parent/charts/child/values.yaml"; empty: not set.
    std::string file;       ///< The file alone; empty for flags.
    std::uint32_t line = 0; ///< In the file, from 1; 0: none.
};

/// Where a run of columns comes from. Columns are bytes and count from 1; endColumn is the first behind it. An empty run is where something
/// could stand: an empty value, or what a condition left out.
struct SpanOrigin {
    using Place = gotemplate::Tracer::Place;
    std::uint32_t beginColumn = 1;
    std::uint32_t endColumn = 1;
    Place place;                     ///< The text (at its first character that is not blank) or the action that wrote it.
    std::vector<Place> includes;     ///< The actions through which it got here, outermost first.
    std::vector<ValueOrigin> values; ///< Values first, then conditions, each by path.
};

struct LineOrigin {
    enum class Kind : std::uint8_t {
        Template, ///< A template wrote it.
        File,     ///< It stands so in a file of the chart (a CRD): place is there.
        Frame,    ///< Helm's own: `---`, `# Source: …`, empty lines between. Place is the beginning of the template that follows.
    };
    Kind kind = Kind::Frame;
    SpanOrigin::Place place;                 ///< Of the line's first character that is not blank.
    std::vector<SpanOrigin::Place> includes; ///< Of the same.
    std::vector<ValueOrigin> values;         ///< Of the whole line; a value named as both is no condition.
    std::vector<SpanOrigin> spans;           ///< Cover the line from left to right.
};

/// Both ways between the text of a release and the templates and values it was made of. It follows what Helm does behind the templates:
/// cutting into documents, sorting, hooks at the end, --show-only.
///
///     RenderRecord record;                          // std::shared_ptr: the map keeps it
///     request.render.record = record.get();
///     auto release = renderRelease(tree, values, request, messages);
///     auto text = releaseText(*release, {});        // or notesText(*release)
///     SourceMap map(record, sources, *text);        // `sources` as loadChart() and mergeValueOptions() filled it
///
/// Cost:    a traced rendering takes some three to ten times a plain one, and about 100 bytes for each piece (a line has a few); a look-up by
///          line is logarithmic, the reverse ones look at every piece. A rendering without a record pays nothing.
/// Cancel:  RenderOptions::cancel ends a traced rendering as a plain one; building and asking take milliseconds.
/// Threads: immutable once made: any number may ask. Not for the GUI thread to build.
class SourceMap {
public:
    SourceMap(std::shared_ptr<const RenderRecord> record, ValueSources sources, const ReleaseText &text);

    [[nodiscard]] std::size_t lineCount() const { return m_lines.size(); }
    /// `line` counts from 1 and must not be above lineCount().
    [[nodiscard]] LineOrigin at(std::size_t line) const;
    /// Lines of the output that this line of a template wrote or let through (an include), ascending.
    [[nodiscard]] std::vector<std::size_t> linesOfTemplate(std::string_view templateName, std::uint32_t line) const;
    /// Lines of the output that depend on the value or on one inside it, ascending.
    [[nodiscard]] std::vector<std::size_t> linesOfValue(std::string_view path) const;
    /// Of one value by its path as ValueOrigin has it; NotSet when no template was given it.
    [[nodiscard]] ValueOrigin valueAt(std::string_view path) const;

private:
    using Tracer = gotemplate::Tracer;
    struct Line {
        std::size_t begin = 0;
        std::size_t end = 0; ///< Its line break is not in it.
        std::size_t firstText = 0; ///< The first byte that is not blank; `end` when there is none.
    };
    /// Segments, and for each its pieces by their place in the text.
    struct Part {
        std::size_t begin = 0;
        std::size_t end = 0;
        std::uint32_t segment = 0;
        Tracer::Piece piece; ///< Of an Output segment.
    };

    void addSegment(const ReleaseText &text, std::uint32_t index);
    [[nodiscard]] bool isIn(const Part &part, const Line &line) const;
    /// The parts of the line.
    [[nodiscard]] std::vector<const Part *> partsOf(const Line &line) const;
    [[nodiscard]] SpanOrigin spanOf(const Part &part, const Line &line) const;
    /// `data` is sorted.
    [[nodiscard]] std::vector<ValueOrigin> origins(std::span<const Tracer::PathId> data, std::span<const Tracer::PathId> conditions) const;
    [[nodiscard]] ValueOrigin origin(Tracer::PathId id, bool isCondition) const;
    template <typename Matches>
    [[nodiscard]] std::vector<std::size_t> linesWhere(Matches matches) const;

    std::shared_ptr<const RenderRecord> m_record;
    ValueSources m_sources;
    std::vector<TextSegment> m_segments;
    std::vector<Line> m_lines;
    std::vector<Part> m_parts; ///< By `begin`, then as they were written.
};

} // namespace fairway::chart
