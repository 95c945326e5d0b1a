#include "app/fairwayctl/terminal_input.h"

#include "app/fairwayctl/cli.h"

#include <cerrno>
#include <termios.h>
#include <unistd.h>

namespace fairway::ctl {

namespace {

constexpr std::size_t maxInput = 65536;

/// Byte by byte: what follows the line belongs to whoever reads next.
Result<std::string> readInput(bool untilLineEnd)
{
    std::string text;
    bool isAtEnd = false;
    while (!isAtEnd) {
        char c = 0;
        const ssize_t got = ::read(STDIN_FILENO, &c, 1);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0 && untilLineEnd && text.empty())
            return fail(ErrorCode::Io, "EOF");
        isAtEnd = got <= 0 || (untilLineEnd && c == '\n');
        if (!isAtEnd)
            text += c;
        if (text.size() > maxInput)
            return fail(ErrorCode::LimitExceeded, "standard input: more than 64 KiB");
    }
    if (!untilLineEnd && text.ends_with('\n'))
        text.pop_back();
    if (text.ends_with('\r'))
        text.pop_back();
    return text;
}

/// Typing is not shown while it lives.
class SilentTerminal {
public:
    SilentTerminal()
    {
        m_isTerminal = ::tcgetattr(STDIN_FILENO, &m_before) == 0;
        if (!m_isTerminal)
            return;
        termios silent = m_before;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
    }
    ~SilentTerminal()
    {
        if (m_isTerminal)
            ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &m_before);
    }
    SilentTerminal(const SilentTerminal &) = delete;
    SilentTerminal &operator=(const SilentTerminal &) = delete;

    [[nodiscard]] bool isTerminal() const { return m_isTerminal; }

private:
    termios m_before {};
    bool m_isTerminal = false;
};

} // namespace

Result<std::string> readTerminalLine(const std::string &prompt)
{
    out(prompt);
    return readInput(true);
}

Result<std::string> readTerminalSecret(const std::string &prompt)
{
    out(prompt);
    const SilentTerminal terminal;
    if (!terminal.isTerminal())
        return fail(ErrorCode::Io, "inappropriate ioctl for device");
    Result<std::string> line = readInput(true);
    out("\n");
    return line;
}

Result<std::string> readStandardInputSecret()
{
    return readInput(false);
}

} // namespace fairway::ctl
