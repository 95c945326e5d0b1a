#include "widgets/workspace/matrix_delegate.h"

#include "widgets/theme/icons.h"
#include "widgets/theme/style_controls.h"
#include "widgets/workspace/matrix_model.h"

#include <QPainter>

namespace fairway::ui {

namespace {

struct Look {
    QString icon;
    Token color;
};

Look lookOf(MatrixModel::State state)
{
    switch (state) {
    case MatrixModel::State::Good: return {QStringLiteral("check-circle"), Token::Good};
    case MatrixModel::State::Warning: return {QStringLiteral("warning"), Token::Warning};
    case MatrixModel::State::Bad: return {QStringLiteral("error"), Token::Bad};
    case MatrixModel::State::Waiting: return {QStringLiteral("loading"), Token::Muted};
    case MatrixModel::State::Stopped: return {QStringLiteral("pause"), Token::Muted};
    case MatrixModel::State::None: break;
    }
    return {QString(), Token::Muted};
}

} // namespace

void MatrixDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    painter->save();
    const Theme &colors = theme();
    if (option.state.testFlag(QStyle::State_Selected))
        painter->fillRect(option.rect, colors.color(Token::Selection));
    const QRect rect = option.rect.adjusted(10, 4, -8, -4);
    const auto put = [&](const QRect &at, const QString &words, Token token, FontRole role) {
        const QFont font = colors.font(role);
        painter->setFont(font);
        painter->setPen(colors.color(token));
        painter->drawText(at, static_cast<int>(Qt::AlignLeft | Qt::AlignVCenter), QFontMetrics(font).elidedText(words, Qt::ElideRight, at.width()));
    };
    const auto state = static_cast<MatrixModel::State>(index.data(MatrixModel::StateRole).toInt());
    const QString detail = index.data(MatrixModel::DetailRole).toString();
    const bool hasDetail = !detail.isEmpty();
    const QRect top(rect.left(), rect.top(), rect.width(), hasDetail ? rect.height() / 2 : rect.height());
    if (index.column() == 0) {
        put(rect, index.data().toString(), Token::Text, FontRole::Medium);
    } else if (state == MatrixModel::State::None) {
        put(rect, QStringLiteral("–"), Token::Muted, FontRole::Body);
    } else {
        const Look look = lookOf(state);
        const bool isPending = index.data(MatrixModel::PendingRole).toBool();
        painter->setOpacity(isPending ? 0.6 : 1.0); // the last answer, while the next is on its way
        paintLineIcon(*painter, look.icon, colors.color(look.color), QPointF(top.left(), top.center().y() - 7));
        put(top.adjusted(24, 0, 0, 0), index.data().toString(), Token::Text, FontRole::Body);
        const QRect below(rect.left() + 24, top.bottom() + 1, rect.width() - 24, rect.height() - top.height());
        const bool isChanged = index.data(MatrixModel::IsChangedRole).toBool();
        if (hasDetail)
            put(below, detail, index.data(MatrixModel::FailsRole).toBool() ? Token::Bad : isChanged ? Token::Accent : Token::Muted, FontRole::Small);
    }
    painter->restore();
}

QSize MatrixDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {150, 48};
}

} // namespace fairway::ui
