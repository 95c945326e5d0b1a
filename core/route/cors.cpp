#include "core/route/effects.h"

#include <algorithm>

namespace fairway::route {
namespace {

    std::string join(const std::vector<std::string> &items)
    {
        std::string out;
        for (const std::string &item : items)
            out.append(out.empty() ? "" : ",").append(item);
        return out;
    }

    bool hasStar(const std::vector<std::string> &items)
    {
        return std::find(items.begin(), items.end(), "*") != items.end();
    }

} // namespace

CorsVerdict evaluateCors(const CorsAction &policy, const RequestView &request)
{
    CorsVerdict out;
    const std::optional<std::string> origin = headerOf(request, "origin");
    if (!origin || origin->empty())
        return out;
    const std::optional<std::string> method = headerOf(request, "access-control-request-method");
    const bool isPreflight = request.method == "OPTIONS" && method && !method->empty();
    const bool isAllowed = policy.allowsAnyOrigin
        || std::any_of(policy.origins.begin(), policy.origins.end(), [&](const TextMatcher &m) { return m.matches(*origin); });
    out.answersPreflight = isPreflight && (isAllowed || !policy.forwardsUnmatchedPreflight);
    if (!isAllowed)
        return out;
    out.headers.emplace_back("access-control-allow-origin", *origin);
    if (policy.allowsCredentials)
        out.headers.emplace_back("access-control-allow-credentials", "true");
    if (isPreflight) {
        // "*" is spelled out: with credentials browsers take it for a name.
        if (!policy.methods.empty())
            out.headers.emplace_back("access-control-allow-methods", hasStar(policy.methods) ? *method : join(policy.methods));
        const std::optional<std::string> asked = headerOf(request, "access-control-request-headers");
        if (hasStar(policy.headers) && asked)
            out.headers.emplace_back("access-control-allow-headers", *asked);
        else if (!policy.headers.empty() && !hasStar(policy.headers))
            out.headers.emplace_back("access-control-allow-headers", join(policy.headers));
        if (policy.maxAge)
            out.headers.emplace_back("access-control-max-age", std::to_string(policy.maxAge->count()));
    } else if (!policy.exposedHeaders.empty()) {
        out.headers.emplace_back("access-control-expose-headers", join(policy.exposedHeaders));
    }
    return out;
}

} // namespace fairway::route
