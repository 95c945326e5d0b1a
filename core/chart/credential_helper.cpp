#include "core/chart/credential_helper.h"

#include "core/base/one_line.h"
#include "core/base/process.h"
#include "core/chart/go_text.h"
#include "core/value/json.h"

#include <algorithm>
#include <cstdlib>
#include <unistd.h>

namespace fairway::chart {

namespace {

constexpr std::string_view prefix = "docker-credential-";
constexpr std::size_t maxAnswer = std::size_t {64} << 10;
constexpr std::string_view tokenUser = "<token>";
constexpr std::string_view knowsNone = "credentials not found in native keychain";

/// A file's name: what else could stand in a configuration would be a path.
bool isSuffix(std::string_view text)
{
    return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
    });
}

bool isInPath(const std::string &program)
{
    const char *const variable = std::getenv("PATH");
    std::string_view rest = variable != nullptr ? variable : "";
    while (!rest.empty()) {
        const std::size_t end = rest.find(':');
        const std::string folder(rest.substr(0, end));
        if (!folder.empty() && ::access((folder + "/" + program).c_str(), X_OK) == 0)
            return true;
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    }
    return false;
}

} // namespace

CredentialHelper::CredentialHelper(std::string suffix, std::chrono::milliseconds timeout)
    : m_suffix(std::move(suffix))
    , m_timeout(timeout)
{
}

Result<std::string> CredentialHelper::run(const char *action, std::string input, const CancelToken &cancel) const
{
    if (!isSuffix(m_suffix))
        return fail(ErrorCode::InvalidInput, "the credential helper " + goQuoted(m_suffix) + " is no program's name");
    ProcessSpec spec;
    spec.command = std::string(prefix) + m_suffix;
    spec.args = {action};
    spec.timeout = m_timeout;
    spec.maxOutput = maxAnswer;
    spec.input = std::move(input);
    const Result<ProcessOutput> output = runProcess(spec, cancel);
    if (!output) {
        if (output.error().code == ErrorCode::NotFound)
            return fail(ErrorCode::NotFound, "exec: " + goQuoted(spec.command) + ": executable file not found in $PATH");
        return failWith(spec.command, output.error());
    }
    if (output->exitCode == 0)
        return std::move(output->out);
    std::string reason = oneLine(trimSpace(output->out), 300);
    if (reason.empty())
        reason = spec.command + ": " + (output->lastErrorLine.empty() ? "exit status " + std::to_string(output->exitCode) : output->lastErrorLine);
    return fail(ErrorCode::Io, reason);
}

Result<RegistryCredential> CredentialHelper::get(std::string_view server, const CancelToken &cancel) const
{
    const Result<std::string> answer = run("get", std::string(server), cancel);
    if (!answer) {
        if (answer.error().message == knowsNone)
            return RegistryCredential();
        return tl::unexpected(answer.error());
    }
    const Result<value::Value> read = value::parseJson(*answer);
    if (!read || !read->isMap())
        return fail(ErrorCode::InvalidInput, std::string(prefix) + m_suffix + " gave no credential"); // Its answer may hold the secret.
    RegistryCredential out;
    const std::string_view user = (*read)["Username"].stringOr();
    const std::string_view secret = (*read)["Secret"].stringOr();
    if (user == tokenUser) {
        out.identityToken = secret;
    } else {
        out.user = user;
        out.password = secret;
    }
    return out;
}

Result<void> CredentialHelper::store(std::string_view server, const RegistryCredential &credential, const CancelToken &cancel) const
{
    const bool isToken = !credential.identityToken.empty();
    const value::Value text = value::Value::map({{"ServerURL", value::Value(server)},
        {"Username", isToken ? value::Value(tokenUser) : value::Value(credential.user)},
        {"Secret", isToken ? value::Value(credential.identityToken) : value::Value(credential.password)}});
    if (const auto done = run("store", value::toJson(text), cancel); !done)
        return tl::unexpected(done.error());
    return {};
}

Result<void> CredentialHelper::erase(std::string_view server, const CancelToken &cancel) const
{
    if (const auto done = run("erase", std::string(server), cancel); !done)
        return tl::unexpected(done.error());
    return {};
}

std::string CredentialHelper::systemDefault()
{
    const std::string suffix = isInPath("pass") ? "pass" : "secretservice";
    return isInPath(std::string(prefix) + suffix) ? suffix : std::string();
}

} // namespace fairway::chart
