#pragma once

#include "core/base/cancellation.h"
#include "core/chart/release.h"
#include "core/chart/value_options.h"
#include "core/chart/value_sources.h"
#include "core/engine/chart_layers.h"
#include "core/engine/chart_origins.h"
#include "core/engine/chart_source.h"
#include "core/engine/chart_types.h"

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace fairway::engine {

/// One state of files and inputs. Immutable once handed over.
struct RenderJob {
    quint64 generation = 0;
    quint64 filesVersion = 0; ///< Changes with source and edits: the chart is read again only then.
    std::shared_ptr<const ChartSource> source;
    std::shared_ptr<const TextEdits> edits; ///< Of the chart's files.
    TextEdits texts; ///< Values files and the lookup file, as they are now.
    ChartInputs inputs;
    ChartOrder order = ChartOrder::ByFile;
    quint64 seed = 0; ///< Of the random functions; with the same one they draw the same.
    std::chrono::system_clock::time_point now {}; ///< When the seed was chosen: the time of day that templates see.
    CancelToken cancel;
};

/// What a render found out besides the output, for what follows.
struct RenderTrail {
    std::shared_ptr<const ChartOutput> output;
    std::shared_ptr<const ChartIndex> index;
    std::shared_ptr<const ChartLayers> layers; ///< Made when there was something to place; else extras() makes them.
    bool usedRandom = false;
};

/// What takes longer than the output.
struct RenderExtras {
    std::shared_ptr<const ChartLayers> layers;
    QString merged;         ///< The values as templates see them, as YAML.
    std::shared_ptr<const ChartOrigins> origins; ///< Null when there is no output.
    QList<int> randomLines; ///< That another run gives differently, sorted.
};

/// Renders one state after the other. Keeps the chart of the last one: with the same files only values are merged again.
/// Threads: one owner; blocks for as long as the templates run.
class ChartRenderer {
public:
    /// Nothing when the job was cancelled.
    [[nodiscard]] std::optional<RenderTrail> render(const RenderJob &job);
    /// For the job rendered last. Nothing when it was cancelled meanwhile.
    [[nodiscard]] std::optional<RenderExtras> extras(const RenderJob &job, const RenderTrail &trail);
    /// What `helm template --include-crds` prints for the job; Helm's error where it would stop.
    [[nodiscard]] Result<std::string> manifests(const RenderJob &job);

private:
    struct Loaded {
        quint64 version = 0;
        int helmVersion = 0;
        std::shared_ptr<const ChartIndex> index;
        Result<chart::ChartTree> tree = fail(ErrorCode::Internal, std::string());
        chart::ValueSources sources;
        std::vector<std::string> messages;
    };
    /// What one run needs beside the job.
    struct Run {
        chart::ValueSources sources;
        std::vector<std::string> messages;
        bool usedRandom = false;
        bool skipSchema = false;
        bool isOther = false; ///< Draws what it could have been instead, to tell what is random.
        chart::RenderRecord *record = nullptr; ///< Null: nothing is traced.
    };
    using Outcome = tl::expected<chart::RenderedRelease, chart::ReleaseFailure>;

    void load(const RenderJob &job);
    [[nodiscard]] Outcome run(const RenderJob &job, Run &run) const;
    [[nodiscard]] Result<value::Value> userValues(const RenderJob &job, chart::ValueSources &sources) const;
    [[nodiscard]] Result<value::Value> mergedValues(const RenderJob &job) const;
    [[nodiscard]] std::shared_ptr<const ChartOrigins> trace(
        const RenderJob &job, const RenderTrail &trail, std::shared_ptr<const ChartLayers> layers) const;
    /// What is no YAML is counted in the output; here the template's line that wrote it.
    void placeInTemplate(const RenderJob &job, ChartProblem &problem) const;
    [[nodiscard]] std::shared_ptr<const ChartLayers> layersOf(const RenderJob &job) const;

    Loaded m_loaded;
    struct Pinned {
        quint64 seed = 0;
        funcs::PinnedRandom shown;
        funcs::PinnedRandom other;
    };
    mutable std::optional<Pinned> m_pinned; ///< While the seed of the jobs stands.
};

/// What templates see besides values. Errors: a Kubernetes version that is none, in Helm's words.
[[nodiscard]] Result<chart::ReleaseRequest> releaseRequest(const RenderJob &job);

/// The flags that are on, as the command line would have them.
[[nodiscard]] chart::ValueOptions valueOptions(const ChartInputs &inputs);

} // namespace fairway::engine
