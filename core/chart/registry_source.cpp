#include "core/chart/registry_source.h"

#include "core/chart/go_text.h"

namespace fairway::chart {

namespace {

/// Helm 3 speaks plain HTTP with registries on this machine without being told.
bool isOnThisMachine(std::string_view registry)
{
    if (isOciReference(registry))
        registry.remove_prefix(std::string_view("oci://").size());
    if (registry.starts_with("[::1]"))
        return true;
    const std::string_view host = registry.substr(0, registry.find_first_of(":/"));
    return host == "localhost" || host.starts_with("127.");
}

} // namespace

RegistrySource::RegistrySource(HelmPaths paths, HelmVersion version, RegistryLog log, HttpClientOptions http)
    : m_paths(std::move(paths))
    , m_version(version)
    , m_log(std::move(log))
    , m_http(std::move(http))
{
}

RegistryAccess RegistrySource::accessTo(std::string_view registry, const RemoteAccess &access, const CancelToken &cancel) const
{
    RegistryAccess out;
    out.version = m_version;
    out.http = m_http;
    out.tls = access.tls;
    // As Helm: whoever says something about certificates means TLS.
    const bool saysTls = (!access.tls.certificateFile.empty() && !access.tls.keyFile.empty()) || !access.tls.caFile.empty() || access.tls.insecure;
    out.plainHttp = !saysTls && (access.plainHttp || (m_version == HelmVersion::V3 && isOnThisMachine(registry)));
    if (!access.username.empty() && !access.password.empty()) {
        out.user = access.username;
        out.password = access.password;
    }
    out.store = CredentialStore(m_paths.registryConfig, CredentialStore::dockerConfigPath());
    out.onProgress = onProgress;
    out.cancel = cancel;
    return out;
}

Result<OciChart> RegistrySource::pull(
    const std::string &reference, const std::string &version, const RemoteAccess &access, bool withProvenance, const CancelToken &cancel)
{
    RegistryClient registry(accessTo(reference, access, cancel));
    const Result<ResolvedChart> resolved = resolveChart(registry, reference, version, m_version);
    if (!resolved)
        return tl::unexpected(resolved.error());
    Result<PulledChart> chart = pullFromRegistry(registry, resolved->reference, PulledParts::Chart, m_version, m_log);
    if (!chart)
        return tl::unexpected(chart.error());
    OciChart out {resolved->fileName, std::move(chart->content), {}, {}, std::move(chart->digest)};
    if (withProvenance) {
        Result<PulledChart> provenance = pullFromRegistry(registry, resolved->reference, PulledParts::Provenance, m_version, m_log);
        if (provenance)
            out.provenance = std::move(provenance->content);
        else if (provenance.error().code == ErrorCode::InvalidInput) // There is none.
            out.provenanceFault = provenance.error().message;
        else
            return tl::unexpected(provenance.error());
    }
    return out;
}

Result<std::vector<std::string>> RegistrySource::versions(const std::string &reference, const RemoteAccess &access, const CancelToken &cancel)
{
    const Result<RegistryReference> parsed = RegistryReference::parse(reference);
    if (!parsed)
        return tl::unexpected(parsed.error());
    RegistryClient registry(accessTo(reference, access, cancel));
    return chartVersions(registry, *parsed, m_version);
}

Result<void> loginToRegistry(RegistryAccess access, const std::string &registry)
{
    // A path behind it would make it a repository.
    if (const Result<RegistryReference> good = RegistryReference::parse(registry + "/x");
        !good || good->registry != registry || registry.find('/') != std::string::npos)
        return fail(ErrorCode::InvalidInput, "invalid reference: invalid registry " + goQuoted(registry));
    RegistryCredential credential;
    credential.user = access.user;
    (access.user.empty() ? credential.identityToken : credential.password) = access.password;
    const CredentialStore store = access.store;
    const HelmVersion version = access.version;
    const CancelToken cancel = access.cancel;
    RegistryClient client(std::move(access));
    if (const Result<void> good = client.ping(registry); !good)
        return version == HelmVersion::V4 ? failWith("authenticating to " + goQuoted(registry), good.error()) : tl::unexpected(good.error());
    return store.put(CredentialStore::serverAddress(registry), credential, cancel);
}

} // namespace fairway::chart
