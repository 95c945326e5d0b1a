#pragma once

#include "core/route/validation_report.h"
#include "core/value/value.h"

namespace fairway::route {

/// Expressions of an Ingress that nginx compiles: paths under use-regex or rewrite-target, canary-by-header-pattern. Other objects are
/// passed over.
/// Code: FW0028, an error for what no dialect reads; a warning for what only PCRE may, which nginx has and Fairway has not.
void checkIngress(Report &report, const value::Value &object);

} // namespace fairway::route
