#pragma once

#include "core/gotemplate/function.h"

#include <span>

/// The tables of functions, by subject. Those with a state find a FunctionContext or HelmContext in it.
namespace fairway::funcs {

[[nodiscard]] std::span<const gotemplate::FunctionSpec> stringFunctions();
[[nodiscard]] std::span<const gotemplate::FunctionSpec> splitFunctions();
[[nodiscard]] std::span<const gotemplate::FunctionSpec> textLayoutFunctions();
[[nodiscard]] std::span<const gotemplate::FunctionSpec> mathFunctions();
[[nodiscard]] std::span<const gotemplate::FunctionSpec> listFunctions();
[[nodiscard]] std::span<const gotemplate::FunctionSpec> dictFunctions();
[[nodiscard]] std::span<const gotemplate::FunctionSpec> typeFunctions();
[[nodiscard]] std::span<const gotemplate::FunctionSpec> encodingFunctions();
[[nodiscard]] std::span<const gotemplate::FunctionSpec> regexFunctions();
[[nodiscard]] std::span<const gotemplate::FunctionSpec> pathFunctions();
[[nodiscard]] std::span<const gotemplate::FunctionSpec> urlFunctions();
[[nodiscard]] std::span<const gotemplate::FunctionSpec> semverFunctions();
[[nodiscard]] std::span<const gotemplate::FunctionSpec> dateFunctions();
[[nodiscard]] std::span<const gotemplate::FunctionSpec> randomFunctions();
[[nodiscard]] std::span<const gotemplate::FunctionSpec> cryptoFunctions();

} // namespace fairway::funcs
