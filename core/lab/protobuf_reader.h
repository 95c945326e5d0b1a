#pragma once

#include "core/lab/api_error.h"

#include <string_view>

namespace fairway::lab {

inline constexpr std::string_view ProtobufType = "application/vnd.kubernetes.protobuf";

/// Reads a request body in Kubernetes' protobuf form, which kubectl and helm send for kinds they know by heart. (Answers
/// are JSON: clients accept that, and say so.)
///
/// Shape:   the envelope (k8s NUL, runtime.Unknown) gives apiVersion and kind, the schema turns the rest into the tree
///          that JSON would give. What the schema does not know is dropped; values that Go would leave out of JSON
///          (empty strings, some zeros) are, too.
/// Bound:   64 levels, 100 000 fields.
/// Errors:  415 for a kind that the schema does not know, 400 for broken bytes.
[[nodiscard]] ApiResult<value::Value> readProtobuf(std::string_view body);

/// See protobuf_schema.cpp.
[[nodiscard]] std::string_view protobufSchema();

} // namespace fairway::lab
