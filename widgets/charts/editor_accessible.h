#pragma once

#include <QAccessible>
#include <QPointer>

class QWidget;

namespace fairway::ui {

/// Keeps an editor's text from assistive programs while there are none. QScintilla tells them with each paint how many characters the caret is
/// from the text's start, whether or not anybody listens, and counts them one by one: with the caret at the end of 7 MB that is a seventh of
/// a second each time. When such a program comes, it meets QScintilla's own interface.
/// Threads: GUI.
class EditorAccessible final : public QAccessible::ActivationObserver {
public:
    explicit EditorAccessible(QWidget &editor); ///< After QScintilla's own factory is there.
    ~EditorAccessible();
    EditorAccessible(const EditorAccessible &) = delete;
    EditorAccessible &operator=(const EditorAccessible &) = delete;

    void accessibilityActiveChanged(bool isActive) override;

private:
    QPointer<QWidget> m_editor;
};

} // namespace fairway::ui
