#pragma once

#include "core/base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace fairway::ctl {

/// What holds for every command.
struct GlobalOptions {
    std::string kubeconfig;
    std::string context;
    std::string ns;
    int requestTimeoutSeconds = 30;
};

inline constexpr int exitOk = 0;
inline constexpr int exitFailed = 1;
inline constexpr int exitUsage = 2;

/// To standard output, unbuffered by us: a pipe sees whole lines as they come. A reader that went is no error.
void out(std::string_view text);
/// The same for output without an end (watch, logs -f): ends the program when the reader went.
void outOrEnd(std::string_view text);
/// One line on standard error.
void note(std::string_view text);
/// note() for each line of a text.
void noteLines(std::string_view text);
/// "error: …" on standard error; returns exitFailed. Line breaks inside become blanks: an error is one line.
int failed(const Error &error);
int failed(std::string_view message);
/// "error: …" for flags and arguments; returns exitUsage.
int badUsage(std::string_view message);

/// Text from outside as a terminal may get it: control characters are shown, not obeyed.
[[nodiscard]] std::string forTerminal(std::string_view text);

[[nodiscard]] std::string joined(const std::vector<std::string> &parts, std::string_view separator);
[[nodiscard]] std::vector<std::string> splitAt(std::string_view text, char separator);

} // namespace fairway::ctl
