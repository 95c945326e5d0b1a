#include "app/fairwayctl/cli.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <unistd.h>

namespace fairway::ctl {

namespace {

/// False when the reader is gone; there is nobody to tell.
bool writeAll(int fd, std::string_view text)
{
    while (!text.empty()) {
        const ssize_t written = ::write(fd, text.data(), text.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

std::string oneLine(std::string_view text)
{
    std::string line(text);
    std::replace(line.begin(), line.end(), '\n', ' ');
    return forTerminal(line);
}

} // namespace

void out(std::string_view text)
{
    (void)writeAll(STDOUT_FILENO, text);
}

void outOrEnd(std::string_view text)
{
    if (!writeAll(STDOUT_FILENO, text))
        std::_Exit(exitOk); // from the transport's thread, which nothing else could stop; nothing is being written to a cluster
}

void note(std::string_view text)
{
    (void)writeAll(STDERR_FILENO, oneLine(text) + "\n");
}

void noteLines(std::string_view text)
{
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        note(text.substr(0, end));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
}

int failed(const Error &error)
{
    if (error.code == ErrorCode::Cancelled)
        return exitFailed;
    return failed(error.message);
}

int failed(std::string_view message)
{
    note("error: " + std::string(message));
    return exitFailed;
}

int badUsage(std::string_view message)
{
    note("error: " + std::string(message));
    return exitUsage;
}

std::string forTerminal(std::string_view text)
{
    std::string safe;
    safe.reserve(text.size());
    for (const char c : text) {
        if (c == '\x1b')
            safe += "^[";
        else if (c == '\r')
            safe += "\\r";
        else if (static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n')
            safe += '?';
        else
            safe += c;
    }
    return safe;
}

std::string joined(const std::vector<std::string> &parts, std::string_view separator)
{
    std::string text;
    for (const std::string &part : parts) {
        if (&part != &parts.front())
            text += separator;
        text += part;
    }
    return text;
}

std::vector<std::string> splitAt(std::string_view text, char separator)
{
    std::vector<std::string> parts;
    for (;;) {
        const std::size_t end = text.find(separator);
        parts.emplace_back(text.substr(0, end));
        if (end == std::string_view::npos)
            return parts;
        text.remove_prefix(end + 1);
    }
}

} // namespace fairway::ctl
