#pragma once

#include <string>

namespace fairway::ui {

/// From here on a crash of the process (SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT) says where it happened before the process ends as it would
/// have: the signal, the version and the crashed thread's calls, on stderr and in `folder`/crash.txt (mode 0600, that of the last crash only;
/// the folder must exist, else stderr alone is told). Nothing of the program's data is in it.
///
/// Threads: once, before there are any. The report is written with async-signal-safe calls (signal-safety(7)) on a stack of its own, so that
/// an overflowed stack is told too. Builds under a sanitizer keep the sanitizer's own report.
void reportCrashes(const std::string &folder);

} // namespace fairway::ui
