#include "core/engine/engine.h"

#include "core/engine/chart_workshop.h"
#include "core/engine/contexts.h"
#include "core/engine/gateways.h"
#include "core/engine/gui_dispatcher.h"
#include "core/engine/objects.h"
#include "core/engine/overview.h"
#include "core/engine/rehearsals.h"
#include "core/engine/route_checks.h"
#include "core/engine/routes.h"
#include "core/engine/state_folder.h"
#include "core/engine/task_thread.h"
#include "core/engine/text.h"
#include "core/engine/writes.h"
#include "core/engine/xrays.h"
#include "core/operate/state_files.h"

namespace fairway::engine {

std::string stateFolderOf(const EngineOptions &options)
{
    return options.stateFolder.isEmpty() ? operate::defaultStateFolder() : toUtf8(options.stateFolder);
}

namespace {

constexpr unsigned Workers = 3; ///< Blocking calls side by side: a slow dry run must not hold up a journal.

class RealEngine final : public Engine {
public:
    explicit RealEngine(const EngineOptions &options)
        : m_stateFolder(stateFolderOf(options))
        , m_settings(operate::settingsFile(m_stateFolder))
        , m_worker(Workers)
        , m_contexts(options, m_dispatcher->poster(), m_worker, m_settings)
        , m_gateways(m_contexts, m_worker, m_dispatcher->poster())
        , m_writes(m_contexts, m_overview, m_dispatcher->poster(), m_worker, m_settings, m_gateways, operate::journalFile(m_stateFolder))
        , m_routes(m_contexts, [this](const QString &object) { return m_writes.isMine(object); }, m_worker, m_dispatcher->poster())
        , m_checks(m_contexts, m_routes, m_dispatcher->poster())
        , m_rehearsals(m_contexts, m_routes, m_overview, m_worker, m_dispatcher->poster())
        , m_objects(m_contexts, m_dispatcher->poster(), m_worker)
        , m_charts(m_dispatcher->poster(), m_stateFolder + "/charts.yaml")
        , m_xrays(m_contexts, m_routes, m_worker, m_dispatcher->poster())
    {
        connectServices();
        m_writes.begin();
        m_contexts.begin();
    }

    ~RealEngine() override
    {
        // What runs elsewhere ends first; what it still posts finds nobody.
        m_dispatcher.reset();
        m_worker.stop();
        m_checks.stop();
    }

    ContextService &contexts() override { return m_contexts; }
    RouteService &routes() override { return m_routes; }
    WriteService &writes() override { return m_writes; }
    GatewayService &gateways() override { return m_gateways; }
    RehearsalService &rehearsal() override { return m_rehearsals; }
    ObjectService &objects() override { return m_objects; }
    OverviewService &overview() override { return m_overview; }
    ChartService &charts() override { return m_charts; }
    XrayService &xray() override { return m_xrays; }

private:
    void connectServices()
    {
        QObject::connect(&m_contexts, &Contexts::pictureArrived, &m_routes, [this](const std::shared_ptr<const RoutePicture> &picture) {
            m_contexts.takePicture(*picture);
            m_writes.takePicture(picture);
            m_objects.takePicture(picture);
            m_routes.takePicture(picture);
            m_overview.takePicture(picture);
            m_xrays.takePicture();
            m_checks.takePicture();
        });
        QObject::connect(&m_contexts, &Contexts::discoveryArrived, &m_objects,
            [this](const std::shared_ptr<const kube::Discovery> &discovery) { m_objects.takeDiscovery(discovery); });
        QObject::connect(&m_contexts, &Contexts::sessionChanged, &m_routes, [this] {
            m_rehearsals.stop();
            m_routes.forget();
            m_objects.forget();
            m_gateways.forget();
            m_overview.takePicture(nullptr);
            m_writes.takePicture(nullptr);
            m_writes.takeSession();
            m_xrays.forget();
            m_checks.forget();
        });
        QObject::connect(&m_contexts, &Contexts::connectionChanged, &m_overview,
            [this] { m_overview.takeConnection(m_contexts.connection()); });
        QObject::connect(&m_contexts, &Contexts::namespacesChanged, &m_routes, [this] { m_routes.refresh(); });
        QObject::connect(&m_routes, &Routes::previewChanged, &m_writes, [this] {
            m_writes.takePreview(m_routes.preview());
            m_checks.takePreview();
        });
        QObject::connect(&m_writes, &Writes::journalChanged, &m_routes, [this] { m_routes.refresh(); });
    }

    std::unique_ptr<GuiDispatcher> m_dispatcher = std::make_unique<GuiDispatcher>();
    const std::string m_stateFolder;
    operate::ContextSettings m_settings;
    TaskThread m_worker;
    Overview m_overview;
    Contexts m_contexts;
    Gateways m_gateways;
    Writes m_writes;
    Routes m_routes;
    RouteChecks m_checks;
    Rehearsals m_rehearsals;
    Objects m_objects;
    ChartWorkshop m_charts;
    Xrays m_xrays;
};

} // namespace

std::unique_ptr<Engine> createEngine(const EngineOptions &options)
{
    return std::make_unique<RealEngine>(options);
}

} // namespace fairway::engine
