#include "widgets/home/concern_card.h"

#include "widgets/common/badge.h"
#include "widgets/common/text_label.h"
#include "widgets/home/concern_lines.h"
#include "widgets/theme/button_kind.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/severity.h"
#include "widgets/theme/style_controls.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace fairway::ui {
namespace {
constexpr qsizetype MostRoutes = 7;
constexpr qsizetype MostTroubles = 2; ///< Routes whose trouble is told in words: the worst.
constexpr qsizetype MostTexts = 6;
constexpr int SubjectHeight = 20;
constexpr int HeadHeight = 40;
constexpr int FootHeight = 40;
} // namespace

ConcernCard::ConcernCard(QWidget *parent)
    : QWidget(parent)
    , m_title(new TextLabel({}, FontRole::Strong))
    , m_value(new TextLabel)
    , m_subject(new ElidedLabel({}, FontRole::Body, Token::Muted))
    , m_news(new TextLabel({}, FontRole::Heading))
    , m_text(new QVBoxLayout)
    , m_lines(new QVBoxLayout)
    , m_note(new ElidedLabel({}, FontRole::Small, Token::Muted))
    , m_action(new QPushButton)
{
    setMinimumSize(270, 264);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(36, 0, 12, 0);
    head->addWidget(m_title);
    head->addStretch();
    head->addWidget(m_value);
    auto *headBox = new QWidget;
    headBox->setFixedHeight(HeadHeight);
    headBox->setLayout(head);
    auto *subject = new QHBoxLayout;
    subject->setContentsMargins(24, 0, 0, 0); // the context's tile is painted there
    subject->addWidget(m_subject);
    m_subject->setFixedHeight(SubjectHeight);
    m_news->setWordWrap(true);
    m_text->setSpacing(4);
    m_lines->setSpacing(0);
    auto *body = new QVBoxLayout;
    body->setContentsMargins(12, 10, 12, 10);
    body->setSpacing(6);
    body->addLayout(subject);
    body->addWidget(m_news);
    body->addLayout(m_text);
    body->addLayout(m_lines);
    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(12, 0, 12, 0);
    foot->addWidget(m_note, 1);
    foot->addWidget(m_action);
    auto *footBox = new QWidget;
    footBox->setFixedHeight(FootHeight);
    footBox->setLayout(foot);
    setCompact(m_action);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(headBox);
    column->addLayout(body);
    column->addStretch(1);
    column->addWidget(footBox);
    connect(m_action, &QPushButton::clicked, this, [this] { Q_EMIT navigate(m_concern.target); });
}

void ConcernCard::setConcern(const engine::Concern &concern, const engine::ContextInfo &context, bool isFirst)
{
    m_concern = concern;
    m_context = context;
    m_title->setText(concern.title);
    m_value->setText(concern.value);
    m_value->setToken(severityToken(concern.severity));
    m_subject->setText(concern.subject.isEmpty() ? context.name : QStringLiteral("%1 \u00b7 %2").arg(context.name, concern.subject));
    m_news->setText(concern.news);
    m_news->setVisible(!concern.news.isEmpty());
    const qsizetype texts = std::min(MostTexts, concern.lines.size());
    while (m_texts.size() < texts) {
        m_texts << new TextLabel({}, FontRole::Body, Token::Muted);
        m_texts.last()->setWordWrap(true);
        m_text->addWidget(m_texts.last());
    }
    for (qsizetype i = 0; i < m_texts.size(); ++i) {
        m_texts[i]->setText(concern.lines.value(i));
        m_texts[i]->setVisible(i < texts);
    }
    showRoutes();
    showItems();
    const qsizetype more = std::max<qsizetype>(0, concern.routes.size() - MostRoutes) + std::max<qsizetype>(0, concern.lines.size() - texts);
    const QString rest = more > 0 ? tr("and %1 more").arg(more) : QString();
    m_note->setText(concern.note.isEmpty() || rest.isEmpty() ? concern.note + rest : tr("%1, %2").arg(concern.note, rest));
    const QString action = concern.action.isEmpty() ? tr("Open") : concern.action;
    m_action->setVisible(!concern.target.isEmpty());
    m_action->setText(action);
    m_action->setAccessibleName(QStringLiteral("%1: %2").arg(concern.title, action));
    setButtonKind(m_action, isFirst ? ButtonKind::Primary : ButtonKind::Normal);
    update();
}

void ConcernCard::showRoutes()
{
    const qsizetype count = std::min(MostRoutes, m_concern.routes.size());
    while (m_routes.size() < count) {
        auto *line = new RouteLine;
        connect(line, &QAbstractButton::clicked, this, [this, line] { Q_EMIT navigate(line->target()); });
        m_lines->addWidget(line);
        m_routes << line;
    }
    for (qsizetype i = 0; i < m_routes.size(); ++i) {
        m_routes[i]->setVisible(i < count);
        if (i < count)
            m_routes[i]->setRow(m_concern.routes[i], i < MostTroubles);
    }
}

void ConcernCard::showItems()
{
    const qsizetype count = m_concern.items.size();
    while (m_items.size() < count) {
        auto *line = new ItemLine;
        connect(line, &QAbstractButton::clicked, this, [this, line] { Q_EMIT navigate(line->target()); });
        m_lines->addWidget(line);
        m_items << line;
    }
    for (qsizetype i = 0; i < m_items.size(); ++i) {
        m_items[i]->setVisible(i < count);
        if (i < count)
            m_items[i]->setItem(m_concern.items[i], m_concern.severity);
    }
}

void ConcernCard::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &t = theme();
    paint::box(painter, rect(), t.color(Token::Surface), t.color(Token::Line), 7);
    painter.fillRect(QRect(1, HeadHeight, width() - 2, 1), t.color(Token::Line));
    painter.fillRect(QRect(1, height() - FootHeight - 1, width() - 2, 1), t.color(Token::Line));
    paintLineIcon(painter, Theme::severityIcon(m_concern.severity), t.severityColor(m_concern.severity), QPointF(12, 12));
    paintContextTile(painter, QPointF(12, m_subject->y() + (SubjectHeight - 16) / 2.0), m_context);
}

} // namespace fairway::ui
