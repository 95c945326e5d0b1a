#include "core/route/mesh_graph.h"

#include "fixtures.h"

#include <algorithm>

using namespace fairway;
using namespace fairway::route;

namespace {

const std::string Reviews = virtualService(R"(  hosts: [reviews]
  http:
  - match: [{uri: {prefix: /old}}]
    redirect: {uri: /new}
  - route:
    - destination: {host: reviews, subset: v1}
      weight: 90
    - destination: {host: reviews, subset: v3}
      weight: 10
)");

struct Scene {
    std::vector<RouteObject> routes;
    std::vector<std::vector<std::vector<Resolution>>> resolutions;

    [[nodiscard]] MeshGraph graph(const MeshFilter &filter = {}) const
    {
        std::vector<MeshRoute> all;
        for (std::size_t i = 0; i < routes.size(); ++i)
            all.push_back({&routes[i], resolutions.empty() ? nullptr : &resolutions[i]});
        return meshGraph(all, filter);
    }
};

Scene scene(const std::vector<std::string> &texts, std::string_view topology)
{
    Scene made;
    for (const std::string &text : texts)
        made.routes.push_back(routeOf(text));
    if (!topology.empty()) {
        const TopologyView view = topologyOf(topology);
        for (const RouteObject &route : made.routes)
            made.resolutions.push_back(resolutionsOf(route, view));
    }
    return made;
}

std::vector<std::string> told(const MeshGraph &graph)
{
    std::vector<std::string> lines;
    for (const MeshEdge &edge : graph.edges)
        lines.push_back(graph.nodes[edge.from].label + " -> " + graph.nodes[edge.to].label + (edge.label.empty() ? "" : " " + edge.label) + (edge.isBroken ? " !" : ""));
    return lines;
}

} // namespace

TEST(MeshGraph, leadsFromHostsToPods)
{
    const MeshGraph graph = scene({Reviews}, kShop).graph();
    const std::vector<std::string> want {
        "mesh -> reviews",
        "reviews -> /old prefix",
        "/old prefix -> redirects to /new",
        "reviews -> Everything else",
        "Everything else -> shop/reviews v1 90 %",
        "shop/reviews v1 -> 2 pods",
        "Everything else -> shop/reviews v3 10 % !",
    };
    EXPECT_EQ(told(graph), want);
    const auto v3 = std::find_if(graph.nodes.begin(), graph.nodes.end(), [](const MeshNode &node) { return node.label == "shop/reviews v3"; });
    ASSERT_NE(v3, graph.nodes.end());
    EXPECT_TRUE(v3->isBroken);
    EXPECT_FALSE(v3->detail.empty()) << "says why";
}

TEST(MeshGraph, endsAtDestinationsWhereNothingIsKnown)
{
    const MeshGraph graph = scene({Reviews}, {}).graph();
    EXPECT_TRUE(std::none_of(graph.nodes.begin(), graph.nodes.end(), [](const MeshNode &node) { return node.kind == MeshNode::Kind::Pods || node.isBroken; }));
}

TEST(MeshGraph, followsDelegatesAndTellsMissingOnes)
{
    const std::string head = "apiVersion: networking.istio.io/v1\nkind: VirtualService\n";
    const std::string root = head + "metadata: {name: root, namespace: shop}\nspec:\n  hosts: [shop.example]\n  http:\n"
                                    "  - {match: [{uri: {prefix: /cart}}], delegate: {name: cart}}\n  - {match: [{uri: {prefix: /gone}}], delegate: {name: gone, namespace: edge}}\n";
    const std::string cart = head + "metadata: {name: cart, namespace: shop}\nspec:\n  http: [{route: [{destination: {host: reviews, subset: v1}}]}]\n";
    const MeshGraph graph = scene({root, cart}, {}).graph();
    const std::vector<std::string> want {
        "mesh -> shop.example",
        "shop.example -> /cart prefix",
        "/cart prefix -> delegate shop/cart",
        "shop.example -> /gone prefix",
        "/gone prefix -> delegate edge/gone !",
        "delegate shop/cart -> Everything",
        "Everything -> shop/reviews v1",
    };
    EXPECT_EQ(told(graph), want);
    MeshFilter broken;
    broken.onlyBroken = true;
    EXPECT_EQ(scene({root, cart}, {}).graph(broken).shownRoutes, 1U);
}

TEST(MeshGraph, isFilteredAndBounded)
{
    const std::string other = "apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: plain, namespace: edge}\nspec:\n  hosts: [plain.example]\n"
                              "  http: [{route: [{destination: {host: reviews.shop.svc.cluster.local, subset: v1}}]}]\n";
    const Scene both = scene({Reviews, other}, kShop);
    EXPECT_EQ(both.graph().shownRoutes, 2U);
    MeshFilter filter;
    filter.text = "PLAIN.example";
    EXPECT_EQ(both.graph(filter).shownRoutes, 1U);
    filter = {};
    filter.ns = "edge";
    EXPECT_EQ(both.graph(filter).shownRoutes, 1U);
    filter = {};
    filter.onlyBroken = true;
    EXPECT_EQ(both.graph(filter).shownRoutes, 1U);
    EXPECT_EQ(both.graph(filter).nodes.front().label, "reviews");
    filter = {};
    filter.maxNodes = 8; // the first may need eleven
    EXPECT_EQ(both.graph(filter).leftOut, 1U);
    EXPECT_LE(both.graph(filter).nodes.size(), 8U);
    filter = {};
    filter.text = "nobody";
    EXPECT_TRUE(both.graph(filter).nodes.empty());
}

TEST(MeshGraph, namesSayOnlyThemselves)
{
    Scene made = scene({Reviews}, {});
    made.routes[0].hosts = {"\"]; evil [label=\"x\\", "a\nb\\N"};
    const std::string dot = meshDot(made.graph());
    EXPECT_NE(dot.find(R"(label="\"]; evil [label=\"x\\")"), std::string::npos) << dot;
    EXPECT_NE(dot.find(R"(label="a\nb\\N")"), std::string::npos) << dot;
}
