#pragma once

#include "core/value/value.h"

#include <functional>
#include <string>
#include <string_view>

namespace fairway::operate {

/// Whether the object is a Secret (core group).
[[nodiscard]] bool isSecret(const value::Value &object);
/// Whether the field of a Secret holds secret bytes: data, stringData, and the annotation in which kubectl keeps a copy of all.
[[nodiscard]] bool isSecretField(std::string_view pointer);
/// A copy of a Secret in which `mask` stands for every secret value; other objects come back as they are.
[[nodiscard]] value::Value masked(const value::Value &object, const std::function<std::string(const value::Value &)> &mask);

} // namespace fairway::operate
