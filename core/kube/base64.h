#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace fairway::kube {

/// RFC 4648 section 4 with padding, as kubeconfig's *-data fields hold it; line breaks are skipped. nullopt when malformed.
[[nodiscard]] std::optional<std::string> decodeBase64(std::string_view text);
[[nodiscard]] std::string encodeBase64(std::string_view bytes);

} // namespace fairway::kube
