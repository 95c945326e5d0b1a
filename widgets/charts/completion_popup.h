#pragma once

#include "core/chart/value_completion.h"

#include <QFrame>

#include <vector>

class QListWidget;

namespace fairway::ui {

class TextLabel;

/// What may be typed at the caret: names with what they are and their default, and the words about the chosen one. Never has the keyboard:
/// the editor it belongs to hands it the keys that mean it.
class CompletionPopup final : public QFrame {
    Q_OBJECT
public:
    explicit CompletionPopup(QWidget *editor);

    /// At the caret: `caret` is the top left of its character in the editor, `lineHeight` that of its line.
    void show(const std::vector<chart::Completion> &offers, const QPoint &caret, int lineHeight);
    /// True: the key was for it.
    bool takeKey(int key);

Q_SIGNALS:
    void chosen(const fairway::chart::Completion &offer);

private:
    void choose();
    void showHelp();
    void place();

    QWidget *m_editor;
    QListWidget *m_list;
    TextLabel *m_help;
    std::vector<chart::Completion> m_offers;
    QPoint m_caret;
    int m_lineHeight = 0;
};

} // namespace fairway::ui
