#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <sys/wait.h>
#include <unistd.h>

namespace fairway::test {

/// As a word of the shell.
inline std::string quoted(const std::string &text)
{
    std::string out = "'";
    for (const char c : text)
        out += c == '\'' ? "'\\''" : std::string(1, c);
    return out + "'";
}

inline std::string readFile(const std::filesystem::path &path)
{
    std::ostringstream content;
    content << std::ifstream(path, std::ios::binary).rdbuf();
    return content.str();
}

/// The path of a program that an environment variable names; empty when it names none that can be run.
inline std::string programOf(const char *variable)
{
    const char *const path = std::getenv(variable);
    return path != nullptr && ::access(path, X_OK) == 0 ? path : "";
}

struct CommandOutcome {
    std::string output;
    std::string messages;
    bool isGood = false;
    int exitCode = 0;
};

/// A folder of one's own, gone with the object, and commands that run in it: with no cluster, with a home of their own.
class CommandFolder {
public:
    CommandFolder()
    {
        std::string name = (std::filesystem::temp_directory_path() / "fairway-charts-XXXXXX").string();
        if (::mkdtemp(name.data()) != nullptr)
            m_path = name;
    }
    ~CommandFolder()
    {
        std::error_code ignored;
        std::filesystem::remove_all(m_path, ignored);
    }
    CommandFolder(const CommandFolder &) = delete;
    CommandFolder &operator=(const CommandFolder &) = delete;

    [[nodiscard]] const std::filesystem::path &path() const { return m_path; }
    [[nodiscard]] std::string path(const std::string &name) const { return (m_path / name).string(); }

    void write(const std::string &name, const std::string &text) const
    {
        std::filesystem::create_directories((m_path / name).parent_path());
        std::ofstream(m_path / name, std::ios::binary) << text;
    }
    void writeProgram(const std::string &name, const std::string &text) const
    {
        write(name, text);
        std::filesystem::permissions(m_path / name, std::filesystem::perms::owner_all);
    }
    [[nodiscard]] std::string read(const std::string &name) const { return readFile(m_path / name); }

    /// `program` is for the shell: quoted(), and words of its own after it. `environment`: "NAME=value" more.
    [[nodiscard]] CommandOutcome run(
        const std::string &program, const std::vector<std::string> &arguments, const std::vector<std::string> &environment = {}) const
    {
        // The outputs stand beside what the commands work on, out of their way.
        std::string command = "cd " + quoted(m_path.string()) + " && env -u XDG_CONFIG_HOME -u XDG_CACHE_HOME -u XDG_DATA_HOME -u DOCKER_CONFIG -u GNUPGHOME HOME="
            + quoted(path("home")) + " KUBECONFIG=/dev/null";
        for (const std::string &variable : environment)
            command += " " + quoted(variable);
        command += " " + program;
        for (const std::string &argument : arguments)
            command += " " + quoted(argument);
        const int status = std::system((command + " >.out 2>.err </dev/null").c_str());
        return {read(".out"), read(".err"), status == 0, WIFEXITED(status) ? WEXITSTATUS(status) : -1};
    }

private:
    std::filesystem::path m_path;
};

} // namespace fairway::test
