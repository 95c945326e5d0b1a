#include "core/route/log_facts.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace fairway::route {
namespace {

    std::array<std::string_view, 4> fieldsOf(std::string_view text)
    {
        std::array<std::string_view, 4> out;
        for (std::size_t i = 0; i < out.size(); ++i) {
            const std::size_t end = i + 1 < out.size() ? text.find('|') : std::string_view::npos;
            out[i] = text.substr(0, end);
            if (end == std::string_view::npos)
                break;
            text.remove_prefix(end + 1);
        }
        return out;
    }

    Text wordsOf(std::string_view flag)
    {
        struct Flag {
            std::string_view name;
            Text words;
        };
        static const std::array flags {
            Flag {"UH", phrase("route", "no healthy endpoint was there")},
            Flag {"UF", phrase("route", "the connection to the endpoint failed")},
            Flag {"UO", phrase("route", "a circuit breaker was open: too many connections or requests were under way")},
            Flag {"NR", phrase("route", "no route, or no filter chain, took it")},
            Flag {"URX", phrase("route", "all retries were used up")},
            Flag {"NC", phrase("route", "the cluster is not known to the proxy, as for a subset that no DestinationRule defines")},
            Flag {"DT", phrase("route", "it took longer than a connection or stream may last")},
            Flag {"DC", phrase("route", "the client went away")},
            Flag {"LH", phrase("route", "the service failed its health check")},
            Flag {"UT", phrase("route", "the endpoint did not answer in time")},
            Flag {"LR", phrase("route", "the proxy reset the connection")},
            Flag {"UR", phrase("route", "the endpoint reset the connection")},
            Flag {"UC", phrase("route", "the endpoint closed the connection")},
            Flag {"DI", phrase("route", "a fault held it back")},
            Flag {"FI", phrase("route", "a fault ended it with an error")},
            Flag {"RL", phrase("route", "a rate limit refused it")},
            Flag {"UAEX", phrase("route", "the authorization service denied it")},
            Flag {"RLSE", phrase("route", "the rate limit service failed")},
            Flag {"IH", phrase("route", "a header had a value that is not allowed")},
            Flag {"SI", phrase("route", "nothing moved until the stream timed out")},
            Flag {"DPE", phrase("route", "the client broke the protocol")},
            Flag {"UPE", phrase("route", "the endpoint broke the protocol")},
            Flag {"UMSDR", phrase("route", "the answer took longer than a stream may last")},
            Flag {"OM", phrase("route", "the proxy was overloaded")},
            Flag {"DF", phrase("route", "the name of the endpoint was not found")},
        };
        const auto found = std::find_if(flags.begin(), flags.end(), [flag](const Flag &one) { return one.name == flag; });
        return found == flags.end() ? Text() : found->words;
    }

    std::string described(const ClusterName &cluster)
    {
        return cluster.host + ":" + std::to_string(cluster.port) + (cluster.subset.empty() ? "" : " " + cluster.subset);
    }

} // namespace

std::optional<ClusterName> parseClusterName(std::string_view text)
{
    const auto [direction, port, subset, host] = fieldsOf(text);
    ClusterName out;
    out.isInbound = direction == "inbound";
    const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), out.port);
    if ((direction != "outbound" && !out.isInbound) || error != std::errc() || end != port.data() + port.size())
        return std::nullopt;
    out.subset = subset;
    out.host = host;
    return out;
}

std::vector<Text> flagWords(std::string_view flags)
{
    std::vector<Text> out;
    while (!flags.empty()) {
        const std::size_t end = std::min(flags.find(','), flags.size());
        const std::string_view flag = flags.substr(0, end);
        if (const Text words = wordsOf(flag); !words.empty())
            out.push_back(phrase("route", "the log's %1: %2").with(flag, words));
        flags.remove_prefix(std::min(end + 1, flags.size()));
    }
    return out;
}

std::vector<Text> heldAgainst(const LogFacts &log, const Decision &decision)
{
    std::vector<Text> out = flagWords(log.flags);
    const std::optional<ClusterName> cluster = parseClusterName(log.cluster);
    if (!cluster)
        return out;
    if (cluster->isInbound) {
        out.push_back(phrase("route", "the line is of the server's own sidecar: where its client's proxy sent it does not stand in it"));
        return out;
    }
    const bool isForwarded = decision.outcome == Outcome::Forwarded && decision.route != nullptr;
    const bool agrees = isForwarded && std::any_of(decision.route->action->targets.begin(), decision.route->action->targets.end(), [&](const RouteTarget &target) {
        return target.host == cluster->host && target.subset == cluster->subset && (target.port == 0 || target.port == cluster->port);
    });
    out.push_back((agrees ? phrase("route", "the log agrees: it was sent to %1")
                          : phrase("route", "the log disagrees: it was sent to %1; the routes or the client's labels were others then, or an EnvoyFilter decided"))
                      .with(described(*cluster)));
    return out;
}

} // namespace fairway::route
