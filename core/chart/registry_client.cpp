#include "core/chart/registry_client.h"

#include "core/chart/chart_url.h"
#include "core/chart/go_text.h"
#include "core/chart/http_status.h"
#include "core/funcs/digest.h"
#include "core/value/json.h"

#include <algorithm>
#include <cstring>
#include <set>

namespace fairway::chart {

namespace {

constexpr std::uint64_t maxManifest = std::uint64_t {4} << 20;
constexpr std::uint64_t maxTagPage = std::uint64_t {16} << 20;
constexpr std::size_t maxTags = 200'000;
constexpr std::size_t maxPages = 5'000;
constexpr int maxUploads = 4; ///< Times an upload that breaks off is taken up again.

constexpr std::string_view manifestTypes
    = "application/vnd.docker.distribution.manifest.v2+json, application/vnd.docker.distribution.manifest.list.v2+json, "
      "application/vnd.oci.image.manifest.v1+json, application/vnd.oci.image.index.v1+json";

std::string sha256Digest(std::string_view bytes)
{
    return "sha256:" + funcs::hexadecimal(funcs::sha256(bytes));
}

HttpBody bodyOf(std::string_view bytes)
{
    HttpBody body;
    body.size = bytes.size();
    body.read = [bytes](std::uint64_t offset, char *buffer, std::size_t size) -> Result<std::size_t> {
        const std::string_view rest = bytes.substr(std::min<std::size_t>(offset, bytes.size()));
        const std::size_t count = std::min(size, rest.size());
        std::memcpy(buffer, rest.data(), count);
        return count;
    };
    return body;
}

/// "0-1023" of a Range header: how many bytes are there.
std::uint64_t afterRange(std::string_view range)
{
    const std::size_t dash = range.find('-');
    std::int64_t last = 0;
    if (dash == std::string_view::npos || !parseGoInt(range.substr(dash + 1), last) || last < 0)
        return 0;
    return static_cast<std::uint64_t>(last) + 1;
}

tl::unexpected<Error> wrongContent(const std::string &what, const std::string &wanted, const std::string &found)
{
    return fail(ErrorCode::ProtocolViolation, what + ": the content's digest is " + found + ", not " + wanted);
}

} // namespace

RegistryClient::RegistryClient(RegistryAccess access)
    : m_access(std::move(access))
    , m_http(m_access.http)
{
}

std::string RegistryClient::origin(std::string_view registry) const
{
    return (m_access.plainHttp ? "http://" : "https://") + std::string(registry);
}

std::string RegistryClient::urlOf(const RegistryReference &reference, const std::string &rest) const
{
    return origin(reference.host()) + "/v2/" + reference.repository + rest;
}

RegistryClient::Scope RegistryClient::scopeOf(const RegistryReference &reference, bool pushes)
{
    return {std::string(reference.host()), "repository:" + reference.repository + ":pull" + (pushes ? ",push" : ""), reference.repository, pushes};
}

Result<void> RegistryClient::ping(const std::string &registry)
{
    HttpRequest request;
    request.url = origin(registry == "docker.io" ? "registry-1.docker.io" : registry) + "/v2/";
    request.maxBytes = maxManifest;
    const Scope scope {registry == "docker.io" ? "registry-1.docker.io" : registry, {}, {}, false};
    const std::string url = request.url;
    const Result<HttpResponse> response = send(std::move(request), scope);
    if (!response)
        return tl::unexpected(response.error());
    if (response->status == 200)
        return {};
    HttpRequest shown;
    shown.url = url;
    if (m_access.version == HelmVersion::V3 && response->status != 404)
        return fail(response->status == 401 ? ErrorCode::Unauthorized : ErrorCode::Unavailable,
            "login attempt to " + url + " failed with status: " + std::to_string(response->status) + " " + std::string(httpStatusText(response->status)));
    return tl::unexpected(refused(shown, *response));
}

Result<std::vector<std::string>> RegistryClient::tags(const RegistryReference &repository)
{
    std::vector<std::string> out;
    std::set<std::string> seen;
    std::string url = urlOf(repository, "/tags/list");
    while (true) {
        if (!seen.insert(url).second || seen.size() > maxPages)
            return fail(ErrorCode::ProtocolViolation, "GET " + goQuoted(url) + ": the pages of tags don't end");
        HttpRequest request;
        request.url = url;
        request.maxBytes = maxTagPage;
        const Result<HttpResponse> response = send(request, scopeOf(repository, false));
        if (!response)
            return tl::unexpected(response.error());
        if (response->status != 200)
            return tl::unexpected(refused(request, *response));
        const Result<value::Value> page = value::parseJson(response->body);
        if (!page || !(*page)["tags"].isList() == !(*page)["tags"].isNull())
            return fail(ErrorCode::ProtocolViolation, "GET " + goQuoted(url) + ": failed to decode response: " + (page ? "no list of tags" : page.error().message));
        if ((*page)["tags"].isList()) {
            for (const value::Value &tag : (*page)["tags"].asList()) {
                if (out.size() >= maxTags)
                    return fail(ErrorCode::LimitExceeded, "GET " + goQuoted(url) + ": more than " + std::to_string(maxTags) + " tags");
                out.emplace_back(tag.stringOr());
            }
        }
        const std::string next = nextPage(response->header("link"), url);
        if (next.empty())
            return out;
        if (urlOrigin(next) != urlOrigin(url))
            return fail(ErrorCode::ProtocolViolation, "GET " + goQuoted(url) + ": the next page of tags is on another host");
        url = next;
    }
}

Result<RegistryClient::Manifest> RegistryClient::manifest(const RegistryReference &reference)
{
    HttpRequest request;
    request.url = urlOf(reference, "/manifests/" + reference.target());
    request.headers.push_back({"Accept", std::string(manifestTypes)});
    request.maxBytes = maxManifest;
    Result<HttpResponse> response = send(request, scopeOf(reference, false));
    if (!response)
        return tl::unexpected(response.error());
    if (response->status == 404)
        return fail(ErrorCode::NotFound, reference.toString() + ": not found");
    if (response->status != 200)
        return tl::unexpected(refused(request, *response));
    Manifest out {std::move(response->body), {}};
    out.digest = sha256Digest(out.text);
    const std::string told(response->header("docker-content-digest"));
    if (reference.tag.empty() && out.digest != reference.digest)
        return wrongContent(reference.toString(), reference.digest, out.digest);
    if (isSha256Digest(told) && told != out.digest)
        return wrongContent(reference.toString(), told, out.digest);
    return out;
}

Result<std::optional<std::string>> RegistryClient::digestOf(const RegistryReference &reference)
{
    HttpRequest request;
    request.method = "HEAD";
    request.url = urlOf(reference, "/manifests/" + reference.target());
    request.headers.push_back({"Accept", std::string(manifestTypes)});
    const Result<HttpResponse> response = send(request, scopeOf(reference, false));
    if (!response)
        return tl::unexpected(response.error());
    if (response->status == 404)
        return std::optional<std::string>();
    if (response->status != 200)
        return tl::unexpected(refused(request, *response));
    const std::string told(response->header("docker-content-digest"));
    if (isSha256Digest(told))
        return std::optional<std::string>(told);
    Result<Manifest> whole = manifest(reference);
    if (!whole)
        return tl::unexpected(whole.error());
    return std::optional<std::string>(std::move(whole->digest));
}

Result<std::string> RegistryClient::blob(const RegistryReference &repository, const OciDescriptor &descriptor, std::uint64_t maxBytes)
{
    if (descriptor.size > maxBytes)
        return fail(ErrorCode::LimitExceeded, descriptor.digest + ": " + std::to_string(descriptor.size) + " bytes are more than the limit of "
                + std::to_string(maxBytes));
    HttpRequest request;
    request.url = urlOf(repository, "/blobs/" + descriptor.digest);
    request.maxBytes = descriptor.size;
    Result<HttpResponse> response = send(request, scopeOf(repository, false));
    if (!response)
        return tl::unexpected(response.error());
    if (response->status == 404)
        return fail(ErrorCode::NotFound, repository.registry + "/" + repository.repository + "@" + descriptor.digest + ": not found");
    if (response->status != 200)
        return tl::unexpected(refused(request, *response));
    if (response->body.size() != descriptor.size)
        return fail(ErrorCode::ProtocolViolation, descriptor.digest + ": " + std::to_string(response->body.size()) + " bytes came, the manifest says "
                + std::to_string(descriptor.size));
    if (const std::string found = sha256Digest(response->body); found != descriptor.digest)
        return wrongContent("blob", descriptor.digest, found);
    return std::move(response->body);
}

Result<bool> RegistryClient::hasManifest(const RegistryReference &repository, const std::string &digest)
{
    RegistryReference reference = repository;
    reference.tag.clear();
    reference.digest = digest;
    HttpRequest request;
    request.method = "HEAD";
    request.url = urlOf(reference, "/manifests/" + digest);
    request.headers.push_back({"Accept", std::string(media::imageManifest)});
    const Result<HttpResponse> response = send(request, scopeOf(reference, true));
    if (!response)
        return tl::unexpected(response.error());
    if (response->status != 200 && response->status != 404)
        return tl::unexpected(refused(request, *response));
    return response->status == 200;
}

Result<bool> RegistryClient::hasBlob(const RegistryReference &repository, const std::string &digest)
{
    HttpRequest request;
    request.method = "HEAD";
    request.url = urlOf(repository, "/blobs/" + digest);
    const Result<HttpResponse> response = send(request, scopeOf(repository, true));
    if (!response)
        return tl::unexpected(response.error());
    if (response->status != 200 && response->status != 404)
        return tl::unexpected(refused(request, *response));
    return response->status == 200;
}

Result<std::string> RegistryClient::beginUpload(const RegistryReference &repository)
{
    HttpRequest request;
    request.method = "POST";
    request.url = urlOf(repository, "/blobs/uploads/");
    const Result<HttpResponse> response = send(request, scopeOf(repository, true));
    if (!response)
        return tl::unexpected(response.error());
    if (response->status != 202)
        return tl::unexpected(refused(request, *response));
    return resolveUrl(request.url, response->header("location"));
}

Result<std::uint64_t> RegistryClient::uploaded(const std::string &location, const Scope &scope)
{
    HttpRequest request;
    request.url = location;
    const Result<HttpResponse> response = send(request, scope);
    if (!response)
        return tl::unexpected(response.error());
    if (response->status != 204)
        return tl::unexpected(refused(request, *response));
    return afterRange(response->header("range"));
}

Result<void> RegistryClient::putBlob(const RegistryReference &repository, const OciDescriptor &descriptor, std::string_view bytes)
{
    const Scope scope = scopeOf(repository, true);
    Result<std::string> location = beginUpload(repository);
    if (!location)
        return tl::unexpected(location.error());
    std::uint64_t sent = 0;
    for (int tries = 1;; ++tries) {
        HttpRequest request;
        request.method = "PUT";
        request.url = *location + (location->find('?') == std::string::npos ? "?" : "&") + "digest=" + descriptor.digest;
        request.headers.push_back({"Content-Type", "application/octet-stream"});
        if (sent > 0)
            request.headers.push_back({"Content-Range", std::to_string(sent) + "-" + std::to_string(bytes.size() - 1)});
        request.body = bodyOf(bytes.substr(sent));
        const Result<HttpResponse> response = send(request, scope);
        if (response && response->status == 201)
            return {};
        const bool isBroken = !response && (response.error().code == ErrorCode::Unreachable || response.error().code == ErrorCode::ProtocolViolation);
        if (tries == maxUploads || !(isBroken || (response && response->status == 416)))
            return tl::unexpected(response ? refused(request, *response) : response.error());
        // The connection broke, or the registry has another idea of what it has: it is asked. Where it knows nothing any more, all begins anew.
        const Result<std::uint64_t> there = uploaded(*location, scope);
        if (there && *there > 0 && *there < bytes.size()) {
            sent = *there;
            continue;
        }
        sent = 0;
        location = beginUpload(repository);
        if (!location)
            return tl::unexpected(location.error());
    }
}

Result<void> RegistryClient::putManifest(const RegistryReference &reference, std::string_view text)
{
    HttpRequest request;
    request.method = "PUT";
    request.url = urlOf(reference, "/manifests/" + reference.target());
    request.headers.push_back({"Content-Type", std::string(media::imageManifest)});
    request.body = bodyOf(text);
    const Result<HttpResponse> response = send(request, scopeOf(reference, true));
    if (!response)
        return tl::unexpected(response.error());
    if (response->status != 201)
        return tl::unexpected(refused(request, *response));
    if (const std::string told(response->header("docker-content-digest")); isSha256Digest(told) && told != sha256Digest(text))
        return wrongContent(reference.toString(), sha256Digest(text), told);
    return {};
}

Result<HttpResponse> RegistryClient::send(HttpRequest request, const Scope &scope)
{
    request.tls = m_access.tls;
    request.timeout = m_access.timeout;
    request.cancel = m_access.cancel;
    if (m_access.onProgress)
        request.onProgress = [this, url = request.url](const HttpProgress &progress) { m_access.onProgress(url, progress); };
    // An upload may go to another host, which has its authorization in the URL.
    const bool isRegistry = urlOrigin(request.url) == urlOrigin(origin(scope.registry));
    const std::string key = scope.registry + " " + scope.text;
    const auto known = m_authorizations.find(key);
    const std::size_t plainHeaders = request.headers.size();
    if (isRegistry && known != m_authorizations.end())
        request.headers.push_back({"Authorization", known->second});
    Result<HttpResponse> response = m_http.send(request);
    if (!response || response->status != 401 || !isRegistry)
        return response;
    for (const HttpHeader &header : response->headers) {
        if (header.name != "www-authenticate")
            continue;
        const AuthChallenge challenge = readAuthChallenge(header.value);
        if (challenge.scheme == AuthChallenge::Scheme::Unknown)
            continue;
        // Basic credentials don't get better by trying twice.
        if (challenge.scheme == AuthChallenge::Scheme::Basic && known != m_authorizations.end())
            return response;
        const Result<std::string> authorization = authorize(challenge, request, scope);
        if (!authorization)
            return tl::unexpected(authorization.error());
        m_authorizations[key] = *authorization;
        request.headers.resize(plainHeaders);
        request.headers.push_back({"Authorization", *authorization});
        return m_http.send(request);
    }
    return response;
}

Error RegistryClient::refused(const HttpRequest &request, const HttpResponse &response) const
{
    std::string complaint = registryComplaint(response.body, m_access.version);
    if (complaint.empty())
        complaint = httpStatusText(response.status);
    ErrorCode code = ErrorCode::Unavailable;
    if (response.status == 401)
        code = ErrorCode::Unauthorized;
    else if (response.status == 403)
        code = ErrorCode::Forbidden;
    else if (response.status == 404)
        code = ErrorCode::NotFound;
    else if (response.status < 500 && response.status != 429)
        code = ErrorCode::ProtocolViolation;
    return {code, request.method + " " + goQuoted(withoutPassword(response.url.empty() ? request.url : response.url)) + ": "
            + (m_access.version == HelmVersion::V3 ? "unexpected status code " : "response status code ") + std::to_string(response.status) + ": "
            + complaint};
}

std::string registryComplaint(std::string_view body, HelmVersion version)
{
    constexpr std::size_t most = 2000;
    value::JsonLimits limits;
    limits.numbers = value::NumberStyle::Helm;
    limits.maxDepth = 32;
    const Result<value::Value> answer = value::parseJson(body, limits);
    if (!answer || !(*answer)["errors"].isList())
        return {};
    std::string out;
    for (const value::Value &error : (*answer)["errors"].asList()) {
        std::string code(error["code"].stringOr());
        std::transform(code.begin(), code.end(), code.begin(), [](char c) { return c == '_' ? ' ' : c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
        out += (out.empty() ? "" : "; ") + code;
        if (const std::string_view message = error["message"].stringOr(); !message.empty()) {
            out += ": " + std::string(message);
            if (version == HelmVersion::V4 && !error["detail"].isNull())
                out += ": " + goFormatted(error["detail"]);
        }
        if (out.size() > most)
            break;
    }
    return out.substr(0, most);
}

std::string nextPage(std::string_view link, std::string_view page)
{
    while (!link.empty()) {
        const std::size_t open = link.find('<');
        const std::size_t close = link.find('>', open == std::string_view::npos ? link.size() : open);
        if (close == std::string_view::npos)
            return {};
        const std::string_view target = link.substr(open + 1, close - open - 1);
        std::string_view parameters = link.substr(close + 1);
        parameters = parameters.substr(0, parameters.find('<'));
        if (parameters.find("rel=\"next\"") != std::string_view::npos || parameters.find("rel=next") != std::string_view::npos)
            return resolveUrl(page, target).value_or(std::string());
        link.remove_prefix(close + 1);
    }
    return {};
}

} // namespace fairway::chart
