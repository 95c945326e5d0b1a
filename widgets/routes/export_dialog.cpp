#include "widgets/routes/export_dialog.h"

#include "widgets/common/code_view.h"
#include "widgets/common/dialogs.h"
#include "widgets/common/text_label.h"
#include "widgets/theme/icons.h"

#include <QClipboard>
#include <QCoreApplication>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPushButton>
#include <QSaveFile>
#include <QVBoxLayout>

namespace fairway::ui {

namespace {
struct Words {
    Q_DECLARE_TR_FUNCTIONS(fairway::ui::ExportDialog)
};

QString save(const QString &path, const QString &patch)
{
    QSaveFile file(path);
    const QByteArray bytes = patch.toUtf8();
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit()) {
        return Words::tr("Not saved: %1").arg(file.errorString());
    }
    return Words::tr("Saved to %1").arg(path);
}
} // namespace

void openExportDialog(QWidget *parent, const QString &object, const QString &fileName, const QString &patch)
{
    auto *dialog = new ActionDialog(Words::tr("Export the change of %1").arg(object),
        Words::tr("Only what you changed is in it. Put it where this object comes from."), Words::tr("Save as…"), false, parent);
    auto *code = new CodeView;
    code->setCode(patch);
    code->setAccessibleName(Words::tr("Patch"));
    code->setMinimumSize(520, 260);
    dialog->body()->addWidget(code);
    auto *row = new QHBoxLayout;
    auto *copy = new QPushButton(Words::tr("Copy"));
    copy->setIcon(lineIcon(QStringLiteral("copy"), Token::Text));
    copy->setAutoDefault(false);
    auto *state = new TextLabel({}, FontRole::Small, Token::Muted);
    state->setWordWrap(true);
    row->addWidget(copy);
    row->addWidget(state, 1);
    dialog->body()->addLayout(row);
    QObject::connect(copy, &QPushButton::clicked, dialog, [patch, state] {
        QGuiApplication::clipboard()->setText(patch);
        state->setText(Words::tr("Copied"));
    });
    // Saving leaves the dialog open: the user sees where the file went.
    dialog->actionButton()->disconnect(dialog);
    QObject::connect(dialog->actionButton(), &QPushButton::clicked, dialog, [dialog, state, patch, fileName] {
        auto *chooser = new QFileDialog(dialog, Words::tr("Save the patch"), fileName);
        chooser->setAttribute(Qt::WA_DeleteOnClose);
        chooser->setAcceptMode(QFileDialog::AcceptSave);
        QObject::connect(chooser, &QFileDialog::fileSelected, dialog, [state, patch](const QString &path) { state->setText(save(path, patch)); });
        chooser->open();
    });
    dialog->open();
}

} // namespace fairway::ui
