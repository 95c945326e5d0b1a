#pragma once

#include "core/lab/api_error.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fairway::lab {

/// "%2C" and "+" undone. nullopt: a broken escape.
[[nodiscard]] std::optional<std::string> percentDecoded(std::string_view text, bool isQuery);

/// Parameters of a query; the first of several alike counts.
class Query {
public:
    explicit Query(std::string_view text);
    [[nodiscard]] std::string_view get(std::string_view key) const;
    [[nodiscard]] bool has(std::string_view key) const;
    /// "1" and "true".
    [[nodiscard]] bool isTrue(std::string_view key) const;
    [[nodiscard]] std::optional<std::uint64_t> number(std::string_view key) const;

private:
    std::map<std::string, std::string, std::less<>> m_values;
};

/// How objects are to be shown, by the Accept header.
enum class Form { Objects, Table, Metadata };

struct Accepted {
    Form form = Form::Objects;
    bool isYaml = false;
    bool isAggregatedDiscovery = false; ///< apidiscovery.k8s.io/v2 APIGroupDiscoveryList
};

/// The first entry of an Accept header that the lab can serve. nullopt: none (406).
[[nodiscard]] std::optional<Accepted> negotiate(std::string_view accept);

/// The path of a resource: /api/v1/…, /apis/GROUP/VERSION/….
struct ResourcePath {
    std::string group;
    std::string version;
    std::string ns;
    std::string plural;
    std::string name;
    std::string subresource;
};
/// Splits decoded path segments behind "/api" or "/apis/GROUP". nullopt: not a resource's path.
[[nodiscard]] std::optional<ResourcePath> parseResourcePath(const std::vector<std::string> &segments);

/// Path segments, decoded; empty ones are skipped. nullopt: a broken escape.
[[nodiscard]] std::optional<std::vector<std::string>> pathSegments(std::string_view path);

} // namespace fairway::lab
