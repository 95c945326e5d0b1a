#pragma once

#include "widgets/theme/theme.h"

#include <QAbstractButton>

namespace fairway::ui {

/// A line of an answer: a mark, a title, where that stands, and words below. Pressed, it leads somewhere, when it can.
class MarkedRow : public QAbstractButton {
    Q_OBJECT
public:
    struct Content {
        QString icon;
        Token iconToken = Token::Muted;
        QString title;
        Token titleToken = Token::Text;
        bool isStrong = false;
        bool isFramed = false; ///< The one that matters among its neighbours.
        QString place; ///< One line of small code, cut in the middle.
        QString words; ///< Any number of lines.
        bool canBePressed = false;
    };
    explicit MarkedRow(Content content, QWidget *parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;

private:
    [[nodiscard]] QFont titleFont() const;

    const Content m_content;
};

} // namespace fairway::ui
