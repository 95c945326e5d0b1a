#pragma once

#include <QWidget>

class QLineEdit;

namespace fairway::ui {

class CodeEditor;
class TextLabel;

/// The search row of an editor: Enter and Shift+Enter go on, Escape closes it.
class FindBar final : public QWidget {
    Q_OBJECT
public:
    explicit FindBar(CodeEditor &editor);
    void open(const QString &text);

protected:
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void showCount(int count);
    void search(bool isForward, bool fromHere);
    void closeBar();

    CodeEditor &m_editor;
    QLineEdit *m_field;
    TextLabel *m_count;
};

} // namespace fairway::ui
