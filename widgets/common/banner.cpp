#include "widgets/common/banner.h"

#include "widgets/common/text_label.h"
#include "widgets/theme/button_kind.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/style_controls.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>

namespace fairway::ui {

Banner::Banner(QWidget *parent)
    : QWidget(parent)
    , m_text(new TextLabel)
    , m_action(new QPushButton)
{
    m_text->setWordWrap(true);
    setCompact(m_action);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(40, 6, 16, 6);
    row->addWidget(m_text, 1);
    row->addWidget(m_action);
    connect(m_action, &QPushButton::clicked, this, &Banner::activated);
    hide();
}

void Banner::show(Tone tone, const QString &sentence, const QString &action)
{
    m_tone = tone;
    m_text->setText(sentence);
    m_action->setText(action);
    m_action->setAccessibleName(action);
    m_action->setVisible(!action.isEmpty());
    setVisible(true);
    update();
}

void Banner::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &t = theme();
    const QColor ink = t.color(toneToken(m_tone));
    painter.fillRect(rect(), m_tone == Tone::Neutral ? t.color(Token::Surface)
                                                     : paint::mixed(t.color(Token::Surface), ink, 0.1));
    painter.fillRect(QRect(0, height() - 1, width(), 1), t.color(Token::Line));
    const QString icon = m_tone == Tone::Bad ? QStringLiteral("error")
        : m_tone == Tone::Warning            ? QStringLiteral("warning")
        : m_tone == Tone::Good               ? QStringLiteral("check-circle")
                                             : QStringLiteral("info");
    paintLineIcon(painter, icon, ink, QPointF(16, (height() - 16) / 2.0));
}

} // namespace fairway::ui
