#pragma once

#include "widgets/charts/editor_syntax.h"

#include <Qsci/qscilexercustom.h>

#include <QByteArray>

#include <functional>
#include <string_view>

namespace fairway::ui {

/// Colours YAML line by line in the theme's colours and folds it by indentation. Not a parser: what it can't tell it leaves plain.
/// QScintilla asks for everything above what is in sight, too. Of a large text it gets what is in sight, and the rest is left to whoever
/// setWhenBehind() names.
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
    void stylePiece(int start, int end); ///< All of it, with its folds.
    void setWhenBehind(std::function<void()> call) { m_whenBehind = std::move(call); } ///< Lines in sight were coloured before those above.
    /// Takes the theme's colours again.
    void refresh();

private:
    void styleLine(const char *text, int size, bool &isInAction);
    void foldLines(int first, int last);
    [[nodiscard]] std::string_view rangeOf(int start, int end) const;

    Syntax m_syntax;
    std::function<void()> m_whenBehind;
    QByteArray m_styles; ///< A style a byte, of the lines that are being coloured.
};

} // namespace fairway::ui
