#include "widgets/charts/library_dialog.h"

#include "widgets/charts/library_model.h"
#include "widgets/common/empty_state.h"
#include "widgets/common/text_label.h"
#include "widgets/theme/button_kind.h"
#include "widgets/theme/icons.h"

#include <QButtonGroup>
#include <QCheckBox>
#include <QComboBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace fairway::ui {

LibraryDialog::LibraryDialog(QWidget *parent)
    : ActionDialog(tr("Open a chart from a repository"),
        tr("From the repositories that helm knows, or from an OCI registry with the credentials that helm and docker share."), tr("Open"), false, parent)
    , m_repositories(new QPushButton(tr("Repositories")))
    , m_registry(new QPushButton(tr("OCI or URL")))
    , m_pages(new QStackedWidget)
    , m_model(new LibraryModel(this))
    , m_filter(new LibraryFilter(this))
{
    auto *group = new QButtonGroup(this);
    auto *chips = new QHBoxLayout;
    chips->setSpacing(4);
    for (QPushButton *chip : {m_repositories, m_registry}) {
        chip->setCheckable(true);
        chip->setAutoDefault(false);
        setButtonKind(chip, ButtonKind::Chip);
        group->addButton(chip);
        chips->addWidget(chip);
        connect(chip, &QPushButton::toggled, this, [this] {
            m_pages->setCurrentIndex(isRegistry() ? 1 : 0);
            (isRegistry() ? m_reference : m_search)->setFocus();
            showVersions();
        });
    }
    chips->addStretch(1);
    m_pages->addWidget(buildRepositories());
    m_pages->addWidget(buildRegistry());
    body()->addLayout(chips);
    body()->addWidget(m_pages, 1);
    body()->addWidget(buildFoot());
    actionButton()->disconnect(this);
    connect(actionButton(), &QPushButton::clicked, this, [this] { fetch({}); });
    connect(this, &QDialog::rejected, &m_library, &engine::ChartLibrary::cancel);
    connect(&m_library, &engine::ChartLibrary::listed, this, &LibraryDialog::takeListing);
    connect(&m_library, &engine::ChartLibrary::versionsFound, this, &LibraryDialog::takeVersions);
    connect(&m_library, &engine::ChartLibrary::fetched, this, &LibraryDialog::takeFetched);
    connect(&m_library, &engine::ChartLibrary::progressed, this, &LibraryDialog::showProgress);
    resize(760, 560);
    m_repositories->setChecked(true);
    m_library.list();
    refresh();
}

QWidget *LibraryDialog::buildRepositories()
{
    auto *page = new QWidget;
    m_search = new QLineEdit;
    m_search->setPlaceholderText(tr("Search name and description"));
    m_search->setAccessibleName(tr("Search charts"));
    m_search->setClearButtonEnabled(true);
    m_update = new QPushButton(tr("Update"));
    m_update->setIcon(lineIcon(QStringLiteral("refresh")));
    m_update->setToolTip(tr("Fetch the indexes of all repositories anew"));
    m_update->setAutoDefault(false);
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_search, 1);
    row->addWidget(m_update);
    m_filter->setSourceModel(m_model);
    m_table = new QTableView;
    m_table->setModel(m_filter);
    m_table->setAccessibleName(tr("Charts of the repositories"));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->verticalHeader()->setDefaultSectionSize(28);
    QHeaderView *head = m_table->horizontalHeader();
    head->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    head->setStretchLastSection(true);
    head->resizeSection(LibraryModel::NameColumn, 220);
    head->resizeSection(LibraryModel::VersionColumn, 90);
    head->resizeSection(LibraryModel::AppVersionColumn, 90);
    m_empty = new EmptyState;
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addLayout(row);
    column->addWidget(m_table, 1);
    column->addWidget(m_empty, 1);
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_filter->setText(text);
        if (m_filter->rowCount() > 0 && !m_table->currentIndex().isValid())
            m_table->selectRow(0);
        refresh();
    });
    connect(m_update, &QPushButton::clicked, this, &LibraryDialog::update);
    connect(m_empty, &EmptyState::activated, this, &LibraryDialog::update);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this, &LibraryDialog::showVersions);
    connect(m_table, &QTableView::activated, this, [this] { fetch({}); });
    return page;
}

QWidget *LibraryDialog::buildRegistry()
{
    auto *page = new QWidget;
    m_reference = new QLineEdit;
    m_reference->setPlaceholderText(QStringLiteral("oci://registry.example.com/charts/checkout"));
    m_reference->setAccessibleName(tr("OCI reference or URL of a chart"));
    m_find = new QPushButton(tr("Find versions"));
    m_find->setToolTip(tr("Ask the registry which versions it has"));
    m_find->setAutoDefault(false);
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_reference, 1);
    row->addWidget(m_find);
    auto *words = new TextLabel(
        tr("An OCI reference without its tag, or the URL of a .tgz. To sign in to a registry: fairwayctl registry login, or helm's or docker's."), FontRole::Small,
        Token::Muted);
    words->setWordWrap(true);
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addLayout(row);
    column->addWidget(words);
    auto *plain = new QCheckBox(tr("Plain HTTP, without TLS"));
    plain->setToolTip(tr("As a registry for trying out wants it; what is sent can be read on the way"));
    column->addWidget(plain);
    column->addStretch(1);
    connect(plain, &QCheckBox::toggled, this, [this](bool isOn) { m_library.setPlainHttp(isOn); });
    connect(m_reference, &QLineEdit::textChanged, this, [this] {
        m_version->clear();
        refresh();
    });
    connect(m_find, &QPushButton::clicked, this, &LibraryDialog::findVersions);
    return page;
}

QWidget *LibraryDialog::buildFoot()
{
    auto *foot = new QWidget;
    m_version = new QComboBox;
    m_version->setAccessibleName(tr("Version"));
    m_version->setEditable(true);
    m_version->setInsertPolicy(QComboBox::NoInsert);
    m_version->setMinimumWidth(180);
    m_version->lineEdit()->setAccessibleName(m_version->accessibleName());
    m_version->lineEdit()->setPlaceholderText(tr("the newest"));
    m_version->setToolTip(tr("A version, or a range such as ^1.2"));
    m_unpack = new QPushButton(tr("Unpack to edit…"));
    m_unpack->setAutoDefault(false);
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(new TextLabel(tr("Version"), FontRole::Body, Token::Muted));
    row->addWidget(m_version);
    row->addStretch(1);
    row->addWidget(m_unpack);
    m_busy = new QWidget;
    auto *busy = new QHBoxLayout(m_busy);
    busy->setContentsMargins(0, 0, 0, 0);
    m_progress = new QProgressBar;
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(4);
    m_progress->setAccessibleName(tr("Progress"));
    m_progressText = new TextLabel({}, FontRole::Small, Token::Muted);
    auto *stopButton = new QPushButton(tr("Stop"));
    stopButton->setAutoDefault(false);
    stopButton->setToolTip(tr("Stop fetching"));
    setCompact(stopButton);
    busy->addWidget(m_progress, 1);
    busy->addWidget(m_progressText);
    busy->addWidget(stopButton);
    m_message = new TextLabel;
    m_message->setWordWrap(true);
    m_message->setTextFormat(Qt::PlainText);
    m_message->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_message->hide();
    auto *column = new QVBoxLayout(foot);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addLayout(row);
    column->addWidget(m_busy);
    column->addWidget(m_message);
    connect(stopButton, &QPushButton::clicked, this, &LibraryDialog::stop);
    connect(m_unpack, &QPushButton::clicked, this, &LibraryDialog::askFolder);
    return foot;
}

bool LibraryDialog::isRegistry() const
{
    return m_registry->isChecked();
}

QString LibraryDialog::reference() const
{
    if (isRegistry()) {
        const QString text = m_reference->text().trimmed();
        return text.contains(QLatin1String("://")) && !text.endsWith(QLatin1String("://")) ? text : QString();
    }
    const engine::LibraryChart *chart = m_model->chart(m_filter->mapToSource(m_table->currentIndex()));
    return chart == nullptr ? QString() : chart->name;
}

void LibraryDialog::update()
{
    m_message->hide();
    m_library.refresh();
    m_progressText->setText(tr("Updating the repositories"));
    m_progress->setRange(0, 0);
    refresh();
}

void LibraryDialog::stop()
{
    m_library.cancel();
    m_isFetching = false;
    m_isListed = true;
    refresh();
}

void LibraryDialog::takeListing(const engine::LibraryListing &listing)
{
    m_listing = listing;
    m_isListed = true;
    m_model->setCharts(listing.charts);
    if (!listing.problems.isEmpty())
        tell(listing.problems.join(QLatin1Char('\n')), true);
    else if (listing.isCut)
        tell(tr("The repositories have more charts than are listed here."), false);
    if (m_filter->rowCount() > 0 && !m_table->currentIndex().isValid())
        m_table->selectRow(0);
    showVersions();
}

void LibraryDialog::showVersions()
{
    if (!isRegistry()) {
        const engine::LibraryChart *chart = m_model->chart(m_filter->mapToSource(m_table->currentIndex()));
        m_version->clear();
        if (chart != nullptr)
            m_version->addItems(chart->versions);
    } else {
        m_version->clear();
    }
    refresh();
}

void LibraryDialog::findVersions()
{
    if (reference().isEmpty())
        return;
    m_message->hide();
    m_progressText->setText(tr("Asking the registry"));
    m_progress->setRange(0, 0);
    m_library.findVersions(reference());
    refresh();
}

void LibraryDialog::takeVersions(const QStringList &versions, const QString &problem)
{
    m_version->clear();
    m_version->addItems(versions);
    if (!problem.isEmpty())
        tell(problem, true);
    else if (versions.isEmpty())
        tell(tr("The registry has no versions of it."), true);
    else
        m_version->setFocus();
    refresh();
}

void LibraryDialog::askFolder()
{
    if (reference().isEmpty())
        return;
    auto *dialog = new QFileDialog(this, tr("Unpack the chart below this folder"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, &LibraryDialog::fetch);
    dialog->open();
}

void LibraryDialog::fetch(const QString &unpackInto)
{
    const QString what = reference();
    if (what.isEmpty() || m_isFetching)
        return;
    m_message->hide();
    m_isFetching = true;
    m_progressText->setText(tr("Fetching %1").arg(what));
    m_progress->setRange(0, 0);
    m_library.fetch(what, m_version->currentText().trimmed(), unpackInto);
    refresh();
}

void LibraryDialog::showProgress(const QString &what, qint64 received, qint64 total)
{
    Q_UNUSED(what)
    const QLocale locale;
    m_progress->setRange(0, total > 0 ? 1000 : 0);
    if (total > 0)
        m_progress->setValue(static_cast<int>(std::min<qint64>(1000, received * 1000 / total)));
    m_progressText->setText(total > 0 ? tr("%1 of %2").arg(locale.formattedDataSize(received), locale.formattedDataSize(total)) : locale.formattedDataSize(received));
}

void LibraryDialog::takeFetched(const QString &path, const QString &problem)
{
    m_isFetching = false;
    if (!problem.isEmpty()) {
        tell(problem, true);
        refresh();
        return;
    }
    accept();
    Q_EMIT opened(path);
}

void LibraryDialog::tell(const QString &sentence, bool isBad)
{
    m_message->setToken(isBad ? Token::Bad : Token::Warning);
    m_message->setText(sentence.left(2000));
    m_message->show();
}

void LibraryDialog::refresh()
{
    if (m_version == nullptr)
        return; // still being built
    const bool isBusy = m_library.isBusy();
    const bool hasRows = m_filter->rowCount() > 0;
    m_table->setVisible(hasRows);
    m_empty->setVisible(!hasRows);
    if (!hasRows && !m_isListed)
        m_empty->show(EmptyState::Kind::Loading, tr("Reading the indexes"), {});
    else if (!hasRows && m_listing.repositories == 0)
        m_empty->show(EmptyState::Kind::Empty, tr("No repositories were added"), tr("helm repo add NAME URL, or fairwayctl repo add, adds one; an OCI registry needs no adding."));
    else if (!hasRows && m_listing.charts.isEmpty())
        m_empty->show(EmptyState::Kind::Empty, tr("No charts are known yet"), tr("The indexes of the repositories have not been fetched, or are empty."), tr("Update"));
    else if (!hasRows)
        m_empty->show(EmptyState::Kind::Empty, tr("No match"), tr("No chart has these words in its name or description."));
    m_busy->setVisible(isBusy && m_isListed);
    m_update->setEnabled(!isBusy && m_listing.repositories > 0);
    const QString chosen = reference();
    m_find->setEnabled(!isBusy && chosen.startsWith(QLatin1String("oci://")));
    const QString why = isBusy ? tr("Something is being fetched")
        : !chosen.isEmpty()    ? QString()
        : isRegistry()         ? tr("Give an oci:// reference or a URL")
                               : tr("Choose a chart");
    actionButton()->setEnabled(why.isEmpty());
    actionButton()->setToolTip(why.isEmpty() ? tr("Fetch it and open it, packed and read only") : why);
    m_unpack->setEnabled(why.isEmpty());
    m_unpack->setToolTip(why.isEmpty() ? tr("Fetch it, unpack it below a folder and open that") : why);
}

} // namespace fairway::ui
