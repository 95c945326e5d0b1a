#pragma once

#include "widgets/charts/code_editor.h"
#include "widgets/charts/editor_accessible.h"
#include "widgets/charts/editor_lexer.h"

#include <Qsci/qsciscintilla.h>

#include <QHash>

#include <string_view>

namespace fairway::ui {

class CompletionPopup;

/// QScintilla with what it can't do itself: notes at the right end of lines, and headers painted over the first line of each document.
/// Only CodeEditor and EditorWork know it: QScintilla's headers need Qt's keywords.
class EditorSurface final : public QsciScintilla {
public:
    explicit EditorSurface(CodeEditor &owner);

    void setSyntax(Syntax syntax);
    void setMarks(const QList<LineMark> &marks);
    void setHeaders(const QList<LineHeader> &headers);
    void replaceText(const QByteArray &text, bool keepsUndo);
    void showLine(int line, bool isCentred);
    /// Colours some more from where the coloured text ends; false: all is.
    bool stylePiece(long bytes);
    void unfoldBetween(long start, long end);
    void fitNumbers();
    void refreshColors();
    void complete();
    void suggest(const chart::CompletionPlace &place, const std::vector<chart::Completion> &offers);

    [[nodiscard]] int caretLine() const; ///< From 1.
    [[nodiscard]] std::string_view bytes() const; ///< Its own memory: until the text changes.
    [[nodiscard]] long ask(unsigned message, unsigned long a = 0, long b = 0) const { return SendScintilla(message, a, b); }

    enum Marker { HighlightMarker, ErrorMarker, WarningMarker, InfoMarker, WinnerMarker, PinMarker };

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool event(QEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;

private:
    enum Place { MarksAt, NumbersAt, FoldsAt }; ///< Margins from the left.
    enum Indicator { ErrorWave = 8, WarningWave };

    void paintNote(QPainter &painter, const LineMark &mark, int top, int height, int line) const;
    void paintHeader(QPainter &painter, const LineHeader &header, int top, int height, bool isFolded) const;
    void replaceChanged(const QByteArray &text, bool keepsUndo);
    [[nodiscard]] int lineAt(const QPoint &point) const; ///< From 0.
    void takeOffer(const chart::Completion &offer);
    [[nodiscard]] bool isSuggesting() const;
    void stopSuggesting();

    CodeEditor &m_owner;
    EditorAccessible m_accessible {*this};
    EditorLexer *m_lexer = nullptr;
    CompletionPopup *m_popup = nullptr; ///< Made when first asked for.
    chart::CompletionPlace m_place;     ///< What the popup is about.
    bool m_isAsked = false;             ///< An answer is awaited, and nothing was done since that makes it pointless.
    bool m_isAskedByHand = false;
    QHash<int, LineMark> m_marks;     ///< By line from 0; the worst of several.
    QHash<int, LineHeader> m_headers; ///< By line from 0.
};

} // namespace fairway::ui
