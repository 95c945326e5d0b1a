#pragma once

#include "core/base/result.h"
#include "core/kube/discovery.h"

#include <string>
#include <vector>

namespace fairway::ctl {

/// Objects of one kind: the named ones, or all when no name is given.
struct Selection {
    const kube::ResourceType *type = nullptr;
    std::vector<std::string> names;
};

/// Reads arguments as kubectl does: "pods", "po,svc", "all" (a category), "pods a b", "po/a svc/b". Kinds keep their order,
/// names of one kind given by TYPE/NAME are gathered.
/// Errors: InvalidInput for a mixture of both forms, NotFound for a kind the server doesn't have.
[[nodiscard]] Result<std::vector<Selection>> parseResourceArgs(const kube::Discovery &discovery,
                                                               const std::vector<std::string> &args);

} // namespace fairway::ctl
