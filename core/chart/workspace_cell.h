#pragma once

#include "core/base/cancellation.h"
#include "core/chart/release.h"
#include "core/chart/release_text.h"
#include "core/chart/workspace_files.h"
#include "core/funcs/pinned_random.h"

#include <cstddef>
#include <string>
#include <vector>

namespace fairway::chart {

/// One object a cell renders to.
struct CellObject {
    std::string kind;
    std::string apiVersion;
    std::string ns; ///< As written; empty when not.
    std::string name;
    std::string path; ///< Of its template: "chart/templates/a.yaml".
    std::string text;
    /// The text in a run that draws otherwise; empty when that is the same, or when nobody asked. See ComparedDraws.
    std::string otherText {};

    /// The lines of the text (from 1) that random functions or the time of day decide.
    [[nodiscard]] std::vector<std::size_t> randomLines() const;
};

/// What random functions and the clock give in all renders that are compared with each other, so that these differ only where the charts do;
/// and what they could have given, which tells what is random.
struct ComparedDraws {
    ComparedDraws();
    funcs::PinnedRandom shown;
    funcs::PinnedRandom other;
};

struct CellRender {
    std::string error; ///< Empty: rendered. Else all Helm says.
    std::vector<CellObject> objects; ///< Hooks and CRDs included, in the order of an install.
};

/// What a cell is rendered with besides its files.
struct CellOptions {
    HelmVersion version = HelmVersion::V4;
    std::string release = "release-name";
    std::string ns = "default";
    CancelToken cancel {};
    ComparedDraws *draws = nullptr; ///< Null: compared with nothing, so one run will do.
};

/// From a chart and its merged values to objects; RenderOptions::pinned is replaced. What draws something random runs twice to tell
/// CellObject::otherText. `shown` leaves out hooks and tests.
/// Threads: any, one with the same draws; blocks for as long as the templates run.
[[nodiscard]] CellRender renderObjects(const ChartTree &tree, const value::Value &values, ReleaseRequest request, const ReleaseTextOptions &shown,
    const Messages &messages, ComparedDraws &draws);

/// From files to objects, as renderObjects().
[[nodiscard]] CellRender renderCell(CellFiles files, const CellOptions &options);

/// One object that two renders of a cell disagree about.
struct ObjectChange {
    enum class Kind : std::uint8_t { Added, Removed, Changed };
    Kind kind = Kind::Changed;
    CellObject before; ///< Empty when added.
    CellObject after;  ///< Empty when removed.
};

/// Objects are the same by kind, namespace and name; of those that share all three by their order. Sorted by kind, namespace, name.
[[nodiscard]] std::vector<ObjectChange> changesBetween(const std::vector<CellObject> &before, const std::vector<CellObject> &after);

} // namespace fairway::chart
