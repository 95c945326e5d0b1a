#include "widgets/frame/notices.h"

#include "widgets/common/banner.h"
#include "widgets/frame/connection_view.h"

#include <QPainter>
#include <QVBoxLayout>

namespace fairway::ui {

using engine::Connection;

ProductionEdge::ProductionEdge(engine::ContextService &contexts, QWidget *parent)
    : QWidget(parent)
    , m_contexts(contexts)
{
    setFixedHeight(5);
    connect(&contexts, &engine::ContextService::currentChanged, this, &ProductionEdge::refresh);
    connect(&contexts, &engine::ContextService::contextsChanged, this, &ProductionEdge::refresh);
    refresh();
}

void ProductionEdge::refresh()
{
    const engine::ContextInfo context = m_contexts.current();
    m_isPractice = context.isPractice;
    setFixedHeight(context.isProduction ? 5 : 3);
    setVisible(context.isProduction || context.isPractice);
    update();
}

void ProductionEdge::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &t = theme();
    if (m_isPractice) {
        // Practice has a quiet solid edge: never the stripes that mean danger.
        painter.fillRect(rect(), t.color(Token::ContextLab));
        return;
    }
    painter.fillRect(rect(), t.color(Token::Window));
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(t.color(Token::ContextProduction), 8));
    for (int x = -16; x < width() + 16; x += 23)
        painter.drawLine(QPointF(x, height() + 6), QPointF(x + height() + 12, -6));
}

Notices::Notices(engine::ContextService &contexts, QWidget *parent)
    : QWidget(parent)
    , m_contexts(contexts)
    , m_kubeconfig(new Banner)
    , m_connection(new Banner)
    , m_insecure(new Banner)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    for (Banner *banner : {m_kubeconfig, m_connection, m_insecure})
        column->addWidget(banner);
    connect(m_kubeconfig, &Banner::activated, &contexts, &engine::ContextService::reloadKubeconfig);
    connect(m_connection, &Banner::activated, &contexts, &engine::ContextService::retry);
    connect(&contexts, &engine::ContextService::contextsChanged, this, &Notices::refresh);
    connect(&contexts, &engine::ContextService::currentChanged, this, &Notices::refresh);
    connect(&contexts, &engine::ContextService::connectionChanged, this, &Notices::refresh);
    refresh();
}

void Notices::refresh()
{
    const engine::ContextInfo context = m_contexts.current();
    const engine::ConnectionState state = m_contexts.connection();
    // On the practice cluster a missing kubeconfig is no news.
    if (const QString problem = m_contexts.kubeconfigProblem(); !problem.isEmpty() && !context.isPractice)
        m_kubeconfig->show(Tone::Warning, problem, tr("Read it again"));
    else
        m_kubeconfig->hide();
    if (state.state == Connection::Failed || state.state == Connection::Stale) {
        QString text = state.state == Connection::Failed
            ? tr("Can't connect to %1: %2").arg(state.context, state.reason)
            : tr("%1. What you see may be out of date: %2").arg(connectionText(state), state.reason);
        if (!state.nextStep.isEmpty())
            text += QLatin1Char(' ') + state.nextStep;
        m_connection->show(state.state == Connection::Failed ? Tone::Bad : Tone::Warning, text, tr("Retry"));
    } else {
        m_connection->hide();
    }
    if (context.isInsecure && !context.isPractice)
        m_insecure->show(Tone::Warning,
            tr("The identity of %1 is not verified: the kubeconfig sets insecure-skip-tls-verify. Anyone on the way can read "
               "and change what is sent.")
                .arg(context.name));
    else
        m_insecure->hide();
}

} // namespace fairway::ui
