#pragma once

#include "core/base/result.h"
#include "core/chart/manifests.h"
#include "core/chart/post_render.h"
#include "core/chart/render.h"

#include <optional>
#include <string>
#include <vector>

namespace fairway::chart {

/// What a chart is rendered for.
struct ReleaseRequest {
    ReleaseInfo release;
    Capabilities capabilities;
    RenderOptions render;
    bool skipSchema = false;  ///< --skip-schema-validation
    bool withSubNotes = false; ///< --render-subchart-notes
    /// --post-renderer. Helm 4 gives it all templates' documents before hooks are told from the rest; Helm 3 the text of the manifests.
    PostRender postRender;
    bool postRendersCrds = false; ///< Helm 3's post-renderer gets the CRDs, too, when --include-crds shows them.
};

/// A custom resource definition of a chart's crds/ folder, as it stands there.
struct CrdFile {
    std::string path; ///< "chart/crds/a.yaml"
    std::string text;
};

/// Those of the chart and of its subcharts, in Helm's order.
[[nodiscard]] std::vector<CrdFile> crdFiles(const Chart &chart);

/// The output of one NOTES.txt in RenderedRelease::notes.
struct NotesPart {
    std::string path; ///< "chart/templates/NOTES.txt"
    std::size_t begin = 0;
    std::size_t size = 0;
};

struct RenderedRelease {
    std::vector<CrdFile> crds;
    std::vector<Manifest> manifests;
    std::vector<Hook> hooks;
    std::string notes;
    std::vector<NotesPart> notesParts; ///< What `notes` is put together of.
    std::optional<std::string> postRendered; ///< What Helm 3's post-renderer made of CRDs and manifests: shown in their place.
};

/// Why there is no release.
struct ReleaseFailure {
    Error error;
    /// Set when templates ran or were about to: what `--debug` prints, for looking at what is no YAML. Then Helm adds
    /// "Use --debug flag to render out invalid YAML".
    std::optional<std::string> partialManifest;
};

/// From chart and values to manifests: dependencies, values, schema, templates, order. Changes the tree (see processDependencies()).
/// Errors: in Helm's words. Threads: blocks for as long as the templates run; not for the GUI thread.
[[nodiscard]] tl::expected<RenderedRelease, ReleaseFailure> renderRelease(
    ChartTree &tree, const value::Value &userValues, const ReleaseRequest &request, const Messages &messages);

/// Errors: InvalidInput, Helm's sentence with its regular expression.
[[nodiscard]] Result<void> checkReleaseName(std::string_view name);

/// Library charts can't be installed. Errors: InvalidInput, "library charts are not installable".
[[nodiscard]] Result<void> checkInstallable(const Chart &chart);

} // namespace fairway::chart
