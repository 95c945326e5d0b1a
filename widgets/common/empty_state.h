#pragma once

#include <QWidget>

class QPushButton;
class QLabel;

namespace fairway::ui {

class TextLabel;

/// What a page or panel shows instead of its content: nothing there, loading, failed, no right. Each with the next step.
class EmptyState : public QWidget {
    Q_OBJECT
public:
    enum class Kind { Empty, Loading, Failed, Denied };

    explicit EmptyState(QWidget *parent = nullptr);
    /// `title` is a statement ("No routes in shop"), `sentence` what it means or why; `action` labels the button (empty: none),
    /// `second` one beside it for another way on.
    void show(Kind kind, const QString &title, const QString &sentence, const QString &action = {}, const QString &second = {});
    /// Another icon than the kind's own.
    void setIcon(const QString &name);

Q_SIGNALS:
    void activated();
    void secondActivated();

private:
    QLabel *m_icon;
    TextLabel *m_title;
    TextLabel *m_sentence;
    QPushButton *m_action;
    QPushButton *m_second;
};

} // namespace fairway::ui
