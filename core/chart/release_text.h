#pragma once

#include "core/base/result.h"
#include "core/chart/release.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace fairway::chart {

/// What of a release is shown.
struct ReleaseTextOptions {
    bool withCrds = false;             ///< --include-crds
    bool noHooks = false;              ///< --no-hooks
    bool skipTests = false;            ///< --skip-tests
    std::vector<std::string> showOnly; ///< --show-only: patterns of paths inside the chart.
};

/// A run of bytes of a text that comes from one place.
struct TextSegment {
    enum class Kind : std::uint8_t {
        Frame,  ///< `---` and `# Source: PATH` before a document.
        Output, ///< Of the template `path`, from byte `offset` of what it wrote.
        File,   ///< Of the chart's file `path` as it is, from byte `offset`.
    };
    std::size_t begin = 0;
    std::size_t end = 0;
    Kind kind = Kind::Frame;
    std::string path;
    std::size_t offset = 0;
    std::uint32_t line = 1; ///< Of a File: where `offset` is.
};

/// A text and where its parts come from: segments in order that cover all but single line breaks between documents.
struct ReleaseText {
    std::string text;
    std::vector<TextSegment> segments;
};

/// What `helm template` prints. Errors: NotFound, "could not find template X in chart".
[[nodiscard]] Result<ReleaseText> releaseText(const RenderedRelease &release, const ReleaseTextOptions &options);

/// The notes with their segments.
[[nodiscard]] ReleaseText notesText(const RenderedRelease &release);

/// The hooks of a release that `options` show.
[[nodiscard]] std::vector<const Hook *> shownHooks(const RenderedRelease &release, const ReleaseTextOptions &options);

/// As Helm prints it: `---`, `# Source: PATH`, the text.
void appendManifest(std::string &out, std::string_view path, std::string_view text);

} // namespace fairway::chart
