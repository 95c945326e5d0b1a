#pragma once

#include "core/chart/chart.h"
#include "core/chart/release.h"
#include "core/chart/source_map.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace fairway::chart::test {

/// Asks a source map whether it tells the truth, by changing values one after the other and rendering again: a line changes just when
/// the map names the value.
class MutationCheck {
public:
    struct Sample {
        std::size_t values = 0; ///< Values changed to see which lines do; 0: all.
        std::size_t lines = 0;  ///< Lines whose named values are changed in turn; 0: all.
        std::uint32_t seed = 1;
    };
    struct Figures {
        std::size_t changedLines = 0; ///< Lines that a change of a value changed …
        std::size_t missed = 0;       ///< … though the map doesn't name the value.
        std::size_t named = 0;        ///< Values named for a line …
        std::size_t idle = 0;         ///< … of which no change changes it.
        std::size_t renderings = 0;
        std::vector<std::string> examples; ///< Of what was missed or idle.
    };

    MutationCheck(const ChartTree &tree, value::Value userValues, ValueSources sources);

    [[nodiscard]] const std::string &text() const { return m_text.text; }
    [[nodiscard]] const SourceMap &map() const { return *m_map; }
    /// Why the chart does not render; empty when it does.
    [[nodiscard]] const std::string &failure() const { return m_failure; }
    [[nodiscard]] Figures run(const Sample &sample);

private:
    [[nodiscard]] std::optional<RenderedRelease> render(const value::Value &userValues, RenderRecord *record);
    /// Which lines of the first text are no more when `path` is `changed`; nothing when that does not render.
    [[nodiscard]] std::optional<std::vector<bool>> changedLines(const std::string &path, const value::Value &changed);

    const ChartTree &m_tree;
    value::Value m_userValues;
    value::Value m_values; ///< Of all layers.
    ReleaseText m_text;
    std::vector<std::string> m_lines;
    std::vector<bool> m_isRandom; ///< Lines that differ though nothing was changed.
    std::optional<SourceMap> m_map;
    std::string m_failure;
    /// What one template draws does not move what the next one gets, and keys are made once.
    funcs::PinnedRandom m_pinned {1, {}};
    std::size_t m_renderings = 0;
};

} // namespace fairway::chart::test
