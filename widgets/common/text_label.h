#pragma once

#include "widgets/theme/theme.h"

#include <QLabel>

namespace fairway::ui {

/// A label in a font of the scale and a colour by meaning, both following the theme. Give no accessible name to a label
/// that shows a value: it would replace the value for screen readers.
class TextLabel : public QLabel {
    Q_OBJECT
public:
    explicit TextLabel(const QString &text = {}, FontRole font = FontRole::Body, Token color = Token::Text,
        QWidget *parent = nullptr);
    void setToken(Token color);
    void setFontRole(FontRole role);

private:
    void refresh();

    FontRole m_font;
    Token m_color;
};

/// A label that shortens its text with an ellipsis (the whole text is then the tool tip) and may shrink to nothing.
class ElidedLabel : public TextLabel {
    Q_OBJECT
public:
    using TextLabel::TextLabel;
    void setElideMode(Qt::TextElideMode mode);
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Qt::TextElideMode m_mode = Qt::ElideRight;
};

} // namespace fairway::ui
