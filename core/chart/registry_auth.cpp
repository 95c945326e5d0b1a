#include "core/chart/registry_client.h"

#include "core/base/base64.h"
#include "core/chart/chart_url.h"
#include "core/chart/go_text.h"
#include "core/value/json.h"

/// How a RegistryClient identifies: what a registry's challenge is answered with.
namespace fairway::chart {

namespace {

constexpr std::uint64_t maxAnswer = std::uint64_t {128} << 10;
constexpr std::string_view clientName = "fairway"; ///< An OAuth 2 client_id: a name, no secret.

std::string queryEscaped(std::string_view text)
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' || c == '~') {
            out += c;
        } else if (c == ' ') {
            out += '+';
        } else {
            out += '%';
            out += digits[byte >> 4U];
            out += digits[byte & 15U];
        }
    }
    return out;
}

} // namespace

Result<RegistryCredential> RegistryClient::credentialOf(std::string_view registry) const
{
    if (!m_access.user.empty() || !m_access.password.empty()) {
        RegistryCredential given;
        given.user = m_access.user;
        // A password without a user is a token.
        (m_access.user.empty() ? given.identityToken : given.password) = m_access.password;
        return given;
    }
    return m_access.store.find(CredentialStore::serverAddress(registry), m_access.cancel);
}

Error RegistryClient::notAuthorized(const HttpRequest &request, const Scope &scope, bool isIncomplete) const
{
    const std::string asked = request.method + " " + goQuoted(request.url) + ": ";
    if (m_access.version == HelmVersion::V4)
        return {ErrorCode::Unauthorized, asked + (isIncomplete ? "missing username or password for basic auth" : "basic credential not found")};
    if (request.url.ends_with("/tags/list"))
        return {ErrorCode::Unauthorized, asked + (isIncomplete ? "missing username or password for basic auth" : "credential required for basic auth")};
    return {ErrorCode::Unauthorized, std::string(scope.pushes ? "push" : "pull")
            + " access denied, repository does not exist or may require authorization: authorization failed: no basic auth credentials"};
}

Result<std::string> RegistryClient::authorize(const AuthChallenge &challenge, const HttpRequest &request, const Scope &scope)
{
    const Result<RegistryCredential> credential = credentialOf(scope.registry);
    if (!credential)
        return tl::unexpected(credential.error());
    if (challenge.scheme == AuthChallenge::Scheme::Basic) {
        if (credential->isEmpty())
            return tl::unexpected(notAuthorized(request, scope, false));
        if (credential->user.empty() || credential->password.empty())
            return tl::unexpected(notAuthorized(request, scope, true));
        return "Basic " + encodeBase64(credential->user + ":" + credential->password);
    }
    if (!credential->registryToken.empty())
        return "Bearer " + credential->registryToken;
    const Result<std::string> token = fetchToken(challenge, *credential, scope);
    if (!token)
        return fail(token.error().code, request.method + " " + goQuoted(request.url) + ": " + token.error().message);
    return "Bearer " + *token;
}

Result<std::string> RegistryClient::fetchToken(const AuthChallenge &challenge, const RegistryCredential &credential, const Scope &scope)
{
    const std::string realm(challenge.parameter("realm"));
    const std::string realmOrigin = urlOrigin(realm);
    const bool isEncrypted = realmOrigin.starts_with("https://");
    if (!isEncrypted && !realmOrigin.starts_with("http://"))
        return fail(ErrorCode::ProtocolViolation, "the registry names no token server that can be asked");
    if (!isEncrypted && !m_access.plainHttp && !credential.isEmpty())
        return fail(ErrorCode::ProtocolViolation, "the registry wants the credentials sent unencrypted, to " + withoutPassword(realmOrigin));
    std::string_view scopes = challenge.parameter("scope");
    if (scopes.empty())
        scopes = scope.text;

    HttpRequest request;
    request.tls = m_access.tls;
    request.timeout = m_access.timeout;
    request.cancel = m_access.cancel;
    request.maxBytes = maxAnswer;
    if (!credential.identityToken.empty()) {
        request.method = "POST";
        request.url = realm;
        request.headers.push_back({"Content-Type", "application/x-www-form-urlencoded"});
        request.body.text = "grant_type=refresh_token&refresh_token=" + queryEscaped(credential.identityToken) + "&service="
            + queryEscaped(challenge.parameter("service")) + "&client_id=" + std::string(clientName) + "&scope=" + queryEscaped(scopes);
    } else {
        std::string query;
        const auto add = [&](std::string_view name, std::string_view text) {
            if (!text.empty())
                query += (query.empty() ? "" : "&") + std::string(name) + "=" + queryEscaped(text);
        };
        add("service", challenge.parameter("service"));
        for (std::string_view rest = scopes; !rest.empty();) {
            const std::size_t end = rest.find(' ');
            add("scope", rest.substr(0, end));
            rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
        }
        request.url = realm + (query.empty() ? "" : realm.find('?') == std::string::npos ? "?" : "&") + query;
        if (!credential.user.empty() || !credential.password.empty())
            request.basicAuth = BasicAuth {credential.user, credential.password};
    }
    const Result<HttpResponse> response = m_http.send(request);
    if (!response)
        return tl::unexpected(response.error());
    if (response->status != 200)
        return tl::unexpected(refused(request, *response));
    const std::string asked = request.method + " " + goQuoted(withoutPassword(request.url)) + ": ";
    const Result<value::Value> answer = value::parseJson(response->body);
    if (!answer) // Its text is not quoted: there may be a token in it.
        return fail(ErrorCode::ProtocolViolation, asked + "failed to decode response: no JSON");
    for (const std::string_view name : {"access_token", "token"}) {
        const std::string_view token = (*answer)[name].stringOr();
        if (token.find_first_of("\r\n") != std::string_view::npos)
            return fail(ErrorCode::ProtocolViolation, asked + "the token has line breaks");
        if (!token.empty())
            return std::string(token);
    }
    return fail(ErrorCode::ProtocolViolation, asked + "empty token returned");
}

} // namespace fairway::chart
