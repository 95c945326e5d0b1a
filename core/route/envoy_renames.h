#pragma once

#include <string_view>

/// Names that Envoy no longer has, and what they are called today.
/// Source: Envoy's version history (v2 API removed in 1.17 and 1.18; short filter names deprecated in 1.14); Istio's webhook.
namespace fairway::route {

/// Whether "type.googleapis.com/envoy.config.filter.http.lua.v2.Lua" is of an API version that Envoy has removed.
[[nodiscard]] bool isRemovedEnvoyType(std::string_view typeUrl);

/// The type URL of today, where the message kept its fields; empty where it is not only the name that changed.
[[nodiscard]] std::string_view presentEnvoyType(std::string_view typeUrl);

/// "envoy.filters.network.tcp_proxy" of "envoy.tcp_proxy"; empty for what is no old name.
[[nodiscard]] std::string_view presentFilterName(std::string_view name);

} // namespace fairway::route
