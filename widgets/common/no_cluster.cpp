#include "widgets/common/no_cluster.h"

#include "widgets/common/empty_state.h"

namespace fairway::ui {

void showNoCluster(EmptyState &state)
{
    state.show(EmptyState::Kind::Empty, EmptyState::tr("No cluster chosen"),
        EmptyState::tr("Choose a context, or open the practice cluster: it runs on this computer and nothing can break."),
        EmptyState::tr("Open the practice cluster"), EmptyState::tr("Choose a context"));
}

QString practiceTarget(const engine::ContextService &contexts)
{
    for (const engine::ContextInfo &context : contexts.contexts()) {
        if (context.isPractice)
            return QLatin1String("context:") + context.name;
    }
    return chooseContextTarget();
}

QString chooseContextTarget()
{
    return QStringLiteral("context:");
}

} // namespace fairway::ui
