#pragma once

#include "widgets/charts/editor_syntax.h"

#include <Qsci/qscilexercustom.h>

#include <QByteArray>

#include <string_view>

namespace fairway::ui {

/// Colours YAML line by line in the theme's colours and folds it by indentation. Not a parser: what it can't tell it leaves plain.
/// QScintilla asks for the lines in sight only, so the length of a text doesn't matter.
class EditorLexer final : public QsciLexerCustom {
public:
    enum Style { Default, Key, Scalar, Comment, Action, Mark };

    EditorLexer(Syntax syntax, QObject *parent);
    [[nodiscard]] const char *language() const override { return "yaml"; }
    [[nodiscard]] QString description(int style) const override;
    [[nodiscard]] QColor defaultColor(int style) const override;
    [[nodiscard]] QColor defaultPaper(int style) const override;
    [[nodiscard]] QFont defaultFont(int style) const override;
    void styleText(int start, int end) override;
    /// Takes the theme's colours again.
    void refresh();

private:
    void styleLine(const char *text, int size, bool &isInAction);
    void foldLines(int first, int last);
    [[nodiscard]] std::string_view rangeOf(int start, int end) const;

    Syntax m_syntax;
    QByteArray m_styles; ///< A style a byte, of the lines that are being coloured.
};

} // namespace fairway::ui
