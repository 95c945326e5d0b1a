#pragma once

#include "core/chart/helm_version.h"
#include "core/gotemplate/template_error.h"

#include <string>
#include <string_view>

namespace fairway::chart {

/// What Helm says when a template can't be read: "parse error at (chart/templates/a.yaml:3): …".
[[nodiscard]] std::string parseErrorText(std::string_view templateName, const gotemplate::TemplateError &error);

/// What Helm says when a template fails while it runs. `fail` and `required` give "execution error at (…): …"; otherwise Helm 3 prints
/// Go's text and Helm 4 a block of lines for each include on the way.
[[nodiscard]] std::string executionErrorText(std::string_view templateName, const gotemplate::TemplateError &error, HelmVersion version);

} // namespace fairway::chart
