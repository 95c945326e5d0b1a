#include "core/kube/exec_plugin.h"

#include "core/base/base64.h"
#include "core/base/clock.h"
#include "core/kube/local_file.h"
#include "core/value/json.h"

#include <algorithm>

namespace fairway::kube {
namespace {

constexpr std::size_t maxPemBytes = std::size_t {4} << 20;

std::string infoFor(const ExecPlugin &plugin, const ClusterAccess &access)
{
    value::Value spec = value::Value::map({{"interactive", value::Value(false)}});
    if (plugin.provideClusterInfo) {
        value::Value cluster = value::Value::map({{"server", access.server}});
        std::string ca = access.ca.data;
        if (ca.empty() && !access.ca.file.empty()) {
            if (auto read = readLocalFile(access.ca.file, maxPemBytes)) {
                ca = std::move(*read);
            }
        }
        if (!ca.empty()) {
            cluster.set("certificate-authority-data", value::Value(encodeBase64(ca)));
        }
        if (!access.tlsServerName.empty()) {
            cluster.set("tls-server-name", value::Value(access.tlsServerName));
        }
        if (access.insecureSkipTlsVerify) {
            cluster.set("insecure-skip-tls-verify", value::Value(true));
        }
        if (!access.proxyUrl.empty()) {
            cluster.set("proxy-url", value::Value(access.proxyUrl));
        }
        if (!plugin.clusterConfig.isNull()) {
            cluster.set("config", plugin.clusterConfig);
        }
        spec.set("cluster", cluster);
    }
    return value::toJson(value::Value::map({{"kind", "ExecCredential"}, {"apiVersion", plugin.apiVersion}, {"spec", spec}}));
}

} // namespace

Result<ExecCredentialStatus> parseExecCredential(std::string_view output, std::string_view expectedApiVersion)
{
    if (output.find_first_not_of(" \t\r\n") == std::string_view::npos) {
        return fail(ErrorCode::InvalidInput, phrase("kube", "printed nothing"));
    }
    const auto parsed = value::parseJson(output);
    if (!parsed) {
        return fail(ErrorCode::InvalidInput, phrase("kube", "printed something that is not an ExecCredential (no JSON)"));
    }
    const value::Value &root = *parsed;
    if (root["kind"].stringOr() != "ExecCredential") {
        return fail(ErrorCode::InvalidInput, phrase("kube", "printed JSON that is not an ExecCredential"));
    }
    if (root["apiVersion"].stringOr() != expectedApiVersion) {
        return fail(ErrorCode::InvalidInput, phrase("kube", "answered in another version than %1, which the kubeconfig names").with(expectedApiVersion));
    }
    const value::Value &status = root["status"];
    if (!status.isMap()) {
        return fail(ErrorCode::InvalidInput, phrase("kube", "printed an ExecCredential without status"));
    }
    ExecCredentialStatus out;
    out.token = status["token"].stringOr();
    out.certificatePem = status["clientCertificateData"].stringOr();
    out.keyPem = status["clientKeyData"].stringOr();
    if (out.token.empty() && out.certificatePem.empty() && out.keyPem.empty()) {
        return fail(ErrorCode::InvalidInput, phrase("kube", "printed an ExecCredential with neither token nor client certificate"));
    }
    if (out.certificatePem.empty() != out.keyPem.empty()) {
        return fail(ErrorCode::InvalidInput, phrase("kube", "printed a client certificate and key of which one is missing"));
    }
    if (std::any_of(out.token.begin(), out.token.end(), [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == '\x7f'; })) {
        return fail(ErrorCode::InvalidInput, phrase("kube", "printed a token with spaces or control characters in it"));
    }
    if (const std::string_view expires = status["expirationTimestamp"].stringOr(); !expires.empty()) {
        out.expires = parseRfc3339(expires);
        if (!out.expires) {
            return fail(ErrorCode::InvalidInput, phrase("kube", "printed an expirationTimestamp that is no time"));
        }
    }
    return out;
}

Result<ExecCredentialStatus> runExecPlugin(const ExecPlugin &plugin, const ClusterAccess &access, std::chrono::milliseconds timeout,
                                           std::size_t maxOutput, const CancelToken &cancel)
{
    const Text name = phrase("kube", "credential plugin %1").with(plugin.command.substr(plugin.command.rfind('/') + 1));
    if (plugin.interactiveMode == InteractiveMode::Always) {
        return fail(ErrorCode::Unsupported, phrase("kube", "%1: wants a terminal (interactiveMode Always), which there is none; sign in with its own command first").with(name));
    }
    ProcessSpec spec {plugin.command, plugin.args, plugin.env, timeout, maxOutput};
    spec.env.emplace_back("KUBERNETES_EXEC_INFO", infoFor(plugin, access));
    const auto output = runProcess(spec, cancel);
    if (!output) {
        Error error = output.error();
        if (error.code == ErrorCode::Cancelled) {
            return tl::unexpected(error);
        }
        if (error.code == ErrorCode::NotFound) {
            const Text missing = phrase("kube", "is not installed (%1 was not found)").with(plugin.command);
            error = Error {error.code, plugin.installHint.empty() ? missing
                                                                  : phrase("kube", "%1; %2").with(missing, plugin.installHint.substr(0, 500))};
        }
        return failWith(name, error);
    }
    if (output->exitCode != 0) {
        return fail(ErrorCode::Unauthorized,
            output->lastErrorLine.empty()
                ? phrase("kube", "%1: ended with exit code %2").with(name, output->exitCode)
                : phrase("kube", "%1: ended with exit code %2 (%3)").with(name, output->exitCode, output->lastErrorLine));
    }
    auto status = parseExecCredential(output->out, plugin.apiVersion);
    if (!status) {
        return failWith(name, status.error());
    }
    return status;
}

} // namespace fairway::kube
