#pragma once

#include "core/chart/helm_version.h"
#include "core/chart/lint.h"
#include "core/chart/metadata.h"

#include <functional>
#include <string>
#include <string_view>

/// Helm's rules by what they look at.
namespace fairway::chart {

/// Keeps what is not empty.
class LintReport {
public:
    /// Returns whether there was nothing to say.
    bool add(LintSeverity severity, std::string_view path, std::string text);
    [[nodiscard]] std::vector<LintMessage> take() { return std::move(m_messages); }

private:
    std::vector<LintMessage> m_messages;
};

/// Chart.yaml by its text.
void lintChartYaml(std::string_view text, HelmVersion version, LintReport &report);
/// One template's output. False: it can't be read, and Helm stops looking at templates.
[[nodiscard]] bool lintManifests(
    std::string_view file, const std::string &output, const KubeVersion &kube, LintReport &report);
/// A file of crds/. False: it can't be read, and Helm stops.
[[nodiscard]] bool lintCrd(std::string_view file, std::string_view text, LintReport &report);
/// "policy/v1beta1 PodDisruptionBudget is deprecated in v1.21+, …" or nothing.
[[nodiscard]] std::string deprecationOf(std::string_view apiVersion, std::string_view kind, const KubeVersion &kube);

} // namespace fairway::chart
