#include "widgets/frame/top_bar.h"

#include "widgets/frame/connection_view.h"
#include "widgets/frame/context_picker.h"
#include "widgets/theme/button_kind.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/severity.h"
#include "widgets/theme/style_controls.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>

namespace fairway::ui {

SearchButton::SearchButton(QWidget *parent)
    : QPushButton(parent)
{
    setAccessibleName(tr("Search or command"));
    setToolTip(tr("Find objects, pages and commands (Ctrl+K)"));
    setAttribute(Qt::WA_Hover);
    setMaximumWidth(380);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void SearchButton::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &t = theme();
    paint::box(painter, rect(), t.color(Token::Window), t.color(underMouse() ? Token::Muted : Token::Line));
    if (hasFocus())
        paint::focusRing(painter, rect());
    paintLineIcon(painter, QStringLiteral("search"), t.color(Token::Muted), QPointF(8, 6));
    painter.setFont(t.font(FontRole::Tiny));
    const QString keys = QStringLiteral("Ctrl+K");
    const int keyWidth = painter.fontMetrics().horizontalAdvance(keys) + 12;
    const QRectF key(width() - keyWidth - 8, 5, keyWidth, 18);
    painter.setPen(t.color(Token::Muted));
    const bool hasKeys = width() > 200;
    if (hasKeys) {
        paint::box(painter, key, QColor(), t.color(Token::Line), 4);
        painter.drawText(key, Qt::AlignCenter, keys);
    }
    painter.setFont(t.font(FontRole::Body));
    const QRect room(32, 0, (hasKeys ? int(key.left()) : width()) - 40, height());
    painter.drawText(
        room, Qt::AlignVCenter, painter.fontMetrics().elidedText(tr("Search or command"), Qt::ElideRight, room.width()));
}

BellButton::BellButton(QWidget *parent)
    : QPushButton(parent)
{
    setButtonKind(this, ButtonKind::Flat);
    setCount(0);
}

void BellButton::setCount(int count)
{
    m_count = count;
    setAccessibleName(tr("Concerns"));
    setAccessibleDescription(QString::number(count));
    setToolTip(count == 0 ? tr("Nothing needs attention") : count == 1 ? tr("One thing needs attention") : tr("%1 things need attention").arg(count));
    update();
}

void BellButton::paintEvent(QPaintEvent *event)
{
    QPushButton::paintEvent(event);
    QPainter painter(this);
    const Theme &t = theme();
    paintLineIcon(painter, QStringLiteral("bell"), t.color(Token::Muted), QPointF(6, 6));
    if (m_count == 0)
        return;
    const QString text = m_count > 99 ? QStringLiteral("99") : QString::number(m_count);
    QFont font = t.font(FontRole::Strong);
    font.setPixelSize(10);
    font.setWeight(QFont::Bold);
    painter.setFont(font);
    const double w = std::max(14, painter.fontMetrics().horizontalAdvance(text) + 6);
    const QRectF pill(width() + 1 - w, 0, w - 1, 14);
    paint::box(painter, pill, t.color(Token::Warning), QColor(), 7);
    painter.setPen(t.color(Token::BarText));
    painter.drawText(pill, Qt::AlignCenter, text);
}

TopBar::TopBar(engine::Engine &engine, QWidget *parent)
    : QWidget(parent)
    , m_engine(engine)
    , m_contextPicker(new ContextPicker(engine.contexts()))
    , m_namespacePicker(new NamespacePicker(engine.contexts()))
    , m_lock(new QPushButton)
    , m_bell(new BellButton)
    , m_concerns(new QMenu(this))
{
    setFixedHeight(44);
    auto *search = new SearchButton;
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12, 0, 12, 1);
    row->setSpacing(8);
    row->addWidget(m_contextPicker);
    row->addWidget(m_namespacePicker);
    row->addStretch(1);
    row->addWidget(search, 100);
    row->addStretch(1);
    row->addWidget(new ConnectionView(engine.contexts()));
    row->addWidget(m_lock);
    row->addWidget(m_bell);
    setButtonKind(m_lock, ButtonKind::Flat);
    m_concerns->setAccessibleName(tr("Concerns list"));
    connect(search, &QPushButton::clicked, this, &TopBar::paletteRequested);
    connect(m_lock, &QPushButton::clicked, this, &TopBar::lockRequested);
    connect(m_bell, &QPushButton::clicked, this, &TopBar::openBell);
    connect(&engine.contexts(), &engine::ContextService::currentChanged, this, &TopBar::refreshLock);
    connect(&engine.contexts(), &engine::ContextService::contextsChanged, this, &TopBar::refreshLock);
    connect(&engine.overview(), &engine::OverviewService::concernsChanged, this, &TopBar::refreshBell);
    refreshLock();
    refreshBell();
}

QPushButton *TopBar::bell() const
{
    return m_bell;
}

void TopBar::refreshLock()
{
    const engine::ContextInfo context = m_engine.contexts().current();
    m_lock->setVisible(!context.name.isEmpty());
    m_lock->setText(context.isLocked ? tr("Locked") : tr("Unlocked"));
    m_lock->setIcon(lineIcon(context.isLocked ? QStringLiteral("lock") : QStringLiteral("unlock"),
        context.isLocked ? Token::ContextProduction : Token::Text));
    m_lock->setAccessibleName(context.isLocked ? tr("Locked: unlock the context") : tr("Unlocked: lock the context"));
    m_lock->setToolTip(context.isLocked
            ? tr("No write request leaves Fairway for %1, dry runs included. Press to unlock (Ctrl+L)").arg(context.name)
            : tr("Fairway may write to %1. Press to lock (Ctrl+L)").arg(context.name));
}

void TopBar::refreshBell()
{
    int count = 0;
    for (const engine::Concern &concern : m_engine.overview().concerns())
        count += concern.severity == engine::Severity::Warning || concern.severity == engine::Severity::Error;
    m_bell->setCount(count);
}

void TopBar::openBell()
{
    m_concerns->clear();
    for (const engine::Concern &concern : m_engine.overview().concerns()) {
        QString title = concern.title;
        title.replace(QLatin1Char('&'), QStringLiteral("&&"));
        QAction *action = m_concerns->addAction(
            lineIcon(Theme::severityIcon(concern.severity), severityToken(concern.severity)), title + QLatin1Char('\t') + concern.value);
        const QString target = concern.target;
        connect(action, &QAction::triggered, this, [this, target] { Q_EMIT navigate(target); });
    }
    if (m_concerns->isEmpty())
        m_concerns->addAction(lineIcon(QStringLiteral("check-circle"), Token::Good), tr("Nothing needs attention"))
            ->setEnabled(false);
    m_concerns->setMinimumWidth(300);
    m_concerns->popup(m_bell->mapToGlobal(QPoint(m_bell->width() - 300, m_bell->height() + 6)));
}

void TopBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme().color(Token::Surface));
    painter.fillRect(QRect(0, height() - 1, width(), 1), theme().color(Token::Line));
}

} // namespace fairway::ui
