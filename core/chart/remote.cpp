#include "core/chart/remote.h"

#include "core/chart/chart_url.h"
#include "core/chart/go_text.h"
#include "core/chart/http_status.h"

#include <utility>

namespace fairway::chart {

namespace {

ErrorCode codeOf(int status)
{
    switch (status) {
    case 401:
    case 407:
        return ErrorCode::Unauthorized;
    case 403:
        return ErrorCode::Forbidden;
    case 404:
    case 410:
        return ErrorCode::NotFound;
    default:
        return ErrorCode::Unavailable;
    }
}

} // namespace

Result<std::string> fetchFile(HttpClient &client, const RemoteContext &context, const std::string &url, const std::string &owner,
    const RemoteAccess &access, std::uint64_t maxBytes, std::string_view accept)
{
    const std::string scheme = url.substr(0, url.find(':'));
    if (scheme != "http" && scheme != "https")
        return fail(ErrorCode::Unsupported, "scheme " + goQuoted(url.find(':') == std::string::npos ? "" : scheme) + " not supported");
    HttpRequest request;
    request.url = url;
    request.tls = access.tls;
    request.timeout = context.timeout;
    request.maxBytes = maxBytes;
    request.cancel = context.cancel;
    if (!accept.empty())
        request.headers.push_back({"Accept", std::string(accept)});
    if (!access.username.empty() && !access.password.empty() && (access.passCredentials || urlOrigin(url) == urlOrigin(owner)))
        request.basicAuth = BasicAuth {access.username, access.password};
    const std::string shown = withoutPassword(url);
    if (context.onProgress)
        request.onProgress = [&](const HttpProgress &progress) { context.onProgress(shown, progress); };
    Result<HttpResponse> response = client.send(request);
    if (!response)
        return tl::unexpected(response.error());
    if (response->status == 200)
        return std::move(response->body);
    const std::string reason = response->reason.empty() ? std::string(httpStatusText(response->status)) : response->reason;
    return fail(codeOf(response->status), "failed to fetch " + shown + " : " + std::to_string(response->status) + (reason.empty() ? "" : " ") + reason);
}

} // namespace fairway::chart
