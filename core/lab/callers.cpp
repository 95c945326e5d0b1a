#include "core/lab/callers.h"

#include "core/base/random.h"

namespace fairway::lab {

bool Caller::may(std::string_view verb, std::string_view group, std::string_view resource) const
{
    if (isAdmin)
        return true;
    if (isAnonymous)
        return false;
    // Everybody with a name may ask what he may do.
    if (verb == "create" && (group == "authorization.k8s.io" || group == "authentication.k8s.io"))
        return resource.starts_with("selfsubject");
    return isReader && resource != "secrets" && (verb == "get" || verb == "list" || verb == "watch");
}

bool Caller::mayRead(std::string_view path) const
{
    if (path == "/metrics")
        return isAdmin;
    return !isAnonymous || path == "/version" || path == "/healthz" || path == "/livez" || path == "/readyz";
}

Callers::Callers()
{
    for (std::string &token : m_tokens)
        token = "lab-" + randomHex(24);
}

const std::string &Callers::token(LabUser user) const
{
    return m_tokens[static_cast<int>(user)];
}

std::optional<Caller> Callers::identify(std::string_view authorization) const
{
    if (authorization.empty())
        return Caller {"system:anonymous", {}, {"system:unauthenticated"}, true, false, false};
    constexpr std::string_view prefix = "Bearer ";
    if (!authorization.starts_with(prefix))
        return std::nullopt;
    authorization.remove_prefix(prefix.size());
    if (authorization == token(LabUser::Admin))
        return Caller {"lab-admin", "1", {"system:masters", "system:authenticated"}, false, true, false};
    if (authorization == token(LabUser::Reader))
        return Caller {"lab-reader", "2", {"readers", "system:authenticated"}, false, false, true};
    if (authorization == token(LabUser::Nobody))
        return Caller {"lab-nobody", "3", {"system:authenticated"}, false, false, false};
    return std::nullopt;
}

} // namespace fairway::lab
