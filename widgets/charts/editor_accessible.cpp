#include "widgets/charts/editor_accessible.h"

#include <QAccessibleWidget>
#include <QWidget>

#include <utility>

namespace fairway::ui {
namespace {

constexpr char Mark[] = "fairwayEditor"; ///< Property of the editors that it is about.

QAccessibleInterface *makeQuiet(const QString &, QObject *object)
{
    auto *const widget = qobject_cast<QWidget *>(object);
    if (QAccessible::isActive() || !widget || !widget->property(Mark).toBool())
        return nullptr; // the next factory is QScintilla's
    return new QAccessibleWidget(widget, QAccessible::EditableText);
}

} // namespace

EditorAccessible::EditorAccessible(QWidget &editor, std::function<void()> whenChanged)
    : m_editor(&editor)
    , m_whenChanged(std::move(whenChanged))
{
    editor.setProperty(Mark, true);
    QAccessible::installFactory(makeQuiet); // the same one once
    QAccessible::installActivationObserver(this);
}

EditorAccessible::~EditorAccessible()
{
    QAccessible::removeActivationObserver(this);
}

void EditorAccessible::accessibilityActiveChanged(bool isActive)
{
    QAccessibleInterface *const given = isActive && m_editor ? QAccessible::queryAccessibleInterface(m_editor.data()) : nullptr;
    if (given && !given->textInterface())
        QAccessible::deleteAccessibleInterface(QAccessible::uniqueId(given)); // asked again, it is QScintilla's
    m_whenChanged();
}

} // namespace fairway::ui
