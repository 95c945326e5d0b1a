#pragma once

#include "app/fairwayctl/manifests.h"
#include "app/fairwayctl/session.h"

namespace fairway::ctl {

/// A manifest with its address in this cluster.
struct Desired {
    value::Value object; ///< With metadata.namespace filled in.
    operate::ObjectRef ref;
    std::string source;
};

/// Finds the kind (asking discovery again once, for a CRD that was just applied) and the namespace.
[[nodiscard]] Result<Desired> locate(Session &session, const Manifest &manifest);

} // namespace fairway::ctl
