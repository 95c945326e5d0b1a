#include "widgets/explorer/object_panel.h"

#include "widgets/common/code_view.h"
#include "widgets/common/empty_state.h"
#include "widgets/common/layout_parts.h"
#include "widgets/common/text_label.h"
#include "widgets/theme/button_kind.h"
#include "widgets/theme/icons.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

namespace fairway::ui {
namespace {

bool isRouteKind(const QString &kind)
{
    return kind == QLatin1String("VirtualService") || kind == QLatin1String("HTTPRoute") || kind == QLatin1String("GRPCRoute")
        || kind == QLatin1String("TLSRoute") || kind == QLatin1String("TCPRoute");
}

} // namespace

ObjectPanel::ObjectPanel(engine::ObjectService &objects, QWidget *parent)
    : QWidget(parent)
    , m_objects(objects)
    , m_header(new PageHeader({}))
    , m_place(new TextLabel({}, FontRole::Small, Token::Muted))
    , m_line(new Hairline)
    , m_yaml(new CodeView)
    , m_state(new EmptyState)
    , m_copy(new QPushButton(tr("Copy")))
    , m_route(new QPushButton(tr("Open in Routes")))
{
    setMinimumWidth(280);
    m_copy->setIcon(lineIcon(QStringLiteral("copy")));
    m_copy->setAccessibleName(tr("Copy the YAML"));
    setCompact(m_copy);
    setCompact(m_route);
    m_header->addWidget(m_route);
    m_header->addWidget(m_copy);
    m_place->setContentsMargins(16, 8, 16, 8);
    m_yaml->setAccessibleName(tr("YAML of the object"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_header);
    column->addWidget(m_place);
    column->addWidget(m_line);
    column->addWidget(m_yaml, 1);
    column->addWidget(m_state, 1);
    connect(m_copy, &QPushButton::clicked, this, &ObjectPanel::copyYaml);
    connect(m_route, &QPushButton::clicked, this,
        [this] { Q_EMIT navigate(QStringLiteral("routes:%1/%2/%3").arg(m_kind.kind, m_ns, m_name)); });
    connect(&objects, &engine::ObjectService::yamlReady, this, &ObjectPanel::onYaml);
    connect(m_state, &EmptyState::activated, this, &ObjectPanel::fetchAgain);
    clear();
}

void ObjectPanel::clear()
{
    m_name.clear();
    m_header->setTitle(tr("Details"));
    m_place->hide();
    m_line->hide();
    m_copy->hide();
    m_route->hide();
    m_yaml->hide();
    m_state->show(EmptyState::Kind::Empty, tr("Choose a row"), tr("Its YAML appears here, without managed fields."));
    m_state->setIcon(QStringLiteral("file"));
}

void ObjectPanel::showObject(const engine::KindInfo &kind, const QString &ns, const QString &name)
{
    if (kind.id == m_kind.id && ns == m_ns && name == m_name)
        return;
    m_kind = kind;
    m_ns = ns;
    m_name = name;
    m_header->setTitle(name);
    m_place->setText(ns.isEmpty() ? kind.kind : tr("%1 in %2").arg(kind.kind, ns));
    m_place->show();
    m_line->show();
    m_route->setVisible(isRouteKind(kind.kind));
    m_yaml->hide();
    m_copy->hide();
    m_state->show(EmptyState::Kind::Loading, tr("Reading %1").arg(name), {});
    fetchAgain();
}

void ObjectPanel::fetchAgain()
{
    if (!m_name.isEmpty())
        m_objects.fetchYaml(m_kind.id, m_ns, m_name);
}

void ObjectPanel::onYaml(
    const QString &kindId, const QString &ns, const QString &name, const QString &yaml, const QString &problem)
{
    // An answer to an earlier choice is late news.
    if (kindId != m_kind.id || ns != m_ns || name != m_name)
        return;
    const bool isShown = problem.isEmpty();
    m_yaml->setVisible(isShown);
    m_copy->setVisible(isShown);
    m_state->setVisible(!isShown);
    if (isShown)
        m_yaml->setCode(yaml);
    else
        m_state->show(EmptyState::Kind::Failed, tr("%1 can't be read").arg(name), problem, tr("Try again"));
}

void ObjectPanel::copyYaml()
{
    QGuiApplication::clipboard()->setText(m_yaml->toPlainText());
}

void ObjectPanel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme().color(Token::Surface));
}

} // namespace fairway::ui
