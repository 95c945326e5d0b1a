#pragma once

#include "core/lab/lab.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fairway::lab {

/// Who a request speaks for.
struct Caller {
    std::string name;
    std::string uid;
    std::vector<std::string> groups;
    bool isAnonymous = false;
    bool isAdmin = false;
    bool isReader = false;

    /// Whether a verb on a resource is within the caller's rights; `group` and `resource` without subresource.
    [[nodiscard]] bool may(std::string_view verb, std::string_view group, std::string_view resource) const;
    /// Discovery, versions and the like.
    [[nodiscard]] bool mayRead(std::string_view path) const;
};

/// The tokens of one lab, made from the operating system's randomness.
/// Threads: immutable.
class Callers {
public:
    Callers();
    [[nodiscard]] const std::string &token(LabUser user) const;
    /// By the Authorization header: empty is anonymous, nullopt an unknown token (401).
    [[nodiscard]] std::optional<Caller> identify(std::string_view authorization) const;

private:
    std::string m_tokens[3];
};

} // namespace fairway::lab
