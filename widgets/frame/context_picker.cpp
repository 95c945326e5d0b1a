#include "widgets/frame/context_picker.h"

#include "widgets/common/badge.h"
#include "widgets/theme/button_kind.h"
#include "widgets/theme/icons.h"

#include <QMenu>
#include <QPainter>
#include <QStyleOptionButton>

#include <algorithm>

namespace fairway::ui {
namespace {

constexpr int ChevronRoom = 30;

QFont wordFont()
{
    QFont font = theme().font(FontRole::Tiny);
    font.setWeight(QFont::DemiBold);
    font.setLetterSpacing(QFont::AbsoluteSpacing, 0.4);
    return font;
}

void paintPickFrame(QPainter &painter, QPushButton *button)
{
    QStyleOptionButton option;
    option.initFrom(button);
    if (button->isDown())
        option.state |= QStyle::State_Sunken;
    button->style()->drawControl(QStyle::CE_PushButtonBevel, &option, &painter, button);
    paintLineIcon(painter, QStringLiteral("chevron-down"), theme().color(Token::Muted),
        QPointF(button->width() - 24, (button->height() - 16) / 2.0));
}

void openBelow(QMenu *menu, QPushButton *button)
{
    menu->setMinimumWidth(std::max(240, button->width()));
    menu->popup(button->mapToGlobal(QPoint(0, button->height() + 4)));
}

} // namespace

ContextPicker::ContextPicker(engine::ContextService &contexts, QWidget *parent)
    : QPushButton(parent)
    , m_contexts(contexts)
    , m_menu(new QMenu(this))
{
    setButtonKind(this, ButtonKind::Pick);
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    m_menu->setToolTipsVisible(true);
    m_menu->setAccessibleName(tr("Contexts"));
    connect(this, &QPushButton::clicked, this, [this] {
        fillMenu();
        openBelow(m_menu, this);
    });
    connect(&contexts, &engine::ContextService::currentChanged, this, &ContextPicker::refresh);
    connect(&contexts, &engine::ContextService::contextsChanged, this, &ContextPicker::refresh);
    refresh();
}

void ContextPicker::refresh()
{
    m_current = m_contexts.current();
    const QString mark = m_current.isProduction ? tr("PRODUCTION") : m_current.isPractice ? tr("practice cluster") : QString();
    setAccessibleName(tr("Context"));
    setAccessibleDescription(m_current.name.isEmpty() ? tr("none chosen") : (m_current.name + QLatin1Char(' ') + mark).trimmed());
    setToolTip(m_current.name.isEmpty() ? tr("Choose a context")
                                        : QStringLiteral("%1\n%2").arg(m_current.server, m_current.user).trimmed());
    updateGeometry();
    update();
}

void ContextPicker::fillMenu()
{
    m_menu->clear();
    const QString file = m_contexts.contexts().isEmpty() ? QString() : m_contexts.contexts().first().sourceFile;
    bool isPracticeTitled = false;
    bool isTitled = false;
    for (const engine::ContextInfo &context : m_contexts.contexts()) {
        if (context.isPractice && !isPracticeTitled) {
            m_menu->addSection(tr("Practice"));
            isPracticeTitled = true;
        } else if (!context.isPractice && !isTitled) {
            m_menu->addSection(file.isEmpty() ? tr("Contexts") : tr("From %1").arg(file));
            isTitled = true;
        }
        const QString note = !context.problem.isEmpty() ? tr("can't be used")
            : context.isProduction                       ? tr("PRODUCTION")
            : context.isPractice                         ? tr("on this computer")
            : context.isLocked                           ? tr("locked")
                                                         : QString();
        QString label = context.name;
        label.replace(QLatin1Char('&'), QStringLiteral("&&"));
        QAction *action = m_menu->addAction(contextTile(context, devicePixelRatioF()),
            note.isEmpty() ? label : label + QLatin1Char('\t') + note);
        action->setCheckable(true);
        action->setChecked(context.name == m_current.name);
        action->setToolTip(context.problem.isEmpty() ? context.server : context.problem);
        action->setEnabled(context.problem.isEmpty());
        const QString name = context.name;
        connect(action, &QAction::triggered, this, [this, name] {
            if (name != m_current.name)
                Q_EMIT switchRequested(name);
        });
    }
    if (const QString problem = m_contexts.kubeconfigProblem(); !problem.isEmpty()) {
        QAction *action = m_menu->addAction(lineIcon(QStringLiteral("warning"), Token::Warning), tr("Kubeconfig can't be read"));
        action->setToolTip(problem);
        action->setEnabled(false);
    }
    m_menu->addSeparator();
    if (!m_current.name.isEmpty() && !m_current.isPractice) {
        QAction *mark = m_menu->addAction(lineIcon(QStringLiteral("mark")),
            m_current.isProduction ? tr("Remove the production mark of %1").arg(m_current.name)
                                   : tr("Mark %1 as production").arg(m_current.name));
        connect(mark, &QAction::triggered, this,
            [this] { m_contexts.setProduction(m_current.name, !m_current.isProduction); });
    }
    QAction *reload = m_menu->addAction(lineIcon(QStringLiteral("refresh")), tr("Read the kubeconfig again"));
    connect(reload, &QAction::triggered, &m_contexts, &engine::ContextService::reloadKubeconfig);
}

QSize ContextPicker::sizeHint() const
{
    int width = 8 + 24 + QFontMetrics(font()).horizontalAdvance(m_current.name.isEmpty() ? tr("No context") : m_current.name);
    if (m_current.isProduction)
        width += 9 + QFontMetrics(wordFont()).horizontalAdvance(tr("PRODUCTION"));
    return {width + ChevronRoom, 28};
}

QSize ContextPicker::minimumSizeHint() const
{
    return {120, 28};
}

void ContextPicker::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &t = theme();
    paintPickFrame(painter, this);
    const bool isNone = m_current.name.isEmpty();
    if (isNone)
        paintLineIcon(painter, QStringLiteral("cluster"), t.color(Token::Muted), QPointF(8, 6));
    else
        paintContextTile(painter, QPointF(8, 6), m_current);
    int right = width() - ChevronRoom;
    if (m_current.isProduction) {
        painter.setFont(wordFont());
        const int wordWidth = painter.fontMetrics().horizontalAdvance(tr("PRODUCTION"));
        painter.setPen(t.color(Token::ContextProduction));
        painter.drawText(QRect(right - wordWidth, 0, wordWidth + 2, height()), Qt::AlignVCenter, tr("PRODUCTION"));
        right -= wordWidth + 8;
    }
    painter.setFont(font());
    painter.setPen(t.color(Token::Text));
    const QRect room(32, 0, right - 32 + 1, height());
    painter.drawText(room, Qt::AlignVCenter,
        painter.fontMetrics().elidedText(isNone ? tr("No context") : m_current.name, Qt::ElideMiddle, room.width()));
}

NamespacePicker::NamespacePicker(engine::ContextService &contexts, QWidget *parent)
    : QPushButton(parent)
    , m_contexts(contexts)
    , m_menu(new QMenu(this))
{
    setButtonKind(this, ButtonKind::Pick);
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    m_menu->setAccessibleName(tr("Namespaces"));
    connect(this, &QPushButton::clicked, this, [this] {
        fillMenu();
        openBelow(m_menu, this);
    });
    connect(&contexts, &engine::ContextService::namespacesChanged, this, &NamespacePicker::refresh);
    connect(&contexts, &engine::ContextService::currentChanged, this, &NamespacePicker::refresh);
    refresh();
}

void NamespacePicker::refresh()
{
    m_value = m_contexts.currentNamespace().isEmpty() ? tr("All") : m_contexts.currentNamespace();
    setAccessibleName(tr("Namespace"));
    setAccessibleDescription(m_value);
    setToolTip(tr("What the pages show: one namespace or all"));
    updateGeometry();
    update();
}

void NamespacePicker::fillMenu()
{
    m_menu->clear();
    const QString current = m_contexts.currentNamespace();
    const auto add = [this, &current](const QString &label, const QString &ns) {
        QAction *action = m_menu->addAction(label);
        action->setCheckable(true);
        action->setChecked(ns == current);
        connect(action, &QAction::triggered, this, [this, ns] { m_contexts.setNamespace(ns); });
    };
    add(tr("All namespaces"), QString());
    m_menu->addSeparator();
    for (const QString &ns : m_contexts.namespaces())
        add(ns, ns);
}

QSize NamespacePicker::sizeHint() const
{
    const QFontMetrics metrics(font());
    return {8 + metrics.horizontalAdvance(tr("Namespace")) + 8 + metrics.horizontalAdvance(m_value) + ChevronRoom, 28};
}

QSize NamespacePicker::minimumSizeHint() const
{
    return {90, 28};
}

void NamespacePicker::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &t = theme();
    paintPickFrame(painter, this);
    painter.setFont(font());
    int x = 8;
    // The value matters more than the word: a narrow picker drops the word.
    if (width() >= sizeHint().width()) {
        painter.setPen(t.color(Token::Muted));
        painter.drawText(QRect(x, 0, width(), height()), Qt::AlignVCenter, tr("Namespace"));
        x += painter.fontMetrics().horizontalAdvance(tr("Namespace")) + 8;
    }
    painter.setPen(t.color(Token::Text));
    const QRect room(x, 0, width() - ChevronRoom - x + 2, height());
    painter.drawText(room, Qt::AlignVCenter, painter.fontMetrics().elidedText(m_value, Qt::ElideMiddle, room.width()));
}

} // namespace fairway::ui
