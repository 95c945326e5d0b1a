#pragma once

#include "core/base/result.h"

#include <string>

namespace fairway::ctl {

/// Prints `prompt` on standard output and reads a line of standard input, at most 64 KiB, without its line break.
[[nodiscard]] Result<std::string> readTerminalLine(const std::string &prompt);

/// The same without showing what is typed. Errors: Io: standard input is no terminal ("inappropriate ioctl for device").
[[nodiscard]] Result<std::string> readTerminalSecret(const std::string &prompt);

/// All of standard input, at most 64 KiB, without a line break at its end.
[[nodiscard]] Result<std::string> readStandardInputSecret();

} // namespace fairway::ctl
