#pragma once

#include "widgets/charts/code_editor.h"
#include "widgets/charts/editor_accessible.h"
#include "widgets/charts/editor_lexer.h"
#include "widgets/charts/editor_suggestions.h"

#include <Qsci/qsciscintilla.h>

#include <QHash>

#include <string_view>

namespace fairway::ui {

/// QScintilla with what it can't do itself: notes at the right end of lines, and headers painted over the first line of each document.
/// Only CodeEditor and EditorWork know it: QScintilla's headers need Qt's keywords.
class EditorSurface final : public QsciScintilla {
public:
    explicit EditorSurface(CodeEditor &owner);

    void setSyntax(Syntax syntax);
    /// Whether QScintilla and we are told of changes of the text: not of the pieces of a large one that is put in place.
    void watchEdits(bool isOn);
    void setMarks(const QList<LineMark> &marks);
    void setHeaders(const QList<LineHeader> &headers);
    void replaceText(const QByteArray &text, bool keepsUndo);
    void showLine(int line, bool isCentred);
    /// Colours some more from where the coloured text ends; false: all is.
    bool stylePiece(long bytes);
    void unfoldBetween(long start, long end);
    void fitNumbers();
    void refreshColors();
    [[nodiscard]] EditorSuggestions &suggestions() { return m_suggestions; }

    [[nodiscard]] int caretLine() const; ///< From 1.
    [[nodiscard]] std::string_view bytes() const; ///< Its own memory: until the text changes.
    [[nodiscard]] long ask(unsigned message, unsigned long a = 0, long b = 0) const { return SendScintilla(message, a, b); }

    enum Marker { HighlightMarker, ErrorMarker, WarningMarker, InfoMarker, WinnerMarker, PinMarker };

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void inputMethodEvent(QInputMethodEvent *event) override;
    bool event(QEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;

private:
    enum Place { MarksAt, NumbersAt, FoldsAt }; ///< Margins from the left.
    enum Indicator { ErrorWave = 8, WarningWave };

    [[nodiscard]] QRect behindLine(int line, int top, int height) const; ///< What room is left for a note.
    void handleKey(QKeyEvent *event);
    void replaceChanged(const QByteArray &text, bool keepsUndo);
    [[nodiscard]] int lineAt(const QPoint &point) const; ///< From 0.

    CodeEditor &m_owner;
    bool m_watchesEdits = true;
    EditorAccessible m_accessible {*this, [this] { watchEdits(m_watchesEdits); }};
    EditorLexer *m_lexer = nullptr;
    EditorSuggestions m_suggestions {*this, m_owner};
    QHash<int, LineMark> m_marks;     ///< By line from 0; the worst of several.
    unsigned m_markers = 0; ///< Bits of those that stand somewhere: taking one off looks through all lines.
    bool m_hasWaves = false;
    QHash<int, LineHeader> m_headers; ///< By line from 0.
};

} // namespace fairway::ui
