#include "core/route/mesh_svg.h"

#include "core/route/mesh_graph.h"
#include "fixtures.h"

using namespace fairway;
using namespace fairway::route;

TEST(MeshSvg, isDrawnByGraphviz)
{
    const RouteObject route = routeOf(virtualService("  hosts: [reviews]\n  http: [{route: [{destination: {host: reviews, subset: v1}}]}]\n"));
    const auto resolutions = resolutionsOf(route, topologyOf(kShop));
    const MeshRoute routes[] = {{&route, &resolutions}};
    const Result<std::string> svg = dotToSvg(meshDot(meshGraph(routes)));
    if (!svg && svg.error().code == ErrorCode::Unsupported)
        GTEST_SKIP() << "GRAPHVIZ IS NOT INSTALLED: NOTHING WAS DRAWN";
    ASSERT_TRUE(svg) << svg.error().message;
    EXPECT_TRUE(svg->starts_with("<svg"));
    EXPECT_NE(svg->find("shop/reviews v1"), std::string::npos);
    EXPECT_FALSE(dotToSvg("digraph {")) << "what can't be read is refused";
}
