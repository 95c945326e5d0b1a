#pragma once

#include "core/engine/types.h"

#include <QColor>
#include <QFont>
#include <QObject>
#include <QPalette>

#include <array>

class QApplication;
class QPainter;
class QRectF;

namespace fairway::ui {

/// A colour by its meaning. Never write a colour into a widget: ask the theme when painting, so that a change of scheme
/// shows at once.
enum class Token {
    Window, Surface, Raised, Line, Text, Muted, Accent, AccentInk,
    Stable, Canary, Third, Fourth, Fifth,
    Good, Warning, Bad,
    ContextProduction, ContextStage, ContextLab,
    Hover, Selection, Track, BarText, Hatch, DiffRemoved, DiffAdded,
    Count
};

/// Sizes and weights of the one type scale.
enum class FontRole {
    Body,     ///< 13 px
    Medium,   ///< 13 px, weight 500: buttons
    Strong,   ///< 13 px, weight 600: section titles
    Small,    ///< 12 px: notes, table headers
    Tiny,     ///< 11 px: badges, rail sections
    Heading,  ///< 15 px, weight 600: the sentence of a card
    Title,    ///< 16 px, weight 600: page title
    Mono,     ///< 12 px monospace: YAML, addresses
    MonoTiny  ///< 11 px monospace: kind badges
};

enum class SchemeChoice { Desktop, Dark, Light };

/// The design tokens in the scheme of the day. Lives in the GUI thread; one per application, see installTheme().
class Theme final : public QObject {
    Q_OBJECT
public:
    explicit Theme(QObject *parent = nullptr);

    [[nodiscard]] QColor color(Token token) const { return m_colors[static_cast<std::size_t>(token)]; }
    [[nodiscard]] QColor roleColor(engine::Role role) const;
    [[nodiscard]] QColor severityColor(engine::Severity severity) const;
    /// Name of the icon that goes with a severity: a colour never stands alone.
    [[nodiscard]] static QString severityIcon(engine::Severity severity);
    /// Earth tone of a context's letter tile.
    [[nodiscard]] QColor contextColor(const engine::ContextInfo &context) const;
    /// Fills a segment in its role's colour; in light the canary is hatched (it would look like a warning).
    void fillRole(QPainter &painter, const QRectF &rect, engine::Role role) const;

    [[nodiscard]] QFont font(FontRole role) const;
    [[nodiscard]] QPalette palette() const;
    [[nodiscard]] bool isDark() const { return m_isDark; }
    /// False when the desktop asks for reduced motion: then nothing is animated.
    [[nodiscard]] bool hasMotion() const { return m_hasMotion; }

    [[nodiscard]] SchemeChoice choice() const { return m_choice; }
    void setChoice(SchemeChoice choice);
    [[nodiscard]] bool isDesktopDark() const { return m_desktopIsDark; }
    void setDesktopIsDark(bool isDark);
    void setMotion(bool hasMotion) { m_hasMotion = hasMotion; }

Q_SIGNALS:
    void changed();

private:
    void apply();

    std::array<QColor, static_cast<std::size_t>(Token::Count)> m_colors;
    SchemeChoice m_choice = SchemeChoice::Desktop;
    bool m_desktopIsDark = true;
    bool m_isDark = true;
    bool m_hasMotion = true;
};

/// Puts our style, palette and fonts on the application; the style owns the theme. Call once, before the first widget.
Theme &installTheme(QApplication &application, SchemeChoice choice = SchemeChoice::Desktop);
/// The theme that installTheme() made.
[[nodiscard]] Theme &theme();
/// Contrast of two opaque colours by WCAG 2.1, 1..21.
[[nodiscard]] double contrast(const QColor &a, const QColor &b);

} // namespace fairway::ui
