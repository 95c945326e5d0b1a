#include "widgets/charts/conflict_bar.h"

#include "widgets/charts/problems_model.h"
#include "widgets/common/text_label.h"
#include "widgets/theme/button_kind.h"
#include "widgets/theme/icons.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>

namespace fairway::ui {

ConflictBar::ConflictBar(engine::ChartService &charts)
    : m_charts(charts)
    , m_text(new ElidedLabel)
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(32, 4, 8, 4);
    row->setSpacing(8);
    row->addWidget(m_text, 1);
    auto *mine = new QPushButton(tr("Keep mine"));
    mine->setToolTip(tr("Go on with the text here; saving overwrites what is on the disk"));
    setCompact(mine);
    row->addWidget(mine);
    auto *theirs = new QPushButton(tr("Take theirs"));
    theirs->setToolTip(tr("Drop the changes made here and show what is on the disk"));
    setCompact(theirs);
    row->addWidget(theirs);
    connect(mine, &QPushButton::clicked, this, [this] { m_charts.keepMine(m_file); });
    connect(theirs, &QPushButton::clicked, this, [this] { m_charts.discard(m_file); });
    connect(&charts, &engine::ChartService::filesChanged, this, [this] { setFile(m_file); });
    hide();
}

void ConflictBar::setFile(const QString &file)
{
    m_file = file;
    m_text->setText(tr("%1 changed on the disk while you were editing it.").arg(placeText(file, 0)));
    setVisible(m_charts.conflicts().contains(file));
}

void ConflictBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &t = theme();
    painter.fillRect(rect(), t.color(Token::Raised));
    painter.fillRect(0, height() - 1, width(), 1, t.color(Token::Line));
    paintLineIcon(painter, QStringLiteral("warning"), t.color(Token::Warning), QPointF(10, (height() - 14) / 2.0), 14);
}

} // namespace fairway::ui
