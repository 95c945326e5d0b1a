#pragma once

#include "core/base/text.h"
#include "core/route/compiled_route.h"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace fairway::route {

/// A class of requests that Envoy counts on its own ("virtual cluster").
struct RequestClass {
    std::string name;
    std::vector<HeaderCondition> headers;
};

/// Routes that share their hosts.
struct VirtualHost {
    enum class Tls : std::uint8_t { Optional, Required, RequiredForExternal };
    std::string name;                 ///< "reviews.shop.svc.cluster.local:9080"
    std::vector<std::string> domains; ///< Lower case; "*.a.b", "a.*" and "*" are wildcards.
    std::vector<CompiledRoute> routes;
    Tls tls = Tls::Optional;
    HeaderEdits requestEdits;
    HeaderEdits responseEdits;
    std::vector<RequestClass> classes;
};

/// Virtual hosts by the host of a request.
///
/// Order:   as Envoy looks: the exact host, the longest "*suffix", the longest "prefix*", then "*". A wildcard stands for at least
///          one character. Of two hosts with the same domain the first counts.
/// Speed:   a look-up is one hash of the host plus one per distinct length of wildcard.
class HostTable {
public:
    HostTable() = default;
    explicit HostTable(std::vector<VirtualHost> hosts, bool ignoresPort = true);

    [[nodiscard]] const VirtualHost *find(std::string_view authority) const;
    [[nodiscard]] const std::vector<VirtualHost> &hosts() const { return m_hosts; }
    [[nodiscard]] bool ignoresPort() const { return m_ignoresPort; }
    /// Routes of `host` that could take the path, as indices in order; all others have a path condition that excludes it.
    void candidates(const VirtualHost &host, std::string_view path, std::vector<std::uint32_t> &out) const;

private:
    struct TextHash : std::hash<std::string_view> {
        using is_transparent = void;
    };
    template <typename T>
    using ByText = std::unordered_map<std::string, T, TextHash, std::equal_to<>>;
    /// For hosts with many routes: paths by hash instead of one after the other.
    struct PathIndex {
        ByText<std::vector<std::uint32_t>> exact;
        ByText<std::vector<std::uint32_t>> prefix;
        std::vector<std::size_t> prefixLengths;
        std::vector<std::uint32_t> others;
    };
    struct Wildcards {
        ByText<std::uint32_t> hosts;
        std::vector<std::size_t> lengths; ///< Longest first.
    };
    static void add(Wildcards &wildcards, std::string_view text, std::uint32_t host);
    void index(std::uint32_t host);

    std::vector<VirtualHost> m_hosts;
    bool m_ignoresPort = true;
    ByText<std::uint32_t> m_exact;
    Wildcards m_suffixes;
    Wildcards m_prefixes;
    std::int64_t m_any = -1;
    std::unordered_map<std::uint32_t, PathIndex> m_indices;
};

/// What a listener does with connections of one kind.
struct FilterChain {
    enum class Transport : std::uint8_t { Any, Plain, Tls };
    std::string name;
    std::vector<std::string> sniHosts; ///< Empty: any.
    std::vector<std::string> subnets;  ///< Destination addresses, "10.0.0.0/8"; empty: any.
    Transport transport = Transport::Any;
    bool onlyHttp = false;      ///< Taken when the first bytes look like HTTP.
    bool terminatesTls = false;
    bool needsClientCertificate = false;
    std::shared_ptr<const HostTable> http;
    std::shared_ptr<const CompiledRoute> tcp; ///< Where bytes go when this is no HTTP.
};

struct Listener {
    std::string name;
    std::string address; ///< Empty: every address.
    int port = 0;
    std::vector<FilterChain> chains;
    std::vector<std::string> sources; ///< "Gateway shop/front": whose servers these are.
};

/// Everything one proxy would hold: the compiled model that requests are resolved in.
///
/// Threads: immutable after it was made; any number may read.
struct RouteTable {
    std::vector<Listener> listeners;
    bool isMesh = false;
    std::string fallthrough; ///< Mesh: "PassthroughCluster" or "BlackHoleCluster" for what no listener takes.
    std::string domain = "cluster.local";
    std::vector<Text> notes; ///< What the objects ask for and the table does not hold, for people.
    std::vector<Text> patches; ///< EnvoyFilters that would change this proxy's configuration, with what they patch: not modelled.

    /// The listener of an address and port: the address's own before the one for every address.
    [[nodiscard]] const Listener *listenerOf(std::string_view address, int port) const;
};

/// Envoy's choice: subnets, then SNI, then TLS or not, then HTTP or not; at each step the most specific that fits, else those that
/// don't ask. nullptr without one; `isAmbiguous` when several are left.
struct Call;
[[nodiscard]] const FilterChain *chainOf(const Listener &listener, const Call &call, bool &isAmbiguous);

} // namespace fairway::route
