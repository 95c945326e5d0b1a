#pragma once

#include "core/gotemplate/template_error.h"

namespace fairway::gotemplate {

/// Thrown and caught inside the evaluator only.
struct ExecFailure {
    TemplateError error;
};

} // namespace fairway::gotemplate
