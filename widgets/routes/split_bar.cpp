#include "widgets/routes/split_bar.h"

#include "widgets/common/format.h"
#include "widgets/common/split_mini_bar.h"
#include "widgets/routes/split_grip.h"
#include "widgets/routes/split_model.h"
#include "widgets/routes/words.h"
#include "widgets/theme/theme.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>
#include <limits>

namespace fairway::ui {

namespace {
constexpr int labelWidth = 44;
constexpr int liveHeight = 5;
constexpr int draftTop = 18;
constexpr int draftHeight = 36;
constexpr int gripOverhang = 4;

int asInt(qint64 value)
{
    return static_cast<int>(std::min<qint64>(value, std::numeric_limits<int>::max()));
}
} // namespace

void paintHatch(QPainter &painter, const QRectF &rect)
{
    painter.save();
    painter.setClipRect(rect, Qt::IntersectClip);
    painter.setPen(QPen(theme().color(Token::Hatch), 2));
    // On a grid of the bar, not of the segment: the hatch stands still while a divider moves.
    constexpr double step = 9;
    for (double x = std::floor((rect.left() - rect.height()) / step) * step; x < rect.right(); x += step) {
        painter.drawLine(QPointF(x, rect.bottom()), QPointF(x + rect.height(), rect.top()));
    }
    painter.restore();
}

SplitBar::SplitBar(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&theme(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

QSize SplitBar::sizeHint() const
{
    return {480, draftTop + draftHeight + gripOverhang};
}

QSize SplitBar::minimumSizeHint() const
{
    return {labelWidth + 6 * SplitGrip::hitWidth, sizeHint().height()};
}

QRect SplitBar::liveRect() const
{
    return {labelWidth, 5, width() - labelWidth, liveHeight};
}

QRect SplitBar::draftRect() const
{
    return {labelWidth, draftTop, width() - labelWidth, draftHeight};
}

void SplitBar::setModel(SplitModel *model, const QStringList &labels, const QList<engine::Role> &roles)
{
    m_model = model;
    m_labels = labels;
    m_roles = roles;
    makeGrips();
    refresh();
}

void SplitBar::setLiveTitle(const QString &title)
{
    m_liveTitle = title;
    update();
}

void SplitBar::setEditable(bool isEditable)
{
    m_isEditable = isEditable;
    for (SplitGrip *grip : std::as_const(m_grips)) {
        grip->setVisible(isEditable);
    }
}

void SplitBar::makeGrips()
{
    const qsizetype wanted = m_model != nullptr && m_model->size() <= maxSegments ? std::max<qsizetype>(m_model->size() - 1, 0) : 0;
    while (m_grips.size() > wanted) {
        m_grips.takeLast()->deleteLater();
    }
    while (m_grips.size() < wanted) {
        auto *grip = new SplitGrip(this);
        const qsizetype divider = m_grips.size();
        connect(grip, &SplitGrip::gestureBegan, this, [this] {
            if (m_model != nullptr) {
                m_model->beginGesture();
            }
        });
        connect(grip, &SplitGrip::gestureEnded, this, [this] {
            if (m_model != nullptr) {
                m_model->endGesture();
            }
        });
        const auto report = [this](const SplitModel::Refusal &why) {
            if (why) {
                Q_EMIT refused(*why);
            }
            refresh(); // Also when refused: the slider underneath may stand elsewhere.
            if (!why) {
                Q_EMIT edited();
            }
        };
        connect(grip, &SplitGrip::stepped, this,
            [this, divider, report](qint64 delta) { report(m_model->moveDivider(divider, delta)); });
        connect(grip, &SplitGrip::placed, this,
            [this, divider, report](qint64 weight) { report(m_model->placeDivider(divider, weight)); });
        connect(grip, &SplitGrip::dragged, this, [this, divider, report](const QPoint &at) {
            const qint64 weight = m_geometry.leftWeightAt(divider, at.x() - draftRect().left());
            if (weight != m_model->draft().value(divider)) {
                report(m_model->placeDivider(divider, weight));
            }
        });
        grip->setVisible(m_isEditable);
        m_grips.append(grip);
    }
    for (qsizetype d = 0; d < m_grips.size(); ++d) {
        m_grips[d]->setAccessibleName(tr("Divider between %1 and %2").arg(m_labels.value(d), m_labels.value(d + 1)));
        m_grips[d]->setToolTip(tr("Drag, or arrow keys; Shift moves by 10"));
    }
}

void SplitBar::refresh()
{
    layoutGrips();
    describe();
    update();
}

void SplitBar::layoutGrips()
{
    if (m_model == nullptr) {
        m_geometry = {};
        return;
    }
    const QRect bar = draftRect();
    m_geometry = SplitGeometry(m_model->draft(), bar.width(), SplitGrip::hitWidth);
    for (qsizetype d = 0; d < m_grips.size(); ++d) {
        const qint64 left = m_model->draft().value(d);
        m_grips[d]->show(asInt(std::max<qint64>(left + m_model->draft().value(d + 1), 1)), asInt(left));
        m_grips[d]->setGeometry(bar.left() + m_geometry.dividerX(d) - SplitGrip::hitWidth / 2, bar.top() - gripOverhang,
            SplitGrip::hitWidth, bar.height() + 2 * gripOverhang);
        m_grips[d]->setAccessibleDescription(
            tr("%1 %2, %3 %4").arg(m_labels.value(d), percent(m_model->share(d), 1), m_labels.value(d + 1), percent(m_model->share(d + 1), 1)));
    }
}

void SplitBar::describe()
{
    QStringList parts;
    for (qsizetype i = 0; m_model != nullptr && i < m_model->size(); ++i) {
        parts.append(tr("%1: live %2, draft %3").arg(m_labels.value(i)).arg(m_model->live()[i]).arg(m_model->draft()[i]));
    }
    setAccessibleName(tr("Split bar"));
    setAccessibleDescription(parts.join(QStringLiteral("; ")));
}

void SplitBar::focusFirstGrip()
{
    if (!m_grips.isEmpty()) {
        m_grips.first()->setFocus(Qt::ShortcutFocusReason);
    }
}

void SplitBar::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    layoutGrips();
}

void SplitBar::paintSegment(QPainter &painter, const QRectF &rect, qsizetype segment) const
{
    const engine::Role role = m_roles.value(segment, engine::Role::Other);
    painter.fillRect(rect, theme().roleColor(role));
    if (role == engine::Role::Canary) {
        paintHatch(painter, rect);
    }
    const double side = 14;
    const QRectF inside = rect.adjusted(side, 0, -side, 0);
    if (inside.width() < 8) {
        return;
    }
    painter.setFont(theme().font(FontRole::Strong));
    const QFontMetricsF metrics(painter.font());
    const QString share = percent(m_model->share(segment), m_model->total() > 200 ? 1 : 0);
    const double shareWidth = metrics.horizontalAdvance(share);
    const auto drawPlain = [&](const QRectF &where, Qt::Alignment align, const QString &text) {
        if (role == engine::Role::Canary) {
            // Letters on hatching are hard to read: a plain patch below them.
            const double w = metrics.horizontalAdvance(text) + 8;
            const double x = align.testFlag(Qt::AlignRight) ? where.right() - w + 4 : where.left() - 4;
            painter.fillRect(QRectF(x, where.center().y() - 9, w, 18), theme().roleColor(role));
        }
        painter.setPen(theme().color(Token::BarText));
        painter.drawText(where, align | Qt::AlignVCenter, text);
    };
    if (shareWidth > inside.width()) {
        return;
    }
    const double labelRoom = inside.width() - shareWidth - 12;
    if (labelRoom < 16) {
        drawPlain(inside, Qt::AlignRight, share);
        return;
    }
    drawPlain(inside, Qt::AlignLeft, metrics.elidedText(m_labels.value(segment), Qt::ElideMiddle, labelRoom));
    drawPlain(inside, Qt::AlignRight, share);
}

void SplitBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(theme().font(FontRole::Small));
    painter.setPen(theme().color(Token::Muted));
    painter.drawText(QRect(0, 0, labelWidth - 4, 15), Qt::AlignVCenter | Qt::AlignLeft, m_liveTitle);
    painter.setFont(theme().font(FontRole::Strong));
    painter.setPen(theme().color(Token::Text));
    painter.drawText(QRect(0, draftTop, labelWidth - 4, draftHeight), Qt::AlignVCenter | Qt::AlignLeft, tr("Draft"));
    if (m_model == nullptr || m_model->size() == 0) {
        return;
    }
    paintMiniBar(painter, liveRect(), m_model->liveParts(), m_roles);

    const QRectF bar = draftRect();
    QPainterPath round;
    round.addRoundedRect(bar, 7, 7);
    painter.setClipPath(round);
    painter.fillRect(bar, theme().color(Token::Track));
    for (qsizetype i = 0; i < m_model->size(); ++i) {
        paintSegment(painter, QRectF(bar.left() + m_geometry.left(i), bar.top(), m_geometry.width(i), bar.height()), i);
    }
    painter.setPen(QPen(theme().color(Token::Window), 1));
    for (qsizetype d = 0; d + 1 < m_model->size(); ++d) {
        const double x = bar.left() + m_geometry.dividerX(d);
        painter.drawLine(QPointF(x, bar.top()), QPointF(x, bar.bottom()));
    }
    painter.setClipping(false);
}

} // namespace fairway::ui
