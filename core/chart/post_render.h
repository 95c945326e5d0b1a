#pragma once

#include "core/base/result.h"

#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace fairway::chart {

/// Text of manifests in, changed text out.
using PostRender = std::function<Result<std::string>(std::string manifests)>;

/// What Helm 4 gives a post-renderer: the documents of all templates as one stream, each with an annotation that names its template.
/// Partials and documents without content are left out. Texts keep their own form, where Helm writes them anew.
/// Errors: InvalidInput, "parsing PATH: …".
[[nodiscard]] Result<std::string> mergedForPostRender(const std::map<std::string, std::string> &files);

/// The way back: the documents by template, without the annotation. What has none is "generated-by-postrender-N.yaml".
/// Errors: InvalidInput, "error parsing YAML: …".
[[nodiscard]] Result<std::map<std::string, std::string>> splitAfterPostRender(std::string_view manifests);

} // namespace fairway::chart
