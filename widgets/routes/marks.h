#pragma once

#include "core/engine/types.h"
#include "widgets/theme/theme.h"

#include <QWidget>

namespace fairway::ui {

/// The little square in a destination's colour that stands before its name everywhere.
class RoleSwatch final : public QWidget {
    Q_OBJECT
public:
    explicit RoleSwatch(engine::Role role = engine::Role::Other, QWidget *parent = nullptr);
    void setRole(engine::Role role);
    [[nodiscard]] QSize sizeHint() const override { return {9, 9}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    engine::Role m_role;
};

/// A line icon as a widget; its colour follows the theme.
class IconMark final : public QWidget {
    Q_OBJECT
public:
    explicit IconMark(const QString &icon = {}, Token color = Token::Muted, int size = 16, QWidget *parent = nullptr);
    void setIcon(const QString &icon, Token color);
    [[nodiscard]] QSize sizeHint() const override { return {m_size, m_size}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_icon;
    Token m_color;
    int m_size;
};

/// A sample of a line for plot legends: solid, dashed or faint.
class LineSample final : public QWidget {
    Q_OBJECT
public:
    enum class Style { Solid, Faint, Dashed };
    LineSample(Style style, engine::Role role, QWidget *parent = nullptr);
    void setRole(engine::Role role);
    void setNeutral(bool isNeutral); ///< Muted instead of a role's colour: the draft's line.
    [[nodiscard]] QSize sizeHint() const override { return {18, 12}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Style m_style;
    engine::Role m_role;
    bool m_isNeutral = false;
};

} // namespace fairway::ui
