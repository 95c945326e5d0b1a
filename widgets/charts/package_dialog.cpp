#include "widgets/charts/package_dialog.h"

#include "widgets/charts/problems_model.h"
#include "widgets/common/text_label.h"
#include "widgets/theme/button_kind.h"
#include "widgets/theme/icons.h"

#include <QCheckBox>
#include <QClipboard>
#include <QDesktopServices>
#include <QFileDialog>
#include <QFormLayout>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QTimer>
#include <QUrl>
#include <QVBoxLayout>

namespace fairway::ui {
namespace {

/// A field with a button that finds a file or folder for it.
QWidget *withChooser(QLineEdit *field, const QString &word, const std::function<void()> &choose)
{
    auto *row = new QWidget;
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(field, 1);
    auto *button = new QPushButton(word);
    button->setAutoDefault(false);
    setCompact(button);
    layout->addWidget(button);
    QObject::connect(button, &QPushButton::clicked, field, choose);
    return row;
}

} // namespace

PackageDialog::PackageDialog(engine::ChartService &charts, const QString &folder, QWidget *parent)
    : ActionDialog(tr("Package %1").arg(charts.info().name), tr("Makes a .tgz of the chart's folder, as helm does: the same files give the same bytes."),
        tr("Package"), false, parent)
    , m_charts(charts)
    , m_progress(new QProgressBar)
    , m_message(new TextLabel)
{
    m_form = buildForm(folder);
    m_result = buildResult();
    m_progress->setRange(0, 0);
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(4);
    m_progress->setAccessibleName(tr("Packaging"));
    m_message->setWordWrap(true);
    m_message->setTextFormat(Qt::PlainText);
    m_message->setTextInteractionFlags(Qt::TextSelectableByMouse);
    body()->addWidget(m_form);
    body()->addWidget(m_progress);
    body()->addWidget(m_message);
    body()->addWidget(m_result);
    // The button works and stays; only Close and Cancel end the dialog.
    actionButton()->disconnect(this);
    connect(actionButton(), &QPushButton::clicked, this, [this] {
        if (m_step == Step::Done)
            accept();
        else
            run();
    });
    connect(this, &QDialog::rejected, &m_packager, &engine::ChartPackager::cancel);
    connect(&m_packager, &engine::ChartPackager::finished, this, &PackageDialog::take);
    connect(&charts, &engine::ChartService::filesChanged, this, &PackageDialog::refresh);
    resize(560, height());
    setStep(Step::Asking);
    m_version->setFocus();
}

QWidget *PackageDialog::buildForm(const QString &folder)
{
    const engine::ChartInfo info = m_charts.info();
    auto *form = new QWidget;
    auto *rows = new QFormLayout(form);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setHorizontalSpacing(16);
    rows->setVerticalSpacing(8);
    const auto line = [](const QString &name, const QString &placeholder, const QString &text = {}) {
        auto *field = new QLineEdit(text);
        field->setAccessibleName(name);
        field->setPlaceholderText(placeholder);
        return field;
    };
    const auto add = [](QFormLayout *to, const QString &name, QWidget *field) { to->addRow(new TextLabel(name, FontRole::Body, Token::Muted), field); };

    m_version = line(tr("Version"), tr("%1, as Chart.yaml says").arg(info.version));
    m_appVersion = line(tr("App version"), info.appVersion.isEmpty() ? tr("none, as Chart.yaml says") : tr("%1, as Chart.yaml says").arg(info.appVersion));
    m_folder = line(tr("Folder of the package"), {}, folder);
    add(rows, tr("Version"), m_version);
    add(rows, tr("App version"), m_appVersion);
    add(rows, tr("Into the folder"), withChooser(m_folder, tr("Choose…"), [this] {
        auto *dialog = new QFileDialog(this, tr("Folder of the package"), m_folder->text());
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setFileMode(QFileDialog::Directory);
        dialog->setOption(QFileDialog::ShowDirsOnly);
        connect(dialog, &QFileDialog::fileSelected, m_folder, &QLineEdit::setText);
        dialog->open();
    }));
    m_sign = new QCheckBox(tr("Sign it (a .prov file beside it)"));
    rows->addRow(nullptr, m_sign);

    m_signing = new QWidget;
    auto *signing = new QFormLayout(m_signing);
    signing->setContentsMargins(0, 0, 0, 0);
    signing->setHorizontalSpacing(16);
    signing->setVerticalSpacing(8);
    m_key = line(tr("Key"), tr("name or address of the key, or a part of it"));
    m_keyring = line(tr("Keyring"), tr("a file with private keys"), engine::ChartPackager::defaultKeyring());
    m_passphrase = line(tr("Passphrase"), tr("empty when the key has none"));
    m_passphrase->setEchoMode(QLineEdit::Password);
    m_keyring->setToolTip(tr("What gpg --export-secret-keys writes; newer keyboxes can't be read by helm either"));
    add(signing, tr("Key"), m_key);
    add(signing, tr("Keyring"), withChooser(m_keyring, tr("Choose…"), [this] {
        auto *dialog = new QFileDialog(this, tr("Keyring"), m_keyring->text().section(QLatin1Char('/'), 0, -2));
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setFileMode(QFileDialog::ExistingFile);
        connect(dialog, &QFileDialog::fileSelected, m_keyring, &QLineEdit::setText);
        dialog->open();
    }));
    add(signing, tr("Passphrase"), m_passphrase);
    m_signing->hide();
    rows->addRow(m_signing);

    m_unsaved = new QWidget;
    auto *unsaved = new QHBoxLayout(m_unsaved);
    unsaved->setContentsMargins(0, 4, 0, 0);
    auto *words = new TextLabel(tr("What is not saved is not in the package."), FontRole::Body, Token::Warning);
    words->setWordWrap(true);
    auto *save = new QPushButton(tr("Save all"));
    save->setAutoDefault(false);
    save->setToolTip(tr("Save the edited texts to the disk"));
    setCompact(save);
    unsaved->addWidget(words, 1);
    unsaved->addWidget(save);
    rows->addRow(m_unsaved);
    connect(save, &QPushButton::clicked, this, &PackageDialog::saveRequested);
    connect(m_sign, &QCheckBox::toggled, m_signing, &QWidget::setVisible);
    connect(m_sign, &QCheckBox::toggled, this, &PackageDialog::refresh);
    for (QLineEdit *field : {m_version, m_appVersion, m_folder, m_key, m_keyring, m_passphrase}) {
        // Another package is another question: what was said of the one before is past.
        connect(field, &QLineEdit::textEdited, this, [this] {
            if (m_step == Step::Asked)
                setStep(Step::Asking);
            refresh();
        });
    }
    return form;
}

QWidget *PackageDialog::buildResult()
{
    auto *result = new QWidget;
    auto *column = new QVBoxLayout(result);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    m_path = new TextLabel({}, FontRole::Mono);
    m_path->setWordWrap(true);
    m_path->setTextFormat(Qt::PlainText);
    m_path->setTextInteractionFlags(Qt::TextSelectableByMouse);
    column->addWidget(m_path);
    auto *row = new QHBoxLayout;
    const auto button = [row](const QString &text, const char *icon, const QString &tip) {
        auto *one = new QPushButton(text);
        one->setIcon(lineIcon(QString::fromLatin1(icon)));
        one->setToolTip(tip);
        one->setAutoDefault(false);
        setCompact(one);
        row->addWidget(one);
        return one;
    };
    QPushButton *copy = button(tr("Copy the path"), "copy", tr("To paste it elsewhere"));
    QPushButton *open = button(tr("Open the folder"), "folder", tr("In the desktop's file manager"));
    row->addStretch(1);
    column->addLayout(row);
    column->addWidget(buildPush());
    connect(copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(m_path->text()); });
    connect(open, &QPushButton::clicked, this, [this] {
        QDesktopServices::openUrl(QUrl::fromLocalFile(m_path->text().section(QLatin1Char('/'), 0, -2)));
    });
    return result;
}

QWidget *PackageDialog::buildPush()
{
    auto *part = new QWidget;
    m_registry = new QLineEdit;
    m_registry->setAccessibleName(tr("Registry to push to"));
    m_registry->setPlaceholderText(QStringLiteral("oci://registry.example.com/charts"));
    m_plainHttp = new QCheckBox(tr("Plain HTTP, without TLS"));
    m_plainHttp->setToolTip(tr("As a registry for trying out wants it; what is sent can be read on the way"));
    m_push = new QPushButton(tr("Push"));
    m_push->setAutoDefault(false);
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_registry, 1);
    row->addWidget(m_push);
    auto *column = new QVBoxLayout(part);
    column->setContentsMargins(0, 8, 0, 0);
    column->setSpacing(6);
    column->addWidget(new TextLabel(tr("Push it to an OCI registry, its signature too, with the credentials that helm and docker share:"), FontRole::Small, Token::Muted));
    column->addLayout(row);
    column->addWidget(m_plainHttp);
    connect(m_push, &QPushButton::clicked, this, &PackageDialog::push);
    connect(m_registry, &QLineEdit::textEdited, this, &PackageDialog::refresh);
    connect(&m_library, &engine::ChartLibrary::pushed, this, &PackageDialog::takePushed);
    connect(this, &QDialog::rejected, &m_library, &engine::ChartLibrary::cancel);
    return part;
}

void PackageDialog::push()
{
    m_library.setPlainHttp(m_plainHttp->isChecked());
    m_library.push(m_path->text(), m_registry->text().trimmed());
    m_progress->show();
    m_message->setToken(Token::Muted);
    m_message->setText(tr("Pushing to %1").arg(m_registry->text().trimmed()));
    refresh();
}

void PackageDialog::takePushed(const QString &reference, const QString &digest, const QString &problem)
{
    m_progress->hide();
    m_message->setToken(problem.isEmpty() ? Token::Good : Token::Bad);
    m_message->setText(problem.isEmpty() ? tr("The registry has it as %1, %2").arg(reference, digest) : problem.left(2000));
    refresh();
}

QString PackageDialog::whyNot() const
{
    if (m_folder->text().trimmed().isEmpty())
        return tr("Say into which folder");
    if (m_sign->isChecked() && m_key->text().trimmed().isEmpty())
        return tr("Say which key signs");
    return m_sign->isChecked() && m_keyring->text().trimmed().isEmpty() ? tr("Say which keyring has the key") : QString();
}

void PackageDialog::refresh()
{
    m_unsaved->setVisible(m_step != Step::Done && !m_charts.editedFiles().isEmpty());
    QPushButton *action = actionButton();
    const QString why = m_step == Step::Asking ? whyNot() : QString();
    action->setEnabled(m_step != Step::Running && why.isEmpty());
    action->setToolTip(m_step == Step::Running ? tr("Packaging") : why);
    action->setText(m_step == Step::Asked ? tr("Replace") : m_step == Step::Done ? tr("Close") : tr("Package"));
    action->setAccessibleName(action->text());
    const bool isRegistry = m_registry->text().trimmed().size() > 6 && m_registry->text().trimmed().startsWith(QLatin1String("oci://"));
    m_push->setEnabled(isRegistry && !m_library.isBusy());
    m_push->setToolTip(m_library.isBusy() ? tr("It is being pushed") : isRegistry ? tr("Upload the package") : tr("Give an oci:// reference"));
    if (m_push->isEnabled())
        m_push->setDefault(true);
    else
        action->setDefault(true);
    // As tall as what it shows now, once that is laid out.
    QTimer::singleShot(0, this, [this] { resize(width(), layout()->hasHeightForWidth() ? layout()->totalHeightForWidth(width()) : layout()->totalSizeHint().height()); });
}

void PackageDialog::setStep(Step step)
{
    m_step = step;
    m_form->setVisible(step != Step::Done);
    m_form->setEnabled(step != Step::Running);
    m_progress->setVisible(step == Step::Running);
    m_result->setVisible(step == Step::Done);
    if (step == Step::Asking || step == Step::Running)
        m_message->hide();
    if (step == Step::Done)
        hideCancel();
    refresh();
}

void PackageDialog::tell(const QString &sentence, bool isBad)
{
    m_message->setToken(isBad ? Token::Bad : Token::Warning);
    m_message->setText(sentence);
    m_message->show();
}

void PackageDialog::run()
{
    engine::PackageRequest request;
    request.chart = m_charts.info().path;
    request.destination = m_folder->text().trimmed();
    request.version = m_version->text().trimmed();
    request.appVersion = m_appVersion->text().trimmed();
    request.helmVersion = m_charts.inputs().helmVersion;
    request.isOverwriting = m_step == Step::Asked;
    request.isSigned = m_sign->isChecked();
    request.key = m_key->text().trimmed();
    request.keyring = m_keyring->text().trimmed();
    request.passphrase = m_passphrase->text();
    setStep(Step::Running);
    m_packager.start(request);
}

void PackageDialog::take(const engine::PackageOutcome &outcome)
{
    if (!outcome.problem.isEmpty()) {
        setStep(Step::Asking);
        tell(outcome.problem, true);
        return;
    }
    if (outcome.isThere) {
        setStep(Step::Asked);
        tell(tr("%1 is there already.").arg(outcome.path), false);
        return;
    }
    m_path->setText(outcome.path);
    setStep(Step::Done);
    m_message->setToken(Token::Good);
    m_message->setText(outcome.provenance.isEmpty() ? tr("The package is made.") : tr("The package is made and signed."));
    m_message->show();
    actionButton()->setFocus();
    Q_EMIT packaged(outcome.path);
}

} // namespace fairway::ui
