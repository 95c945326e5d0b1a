#include "core/route/ip_subnet.h"
#include "core/route/call.h"
#include "core/route/route_table.h"

#include <algorithm>
#include <limits>

/// Source: Envoy's FilterChainManager (docs: FilterChainMatch).
namespace fairway::route {
namespace {

    using Chains = std::vector<const FilterChain *>;

    /// Keeps the chains that fit best; when none fits, those without the condition. `rank` gives 0 for what doesn't fit.
    template <typename Asks, typename Rank>
    void narrow(Chains &chains, Asks asks, Rank rank)
    {
        if (std::none_of(chains.begin(), chains.end(), asks))
            return;
        std::size_t best = 0;
        for (const FilterChain *chain : chains)
            best = std::max(best, asks(chain) ? rank(*chain) : 0);
        std::erase_if(chains, [&](const FilterChain *chain) { return best > 0 ? !asks(chain) || rank(*chain) != best : asks(chain); });
    }

    std::size_t sniRank(const FilterChain &chain, const std::string &sni)
    {
        std::size_t best = 0;
        for (const std::string &host : chain.sniHosts) {
            if (host == sni)
                return std::numeric_limits<std::size_t>::max();
            if (host.starts_with('*') && sni.size() >= host.size() && sni.ends_with(std::string_view(host).substr(1)))
                best = std::max(best, host.size());
        }
        return best;
    }

} // namespace

const FilterChain *chainOf(const Listener &listener, const Call &call, bool &isAmbiguous)
{
    isAmbiguous = false;
    Chains chains;
    for (const FilterChain &chain : listener.chains)
        chains.push_back(&chain);
    const std::optional<IpAddress> address = IpAddress::parse(call.address);
    narrow(
        chains, [](const FilterChain *chain) { return !chain->subnets.empty(); },
        [&](const FilterChain &chain) {
            std::size_t best = 0;
            for (const std::string &subnet : chain.subnets) {
                const std::optional<IpSubnet> parsed = IpSubnet::parse(subnet);
                if (parsed && address && parsed->contains(*address))
                    best = std::max<std::size_t>(best, static_cast<std::size_t>(parsed->bits) + 1);
            }
            return best;
        });
    const std::string sni = lowerAscii(call.sni);
    const bool isTls = call.tls != Call::Tls::None;
    narrow(
        chains, [](const FilterChain *chain) { return !chain->sniHosts.empty(); },
        [&](const FilterChain &chain) { return isTls ? sniRank(chain, sni) : std::size_t {0}; });
    narrow(
        chains, [](const FilterChain *chain) { return chain->transport != FilterChain::Transport::Any; },
        [&](const FilterChain &chain) { return std::size_t {(chain.transport == FilterChain::Transport::Tls) == isTls ? 1U : 0U}; });
    narrow(
        chains, [](const FilterChain *chain) { return chain->onlyHttp; },
        [&](const FilterChain &) { return std::size_t {call.isHttp() && !isTls ? 1U : 0U}; });
    if (chains.empty())
        return nullptr;
    isAmbiguous = chains.size() > 1;
    return chains.front();
}

} // namespace fairway::route
