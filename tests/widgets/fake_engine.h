#pragma once

#include "core/engine/chart_workshop.h"
#include "tests/widgets/fake_services.h"

namespace fairway::test {

/// An engine without a cluster. Everything but charts answers at once, in the calling thread, from the
/// design's sample data.
class FakeEngine final : public engine::Engine {
public:
    FakeEngine();
    ~FakeEngine() override;
    [[nodiscard]] engine::ContextService &contexts() override { return contextService; }
    [[nodiscard]] engine::RouteService &routes() override { return routeService; }
    [[nodiscard]] engine::WriteService &writes() override { return writeService; }
    [[nodiscard]] engine::GatewayService &gateways() override { return gatewayService; }
    [[nodiscard]] engine::RehearsalService &rehearsal() override { return rehearsalService; }
    [[nodiscard]] engine::ObjectService &objects() override { return objectService; }
    [[nodiscard]] engine::OverviewService &overview() override { return overviewService; }
    [[nodiscard]] engine::ChartService &charts() override { return chartService; }
    [[nodiscard]] engine::XrayService &xray() override { return xrayService; }

    FakeContexts contextService;
    FakeRoutes routeService;
    FakeWrites writeService;
    FakeGateways gatewayService;
    FakeRehearsal rehearsalService;
    FakeObjects objectService;
    FakeOverview overviewService;
    FakeXray xrayService;
    engine::GuiDispatcher dispatcher;
    engine::ChartWorkshop chartService {dispatcher.poster(), {}}; ///< The real one: it needs no cluster.
};

} // namespace fairway::test
