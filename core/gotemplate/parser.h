#pragma once

#include "core/gotemplate/node.h"
#include "core/gotemplate/template.h"
#include "core/gotemplate/template_error.h"

#include <memory>
#include <string_view>
#include <vector>

namespace fairway::gotemplate {

/// Reads one text into its templates: those it defines and, last, itself under `name`. Of a name given twice in the text the one
/// that is not empty is there once.
///
/// `owner` keeps `text` for as long as the templates are there; null: they get a copy.
/// `release`: Go 1.23 does not count the lines inside comments. `isData`: the text came as a value, see Source.
/// Errors: "template: NAME:LINE: MESSAGE" in Go's words, at the first fault.
/// Source: Go's text/template documentation; nesting is bounded (Go: "max expression depth exceeded").
[[nodiscard]] TemplateResult<std::vector<Template>> parseTemplates(
    std::string_view name, std::string_view text, std::shared_ptr<const void> owner, const FunctionMap &functions, GoRelease release, bool isData = false);

} // namespace fairway::gotemplate
