#pragma once

#include "core/base/result.h"

#include <string>
#include <string_view>

namespace fairway::chart {

/// Where in a registry something lies: "host:port/charts/demo:0.1.0" or "…@sha256:…".
///
/// Tags can't hold the plus sign of semantic versions: in a tag it is written as an underscore, as Helm does.
struct RegistryReference {
    std::string registry;   ///< Host, and port where one is given.
    std::string repository; ///< "charts/demo"
    std::string tag;        ///< Without plus signs; empty: none.
    std::string digest;     ///< "sha256:…", empty: none.

    /// What is asked for: the tag, else the digest; empty when the repository is meant.
    [[nodiscard]] const std::string &target() const { return tag.empty() ? digest : tag; }
    /// As Helm prints it: without the digest when there is a tag.
    [[nodiscard]] std::string toString() const;
    /// The host that serves it: Docker Hub's differs from its name.
    [[nodiscard]] std::string_view host() const;

    /// `text` may begin with "oci://". Errors: InvalidInput in Helm 4's words: `invalid reference: invalid repository "Charts"`.
    /// Source: the distribution specification 1.1; Docker's grammar of names.
    [[nodiscard]] static Result<RegistryReference> parse(std::string_view text);
};

[[nodiscard]] bool isOciReference(std::string_view text);

/// "sha256:" and 64 small hexadecimal digits. Other algorithms are not accepted: nobody writes them for charts.
[[nodiscard]] bool isSha256Digest(std::string_view text);

} // namespace fairway::chart
