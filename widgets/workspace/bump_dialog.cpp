#include "widgets/workspace/bump_dialog.h"

#include "core/chart/paths.h"
#include "widgets/common/text_label.h"
#include "widgets/theme/button_kind.h"
#include "widgets/theme/icons.h"

#include <QComboBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QVBoxLayout>

namespace fairway::ui {

BumpDialog::BumpDialog(const engine::ChartMatrix &matrix, QWidget *parent)
    : ActionDialog(tr("Try another version of a dependency"),
        tr("Each chart that depends on it is rendered with that version in its place and held against what it renders to now. Nothing on the disk changes."),
        tr("Compare"), false, parent)
    , m_dependencies(matrix.dependencies())
    , m_workspace(matrix.workspace())
    , m_name(new QComboBox)
    , m_version(new QComboBox)
    , m_ask(new QPushButton(tr("Ask its repository")))
    , m_users(new TextLabel({}, FontRole::Small, Token::Muted))
    , m_message(new TextLabel({}, FontRole::Small, Token::Muted))
{
    m_name->setAccessibleName(tr("Dependency"));
    for (const chart::WorkspaceDependency &dependency : m_dependencies.all)
        m_name->addItem(QString::fromStdString(dependency.name));
    m_name->setCurrentText(matrix.bumpName());
    m_version->setAccessibleName(tr("Version to try"));
    m_version->setEditable(true);
    m_version->setInsertPolicy(QComboBox::NoInsert);
    m_version->lineEdit()->setAccessibleName(m_version->accessibleName());
    m_version->lineEdit()->setPlaceholderText(QStringLiteral("^20.1"));
    m_version->setToolTip(tr("A version, a range of which the newest is taken, or the path of a chart's folder or package"));
    for (TextLabel *label : {m_users, m_message}) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    auto *form = new QFormLayout;
    form->setHorizontalSpacing(16);
    form->setVerticalSpacing(8);
    form->addRow(new TextLabel(tr("Dependency"), FontRole::Body, Token::Muted), m_name);
    form->addRow(nullptr, m_users);
    form->addRow(new TextLabel(tr("Version to try"), FontRole::Body, Token::Muted), versionRow());
    form->addRow(nullptr, m_message);
    body()->addLayout(form);
    actionButton()->disconnect(this);
    connect(actionButton(), &QPushButton::clicked, this, [this] {
        accept();
        Q_EMIT chosen(m_name->currentText(), m_version->currentText().trimmed());
    });
    connect(m_name, &QComboBox::currentIndexChanged, this, &BumpDialog::showDependency);
    connect(m_version, &QComboBox::editTextChanged, this, &BumpDialog::refresh);
    connect(&m_library, &engine::ChartLibrary::versionsFound, this, &BumpDialog::takeVersions);
    connect(this, &QDialog::rejected, &m_library, &engine::ChartLibrary::cancel);
    resize(720, sizeHint().height());
    showDependency();
    m_version->setEditText(matrix.bumpWanted());
    m_version->setFocus();
}

QWidget *BumpDialog::versionRow()
{
    auto *row = new QWidget;
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_version, 1);
    m_ask->setIcon(lineIcon(QStringLiteral("refresh")));
    m_ask->setAutoDefault(false);
    layout->addWidget(m_ask);
    auto *own = new QPushButton(tr("Chart of your own"));
    own->setToolTip(tr("Try a chart that stands on this computer"));
    own->setAutoDefault(false);
    auto *menu = new QMenu(own);
    menu->setAccessibleName(own->text());
    const auto choose = [this](QFileDialog::FileMode mode, const QString &filter) {
        auto *dialog = new QFileDialog(this, tr("The chart to try"), {}, filter);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setFileMode(mode);
        dialog->setOption(QFileDialog::ShowDirsOnly, mode == QFileDialog::Directory);
        connect(dialog, &QFileDialog::fileSelected, m_version, &QComboBox::setEditText);
        dialog->open();
    };
    connect(menu->addAction(tr("A chart's folder…")), &QAction::triggered, this, [choose] { choose(QFileDialog::Directory, {}); });
    connect(menu->addAction(tr("A package (.tgz)…")), &QAction::triggered, this,
        [choose] { choose(QFileDialog::ExistingFile, tr("Packaged charts (*.tgz *.tar.gz);;All files (*)")); });
    own->setMenu(menu);
    layout->addWidget(own);
    connect(m_ask, &QPushButton::clicked, this, [this] { findVersions(true); });
    return row;
}

const chart::WorkspaceDependency *BumpDialog::current() const
{
    const auto index = static_cast<std::size_t>(m_name->currentIndex());
    return m_name->currentIndex() >= 0 && index < m_dependencies.all.size() ? &m_dependencies.all[index] : nullptr;
}

void BumpDialog::showDependency()
{
    const chart::WorkspaceDependency *dependency = current();
    if (dependency == nullptr)
        return refresh();
    QStringList charts;
    for (const std::size_t chart : dependency->charts) {
        if (charts.size() == 6) {
            charts.append(QStringLiteral("…"));
            break;
        }
        charts.append(QString::fromStdString(m_workspace.charts[chart]));
    }
    QStringList wanted;
    for (const std::string &version : dependency->wanted)
        wanted.append(version.empty() ? QStringLiteral("*") : QString::fromStdString(version));
    m_users->setText(tr("Wanted as %1 by %2").arg(wanted.mid(0, 6).join(QStringLiteral(", ")), charts.join(QStringLiteral(", "))));
    m_version->clear();
    findVersions(false);
}

void BumpDialog::findVersions(bool isFresh)
{
    const chart::WorkspaceDependency *dependency = current();
    if (dependency == nullptr)
        return;
    m_isFresh = isFresh;
    const std::string folder = chart::joinPath(m_workspace.root, m_workspace.charts[dependency->charts.front()]);
    m_library.findDependencyVersions(
        QString::fromStdString(dependency->name), QString::fromStdString(dependency->repository), QString::fromStdString(folder), isFresh);
    m_message->setToken(Token::Muted);
    m_message->setText(isFresh ? tr("Asking %1").arg(QString::fromStdString(dependency->repository)) : QString());
    refresh();
}

void BumpDialog::takeVersions(const QStringList &versions, const QString &problem)
{
    const QString typed = m_version->currentText();
    m_version->clear();
    m_version->addItems(versions);
    m_version->setEditText(typed);
    m_message->setToken(problem.isEmpty() ? Token::Muted : Token::Bad);
    if (!problem.isEmpty())
        m_message->setText(problem.left(2000));
    else if (!versions.isEmpty())
        m_message->setText(tr("Versions that are known: %1, the newest %2").arg(versions.size()).arg(versions.first()));
    else
        m_message->setText(m_isFresh ? tr("It has no versions of it.") : tr("No versions are known yet. One can be typed, or its repository asked."));
    refresh();
}

void BumpDialog::refresh()
{
    const chart::WorkspaceDependency *dependency = current();
    const bool hasRepository = dependency != nullptr && !dependency->repository.empty();
    m_ask->setEnabled(hasRepository && !(m_library.isBusy() && m_isFresh));
    m_ask->setToolTip(hasRepository ? tr("Ask %1 which versions it has").arg(QString::fromStdString(dependency->repository)) : tr("The charts name no repository for it"));
    const bool isReady = dependency != nullptr && !m_version->currentText().trimmed().isEmpty();
    actionButton()->setEnabled(isReady);
    actionButton()->setToolTip(isReady ? QString() : tr("Say which version, or which chart"));
}

} // namespace fairway::ui
