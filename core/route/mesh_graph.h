#pragma once

#include "core/route/route_object.h"
#include "core/route/topology.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// The whole mesh as one picture: hosts, their rules, where those lead, the pods behind. Pure.
namespace fairway::route {

struct MeshNode {
    enum class Kind : std::uint8_t { Entry, Host, Rule, Destination, Pods };
    Kind kind = Kind::Host;
    std::string id;     ///< Unique in its graph and the same for the same objects.
    std::string label;
    std::string detail; ///< A second line; may be empty.
    std::string object; ///< "VirtualService/shop/reviews" of a rule: what to open; else empty.
    bool isBroken = false; ///< Requests can't get through here.
};

struct MeshEdge {
    std::size_t from = 0; ///< Indices of nodes.
    std::size_t to = 0;
    std::string label;    ///< "90 %" of a split; may be empty.
    bool isBroken = false;
};

struct MeshFilter {
    std::string text;         ///< Part of a host, object, Service or subset, any case; empty: all.
    std::string ns;           ///< Of the routes; empty: all.
    bool onlyBroken = false;  ///< Only what leads to a broken place.
    std::size_t maxNodes = 400; ///< Beyond, routes are left out: a picture nobody can read helps nobody.
};

struct MeshGraph {
    std::vector<MeshNode> nodes;
    std::vector<MeshEdge> edges;
    std::size_t shownRoutes = 0;
    std::size_t leftOut = 0; ///< Routes that fit the filter but not the bound.
};

/// A route and where it leads.
struct MeshRoute {
    const RouteObject *route = nullptr;
    /// By rule, by destination; null when nothing is known of Services and pods: then destinations end the graph.
    const std::vector<std::vector<Resolution>> *resolutions = nullptr;
};

[[nodiscard]] MeshGraph meshGraph(std::span<const MeshRoute> routes, const MeshFilter &filter = {});

/// Where each destination of the route leads, as MeshRoute wants it. Endpoints themselves are left out.
[[nodiscard]] std::vector<std::vector<Resolution>> resolutionsOf(const RouteObject &route, const TopologyView &topology);

/// Colours as "#rrggbb".
struct MeshColors {
    std::string text = "#1b2026";
    std::string muted = "#5b6570";
    std::string line = "#8a949e";
    std::string surface = "#ffffff";
    std::string host = "#e7eef5";
    std::string broken = "#b3261e";
};

/// The graph in Graphviz's language, left to right. Labels are escaped: no name can say anything else than itself.
[[nodiscard]] std::string meshDot(const MeshGraph &graph, const MeshColors &colors = {});

} // namespace fairway::route
