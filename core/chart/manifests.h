#pragma once

#include "core/base/result.h"
#include "core/chart/helm_version.h"
#include "core/chart/messages.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace fairway::chart {

/// When a hook runs.
enum class HookEvent : std::uint8_t {
    PreInstall, PostInstall, PreDelete, PostDelete, PreUpgrade, PostUpgrade, PreRollback, PostRollback, Test,
};
[[nodiscard]] std::string_view toString(HookEvent event);

/// One document of a rendered template.
struct Manifest {
    std::string path; ///< Of the template: "chart/templates/service.yaml".
    std::string text; ///< Without the document's marks and the white space around it.
    std::string apiVersion;
    std::string kind;
    std::string name;
    std::size_t offset = 0; ///< Where `text` begins in the template's output.
};

/// A manifest that helm.sh/hook makes a hook.
struct Hook : Manifest {
    std::vector<HookEvent> events;
    int weight = 0;
    std::vector<std::string> deletePolicies;
    std::vector<std::string> outputLogPolicies;
};

/// What a release consists of, each list in the order in which kinds are installed; documents of one kind keep their order.
struct SortedManifests {
    std::vector<Hook> hooks;
    std::vector<Manifest> manifests;
};

/// Cuts a stream of YAML documents at its marks as Helm does, trimmed, empty ones left out. Views into `text`.
[[nodiscard]] std::vector<std::string_view> splitManifests(std::string_view text);

/// Splits rendered templates (path to output), tells hooks from objects, sorts by kind. Partials and empty outputs are left out.
/// Errors: InvalidInput, "YAML parse error on PATH: …" in Helm's words.
[[nodiscard]] Result<SortedManifests> sortManifests(const std::map<std::string, std::string> &files, const Messages &messages);

} // namespace fairway::chart
