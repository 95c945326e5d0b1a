#include "widgets/common/empty_state.h"

#include "widgets/common/text_label.h"
#include "widgets/theme/button_kind.h"
#include "widgets/theme/icons.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

namespace fairway::ui {
namespace {

/// A picture that recolours itself: QLabel would keep the pixmap of the old scheme.
class IconLabel final : public QLabel {
public:
    using QLabel::QLabel;
    void setIcon(const QString &name, Token color)
    {
        m_name = name;
        m_color = color;
        update();
    }
    [[nodiscard]] QSize sizeHint() const override { return {40, 40}; }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        paintLineIcon(painter, m_name, theme().color(m_color), QPointF((width() - 32) / 2.0, 4), 32);
    }

private:
    QString m_name = QStringLiteral("info");
    Token m_color = Token::Muted;
};

} // namespace

EmptyState::EmptyState(QWidget *parent)
    : QWidget(parent)
    , m_icon(new IconLabel)
    , m_title(new TextLabel({}, FontRole::Heading))
    , m_sentence(new TextLabel({}, FontRole::Body, Token::Muted))
    , m_action(new QPushButton)
    , m_second(new QPushButton)
{
    m_title->setAlignment(Qt::AlignHCenter);
    m_title->setWordWrap(true);
    m_sentence->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
    m_sentence->setWordWrap(true);
    m_sentence->setMaximumWidth(420);
    m_sentence->setMinimumWidth(120);
    m_title->setMaximumWidth(420);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(24, 24, 24, 24);
    column->setSpacing(6);
    column->addStretch(2);
    column->addWidget(m_icon, 0, Qt::AlignHCenter);
    column->addWidget(m_title);
    column->addWidget(m_sentence);
    column->setAlignment(m_title, Qt::AlignHCenter);
    column->addSpacing(8);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addStretch(1);
    buttons->addWidget(m_action);
    buttons->addWidget(m_second);
    buttons->addStretch(1);
    column->addLayout(buttons);
    column->addStretch(3);
    // A wrapping label in a centred cell takes its narrowest form: a full-width cell lets it use the room.
    m_title->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    column->setAlignment(m_title, {});
    m_title->setMaximumWidth(QWIDGETSIZE_MAX);
    m_sentence->setMaximumWidth(QWIDGETSIZE_MAX);
    m_action->hide();
    m_second->hide();
    connect(m_second, &QPushButton::clicked, this, &EmptyState::secondActivated);
    connect(m_action, &QPushButton::clicked, this, &EmptyState::activated);
}

void EmptyState::show(Kind kind, const QString &title, const QString &sentence, const QString &action, const QString &second)
{
    switch (kind) {
    case Kind::Empty: setIcon(QStringLiteral("info")); break;
    case Kind::Loading: setIcon(QStringLiteral("loading")); break;
    case Kind::Failed: static_cast<IconLabel *>(m_icon)->setIcon(QStringLiteral("error"), Token::Bad); break;
    case Kind::Denied: static_cast<IconLabel *>(m_icon)->setIcon(QStringLiteral("denied"), Token::Warning); break;
    }
    m_title->setText(title);
    m_sentence->setText(sentence);
    m_action->setText(action);
    m_action->setAccessibleName(action);
    m_action->setVisible(!action.isEmpty());
    m_second->setText(second);
    m_second->setAccessibleName(second);
    m_second->setVisible(!second.isEmpty());
    setVisible(true);
}

void EmptyState::setIcon(const QString &name)
{
    static_cast<IconLabel *>(m_icon)->setIcon(name, Token::Muted);
}

} // namespace fairway::ui
