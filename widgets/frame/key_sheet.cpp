#include "widgets/frame/key_sheet.h"

#include "widgets/common/dialogs.h"
#include "widgets/common/text_label.h"

#include <QAction>
#include <QGridLayout>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace fairway::ui {

void openKeySheet(QWidget *parent, const QList<QPair<QString, QList<QAction *>>> &groups)
{
    auto *dialog = new ActionDialog(
        ActionDialog::tr("Keys"), ActionDialog::tr("What can be done from the keyboard here."), ActionDialog::tr("Close"), false, parent);
    auto *content = new QWidget;
    auto *grid = new QGridLayout(content);
    grid->setContentsMargins(0, 0, 12, 0);
    grid->setHorizontalSpacing(24);
    grid->setVerticalSpacing(6);
    int row = 0;
    for (const auto &[title, actions] : groups) {
        bool isTitled = false;
        for (const QAction *action : actions) {
            if (action->shortcuts().isEmpty() || action->text().isEmpty())
                continue;
            if (!isTitled) {
                auto *label = new TextLabel(title, FontRole::Strong);
                label->setContentsMargins(0, row == 0 ? 0 : 10, 0, 2);
                grid->addWidget(label, row++, 0, 1, 2);
                isTitled = true;
            }
            QStringList keys;
            for (const QKeySequence &sequence : action->shortcuts())
                keys << sequence.toString(QKeySequence::NativeText);
            grid->addWidget(new TextLabel(keys.join(QStringLiteral(", ")), FontRole::Mono, Token::Muted), row, 0);
            QString text = action->text();
            text.remove(QLatin1Char('&'));
            auto *label = new TextLabel(text);
            label->setWordWrap(true);
            grid->addWidget(label, row++, 1);
        }
    }
    grid->setColumnStretch(1, 1);
    grid->setRowStretch(row, 1);
    auto *scroll = new QScrollArea;
    scroll->setWidget(content);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setAccessibleName(ActionDialog::tr("List of keys"));
    scroll->setMinimumHeight(420);
    dialog->body()->addWidget(scroll);
    dialog->hideCancel();
    dialog->resize(560, 600);
    dialog->open();
}

} // namespace fairway::ui
