#include "core/base/process.h"

#include "core/base/one_line.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <map>
#include <optional>
#include <poll.h>
#include <spawn.h>
#include <string_view>
#include <sys/mman.h>
#include <sys/wait.h>
#include <system_error>
#include <thread>
#include <unistd.h>

extern char **environ;

namespace fairway {
namespace {

constexpr std::chrono::milliseconds tick {20}; ///< How soon cancellation and the end of the program are noticed.

class Pipe {
public:
    Pipe()
    {
        if (::pipe2(m_ends.data(), O_CLOEXEC) != 0) {
            m_ends = {-1, -1};
        } else {
            ::fcntl(m_ends[0], F_SETFL, O_NONBLOCK);
        }
    }
    ~Pipe()
    {
        closeEnd(0);
        closeEnd(1);
    }
    Pipe(const Pipe &) = delete;
    Pipe &operator=(const Pipe &) = delete;

    [[nodiscard]] bool isOpen() const { return m_ends[0] >= 0; }
    [[nodiscard]] int readEnd() const { return m_ends[0]; }
    [[nodiscard]] int writeEnd() const { return m_ends[1]; }
    void closeEnd(std::size_t which)
    {
        if (m_ends[which] >= 0) {
            ::close(m_ends[which]);
            m_ends[which] = -1;
        }
    }

    enum class State { Open, Ended, TooMuch };
    /// Takes what is there. With `keepLast` old bytes make room, otherwise more than `most` is TooMuch.
    State drain(std::string &into, std::size_t most, bool keepLast)
    {
        char buffer[16384];
        while (isOpen()) {
            const ssize_t got = ::read(m_ends[0], buffer, sizeof buffer);
            if (got > 0) {
                into.append(buffer, static_cast<std::size_t>(got));
                if (into.size() > most) {
                    if (!keepLast) {
                        return State::TooMuch;
                    }
                    into.erase(0, into.size() - most);
                }
            } else if (got < 0 && (errno == EAGAIN || errno == EINTR)) {
                return State::Open;
            } else {
                closeEnd(0);
            }
        }
        return State::Ended;
    }

private:
    std::array<int, 2> m_ends {-1, -1};
};

std::string lastLine(std::string_view text)
{
    constexpr std::size_t most = 300;
    const std::size_t end = text.find_last_not_of(" \t\r\n");
    if (end == std::string_view::npos) {
        return {};
    }
    text = text.substr(0, end + 1);
    const std::size_t start = text.find_last_of('\n');
    return oneLine(text.substr(start == std::string_view::npos ? 0 : start + 1), most);
}

std::vector<std::string> environmentWith(const std::vector<std::pair<std::string, std::string>> &extra)
{
    std::map<std::string, std::string> all;
    for (char **entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
        const std::string_view text(*entry);
        const std::size_t equals = text.find('=');
        if (equals != std::string_view::npos) {
            all[std::string(text.substr(0, equals))] = text.substr(equals + 1);
        }
    }
    for (const auto &[name, value] : extra) {
        all[name] = value;
    }
    std::vector<std::string> out;
    out.reserve(all.size());
    for (const auto &[name, value] : all) {
        out.push_back(name + "=" + value);
    }
    return out;
}

std::vector<char *> pointersTo(std::vector<std::string> &texts)
{
    std::vector<char *> out;
    out.reserve(texts.size() + 1);
    for (std::string &text : texts) {
        out.push_back(text.data());
    }
    out.push_back(nullptr);
    return out;
}

/// A file in memory with the input: unlike a pipe it needs nobody to feed it, and no signal tells that the program did not want it.
class InputFile {
public:
    explicit InputFile(const std::string &text)
        : m_file(::memfd_create("input", MFD_CLOEXEC))
    {
        std::string_view rest = text;
        while (m_file >= 0 && !rest.empty()) {
            const ssize_t written = ::write(m_file, rest.data(), rest.size());
            if (written <= 0) {
                close();
            } else {
                rest.remove_prefix(static_cast<std::size_t>(written));
            }
        }
        if (m_file >= 0 && ::lseek(m_file, 0, SEEK_SET) != 0) {
            close();
        }
    }
    ~InputFile() { close(); }
    InputFile(const InputFile &) = delete;
    InputFile &operator=(const InputFile &) = delete;

    [[nodiscard]] int file() const { return m_file; }

private:
    void close()
    {
        if (m_file >= 0) {
            ::close(m_file);
            m_file = -1;
        }
    }

    int m_file;
};

/// posix_spawn rather than fork: the process may have many threads and hundreds of megabytes.
int spawn(const ProcessSpec &spec, const InputFile *input, Pipe &out, Pipe &err, pid_t &pid)
{
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    if (input != nullptr) {
        posix_spawn_file_actions_adddup2(&actions, input->file(), STDIN_FILENO);
    } else {
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    }
    posix_spawn_file_actions_adddup2(&actions, out.writeEnd(), STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, err.writeEnd(), STDERR_FILENO);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    sigset_t none;
    sigemptyset(&none);
    sigset_t pipeSignal;
    sigemptyset(&pipeSignal);
    sigaddset(&pipeSignal, SIGPIPE);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &pipeSignal);
    posix_spawnattr_setpgroup(&attributes, 0);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);

    std::vector<std::string> args = {spec.command};
    args.insert(args.end(), spec.args.begin(), spec.args.end());
    std::vector<std::string> env = environmentWith(spec.env);
    const int error = ::posix_spawnp(&pid, spec.command.c_str(), &actions, &attributes, pointersTo(args).data(), pointersTo(env).data());
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return error;
}

int exitCodeOf(int status)
{
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/// The child, killed with its process group and reaped if nobody waited for it.
class Child {
public:
    explicit Child(pid_t pid)
        : m_pid(pid)
    {
    }
    ~Child()
    {
        if (m_pid > 0) {
            ::kill(-m_pid, SIGKILL);
            ::kill(m_pid, SIGKILL);
            int status = 0;
            while (::waitpid(m_pid, &status, 0) < 0 && errno == EINTR) {
            }
        }
    }
    Child(const Child &) = delete;
    Child &operator=(const Child &) = delete;

    [[nodiscard]] bool hasEnded(int &status)
    {
        if (::waitpid(m_pid, &status, WNOHANG) != m_pid) {
            return false;
        }
        m_pid = 0;
        return true;
    }

private:
    pid_t m_pid;
};

} // namespace

Result<ProcessOutput> runProcess(const ProcessSpec &spec, const CancelToken &cancel)
{
    Pipe out;
    Pipe err;
    if (!out.isOpen() || !err.isOpen()) {
        return fail(ErrorCode::Io, "no pipe: " + std::generic_category().message(errno));
    }
    std::optional<InputFile> input;
    if (!spec.input.empty()) {
        input.emplace(spec.input);
        if (input->file() < 0) {
            return fail(ErrorCode::Io, "no room for the input: " + std::generic_category().message(errno));
        }
    }
    pid_t pid = 0;
    if (const int error = spawn(spec, input ? &*input : nullptr, out, err, pid); error != 0) {
        return fail(error == ENOENT ? ErrorCode::NotFound : ErrorCode::Io, std::generic_category().message(error));
    }
    Child child(pid);
    out.closeEnd(1);
    err.closeEnd(1);
    const auto deadline = std::chrono::steady_clock::now() + spec.timeout;
    ProcessOutput result;
    int status = 0;
    while (true) {
        // Asked before reading: after the end what it wrote is in the pipes. A grandchild that keeps them open is not waited for.
        const bool hasEnded = child.hasEnded(status);
        if (out.drain(result.out, spec.maxOutput, false) == Pipe::State::TooMuch) {
            return fail(ErrorCode::LimitExceeded, phrase("base", "printed more than %1 bytes").with(spec.maxOutput));
        }
        (void)err.drain(result.errorText, spec.maxErrorText, true);
        if (hasEnded) {
            result.exitCode = exitCodeOf(status);
            result.lastErrorLine = lastLine(result.errorText);
            return result;
        }
        if (cancel.isCancelled()) {
            return fail(ErrorCode::Cancelled, "cancelled");
        }
        if (std::chrono::steady_clock::now() >= deadline) {
            return fail(ErrorCode::Timeout, phrase("base", "did not end within %1 s and was stopped").with(spec.timeout.count() / 1000));
        }
        std::array<pollfd, 2> wait {pollfd {out.readEnd(), POLLIN, 0}, pollfd {err.readEnd(), POLLIN, 0}}; // -1 is ignored.
        ::poll(wait.data(), wait.size(), static_cast<int>(tick.count()));
        if (!out.isOpen() && !err.isOpen()) {
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
    }
}

} // namespace fairway
