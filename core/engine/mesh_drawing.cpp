#include "core/engine/mesh_drawing.h"

#include "core/engine/text.h"
#include "core/route/mesh_graph.h"
#include "core/route/mesh_svg.h"

#include <QCoreApplication>

namespace fairway::engine {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(fairway::engine::MeshDrawing)
};

} // namespace

MeshPicture drawnMesh(const QList<std::shared_ptr<const RouteEntry>> &entries, const MeshRequest &request)
{
    std::vector<route::MeshRoute> routes;
    for (const auto &entry : entries) {
        if (entry)
            routes.push_back({&entry->route, &entry->resolutions});
    }
    MeshPicture picture;
    route::MeshFilter filter;
    filter.text = toUtf8(request.filter.trimmed());
    filter.onlyBroken = request.onlyBroken;
    const route::MeshGraph graph = route::meshGraph(routes, filter);
    picture.routes = static_cast<qsizetype>(graph.shownRoutes);
    picture.leftOut = static_cast<qsizetype>(graph.leftOut);
    if (graph.nodes.empty()) {
        picture.problem = routes.empty() ? Words::tr("There are no routes to draw.")
            : request.onlyBroken         ? Words::tr("No route that fits leads to a broken place.")
                                         : Words::tr("No route fits.");
        return picture;
    }
    const auto svg = route::dotToSvg(route::meshDot(graph,
        {toUtf8(request.text), toUtf8(request.muted), toUtf8(request.line), toUtf8(request.surface), toUtf8(request.host), toUtf8(request.broken)}));
    if (!svg) {
        picture.problem = inWords(svg.error());
        return picture;
    }
    picture.svg = QByteArray::fromStdString(*svg);
    for (const route::MeshNode &node : graph.nodes) {
        if (!node.object.empty())
            picture.rules.append({toQString(node.id), toQString(node.object)});
    }
    return picture;
}

} // namespace fairway::engine
