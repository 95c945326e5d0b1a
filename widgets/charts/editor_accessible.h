#pragma once

#include <QAccessible>
#include <QPointer>

#include <functional>

class QWidget;

namespace fairway::ui {

/// Keeps an editor's text from assistive programs while there are none. QScintilla tells them with each paint how many characters the caret is
/// from the text's start, whether or not anybody listens, and counts them one by one: with the caret at the end of 7 MB that is a seventh of
/// a second each time. When such a program comes, it meets QScintilla's own interface. What else is spared meanwhile is the editor's to do.
/// Threads: GUI.
class EditorAccessible final : public QAccessible::ActivationObserver {
public:
    /// After QScintilla's own factory is there. `whenChanged`: such a program has come or gone.
    EditorAccessible(QWidget &editor, std::function<void()> whenChanged);
    ~EditorAccessible();
    EditorAccessible(const EditorAccessible &) = delete;
    EditorAccessible &operator=(const EditorAccessible &) = delete;

    void accessibilityActiveChanged(bool isActive) override;

private:
    QPointer<QWidget> m_editor;
    std::function<void()> m_whenChanged;
};

} // namespace fairway::ui
