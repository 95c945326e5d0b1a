#include "core/route/mesh_graph.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>
#include <utility>

namespace fairway::route {
namespace {

    using Kind = MeshNode::Kind;

    std::string lowered(std::string_view text)
    {
        std::string out(text);
        std::transform(out.begin(), out.end(), out.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
        return out;
    }

    bool contains(std::string_view text, const std::string &loweredPart)
    {
        return lowered(text).find(loweredPart) != std::string::npos;
    }

    std::string percentText(double share)
    {
        const double tenths = std::round(share * 1000);
        const auto whole = static_cast<long long>(tenths) / 10;
        const auto rest = static_cast<long long>(tenths) % 10;
        return std::to_string(whole) + (rest != 0 ? "." + std::to_string(rest) : "") + " %";
    }

    std::string destinationName(const Destination &destination)
    {
        const std::string service = destination.service.empty() ? destination.host : destination.ns + "/" + destination.service;
        return destination.subset.empty() ? service : service + " " + destination.subset;
    }

    bool fits(const RouteObject &route, const MeshFilter &filter, const std::string &text)
    {
        if (!filter.ns.empty() && route.ns != filter.ns)
            return false;
        if (text.empty() || contains(route.id(), text))
            return true;
        const auto has = [&](const std::string &each) { return contains(each, text); };
        if (std::any_of(route.hosts.begin(), route.hosts.end(), has) || std::any_of(route.gateways.begin(), route.gateways.end(), has))
            return true;
        return std::any_of(route.rules.begin(), route.rules.end(), [&](const Rule &rule) {
            return std::any_of(rule.destinations.begin(), rule.destinations.end(), [&](const Destination &d) { return has(destinationName(d)); });
        });
    }

    /// One route's part, made before it is known whether it has room.
    class Builder {
    public:
        Builder(MeshGraph &graph, const std::set<std::string> &delegates)
            : m_graph(graph)
            , m_delegates(delegates)
        {
        }

        void add(const MeshRoute &each)
        {
            const RouteObject &route = *each.route;
            std::vector<std::size_t> hosts;
            if (route.isDelegate) // its rules go on where others' delegate to it
                hosts.push_back(delegate(route.ns + "/" + route.name));
            for (const std::string &host : route.hosts.empty() && !route.isDelegate ? std::vector<std::string> {"*"} : route.hosts) {
                const std::size_t at = node({Kind::Host, "host " + host, host, {}, {}, false});
                hosts.push_back(at);
                for (const std::string &gateway : route.gateways)
                    edge(node({Kind::Entry, "entry " + gateway, gateway, {}, {}, false}), at, {}, false);
            }
            for (std::size_t i = 0; i < route.rules.size(); ++i)
                addRule(route, route.rules[i], each.resolutions != nullptr ? &(*each.resolutions)[i] : nullptr, hosts);
        }

    private:
        void addRule(const RouteObject &route, const Rule &rule, const std::vector<Resolution> *resolutions, const std::vector<std::size_t> &hosts)
        {
            const std::string place = rule.section + "[" + std::to_string(rule.index) + "]";
            const std::size_t at = node({Kind::Rule, "rule " + route.id() + " " + place, rule.title.plain(),
                std::string(toString(route.kind)) + " " + route.ns + "/" + route.name + " " + place, route.id(), false});
            for (const std::size_t host : hosts)
                edge(host, at, {}, false);
            if (!rule.delegate.empty())
                edge(at, delegate(rule.delegate), {}, !m_delegates.contains(rule.delegate));
            else if (rule.destinations.empty() && !rule.action.empty())
                edge(at, node({Kind::Destination, "action " + m_graph.nodes[at].id, rule.action.plain(), {}, {}, false}), {}, false);
            for (std::size_t i = 0; i < rule.destinations.size(); ++i)
                addDestination(rule, rule.destinations[i], resolutions != nullptr ? &(*resolutions)[i] : nullptr, at);
        }

        void addDestination(const Rule &rule, const Destination &destination, const Resolution *resolution, std::size_t from)
        {
            const bool isBroken = resolution != nullptr && resolution->isBroken();
            const std::string port = destination.port > 0 ? ":" + std::to_string(destination.port) : "";
            const std::size_t at = node({Kind::Destination, "destination " + destinationName(destination) + port, destinationName(destination) + port,
                isBroken ? resolution->message.plain() : std::string(), {}, isBroken});
            edge(from, at, rule.isSplit() ? percentText(destination.share) : std::string(), isBroken && destination.share > 0);
            if (resolution == nullptr || resolution->total == 0)
                return;
            const std::string ready = std::to_string(resolution->ready) + " of " + std::to_string(resolution->total) + " ready";
            edge(at, node({Kind::Pods, "pods " + m_graph.nodes[at].id, resolution->total == 1 ? "1 pod" : std::to_string(resolution->total) + " pods", ready, {},
                         resolution->ready == 0}),
                {}, false);
        }

        std::size_t delegate(const std::string &name)
        {
            const bool isThere = m_delegates.contains(name);
            return node({Kind::Rule, "delegate " + name, "delegate " + name, isThere ? "" : "not found", isThere ? "VirtualService/" + name : "", !isThere});
        }

        std::size_t node(MeshNode made)
        {
            const auto [found, isNew] = m_byId.try_emplace(made.id, m_graph.nodes.size());
            if (isNew)
                m_graph.nodes.push_back(std::move(made));
            return found->second;
        }

        void edge(std::size_t from, std::size_t to, std::string label, bool isBroken)
        {
            const auto [found, isNew] = m_edges.try_emplace({from, to, label}, m_graph.edges.size());
            if (isNew)
                m_graph.edges.push_back({from, to, std::move(label), isBroken});
            else
                m_graph.edges[found->second].isBroken |= isBroken;
        }

        MeshGraph &m_graph;
        const std::set<std::string> &m_delegates; ///< Those that are there, "shop/cart".
        std::map<std::string, std::size_t> m_byId;
        std::map<std::tuple<std::size_t, std::size_t, std::string>, std::size_t> m_edges;
    };

    std::set<std::string> delegatesOf(std::span<const MeshRoute> routes)
    {
        std::set<std::string> out;
        for (const MeshRoute &each : routes) {
            if (each.route->isDelegate)
                out.insert(each.route->ns + "/" + each.route->name);
        }
        return out;
    }

    bool isBroken(const MeshRoute &each, const std::set<std::string> &delegates)
    {
        if (std::any_of(each.route->rules.begin(), each.route->rules.end(),
                [&](const Rule &rule) { return !rule.delegate.empty() && !delegates.contains(rule.delegate); }))
            return true;

        const auto leadsNowhere = [](const std::vector<Resolution> &ofRule) {
            return std::any_of(ofRule.begin(), ofRule.end(), [](const Resolution &resolution) { return resolution.isBroken(); });
        };
        return each.resolutions != nullptr && std::any_of(each.resolutions->begin(), each.resolutions->end(), leadsNowhere);
    }

    std::string quoted(std::string_view text)
    {
        std::string out = "\"";
        for (const char c : text) {
            if (c == '"' || c == '\\')
                out += '\\';
            if (c == '\n')
                out += "\\n";
            else if (static_cast<unsigned char>(c) >= ' ')
                out += c;
        }
        return out + '"';
    }

    std::string shortened(const std::string &text)
    {
        constexpr std::size_t most = 60;
        if (text.size() <= most)
            return text;
        std::size_t end = most - 3;
        while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80)
            --end; // a character of UTF-8 is kept whole
        return text.substr(0, end) + "…";
    }

    const char *shapeOf(Kind kind)
    {
        switch (kind) {
        case Kind::Entry:
            return "cds";
        case Kind::Pods:
            return "note";
        case Kind::Host:
        case Kind::Rule:
        case Kind::Destination:
            break;
        }
        return "box";
    }

} // namespace

MeshGraph meshGraph(std::span<const MeshRoute> routes, const MeshFilter &filter)
{
    MeshGraph graph;
    const std::set<std::string> delegates = delegatesOf(routes);
    Builder builder(graph, delegates);
    const std::string text = lowered(filter.text);
    for (const MeshRoute &each : routes) {
        const RouteObject &route = *each.route;
        if (!fits(route, filter, text) || (filter.onlyBroken && !isBroken(each, delegates)))
            continue;
        // What one route may add at most: counted rather than tried, so that the graph never holds half a route.
        std::size_t most = route.hosts.size() + route.gateways.size() + 1;
        for (const Rule &rule : route.rules)
            most += 2 + 2 * rule.destinations.size();
        if (graph.nodes.size() + most > filter.maxNodes) {
            ++graph.leftOut;
            continue;
        }
        builder.add(each);
        ++graph.shownRoutes;
    }
    return graph;
}

std::vector<std::vector<Resolution>> resolutionsOf(const RouteObject &route, const TopologyView &topology)
{
    std::vector<std::vector<Resolution>> all;
    for (const Rule &rule : route.rules) {
        std::vector<Resolution> &ofRule = all.emplace_back();
        for (const Destination &destination : rule.destinations)
            ofRule.push_back(topology.resolve(destination, route.ns, 0));
    }
    return all;
}

std::string meshDot(const MeshGraph &graph, const MeshColors &colors)
{
    std::string out = "digraph mesh {\n  rankdir=LR; nodesep=0.15; ranksep=0.7; bgcolor=\"transparent\";\n  node [fontname=\"Inter,sans-serif\", fontsize=11, style=\"filled,rounded\", penwidth=1, color="
        + quoted(colors.line) + ", fillcolor=" + quoted(colors.surface) + ", fontcolor=" + quoted(colors.text)
        + "];\n  edge [fontname=\"Inter,sans-serif\", fontsize=10, arrowsize=0.6, color=" + quoted(colors.line) + ", fontcolor=" + quoted(colors.muted) + "];\n";
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        const MeshNode &node = graph.nodes[i];
        // Quoted before they are joined: the line break between them is the only one that counts.
        std::string label = quoted(shortened(node.label));
        if (!node.detail.empty()) {
            const std::string detail = quoted(shortened(node.detail));
            label = label.substr(0, label.size() - 1) + "\\n" + detail.substr(1);
        }
        out += "  n" + std::to_string(i) + " [label=" + label + ", shape=" + shapeOf(node.kind) + ", id=" + quoted(node.id)
            + ", tooltip=" + quoted(node.label + (node.detail.empty() ? "" : "\n" + node.detail));
        if (node.kind == Kind::Host)
            out += ", fillcolor=" + quoted(colors.host);
        if (node.isBroken)
            out += ", color=" + quoted(colors.broken) + ", fontcolor=" + quoted(colors.broken) + ", penwidth=2";
        out += "];\n";
    }
    for (const MeshEdge &edge : graph.edges) {
        out += "  n" + std::to_string(edge.from) + " -> n" + std::to_string(edge.to);
        std::string attributes;
        if (!edge.label.empty())
            attributes += "label=" + quoted(edge.label);
        if (edge.isBroken)
            attributes += std::string(attributes.empty() ? "" : ", ") + "color=" + quoted(colors.broken) + ", penwidth=2, style=dashed";
        out += attributes.empty() ? ";\n" : " [" + attributes + "];\n";
    }
    return out + "}\n";
}

} // namespace fairway::route
