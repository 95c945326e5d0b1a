#include "widgets/routes/list_dialog.h"

#include "widgets/common/dialogs.h"
#include "widgets/theme/icons.h"

#include <QClipboard>
#include <QCoreApplication>
#include <QGuiApplication>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

namespace fairway::ui {

namespace {
struct Words {
    Q_DECLARE_TR_FUNCTIONS(fairway::ui::ListDialog)
};
} // namespace

void openListDialog(QWidget *parent, const QString &title, const QString &text, const QString &name, const QStringList &lines)
{
    auto *dialog = new ActionDialog(title, text, Words::tr("Close"), false, parent);
    dialog->hideCancel();
    auto *list = new QListWidget;
    list->setAccessibleName(name);
    list->addItems(lines);
    list->setWordWrap(true);
    list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list->setMinimumSize(560, 280);
    list->setSpacing(2);
    dialog->body()->addWidget(list);
    auto *copy = new QPushButton(Words::tr("Copy all"));
    copy->setIcon(lineIcon(QStringLiteral("copy"), Token::Text));
    copy->setAutoDefault(false);
    dialog->body()->addWidget(copy, 0, Qt::AlignLeft);
    QObject::connect(copy, &QPushButton::clicked, dialog, [copy, lines] {
        QGuiApplication::clipboard()->setText(lines.join(u'\n'));
        copy->setText(Words::tr("Copied"));
    });
    list->setFocus(Qt::OtherFocusReason);
    dialog->open();
}

} // namespace fairway::ui
