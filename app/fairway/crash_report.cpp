#include "app/fairway/crash_report.h"

#include <array>
#include <csignal>
#include <cstring>
#include <execinfo.h>
#include <fcntl.h>
#include <string_view>
#include <unistd.h>

namespace fairway::ui {
namespace {

constexpr int MostCalls = 64;
constexpr std::array Signals {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};

// A signal handler can be given nothing: what it needs lies here, written once before the handler is installed.
std::array<char, 4096> reportPath {};
alignas(16) std::array<char, 64 * 1024> handlerStack {};

void say(int file, std::string_view text)
{
    while (!text.empty()) {
        const ssize_t written = ::write(file, text.data(), text.size());
        if (written <= 0)
            return;
        text.remove_prefix(static_cast<std::size_t>(written));
    }
}

void report(int file, int signal, void *const *calls, int count)
{
    const char *name = ::sigabbrev_np(signal);
    say(file, "fairway " FAIRWAY_VERSION " crashed: SIG");
    say(file, name == nullptr ? "?" : name);
    say(file, "\nThe crashed thread's calls, the last first:\n");
    ::backtrace_symbols_fd(calls, count, file);
}

void onCrash(int signal)
{
    std::array<void *, MostCalls> calls {};
    const int count = ::backtrace(calls.data(), MostCalls);
    report(STDERR_FILENO, signal, calls.data(), count);
    if (const int file = ::open(reportPath.data(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600); file >= 0) {
        report(file, signal, calls.data(), count);
        ::close(file);
    }
    ::raise(signal); // SA_RESETHAND: the usual end, with its exit status and its core.
}

} // namespace

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)

void reportCrashes(const std::string &) { }

#else

void reportCrashes(const std::string &folder)
{
    const std::string path = folder + "/crash.txt";
    if (path.size() < reportPath.size())
        std::memcpy(reportPath.data(), path.c_str(), path.size() + 1);
    void *first = nullptr;
    ::backtrace(&first, 1); // The first call loads a library, which a handler must not.
    stack_t stack {};
    stack.ss_sp = handlerStack.data();
    stack.ss_size = handlerStack.size();
    ::sigaltstack(&stack, nullptr);
    struct sigaction action {};
    action.sa_handler = &onCrash;
    action.sa_flags = SA_ONSTACK | static_cast<int>(SA_RESETHAND);
    ::sigemptyset(&action.sa_mask);
    for (const int signal : Signals)
        ::sigaction(signal, &action, nullptr);
}

#endif

} // namespace fairway::ui
