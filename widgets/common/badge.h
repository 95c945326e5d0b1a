#pragma once

#include "widgets/theme/theme.h"

#include <QWidget>

namespace fairway::ui {

enum class Tone { Neutral, Good, Warning, Bad, Accent };
[[nodiscard]] Token toneToken(Tone tone);

/// A small outlined label: "1 draft, not applied", with an icon for a tone that is not neutral.
class Badge : public QWidget {
    Q_OBJECT
public:
    explicit Badge(const QString &text = {}, Tone tone = Tone::Neutral, QWidget *parent = nullptr);
    void setText(const QString &text);
    void setTone(Tone tone);
    void setIcon(const QString &name); ///< Empty: none.
    [[nodiscard]] QString text() const { return m_text; }
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_text;
    QString m_icon;
    Tone m_tone;
};

/// The monospace tag of a kind: "VS" or "VirtualService".
class KindBadge : public QWidget {
    Q_OBJECT
public:
    explicit KindBadge(const QString &text = {}, QWidget *parent = nullptr);
    void setText(const QString &text);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_text;
};

/// The same two for delegates. Both return the width taken; the rectangle gives left edge and vertical middle.
int paintKindBadge(QPainter &painter, const QPointF &leftMiddle, const QString &text);
[[nodiscard]] int kindBadgeWidth(const QString &text);

/// The letter tile of a context, 16 x 16, in its earth tone.
void paintContextTile(QPainter &painter, const QPointF &topLeft, const engine::ContextInfo &context, int size = 16);
[[nodiscard]] QPixmap contextTile(const engine::ContextInfo &context, qreal pixelRatio);

/// 8 px dot for a state that stands beside its word.
class StatusDot : public QWidget {
    Q_OBJECT
public:
    explicit StatusDot(Token color = Token::Muted, QWidget *parent = nullptr);
    void setToken(Token color);
    [[nodiscard]] QSize sizeHint() const override { return {8, 8}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Token m_color;
};

} // namespace fairway::ui
