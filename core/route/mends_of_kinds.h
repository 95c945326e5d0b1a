#pragma once

#include "core/route/mends.h"

/// The mends by kind of object. Internal to core/route.
namespace fairway::route {

void mendWeights(const value::Value &object, std::vector<Mend> &out); ///< Of every kind of route.
void mendVirtualService(const value::Value &object, std::vector<Mend> &out);

/// `pointer` is where the finding is told.
[[nodiscard]] Mend mendAt(const char *code, std::string_view pointer, Text title, std::vector<value::FieldEdit> edits);
/// The deprecated field at `old` becomes the one at `now`, with the value `written`; it only goes when `isThere`.
[[nodiscard]] Mend moved(const char *code, const std::string &old, const std::string &now, value::Value written, bool isThere, Text title);

} // namespace fairway::route
