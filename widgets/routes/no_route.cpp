#include "widgets/routes/no_route.h"

#include <QCoreApplication>

namespace fairway::ui {
namespace {
struct Words {
    Q_DECLARE_TR_FUNCTIONS(fairway::ui::NoRoute)
};
} // namespace

NoRoute wordsWithoutRoute(engine::Engine &engine, const QString &routeId)
{
    using Kind = EmptyState::Kind;
    using Next = NoRoute::Next;
    const engine::RouteService &routes = engine.routes();
    const engine::ConnectionState connection = engine.contexts().connection();
    if (const QString source = routes.previewSource(); !source.isEmpty()) {
        return routes.rows().isEmpty() ? NoRoute {Kind::Empty, Words::tr("No routes in what is rendered"), routes.problem(), {}, Next::Nothing}
                                       : NoRoute {Kind::Empty, Words::tr("Choose a route"), Words::tr("The list at the left holds what %1 renders.").arg(source), {}, Next::Nothing};
    }
    if (connection.state == engine::Connection::Failed) {
        // Why, and what helps, stands above every page.
        return {Kind::Failed, Words::tr("No connection to %1").arg(connection.context), Words::tr("Its routes appear here as soon as it answers."),
            Words::tr("Retry"), Next::Retry};
    }
    if (connection.state == engine::Connection::None) {
        return {Kind::Empty, {}, {}, {}, Next::Practice};
    }
    if (!routes.problem().isEmpty()) {
        return {Kind::Denied, Words::tr("Routes can't be shown"), routes.problem(), Words::tr("Retry"), Next::Retry};
    }
    if (!routes.isLoaded()) {
        return {Kind::Loading, Words::tr("Reading routes"),
            connection.reason.isEmpty() ? Words::tr("VirtualServices, routes of the Gateway API and canary Ingresses.") : connection.reason, {}, Next::Nothing};
    }
    if (routes.rows().isEmpty()) {
        return {Kind::Empty, Words::tr("No routes here"), Words::tr("A route decides which version of a Service gets which share of requests."),
            Words::tr("Open Explorer"), Next::Explore};
    }
    if (!routeId.isEmpty()) {
        return {Kind::Empty, Words::tr("%1 is not here").arg(routeId),
            Words::tr("It does not exist in this context, or the chosen namespace hides it. Choose another route at the left."), {}, Next::Nothing};
    }
    return {Kind::Empty, Words::tr("Choose a route"), Words::tr("The list at the left holds every route of the cluster."), {}, Next::Nothing};
}

} // namespace fairway::ui
