#pragma once

#include "core/base/cancellation.h"
#include "core/base/result.h"
#include "core/chart/auth_challenge.h"
#include "core/chart/credential_store.h"
#include "core/chart/helm_version.h"
#include "core/chart/http_client.h"
#include "core/chart/oci_manifest.h"
#include "core/chart/registry_reference.h"

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fairway::chart {

/// How a registry is reached.
struct RegistryAccess {
    HelmVersion version = HelmVersion::V4; ///< Whose words errors have.
    HttpClientOptions http {};
    HttpTls tls {};
    bool plainHttp = false;
    std::string user {}; ///< With `password` instead of what the store holds.
    std::string password {};
    CredentialStore store {{}, {}};
    std::chrono::milliseconds timeout {120'000}; ///< For one request.
    /// `what` is the URL, without credentials. In the calling thread.
    std::function<void(const std::string &what, const HttpProgress &progress)> onProgress {};
    CancelToken cancel {};
};

/// Speaks with OCI registries: tags, manifests, blobs; with basic authentication or tokens, asked for when the registry wants them and kept
/// for the object's life. All that is fetched is held against its digest and size.
///
/// Credentials go to the registry itself and to the token server it names, never over plain HTTP where the registry is reached by TLS, and not
/// along with a redirect or an upload to another host.
///
/// Errors:  of a registry: `GET "URL": response status code 404: name unknown: …` (NotFound, Unauthorized, Forbidden, Unavailable); HttpClient's;
///          the store's; `GET "URL": basic credential not found` (Unauthorized); ProtocolViolation: content that is not what its digest says,
///          pages of tags that lead nowhere; LimitExceeded.
/// Threads: one at a time; an object for each thread. Blocks; not for the GUI thread.
/// Source:  the OCI distribution specification 1.1; distribution's "token authentication" and "OAuth 2 token authentication".
class RegistryClient {
public:
    explicit RegistryClient(RegistryAccess access);

    /// Whether it is a registry that lets us in, as `login` asks. `registry`: host and port.
    [[nodiscard]] Result<void> ping(const std::string &registry);

    /// Of a repository, as they are, page after page; at most 200,000.
    [[nodiscard]] Result<std::vector<std::string>> tags(const RegistryReference &repository);

    struct Manifest {
        std::string text;
        std::string digest;
    };
    /// By tag or digest (RegistryReference::target()). Errors: also NotFound: "REFERENCE: not found".
    [[nodiscard]] Result<Manifest> manifest(const RegistryReference &reference);
    /// The digest a tag stands for, without its content; nothing when there is no such tag.
    [[nodiscard]] Result<std::optional<std::string>> digestOf(const RegistryReference &reference);
    [[nodiscard]] Result<std::string> blob(const RegistryReference &repository, const OciDescriptor &descriptor, std::uint64_t maxBytes);

    [[nodiscard]] Result<bool> hasManifest(const RegistryReference &repository, const std::string &digest);
    [[nodiscard]] Result<bool> hasBlob(const RegistryReference &repository, const std::string &digest);
    /// In one request; when it breaks off the rest is sent, from where the registry says it stopped.
    [[nodiscard]] Result<void> putBlob(const RegistryReference &repository, const OciDescriptor &descriptor, std::string_view bytes);
    [[nodiscard]] Result<void> putManifest(const RegistryReference &reference, std::string_view text);

private:
    /// What a request is for: where its token is kept, and what it is asked for.
    struct Scope {
        std::string registry; ///< Host and port.
        std::string text;     ///< "repository:charts/demo:pull"; empty: the registry itself.
        std::string repository; ///< For "push access denied", empty where there is none.
        bool pushes = false;
    };
    [[nodiscard]] std::string origin(std::string_view registry) const;
    [[nodiscard]] std::string urlOf(const RegistryReference &reference, const std::string &rest) const;
    [[nodiscard]] static Scope scopeOf(const RegistryReference &reference, bool pushes);
    [[nodiscard]] Result<HttpResponse> send(HttpRequest request, const Scope &scope);
    [[nodiscard]] Result<std::string> authorize(const AuthChallenge &challenge, const HttpRequest &request, const Scope &scope);
    [[nodiscard]] Result<std::string> fetchToken(const AuthChallenge &challenge, const RegistryCredential &credential, const Scope &scope);
    [[nodiscard]] Result<RegistryCredential> credentialOf(std::string_view registry) const;
    [[nodiscard]] Error notAuthorized(const HttpRequest &request, const Scope &scope, bool isIncomplete) const;
    [[nodiscard]] Result<std::string> beginUpload(const RegistryReference &repository);
    [[nodiscard]] Result<std::uint64_t> uploaded(const std::string &location, const Scope &scope);
    [[nodiscard]] Error refused(const HttpRequest &request, const HttpResponse &response) const;

    RegistryAccess m_access;
    HttpClient m_http;
    std::map<std::string, std::string> m_authorizations; ///< The header's value by host and scope.
};

/// What a registry says of its refusal: "name unknown: repository name not known to registry: map[name:x]". Empty when it says nothing that
/// can be read. Source: the distribution specification's error format.
[[nodiscard]] std::string registryComplaint(std::string_view body, HelmVersion version);

/// The next page's URL out of a Link header, resolved against the page's own; empty when there is none.
[[nodiscard]] std::string nextPage(std::string_view link, std::string_view page);

} // namespace fairway::chart
