#include "widgets/frame/rail.h"

#include "widgets/common/text_label.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/style_controls.h"

#include <QPainter>
#include <QVBoxLayout>

namespace fairway::ui {
namespace {
constexpr int WideWidth = 168;
constexpr int FoldedWidth = 48;
} // namespace

RailItem::RailItem(const QString &title, QString icon, QWidget *parent)
    : QAbstractButton(parent)
    , m_icon(std::move(icon))
{
    setText(title);
    setCheckable(true);
    setAttribute(Qt::WA_Hover);
    setFocusPolicy(Qt::TabFocus);
    describe();
}

void RailItem::setCount(int count, bool isWarning)
{
    if (m_count == count && m_isWarning == isWarning)
        return;
    m_count = count;
    m_isWarning = isWarning;
    describe();
    update();
}

void RailItem::setFolded(bool isFolded)
{
    m_isFolded = isFolded;
    update();
}

void RailItem::describe()
{
    setAccessibleName(text());
    setAccessibleDescription(m_count > 0 ? QString::number(m_count) : QString());
}

QSize RailItem::sizeHint() const
{
    return {m_isFolded ? FoldedWidth : WideWidth, 30};
}

void RailItem::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &t = theme();
    const QRectF body(6, 0, width() - 13, height());
    if (isChecked())
        paint::box(painter, body, t.color(Token::Selection), QColor(), 6);
    else if (underMouse() && isEnabled())
        paint::box(painter, body, t.color(Token::Hover), QColor(), 6);
    if (isChecked())
        paint::box(painter, QRectF(0, 6, 3, height() - 12), t.color(Token::Accent), QColor(), 1.5);
    if (hasFocus())
        paint::focusRing(painter, body);
    const QColor iconInk = t.color(!isEnabled() ? Token::Line : isChecked() ? Token::Accent : Token::Muted);
    paintLineIcon(painter, m_icon, iconInk, QPointF(m_isFolded ? (width() - 17) / 2.0 : 14, 7));
    if (m_isFolded) {
        if (m_count > 0)
            paint::box(painter, QRectF(width() - 18, 5, 7, 7), t.color(m_isWarning ? Token::Warning : Token::Muted), {}, 3.5);
        return;
    }
    const QString count = m_count > 0 ? QString::number(m_count) : QString();
    const QFont small = t.font(FontRole::Small);
    const int countWidth = count.isEmpty() ? 0 : QFontMetrics(small).horizontalAdvance(count) + 4;
    painter.setFont(t.font(isChecked() ? FontRole::Strong : FontRole::Body));
    painter.setPen(t.color(isEnabled() ? Token::Text : Token::Muted));
    const QRect room(36, 0, width() - 36 - 15 - countWidth, height());
    painter.drawText(room, Qt::AlignVCenter, painter.fontMetrics().elidedText(text(), Qt::ElideRight, room.width()));
    painter.setFont(small);
    painter.setPen(t.color(Token::Muted));
    painter.drawText(rect().adjusted(0, 0, -15, 0), Qt::AlignVCenter | Qt::AlignRight, count);
}

Rail::Rail(QWidget *parent)
    : QWidget(parent)
    , m_column(new QVBoxLayout(this))
    , m_settings(new RailItem(tr("Settings"), QStringLiteral("settings")))
{
    setFixedWidth(WideWidth);
    m_column->setContentsMargins(0, 44, 0, 8);
    m_column->setSpacing(0);
    m_column->addStretch(1);
    m_settings->setCheckable(false);
    m_column->addSpacing(8);
    m_column->addWidget(m_settings);
}

void Rail::addPage(const PageSpec &spec, const QString &keys)
{
    int at = m_column->count() - 3; // Before the stretch, the gap and the settings.
    if (spec.section != m_lastSection) {
        m_lastSection = spec.section;
        const QString title = spec.section == RailSection::Traffic ? tr("TRAFFIC")
            : spec.section == RailSection::Network                 ? tr("NETWORK")
            : spec.section == RailSection::Packages                ? tr("PACKAGES")
                                                                   : tr("CLUSTER");
        auto *label = new TextLabel(title, FontRole::Tiny, Token::Muted);
        QFont font = label->font();
        font.setLetterSpacing(QFont::AbsoluteSpacing, 0.5);
        label->setFont(font);
        label->setContentsMargins(14, 14, 0, 4);
        m_titles << label;
        m_column->insertWidget(at++, label);
    }
    auto *item = new RailItem(spec.title, spec.icon);
    const bool isBuilt = static_cast<bool>(spec.make);
    item->setEnabled(isBuilt);
    if (!isBuilt)
        item->setToolTip(spec.absence.isEmpty() ? tr("%1: not in this version").arg(spec.title)
                                                : tr("%1: not in this version. %2").arg(spec.title, spec.absence));
    else
        item->setToolTip(keys.isEmpty() ? spec.title : QStringLiteral("%1 (%2)").arg(spec.title, keys));
    m_items.insert(spec.id, item);
    m_column->insertWidget(at, item);
    const QString id = spec.id;
    connect(item, &QAbstractButton::clicked, this, [this, id] { Q_EMIT chosen(id); });
}

void Rail::setCurrent(const QString &id)
{
    for (auto it = m_items.begin(); it != m_items.end(); ++it)
        it.value()->setChecked(it.key() == id);
}

void Rail::setCount(const QString &id, int count, bool isWarning)
{
    if (RailItem *item = m_items.value(id))
        item->setCount(count, isWarning);
}

void Rail::setFolded(bool isFolded)
{
    if (m_isFolded == isFolded)
        return;
    m_isFolded = isFolded;
    setFixedWidth(isFolded ? FoldedWidth : WideWidth);
    for (RailItem *item : std::as_const(m_items))
        item->setFolded(isFolded);
    m_settings->setFolded(isFolded);
    for (QWidget *title : std::as_const(m_titles))
        title->setVisible(!isFolded);
    update();
}

void Rail::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &t = theme();
    painter.fillRect(rect(), t.color(Token::Surface));
    painter.fillRect(QRect(width() - 1, 0, 1, height()), t.color(Token::Line));
    painter.fillRect(QRect(6, m_settings->y() - 8, width() - 13, 1), t.color(Token::Line));
    paintLineIcon(painter, QStringLiteral("fairway"), t.color(Token::Accent), QPointF(m_isFolded ? 15 : 14, 14));
    if (m_isFolded)
        return;
    QFont font = t.font(FontRole::Strong);
    font.setPixelSize(14);
    painter.setFont(font);
    painter.setPen(t.color(Token::Text));
    painter.drawText(QRect(38, 0, width() - 40, 44), Qt::AlignVCenter, QStringLiteral("Fairway"));
}

} // namespace fairway::ui
