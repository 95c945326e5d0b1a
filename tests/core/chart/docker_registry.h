#pragma once

#include "core/funcs/bcrypt.h"
#include "tests/core/chart/command_folder.h"

#include <chrono>
#include <csignal>
#include <fcntl.h>
#include <string>
#include <sys/wait.h>
#include <thread>

namespace fairway::test {

/// Debian's docker-registry on a port of its own of 127.0.0.1, its data in a folder of the test's. Ends with the object.
class DockerRegistry {
public:
    struct Options {
        bool wantsPassword = false; ///< joe, s3cret
        bool usesTls = false;       ///< The certificate is NAME.pem in the folder, made by openssl.
    };

    DockerRegistry(const CommandFolder &folder, const std::string &name, Options options)
        : m_log(folder.path(name + ".log"))
    {
        std::string text = "version: 0.1\nlog: {level: info, formatter: text, accesslog: {disabled: true}}\n"
                           "storage: {filesystem: {rootdirectory: " + folder.path(name + "-data") + "}}\n";
        if (options.wantsPassword) {
            const auto hash = funcs::bcryptHash("s3cret", "0123456789abcdef");
            if (!hash)
                return;
            folder.write(name + ".htpasswd", "joe:" + *hash + "\n");
            text += "auth: {htpasswd: {realm: test, path: " + folder.path(name + ".htpasswd") + "}}\n";
        }
        text += "http:\n  addr: 127.0.0.1:0\n";
        if (options.usesTls) {
            if (!folder.run("openssl", {"req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=test",
                                           "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", folder.path(name + ".key"), "-out", folder.path(name + ".pem")})
                     .isGood)
                return;
            text += "  tls: {certificate: " + folder.path(name + ".pem") + ", key: " + folder.path(name + ".key") + "}\n";
        }
        folder.write(name + ".yml", text);
        start(folder.path(name + ".yml"));
    }
    ~DockerRegistry()
    {
        if (m_pid <= 0)
            return;
        ::kill(m_pid, SIGKILL);
        int status = 0;
        ::waitpid(m_pid, &status, 0);
    }
    DockerRegistry(const DockerRegistry &) = delete;
    DockerRegistry &operator=(const DockerRegistry &) = delete;

    [[nodiscard]] bool isGood() const { return !m_address.empty(); }
    /// "127.0.0.1:40001"
    [[nodiscard]] const std::string &address() const { return m_address; }
    [[nodiscard]] std::string log() const { return readFile(m_log); }

private:
    void start(const std::string &configuration)
    {
        m_pid = ::fork();
        if (m_pid == 0) {
            const int log = ::open(m_log.c_str(), O_CREAT | O_WRONLY | O_TRUNC | O_CLOEXEC, 0600);
            ::dup2(log, STDOUT_FILENO);
            ::dup2(log, STDERR_FILENO);
            ::execlp("docker-registry", "docker-registry", "serve", configuration.c_str(), nullptr);
            ::_exit(127);
        }
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
        const std::string mark = "listening on ";
        while (m_pid > 0 && std::chrono::steady_clock::now() < deadline) {
            int status = 0;
            if (::waitpid(m_pid, &status, WNOHANG) == m_pid) {
                m_pid = 0;
                return;
            }
            const std::string text = log();
            const std::size_t at = text.find(mark);
            const std::size_t end = text.find_first_of(",\"", at == std::string::npos ? 0 : at);
            if (at != std::string::npos && end != std::string::npos) {
                m_address = text.substr(at + mark.size(), end - at - mark.size());
                return;
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
    }

    std::string m_log;
    std::string m_address;
    pid_t m_pid = 0;
};

} // namespace fairway::test
