#include "widgets/frame/connection_view.h"

#include "widgets/common/badge.h"
#include "widgets/common/format.h"
#include "widgets/common/text_label.h"
#include "widgets/theme/button_kind.h"

#include <QHBoxLayout>
#include <QPushButton>

namespace fairway::ui {

using engine::Connection;

QString connectionText(const engine::ConnectionState &state)
{
    switch (state.state) {
    case Connection::None: return ConnectionView::tr("Not connected");
    case Connection::Connecting: return ConnectionView::tr("Connecting…");
    case Connection::CatchingUp: return ConnectionView::tr("Catching up…");
    case Connection::Live:
        if (!state.reason.isEmpty())
            return ConnectionView::tr("Live, in part");
        return ConnectionView::tr("Live, %1 behind").arg(seconds(state.secondsBehind));
    case Connection::Stale:
        return ConnectionView::tr("Stale since %1").arg(clockTime(state.since, QDateTime::currentDateTime()));
    case Connection::Failed: return ConnectionView::tr("Can't connect");
    }
    return {};
}

QString connectionToolTip(const engine::ConnectionState &state)
{
    QStringList lines;
    if (!state.context.isEmpty())
        lines << (state.serverVersion.isEmpty() ? state.context
                                                : QStringLiteral("%1, Kubernetes %2").arg(state.context, state.serverVersion));
    if (state.since.isValid())
        lines << ConnectionView::tr("since %1").arg(exactTime(state.since));
    for (const QString &line : {state.reason, state.nextStep}) {
        if (!line.isEmpty())
            lines << line;
    }
    return lines.join(QLatin1Char('\n'));
}

ConnectionView::ConnectionView(engine::ContextService &contexts, QWidget *parent)
    : QWidget(parent)
    , m_contexts(contexts)
    , m_dot(new StatusDot)
    , m_text(new TextLabel)
    , m_retry(new QPushButton(tr("Retry")))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(6, 0, 6, 0);
    row->setSpacing(6);
    row->addWidget(m_dot);
    row->addWidget(m_text);
    row->addWidget(m_retry);
    setButtonKind(m_retry, ButtonKind::Link);
    m_retry->setAccessibleName(tr("Retry the connection"));
    connect(m_retry, &QPushButton::clicked, &contexts, &engine::ContextService::retry);
    connect(&contexts, &engine::ContextService::connectionChanged, this, &ConnectionView::refresh);
    refresh();
}

void ConnectionView::refresh()
{
    const engine::ConnectionState state = m_contexts.connection();
    const QString text = connectionText(state);
    const bool isBad = state.state == Connection::Failed;
    const bool isStale = state.state == Connection::Stale || (state.state == Connection::Live && !state.reason.isEmpty());
    m_text->setText(text);
    m_text->setToken(isBad ? Token::Bad : isStale ? Token::Warning : Token::Text);
    m_dot->setToken(isBad                      ? Token::Bad
            : isStale                          ? Token::Warning
            : state.state == Connection::Live ? Token::Good
                                               : Token::Muted);
    m_retry->setVisible(isBad || state.state == Connection::Stale);
    setToolTip(connectionToolTip(state));
}

} // namespace fairway::ui
