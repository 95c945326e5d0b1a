#include "widgets/theme/icons.h"

#include <QFile>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

namespace fairway::ui {
namespace {

class LineIconEngine final : public QIconEngine {
public:
    LineIconEngine(QString name, Token color, Token checked)
        : m_name(std::move(name))
        , m_color(color)
        , m_checked(checked)
    {
    }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override
    {
        const qreal ratio = painter->device() ? painter->device()->devicePixelRatioF() : 1.0;
        const int size = std::min(rect.width(), rect.height());
        painter->drawPixmap(QPointF(rect.x() + (rect.width() - size) / 2.0, rect.y() + (rect.height() - size) / 2.0),
            linePixmap(m_name, ink(mode, state), size, ratio));
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        return linePixmap(m_name, ink(mode, state), std::min(size.width(), size.height()), 1.0);
    }

    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State state, qreal scale) override
    {
        return linePixmap(m_name, ink(mode, state), qRound(std::min(size.width(), size.height()) / scale), scale);
    }

    [[nodiscard]] QIconEngine *clone() const override { return new LineIconEngine(m_name, m_color, m_checked); }

private:
    [[nodiscard]] QColor ink(QIcon::Mode mode, QIcon::State state) const
    {
        if (mode == QIcon::Disabled)
            return theme().color(Token::Muted);
        return theme().color(state == QIcon::On ? m_checked : m_color);
    }

    QString m_name;
    Token m_color;
    Token m_checked;
};

} // namespace

QIcon lineIcon(const QString &name, Token color)
{
    return lineIcon(name, color, color);
}

QIcon lineIcon(const QString &name, Token color, Token checked)
{
    return QIcon(new LineIconEngine(name, color, checked));
}

QPixmap linePixmap(const QString &name, const QColor &color, int size, qreal pixelRatio)
{
    const QString key = QStringLiteral("fairway/%1/%2/%3/%4").arg(name).arg(color.rgba()).arg(size).arg(pixelRatio);
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    const int pixels = qRound(size * pixelRatio);
    pixmap = QPixmap(pixels, pixels);
    pixmap.fill(Qt::transparent);
    QFile file(QStringLiteral(":/fairway/icons/%1.svg").arg(name));
    if (file.open(QIODevice::ReadOnly)) {
        // The drawings use one ink, "currentColor", which Qt's renderer reads as black.
        QByteArray svg = file.readAll();
        svg.replace("currentColor", color.name().toLatin1());
        QSvgRenderer renderer(svg);
        QPainter painter(&pixmap);
        painter.setRenderHint(QPainter::Antialiasing);
        renderer.render(&painter, QRectF(0, 0, pixels, pixels));
    } else {
        qWarning("no icon named %s", qPrintable(name));
    }
    pixmap.setDevicePixelRatio(pixelRatio);
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

void paintLineIcon(QPainter &painter, const QString &name, const QColor &color, const QPointF &at, int size)
{
    const qreal ratio = painter.device() ? painter.device()->devicePixelRatioF() : 1.0;
    painter.drawPixmap(at, linePixmap(name, color, size, ratio));
}

} // namespace fairway::ui
