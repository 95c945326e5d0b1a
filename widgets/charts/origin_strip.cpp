#include "widgets/charts/origin_strip.h"

#include "widgets/charts/problems_model.h"
#include "widgets/common/layout_parts.h"
#include "widgets/common/text_label.h"
#include "widgets/theme/button_kind.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/style_controls.h"

#include <QAbstractButton>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace fairway::ui {
namespace {

constexpr int StripHeight = 64;
constexpr int MostValues = 6;

QString winsWord()
{
    return OriginStrip::tr("wins");
}

/// Two lines of text that can be pressed: a step, or as a chip a layer.
class StepButton final : public QAbstractButton {
public:
    StepButton(const QString &title, const QString &text, QWidget *parent = nullptr)
        : QAbstractButton(parent)
        , m_title(title)
    {
        setText(text);
        setAccessibleName(title + QLatin1Char(' ') + text);
        setFocusPolicy(Qt::TabFocus);
        setCursor(Qt::PointingHandCursor);
    }
    void setChip(bool isWinner)
    {
        m_isChip = true;
        m_isWinner = isWinner;
        if (isWinner)
            setAccessibleName(accessibleName() + QLatin1Char(' ') + winsWord());
    }
    QSize sizeHint() const override
    {
        const QFontMetrics small(theme().font(FontRole::Small));
        const QFontMetrics mono(theme().font(FontRole::Mono));
        const int wins = m_isWinner ? small.horizontalAdvance(winsWord()) + 30 : 0;
        const int width = std::max(small.horizontalAdvance(m_title) + wins, mono.horizontalAdvance(text()));
        return {std::min(width, 320) + (m_isChip ? 26 : 6), 44};
    }
    QSize minimumSizeHint() const override { return {std::min(72, sizeHint().width()), 44}; }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const Theme &t = theme();
        if (m_isChip)
            paint::box(painter, QRectF(rect()), t.color(m_isWinner ? Token::Selection : Token::Window), t.color(m_isWinner ? Token::Accent : Token::Line));
        if (hasFocus())
            paint::focusRing(painter, QRectF(rect()));
        QRect body = rect().adjusted(m_isChip ? 10 : 0, 3, m_isChip ? -10 : 0, -3);
        const QRect top(body.left(), body.top(), body.width(), body.height() / 2);
        painter.setFont(t.font(FontRole::Small));
        painter.setPen(t.color(Token::Muted));
        painter.drawText(top, Qt::AlignVCenter, painter.fontMetrics().elidedText(m_title, Qt::ElideMiddle, top.width()));
        if (m_isWinner) {
            painter.setPen(t.color(Token::Accent));
            const int width = painter.fontMetrics().horizontalAdvance(winsWord());
            painter.drawText(top, Qt::AlignVCenter | Qt::AlignRight, winsWord());
            paintLineIcon(painter, QStringLiteral("check"), t.color(Token::Accent), QPointF(top.right() - width - 17, top.top() + (top.height() - 14) / 2.0), 14);
        }
        painter.setFont(t.font(FontRole::Mono));
        painter.setPen(t.color(m_isChip && !m_isWinner ? Token::Muted : Token::Text));
        const QRect below(body.left(), top.bottom() + 1, body.width(), body.height() - top.height());
        painter.drawText(below, Qt::AlignVCenter, painter.fontMetrics().elidedText(text(), Qt::ElideRight, below.width()));
    }

private:
    QString m_title;
    bool m_isChip = false;
    bool m_isWinner = false;
};

class Arrow final : public QWidget {
public:
    Arrow() { setFixedSize(14, 44); }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        paintLineIcon(painter, QStringLiteral("chevron-right"), theme().color(Token::Muted), QPointF(0, 15), 14);
    }
};

} // namespace

OriginStrip::OriginStrip(QWidget *parent)
    : QWidget(parent)
    , m_row(new QHBoxLayout(this))
{
    setFixedHeight(StripHeight);
    m_row->setContentsMargins(16, 0, 12, 0);
    m_row->setSpacing(10);
    setAccessibleName(tr("Where the line comes from"));
    setOrigin({}, {});
}

void OriginStrip::clear()
{
    while (QLayoutItem *item = m_row->takeAt(0)) {
        if (item->widget()) {
            item->widget()->hide();
            item->widget()->deleteLater();
        }
        delete item;
    }
}

void OriginStrip::addArrow()
{
    m_row->addWidget(new Arrow);
}

void OriginStrip::addStep(const QString &title, const QString &text, const engine::ChartPlace &place, const QString &toolTip)
{
    auto *step = new StepButton(title, text);
    step->setToolTip(toolTip.isEmpty() ? text : toolTip);
    connect(step, &QAbstractButton::clicked, this, [this, place] { Q_EMIT placeChosen(place); });
    m_row->addWidget(step, 0);
}

void OriginStrip::addLayers(const engine::ValueOrigin &value)
{
    m_row->addWidget(new Hairline(Qt::Vertical));
    bool isFirst = true;
    for (const engine::ValueLayer &layer : value.layers) {
        if (!isFirst)
            addArrow();
        isFirst = false;
        const QString where = layer.place.line > 0 ? placeText(layer.place.file, layer.place.line) : layer.label;
        const QString kind = layer.kind == engine::ValueLayer::Kind::Default ? tr("default")
            : layer.kind == engine::ValueLayer::Kind::ParentChart            ? tr("parent chart")
            : layer.kind == engine::ValueLayer::Kind::ValuesFile             ? QStringLiteral("-f")
                                                                             : layer.label;
        const QString said = layer.kind == engine::ValueLayer::Kind::Set ? value.path.section(QLatin1Char('.'), -1) : where;
        auto *chip = new StepButton(kind, QStringLiteral("%1  %2").arg(said, layer.value));
        chip->setChip(layer.isWinner);
        chip->setToolTip(QStringLiteral("%1: %2").arg(layer.place.file.isEmpty() ? layer.label : placeText(layer.place.file, layer.place.line), layer.value));
        const engine::ValueLayer copy = layer;
        connect(chip, &QAbstractButton::clicked, this, [this, copy] {
            if (copy.setIndex >= 0)
                Q_EMIT flagChosen(copy.setIndex);
            else
                Q_EMIT placeChosen(copy.place);
        });
        m_row->addWidget(chip);
    }
}

void OriginStrip::setOrigin(const engine::LineOrigin &origin, const QString &lineText)
{
    clear();
    if (origin.line == 0) {
        auto *hint = new TextLabel(tr("Click a rendered line: its template, the values in it and the layer that won appear here. A click on a template or a value shows the lines it makes."), FontRole::Small, Token::Muted);
        hint->setWordWrap(true);
        m_row->addWidget(hint, 1);
        return;
    }
    addStep(tr("Output line %1").arg(origin.line), lineText.trimmed(), {});
    if (origin.place.line > 0) {
        addArrow();
        QString includes;
        for (const engine::ChartPlace &place : origin.includes)
            includes += tr("included at %1").arg(placeText(place.file, place.line)) + QLatin1Char('\n');
        addStep(placeText(origin.place.file, origin.place.line), origin.placeText, origin.place, includes.trimmed());
    }
    // Values that stand in the line first; conditions when there is nothing else to say.
    QList<engine::ValueOrigin> values = origin.values;
    std::stable_sort(values.begin(), values.end(), [](const auto &a, const auto &b) { return !a.isCondition && b.isCondition; });
    int setIndex = -1;
    if (!values.isEmpty()) {
        const engine::ValueOrigin &first = values.first();
        addArrow();
        QStringList names;
        for (const engine::ValueOrigin &value : std::as_const(values))
            names << (value.isCondition ? tr("%1 (decides whether it is there)").arg(value.path) : value.path);
        const QString more = values.size() > 1 ? tr(" and %1 more").arg(values.size() - 1) : QString();
        const auto winner = std::find_if(first.layers.begin(), first.layers.end(), [](const engine::ValueLayer &layer) { return layer.isWinner; });
        addStep(first.isCondition ? tr("Condition") : tr("Values key"), first.path + more,
            winner == first.layers.end() ? engine::ChartPlace() : winner->place, names.mid(0, MostValues).join(QLatin1Char('\n')));
        addLayers(first);
        if (winner != first.layers.end())
            setIndex = winner->setIndex;
    } else if (origin.isRandom) {
        m_row->addWidget(new TextLabel(tr("random: another run gives another"), FontRole::Small, Token::Muted));
    } else if (origin.place.line > 0) {
        m_row->addWidget(new TextLabel(tr("no value: written in the template"), FontRole::Small, Token::Muted));
    }
    m_row->addStretch(1);
    if (setIndex >= 0) {
        auto *drop = new QPushButton(tr("Drop --set"));
        drop->setToolTip(tr("Switch this flag off"));
        setCompact(drop);
        connect(drop, &QPushButton::clicked, this, [this, setIndex] { Q_EMIT dropFlagRequested(setIndex); });
        m_row->addWidget(drop);
    }
}

void OriginStrip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme().color(Token::Raised));
    painter.fillRect(0, 0, width(), 1, theme().color(Token::Line));
}

} // namespace fairway::ui
