#include "widgets/theme/theme.h"

#include "widgets/theme/severity.h"
#include <QGuiApplication>
#include <QPainter>
#include <QStringList>

#include <algorithm>
#include <cmath>

namespace fairway::ui {
namespace {

struct Pair {
    Token token;
    QRgb dark;
    QRgb light;
};

// The design's tokens. Accent text inks and tints are opaque so that contrast can be computed.
constexpr Pair Colors[] = {
    {Token::Window, 0xff0f151c, 0xfff6f8fa},
    {Token::Surface, 0xff161e27, 0xffffffff},
    {Token::Raised, 0xff1d2732, 0xffffffff},
    {Token::Line, 0xff2b3846, 0xffd5dce3},
    {Token::Text, 0xffe6edf3, 0xff1c2430},
    {Token::Muted, 0xff8b9aa9, 0xff5b6876},
    {Token::Accent, 0xff2dd4bf, 0xff0a776c},
    {Token::AccentInk, 0xff04211d, 0xffffffff},
    {Token::Stable, 0xff5aa2ff, 0xff1f6feb},
    {Token::Canary, 0xfff5c542, 0xff8f5e0a},
    {Token::Third, 0xffa78bfa, 0xff6d4bd1},
    {Token::Fourth, 0xffe879b9, 0xffb0307f},
    {Token::Fifth, 0xff94a3b8, 0xff55606e},
    {Token::Good, 0xff3fb97f, 0xff1c7a4c},
    {Token::Warning, 0xfff0883e, 0xffa8500c},
    {Token::Bad, 0xfff2545b, 0xffb3262d},
    {Token::ContextProduction, 0xffd8c3a0, 0xff7a5f2c},
    {Token::ContextStage, 0xffa9b98a, 0xff55652f},
    {Token::ContextLab, 0xffb5a7a0, 0xff6c5b52},
    {Token::Hover, 0xff1a232d, 0xfff0f3f6},
    {Token::Selection, 0xff16302f, 0xffe3f3f1},
    {Token::Track, 0xff0f151c, 0xffe9edf1},
    {Token::BarText, 0xff0b1016, 0xffffffff},
    {Token::Hatch, 0x47000000, 0x47ffffff},
    {Token::DiffRemoved, 0xff2f1e25, 0xfff5e0e4},
    {Token::DiffAdded, 0xff16302b, 0xffdaefe7},
};

double channel(int value)
{
    const double c = value / 255.0;
    return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}

double luminance(const QColor &c)
{
    return 0.2126 * channel(c.red()) + 0.7152 * channel(c.green()) + 0.0722 * channel(c.blue());
}

} // namespace

Theme::Theme(QObject *parent)
    : QObject(parent)
{
    apply();
}

QColor Theme::roleColor(engine::Role role) const
{
    switch (role) {
    case engine::Role::Stable: return color(Token::Stable);
    case engine::Role::Canary: return color(Token::Canary);
    case engine::Role::Third: return color(Token::Third);
    case engine::Role::Fourth: return color(Token::Fourth);
    case engine::Role::Other: break;
    }
    return color(Token::Fifth);
}

QColor Theme::severityColor(engine::Severity severity) const
{
    return color(severityToken(severity));
}

QString Theme::severityIcon(engine::Severity severity)
{
    switch (severity) {
    case engine::Severity::Good: return QStringLiteral("check-circle");
    case engine::Severity::Warning: return QStringLiteral("warning");
    case engine::Severity::Error: return QStringLiteral("error");
    case engine::Severity::Info: break;
    }
    return QStringLiteral("info");
}

QColor Theme::contextColor(const engine::ContextInfo &context) const
{
    if (context.isProduction)
        return color(Token::ContextProduction);
    return color(context.isPractice ? Token::ContextLab : Token::ContextStage);
}

void Theme::fillRole(QPainter &painter, const QRectF &rect, engine::Role role) const
{
    painter.fillRect(rect, roleColor(role));
    if (m_isDark || role != engine::Role::Canary)
        return;
    painter.save();
    painter.setClipRect(rect, Qt::IntersectClip);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(color(Token::Hatch), 2));
    // Lines start on a grid of the painter, not of the segment: the hatch stands still while a divider moves.
    const double step = 6;
    const double first = std::floor((rect.left() - rect.height()) / step) * step;
    for (double x = first; x < rect.right(); x += step)
        painter.drawLine(QPointF(x, rect.bottom()), QPointF(x + rect.height(), rect.top()));
    painter.restore();
}

QFont Theme::font(FontRole role) const
{
    struct Shape {
        int pixels;
        QFont::Weight weight;
        bool isMono;
    };
    const Shape shape = [role]() -> Shape {
        switch (role) {
        case FontRole::Medium: return {13, QFont::Medium, false};
        case FontRole::Strong: return {13, QFont::DemiBold, false};
        case FontRole::Small: return {12, QFont::Normal, false};
        case FontRole::Tiny: return {11, QFont::Medium, false};
        case FontRole::Heading: return {15, QFont::DemiBold, false};
        case FontRole::Title: return {16, QFont::DemiBold, false};
        case FontRole::Mono: return {12, QFont::Normal, true};
        case FontRole::MonoTiny: return {11, QFont::Medium, true};
        case FontRole::Body: break;
        }
        return {13, QFont::Normal, false};
    }();
    QFont font;
    // Real families, not aliases: with an alias first, fontconfig may hand Latin text to the CJK face.
    font.setFamilies(shape.isMono
            ? QStringList {QStringLiteral("JetBrains Mono"), QStringLiteral("DejaVu Sans Mono"),
                QStringLiteral("Noto Sans Mono CJK SC")}
            : QStringList {QStringLiteral("Inter"), QStringLiteral("DejaVu Sans"), QStringLiteral("Noto Sans CJK SC")});
    font.setPixelSize(shape.pixels);
    font.setWeight(shape.weight);
    if (shape.isMono) {
        font.setFixedPitch(true);
        font.setStyleHint(QFont::Monospace);
    }
    return font;
}

QPalette Theme::palette() const
{
    QPalette p;
    const auto set = [&p](QPalette::ColorRole role, const QColor &c) { p.setColor(QPalette::All, role, c); };
    set(QPalette::Window, color(Token::Window));
    set(QPalette::WindowText, color(Token::Text));
    set(QPalette::Base, color(Token::Window));
    set(QPalette::AlternateBase, color(Token::Hover));
    set(QPalette::Text, color(Token::Text));
    set(QPalette::Button, color(Token::Raised));
    set(QPalette::ButtonText, color(Token::Text));
    set(QPalette::BrightText, color(Token::Bad));
    set(QPalette::PlaceholderText, color(Token::Muted));
    set(QPalette::ToolTipBase, color(Token::Raised));
    set(QPalette::ToolTipText, color(Token::Text));
    set(QPalette::Highlight, color(Token::Selection));
    set(QPalette::HighlightedText, color(Token::Text));
    set(QPalette::Link, color(Token::Accent));
    set(QPalette::LinkVisited, color(Token::Accent));
    set(QPalette::Light, color(Token::Raised));
    set(QPalette::Midlight, color(Token::Raised));
    set(QPalette::Mid, color(Token::Line));
    set(QPalette::Dark, color(Token::Line));
    set(QPalette::Shadow, color(Token::Line));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText})
        p.setColor(QPalette::Disabled, role, color(Token::Muted));
    return p;
}

void Theme::setChoice(SchemeChoice choice)
{
    if (m_choice == choice)
        return;
    m_choice = choice;
    apply();
}

void Theme::setDesktopIsDark(bool isDark)
{
    if (m_desktopIsDark == isDark)
        return;
    m_desktopIsDark = isDark;
    if (m_choice == SchemeChoice::Desktop)
        apply();
}

void Theme::apply()
{
    m_isDark = m_choice == SchemeChoice::Desktop ? m_desktopIsDark : m_choice == SchemeChoice::Dark;
    for (const Pair &pair : Colors)
        m_colors[static_cast<std::size_t>(pair.token)] = QColor::fromRgba(m_isDark ? pair.dark : pair.light);
    Q_EMIT changed();
}

double contrast(const QColor &a, const QColor &b)
{
    const double la = luminance(a);
    const double lb = luminance(b);
    return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

} // namespace fairway::ui
