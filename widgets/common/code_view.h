#pragma once

#include <QPlainTextEdit>

namespace fairway::ui {

/// Read-only YAML or JSON with highlighting; setCode() keeps the scroll position when the text is only updated.
class CodeView : public QPlainTextEdit {
    Q_OBJECT
public:
    explicit CodeView(QWidget *parent = nullptr);
    void setCode(const QString &text);
    /// Marks the line (from 0) and brings it into view; nothing for a line that is not there.
    void showLine(int line);
};

} // namespace fairway::ui
