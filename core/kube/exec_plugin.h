#pragma once

#include "core/base/cancellation.h"
#include "core/base/process.h"
#include "core/base/result.h"
#include "core/kube/credentials.h"
#include "core/kube/kubeconfig.h"

#include <chrono>
#include <cstddef>

namespace fairway::kube {

/// Runs a credential plugin for `access` and reads what it printed.
[[nodiscard]] Result<ExecCredentialStatus> runExecPlugin(const ExecPlugin &plugin, const ClusterAccess &access,
                                                         std::chrono::milliseconds timeout, std::size_t maxOutput, const CancelToken &cancel);

} // namespace fairway::kube
