#include "app/fairway/pages.h"

#include "widgets/charts/charts_page.h"
#include "widgets/explorer/explorer_page.h"
#include "widgets/home/home_page.h"
#include "widgets/routes/routes_page.h"
#include "widgets/theme/theme.h"

#include <QCoreApplication>

namespace fairway::ui {
namespace {
struct Rail {
    Q_DECLARE_TR_FUNCTIONS(Rail)
};
} // namespace

QList<PageSpec> railPages(engine::Engine &engine)
{
    const auto page = [](const char *id, const QString &title, RailSection section, std::function<Page *()> make,
                          const QString &absence = {}) {
        const QString name = QString::fromLatin1(id);
        return PageSpec {name, title, name, section, std::move(make), absence};
    };
    const QString inExplorer = Rail::tr("Its objects can be read in Explorer.");
    return {
        page("home", Rail::tr("Home"), RailSection::Top, [&engine] { return new HomePage(engine); }),
        page("routes", Rail::tr("Routes"), RailSection::Traffic, [&engine] { return new RoutesPage(engine, theme()); }),
        page("rollouts", Rail::tr("Rollouts"), RailSection::Traffic, {}, Rail::tr("Weights can be moved by hand in Routes.")),
        page("pools", Rail::tr("Connection pools"), RailSection::Traffic, {},
            Rail::tr("A rehearsal in Routes shows the built-in proxy's figures.")),
        page("services", Rail::tr("Services"), RailSection::Network, {}, inExplorer),
        page("autoscaling", Rail::tr("Autoscaling"), RailSection::Network, {}, inExplorer),
        page("charts", Rail::tr("Charts"), RailSection::Packages, [&engine] { return new ChartsPage(engine); }),
        page("releases", Rail::tr("Releases"), RailSection::Packages, {}, inExplorer),
        page("explorer", Rail::tr("Explorer"), RailSection::Cluster, [&engine] { return new ExplorerPage(engine); }),
    };
}

} // namespace fairway::ui
