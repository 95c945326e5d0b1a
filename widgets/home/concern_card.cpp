#include "widgets/home/concern_card.h"

#include "widgets/common/layout_parts.h"
#include "widgets/common/split_mini_bar.h"
#include "widgets/common/text_label.h"
#include "widgets/theme/button_kind.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/style_controls.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace fairway::ui {
namespace {
constexpr qsizetype MostRoutes = 7;
constexpr qsizetype MostLines = 6;
constexpr int HeadHeight = 40;
constexpr int FootHeight = 40;
} // namespace

RouteLine::RouteLine(QWidget *parent)
    : QAbstractButton(parent)
{
    setAttribute(Qt::WA_Hover);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void RouteLine::setRow(const engine::RouteRow &row)
{
    m_row = row;
    setAccessibleName(tr("Route %1 in %2, %3").arg(row.name, row.ns, row.summary));
    setToolTip(tr("Open %1 %2/%3").arg(row.kind, row.ns, row.name));
    update();
}

void RouteLine::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &t = theme();
    if (underMouse())
        paint::box(painter, QRectF(rect()).adjusted(-1, 0, 1, 0), t.color(Token::Hover), QColor(), 4);
    if (hasFocus())
        paint::focusRing(painter, rect(), 4);
    const int nameWidth = std::min(150, width() * 3 / 10 + 8);
    const int valueWidth = 76;
    const bool isBad = m_row.severity == engine::Severity::Error || m_row.severity == engine::Severity::Warning;
    painter.setFont(t.font(FontRole::Body));
    painter.setPen(t.color(Token::Text));
    painter.drawText(QRect(2, 0, nameWidth - (isBad ? 20 : 0), height()), Qt::AlignVCenter,
        painter.fontMetrics().elidedText(m_row.name, Qt::ElideRight, nameWidth - (isBad ? 24 : 4)));
    if (isBad)
        paintLineIcon(painter, Theme::severityIcon(m_row.severity), t.severityColor(m_row.severity),
            QPointF(nameWidth - 16, 5), 14);
    paintMiniBar(painter, QRectF(nameWidth + 8, height() / 2.0 - 3, width() - nameWidth - valueWidth - 16, 6), m_row.weights,
        m_row.roles);
    painter.setPen(t.color(Token::Muted));
    painter.drawText(QRect(width() - valueWidth - 2, 0, valueWidth, height()), Qt::AlignVCenter | Qt::AlignRight,
        painter.fontMetrics().elidedText(m_row.summary, Qt::ElideRight, valueWidth));
}

ConcernCard::ConcernCard(QWidget *parent)
    : QWidget(parent)
    , m_title(new TextLabel({}, FontRole::Strong))
    , m_value(new TextLabel)
    , m_body(new QVBoxLayout)
    , m_note(new ElidedLabel({}, FontRole::Small, Token::Muted))
    , m_action(new QPushButton)
{
    setMinimumSize(270, 264);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(36, 0, 12, 0);
    head->addWidget(m_title);
    head->addStretch();
    head->addWidget(m_value);
    auto *headBox = new QWidget;
    headBox->setFixedHeight(HeadHeight);
    headBox->setLayout(head);
    m_body->setContentsMargins(12, 10, 12, 10);
    m_body->setSpacing(4);
    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(12, 0, 12, 0);
    foot->addWidget(m_note, 1);
    foot->addWidget(m_action);
    auto *footBox = new QWidget;
    footBox->setFixedHeight(FootHeight);
    footBox->setLayout(foot);
    setCompact(m_action);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(headBox);
    column->addLayout(m_body);
    column->addStretch(1);
    column->addWidget(footBox);
    connect(m_action, &QPushButton::clicked, this, [this] { Q_EMIT navigate(m_concern.target); });
}

void ConcernCard::setConcern(const engine::Concern &concern, bool isFirst)
{
    m_concern = concern;
    m_title->setText(concern.title);
    m_value->setText(concern.value);
    m_value->setToken(concern.severity == engine::Severity::Error ? Token::Bad
            : concern.severity == engine::Severity::Warning       ? Token::Warning
            : concern.severity == engine::Severity::Good          ? Token::Good
                                                                  : Token::Muted);
    const qsizetype routes = std::min(MostRoutes, concern.routes.size());
    const qsizetype lines = std::min(MostLines, concern.lines.size());
    while (m_lines.size() < lines) {
        auto *line = new TextLabel({}, FontRole::Body, Token::Muted);
        line->setWordWrap(true);
        m_body->addWidget(line);
        m_lines << line;
    }
    while (m_routes.size() < routes) {
        auto *line = new RouteLine;
        connect(line, &QAbstractButton::clicked, this,
            [this, line] { Q_EMIT navigate(QStringLiteral("routes:") + line->row().id); });
        m_body->addWidget(line);
        m_routes << line;
    }
    for (qsizetype i = 0; i < m_lines.size(); ++i) {
        m_lines[i]->setVisible(i < lines);
        if (i >= lines)
            continue;
        m_lines[i]->setText(concern.lines[i]);
        // The first line is the news, the rest explains it; beside routes all of it is a remark.
        m_lines[i]->setFontRole(i == 0 && routes == 0 ? FontRole::Heading : FontRole::Body);
        const bool isBad = i == 0 && routes > 0 && concern.severity == engine::Severity::Error;
        m_lines[i]->setToken(isBad ? Token::Bad : i == 0 && routes == 0 ? Token::Text : Token::Muted);
    }
    // The worst must be among those that have room.
    QList<engine::RouteRow> sorted = concern.routes;
    std::stable_sort(sorted.begin(), sorted.end(),
        [](const engine::RouteRow &a, const engine::RouteRow &b) { return a.severity > b.severity; });
    for (qsizetype i = 0; i < m_routes.size(); ++i) {
        m_routes[i]->setVisible(i < routes);
        if (i < routes)
            m_routes[i]->setRow(sorted[i]);
    }
    const qsizetype more = std::max<qsizetype>(0, concern.routes.size() - routes) + std::max<qsizetype>(0, concern.lines.size() - lines);
    m_note->setText(more > 0 ? tr("and %1 more").arg(more) : QString());
    const QString action = concern.action.isEmpty() ? tr("Open") : concern.action;
    m_action->setVisible(!concern.target.isEmpty());
    m_action->setText(action);
    m_action->setAccessibleName(QStringLiteral("%1: %2").arg(concern.title, action));
    setButtonKind(m_action, isFirst ? ButtonKind::Primary : ButtonKind::Normal);
    update();
}

void ConcernCard::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &t = theme();
    paint::box(painter, rect(), t.color(Token::Surface), t.color(Token::Line), 7);
    painter.fillRect(QRect(1, HeadHeight, width() - 2, 1), t.color(Token::Line));
    painter.fillRect(QRect(1, height() - FootHeight - 1, width() - 2, 1), t.color(Token::Line));
    paintLineIcon(painter, Theme::severityIcon(m_concern.severity), t.severityColor(m_concern.severity), QPointF(12, 12));
}

} // namespace fairway::ui
