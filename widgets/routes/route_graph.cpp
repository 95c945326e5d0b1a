#include "widgets/routes/route_graph.h"

#include "widgets/common/format.h"
#include "widgets/routes/words.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/theme.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace fairway::ui {

namespace {
constexpr int maxSquares = 9;

void paintBox(QPainter &painter, const QRectF &rect, const QColor &border, double width)
{
    painter.setPen(QPen(border, width));
    painter.setBrush(theme().color(Token::Raised));
    const double inset = width / 2;
    painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), 6, 6);
}

void drawElided(QPainter &painter, const QRectF &rect, Qt::Alignment align, const QString &text)
{
    painter.drawText(rect, align | Qt::AlignVCenter, painter.fontMetrics().elidedText(text, Qt::ElideRight, static_cast<int>(rect.width())));
}

QPainterPath ribbonPath(const QPointF &from, const QPointF &to)
{
    QPainterPath path(from);
    const double reach = (to.x() - from.x()) * 0.5;
    path.cubicTo(from + QPointF(reach, 0), to - QPointF(reach, 0), to);
    return path;
}
} // namespace

RouteGraph::RouteGraph(QWidget *parent)
    : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    setAccessibleName(tr("Route graph"));
    connect(&theme(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void RouteGraph::setInput(const GraphInput &input)
{
    const bool isSame = input.detail.row.id == m_input.detail.row.id;
    const bool wasExpanded = m_input.isExpanded;
    m_input = input;
    m_input.isExpanded = isSame && wasExpanded;
    setAccessibleDescription(GraphLayout::describe(m_input));
    relayout();
}

void RouteGraph::relayout()
{
    const double before = m_layout.height;
    m_layout = GraphLayout::make(m_input, width());
    if (!qFuzzyCompare(before + 1, m_layout.height + 1)) {
        setFixedHeight(static_cast<int>(std::ceil(m_layout.height)));
    }
    update();
}

QSize RouteGraph::sizeHint() const
{
    return {696, static_cast<int>(std::ceil(m_layout.height))};
}

QSize RouteGraph::minimumSizeHint() const
{
    return {420, sizeHint().height()};
}

int RouteGraph::heightForWidth(int forWidth) const
{
    return static_cast<int>(std::ceil(GraphLayout::make(m_input, forWidth).height));
}

void RouteGraph::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    relayout();
}

int RouteGraph::ruleAt(const QPointF &at) const
{
    for (qsizetype i = 0; i < m_layout.rules.size(); ++i) {
        if (m_layout.rules[i].rect.contains(at)) {
            return static_cast<int>(i);
        }
    }
    return -1;
}

void RouteGraph::mousePressEvent(QMouseEvent *event)
{
    const int at = ruleAt(event->position());
    if (at >= 0 && m_layout.rules[at].rule < 0) {
        m_input.isExpanded = true;
        relayout();
    } else if (at >= 0) {
        Q_EMIT ruleChosen(m_layout.rules[at].rule);
    }
    for (const GraphLayout::DestinationBox &box : std::as_const(m_layout.destinations)) {
        if (box.hidden > 0 && box.rect.contains(event->position())) {
            m_input.isExpanded = true;
            relayout();
            return;
        }
        if (box.hidden == 0 && (box.pods.contains(event->position()) || box.rect.contains(event->position()))) {
            Q_EMIT podChosen(box.destination);
            return;
        }
    }
}

void RouteGraph::mouseMoveEvent(QMouseEvent *event)
{
    const int at = ruleAt(event->position());
    if (at != m_hovered) {
        m_hovered = at;
        setCursor(at >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
        update();
    }
}

void RouteGraph::leaveEvent(QEvent *)
{
    m_hovered = -1;
    update();
}

void RouteGraph::step(int direction)
{
    const int next = std::clamp(m_input.selected + direction, 0, std::max(0, static_cast<int>(m_input.detail.rules.size()) - 1));
    if (next != m_input.selected) {
        Q_EMIT ruleChosen(next);
    }
}

void RouteGraph::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Up:
        step(-1);
        return;
    case Qt::Key_Down:
        step(1);
        return;
    case Qt::Key_Home:
        step(-m_input.selected);
        return;
    case Qt::Key_End:
        step(static_cast<int>(m_input.detail.rules.size()));
        return;
    case Qt::Key_Return:
    case Qt::Key_Space:
        m_input.isExpanded = !m_input.isExpanded;
        relayout();
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

bool RouteGraph::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        for (const GraphLayout::DestinationBox &box : std::as_const(m_layout.destinations)) {
            if (box.hidden == 0 && (box.rect.contains(help->pos()) || box.pods.contains(help->pos()))) {
                const engine::Destination &d = box.destination;
                QStringList lines {d.host + (d.port > 0 ? QStringLiteral(":%1").arg(d.port) : QString())};
                lines += d.problem.isEmpty() ? d.pods.mid(0, 12) : QStringList {d.problem};
                QToolTip::showText(help->globalPos(), lines.join(u'\n'), this);
                return true;
            }
        }
        const int at = ruleAt(help->pos());
        if (at >= 0 && m_layout.rules[at].rule >= 0) {
            const engine::Rule &rule = m_input.detail.rules[m_layout.rules[at].rule];
            QStringList lines {rule.title, rule.detail, rule.path}; // The number is the place in match order; the field may count otherwise.
            lines.removeAll(QString());
            QToolTip::showText(help->globalPos(), lines.join(u'\n'), this);
            return true;
        }
        if (m_layout.host.contains(help->pos())) {
            QToolTip::showText(help->globalPos(), (m_input.detail.hosts.mid(0, 12) + m_input.detail.gateways.mid(0, 12)).join(u'\n'), this);
            return true;
        }
        QToolTip::hideText();
    }
    return QWidget::event(event);
}

void RouteGraph::paintHeads(QPainter &painter) const
{
    painter.setFont(theme().font(FontRole::Small));
    painter.setPen(theme().color(Token::Muted));
    const auto head = [&](const QRectF &rect, const QString &text) { painter.drawText(rect, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextDontClip, text); };
    // A head runs into the gap behind its column, no further.
    const auto fitting = [&](double left, double right, const QString &full, const QString &brief) {
        return painter.fontMetrics().horizontalAdvance(full) + 8 <= right - left ? full : brief;
    };
    const double hostLeft = m_layout.host.left();
    const double rulesLeft = m_layout.rulesHead.left();
    head(QRectF(hostLeft, m_layout.rulesHead.top(), m_layout.host.width(), 20), fitting(hostLeft, rulesLeft, tr("Host and gateways"), tr("Host")));
    head(m_layout.rulesHead, fitting(rulesLeft, m_layout.destinationsHead.left(), tr("Rules in match order"), tr("Rules")));
    head(m_layout.destinationsHead, tr("Destinations"));
    head(m_layout.podsHead, tr("Pods"));
}

void RouteGraph::paintHost(QPainter &painter) const
{
    const QRectF box = m_layout.host;
    const QColor line = theme().color(Token::Line);
    // The way from the host to each rule, below the boxes.
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme().color(Token::Muted), 1));
    for (const GraphLayout::RuleBox &rule : m_layout.rules) {
        painter.drawPath(ribbonPath(QPointF(box.right(), box.center().y()), QPointF(rule.rect.left(), rule.rect.center().y())));
    }
    paintBox(painter, box, line, 1);
    const QString host = m_input.detail.hosts.value(0, tr("any host"));
    const qsizetype dot = host.indexOf(u'.');
    const QRectF inner = box.adjusted(10, 0, -8, 0);
    painter.setPen(theme().color(Token::Text));
    painter.setFont(theme().font(FontRole::Strong));
    drawElided(painter, QRectF(inner.left(), box.top() + 6, inner.width(), 18), Qt::AlignLeft, dot > 0 ? host.left(dot) : host);
    painter.setFont(theme().font(FontRole::Body));
    painter.setPen(theme().color(Token::Muted));
    QString rest = dot > 0 ? host.mid(dot) : QString();
    if (m_input.detail.hosts.size() > 1) {
        rest += (rest.isEmpty() ? QString() : QStringLiteral(" ")) + tr("+%1").arg(m_input.detail.hosts.size() - 1);
    }
    drawElided(painter, QRectF(inner.left(), box.top() + 24, inner.width(), 18), Qt::AlignLeft, rest);
    painter.fillRect(QRectF(box.left() + 1, box.top() + 47, box.width() - 2, 1), line);

    QStringList gateways = m_input.detail.gateways;
    if (gateways.isEmpty()) {
        gateways.append(tr("mesh"));
    }
    const qsizetype shown = gateways.size() > 4 ? 3 : gateways.size();
    painter.setPen(theme().color(Token::Text));
    double y = box.top() + 51;
    for (qsizetype i = 0; i < shown; ++i, y += 21) {
        drawElided(painter, QRectF(inner.left(), y, inner.width(), 20), Qt::AlignLeft, gateways[i]);
    }
    if (gateways.size() > shown) {
        painter.setPen(theme().color(Token::Muted));
        drawElided(painter, QRectF(inner.left(), y, inner.width(), 20), Qt::AlignLeft, tr("%1 more").arg(gateways.size() - shown));
    }
}

void RouteGraph::paintRibbons(QPainter &painter) const
{
    painter.setBrush(Qt::NoBrush);
    // The chosen rule last: its ribbons lie on top.
    for (const bool isSelected : {false, true}) {
        for (const GraphLayout::Ribbon &ribbon : m_layout.ribbons) {
            if (ribbon.isSelected != isSelected) {
                continue;
            }
            QColor color = theme().roleColor(ribbon.role);
            if (ribbon.share <= 0) {
                color.setAlphaF(0.6F);
            }
            QPen pen(color, ribbon.isDashed ? 1.4 : ribbon.width);
            pen.setCapStyle(Qt::FlatCap);
            if (ribbon.isDashed) {
                pen.setDashPattern({3.2, 2.4});
            }
            painter.setPen(pen);
            painter.drawPath(ribbonPath(ribbon.from, ribbon.to - QPointF(1, 0)));
        }
    }
}

void RouteGraph::paintShares(QPainter &painter) const
{
    painter.setFont(theme().font(FontRole::Small));
    for (const GraphLayout::Ribbon &ribbon : m_layout.ribbons) {
        if (!ribbon.isSelected && !ribbon.isAlone) {
            continue;
        }
        const QString text = percent(ribbon.share);
        const double rise = ribbon.from.y() - ribbon.to.y();
        const bool isFlat = std::abs(rise) < 12;
        QRectF at;
        Qt::Alignment align = Qt::AlignVCenter;
        if (ribbon.isAlone) { // Where it leaves the rule, on the side the curve turns away from.
            const double y = ribbon.from.y() + (rise > 12 ? 12 : -11);
            at = QRectF(ribbon.from.x() + 8, y - 8, 44, 16);
            align |= Qt::AlignLeft;
        } else { // Where it arrives, outside the curve.
            const double away = ribbon.width / 2 + (isFlat ? 10 : 17);
            const double y = ribbon.to.y() + (rise > -12 ? away : -away);
            at = QRectF(ribbon.to.x() - 50, y - 8, 44, 16);
            align |= Qt::AlignRight;
        }
        QColor halo = theme().color(Token::Window);
        halo.setAlphaF(0.75F);
        const QRectF tight = painter.fontMetrics().boundingRect(at.toRect(), static_cast<int>(align), text);
        painter.fillRect(tight.adjusted(-1, 1, 1, -1), halo);
        painter.setPen(theme().color(Token::Muted));
        painter.drawText(at, static_cast<int>(align), text);
    }
}

void RouteGraph::paintRule(QPainter &painter, const GraphLayout::RuleBox &box, bool isHovered) const
{
    if (box.rule < 0) {
        QPen pen(theme().color(Token::Line), 1, Qt::DashLine);
        painter.setPen(pen);
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(box.rect.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
        painter.setFont(theme().font(FontRole::Small));
        painter.setPen(theme().color(isHovered ? Token::Text : Token::Muted));
        painter.drawText(box.rect, Qt::AlignCenter, box.hidden == 1 ? tr("1 more rule") : tr("%1 more rules").arg(box.hidden));
        return;
    }
    const engine::Rule &rule = m_input.detail.rules[box.rule];
    const bool isSelected = box.rule == m_input.selected;
    const QColor border = theme().color(isSelected ? Token::Accent : isHovered ? Token::Muted : Token::Line);
    paintBox(painter, box.rect, border, isSelected ? (hasFocus() ? 2.0 : 1.5) : 1.0);

    painter.setFont(theme().font(FontRole::Small));
    painter.setPen(theme().color(Token::Muted));
    painter.drawText(QRectF(box.rect.left(), box.rect.top(), 31, box.rect.height()), Qt::AlignCenter, QString::number(box.rule + 1));

    const QList<qint64> weights = m_input.weights.value(box.rule, weightsOf(rule));
    const QString live = rule.destinations.isEmpty() ? tr("no destination") : splitText(rule);
    painter.setFont(theme().font(FontRole::Body));
    const double room = box.rect.width() - 31 - 10;
    const double rightWidth = std::min<double>(painter.fontMetrics().horizontalAdvance(live) + 2, room * 0.6);
    const double left = box.rect.left() + 31;
    const QFont titleFont = theme().font(rule.isCatchAll ? FontRole::Strong : FontRole::Mono);
    // Where both don't fit, the weights go below, in the place of the detail: what a rule is and does counts more than how it matches.
    const bool isTight = QFontMetricsF(titleFont).horizontalAdvance(rule.title) > room - rightWidth - 8;
    painter.setPen(theme().color(rule.destinations.size() > 1 ? Token::Text : Token::Muted));
    drawElided(painter, QRectF(box.rect.right() - 10 - rightWidth, box.rect.top() + (isTight ? 20 : 3), rightWidth, isTight ? 16 : 18), Qt::AlignRight, live);
    painter.setFont(titleFont);
    painter.setPen(theme().color(Token::Text));
    drawElided(painter, QRectF(left, box.rect.top() + 3, isTight ? room : room - rightWidth - 8, 18), Qt::AlignLeft, rule.title);

    painter.setFont(theme().font(FontRole::Small));
    const bool isDraft = m_input.isDraft.value(box.rule);
    painter.setPen(theme().color(isDraft ? Token::Accent : Token::Muted));
    QString detail = isDraft ? tr("draft %1").arg(splitText(weights)) : rule.detail;
    if (!isDraft && rule.isSidecarOnly) {
        detail = detail.isEmpty() ? tr("sidecars only") : tr("%1, sidecars only").arg(detail);
    }
    const double detailRoom = isTight ? room - rightWidth - 8 : room;
    if (detailRoom > 36) {
        drawElided(painter, QRectF(left, box.rect.top() + 20, detailRoom, 16), Qt::AlignLeft, detail);
    }
}

void RouteGraph::paintDestination(QPainter &painter, const GraphLayout::DestinationBox &box) const
{
    if (box.hidden > 0) {
        painter.setPen(QPen(theme().color(Token::Line), 1, Qt::DashLine));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(box.rect.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
        painter.setFont(theme().font(FontRole::Small));
        painter.setPen(theme().color(Token::Muted));
        painter.drawText(box.rect, Qt::AlignCenter, tr("%1 more").arg(box.hidden));
        return;
    }
    paintBox(painter, box.rect, theme().color(Token::Line), 1);
    painter.fillRect(QRectF(box.rect.left() - 1, box.rect.top() + 8, 3, box.rect.height() - 16), theme().roleColor(box.destination.role));
    const QRectF inner = box.rect.adjusted(13, 0, -6, 0);
    painter.setFont(theme().font(FontRole::Strong));
    painter.setPen(theme().color(Token::Text));
    drawElided(painter, QRectF(inner.left(), box.rect.top() + 5, inner.width(), 17), Qt::AlignLeft, box.destination.label);
    painter.setFont(theme().font(FontRole::Small));
    painter.setPen(theme().color(Token::Muted));
    const QString role = roleWord(box.destination.role);
    drawElided(painter, QRectF(inner.left(), box.rect.top() + 22, inner.width(), 17), Qt::AlignLeft,
        role.isEmpty() ? box.destination.host.section(u'.', 0, 0) : role);
}

void RouteGraph::paintPods(QPainter &painter, const GraphLayout::DestinationBox &box) const
{
    if (box.hidden > 0) {
        return;
    }
    const engine::Destination &destination = box.destination;
    painter.setPen(QPen(theme().color(Token::Line), 1));
    painter.drawLine(QPointF(box.rect.right(), box.rect.center().y()), QPointF(box.pods.left() - 3, box.rect.center().y()));
    const bool isShort = destination.readyPods < destination.totalPods || destination.totalPods == 0;
    painter.setFont(theme().font(FontRole::Small));
    // Pods that are there and not ready are drawn as such below.
    if (!destination.problem.isEmpty() && destination.totalPods <= 0) {
        paintLineIcon(painter, QStringLiteral("error"), theme().color(Token::Bad), QPointF(box.pods.left(), box.pods.center().y() - 8), 14);
        painter.setPen(theme().color(Token::Bad));
        drawElided(painter, QRectF(box.pods.left() + 18, box.pods.top(), box.pods.width() - 18, box.pods.height()), Qt::AlignLeft, tr("not found"));
        return;
    }
    double textTop = box.pods.center().y() - 8;
    if (destination.totalPods > 0 && destination.totalPods <= maxSquares) {
        textTop = box.pods.center().y() + 2;
        for (int i = 0; i < destination.totalPods; ++i) {
            const QRectF square(box.pods.left() + i * 8.0, box.pods.center().y() - 13, 6.5, 8.5);
            const bool isReady = i < destination.readyPods;
            painter.setPen(isReady ? Qt::NoPen : QPen(theme().color(Token::Warning), 1));
            painter.setBrush(isReady ? QBrush(theme().roleColor(destination.role)) : QBrush(Qt::NoBrush));
            painter.drawRoundedRect(isReady ? square : square.adjusted(0.5, 0.5, -0.5, -0.5), 1.5, 1.5);
        }
    }
    painter.setPen(theme().color(isShort ? Token::Warning : Token::Muted));
    painter.drawText(QRectF(box.pods.left(), textTop, box.pods.width() + 14, 16), Qt::AlignLeft | Qt::AlignVCenter | Qt::TextDontClip,
        destination.totalPods < 0 ? tr("only rendered") : destination.totalPods == 0 ? tr("no pods") : tr("%1 ready").arg(readyText(destination)));
}

void RouteGraph::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintHeads(painter);
    paintHost(painter);
    paintRibbons(painter);
    for (qsizetype i = 0; i < m_layout.rules.size(); ++i) {
        paintRule(painter, m_layout.rules[i], m_hovered == i);
    }
    for (const GraphLayout::DestinationBox &box : m_layout.destinations) {
        paintDestination(painter, box);
        paintPods(painter, box);
    }
    paintShares(painter);
}

} // namespace fairway::ui
