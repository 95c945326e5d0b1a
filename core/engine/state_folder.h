#pragma once

#include "core/engine/engine.h"

#include <string>

namespace fairway::engine {

/// Where settings, journal and the report of a crash stand: the folder of `options`, or the desktop's for the application.
[[nodiscard]] std::string stateFolderOf(const EngineOptions &options);

} // namespace fairway::engine
