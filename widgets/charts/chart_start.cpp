#include "widgets/charts/chart_start.h"

#include "widgets/common/text_label.h"
#include "widgets/theme/button_kind.h"
#include "widgets/theme/icons.h"

#include <QDir>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace fairway::ui {

QString homePath(const QString &path)
{
    const QString home = QDir::homePath();
    return path.startsWith(home + QLatin1Char('/')) ? QStringLiteral("~") + path.mid(home.size()) : path;
}

ChartStart::ChartStart(QWidget *parent)
    : QWidget(parent)
    , m_title(new TextLabel({}, FontRole::Title))
    , m_sentence(new TextLabel({}, FontRole::Body, Token::Muted))
    , m_recent(new QWidget)
    , m_rows(new QVBoxLayout(m_recent))
    , m_below(new QPushButton(tr("Look for charts below it")))
{
    auto *folder = new QPushButton(tr("Open a chart's folder…"));
    folder->setIcon(lineIcon(QStringLiteral("folder"), Token::AccentInk));
    folder->setToolTip(tr("Ctrl+O"));
    setButtonKind(folder, ButtonKind::Primary);
    auto *archive = new QPushButton(tr("Open a .tgz…"));
    archive->setIcon(lineIcon(QStringLiteral("package")));
    archive->setToolTip(tr("Ctrl+Shift+O"));
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(folder);
    buttons->addWidget(archive);
    buttons->addStretch(1);
    auto *library = new QPushButton(tr("From a repository or OCI…"));
    library->setIcon(lineIcon(QStringLiteral("cluster")));
    library->setToolTip(tr("Ctrl+Shift+L"));
    auto *workspace = new QPushButton(tr("A workspace of charts…"));
    workspace->setIcon(lineIcon(QStringLiteral("charts")));
    workspace->setToolTip(tr("Many charts in all their environments, beside a git commit (Ctrl+Shift+W)"));
    auto *further = new QHBoxLayout;
    further->setSpacing(8);
    further->addWidget(library);
    further->addWidget(workspace);
    further->addStretch(1);
    setButtonKind(m_below, ButtonKind::Link);
    m_sentence->setWordWrap(true);
    m_rows->setContentsMargins(0, 16, 0, 0);
    m_rows->setSpacing(2);
    auto *inner = new QWidget;
    inner->setMaximumWidth(560);
    auto *column = new QVBoxLayout(inner);
    column->setSpacing(8);
    column->addWidget(m_title);
    column->addWidget(m_sentence);
    column->addSpacing(8);
    column->addWidget(m_below, 0, Qt::AlignLeft);
    column->addLayout(buttons);
    column->addLayout(further);
    column->addWidget(m_recent);
    auto *row = new QHBoxLayout;
    row->addStretch(1);
    row->addWidget(inner, 4);
    row->addStretch(1);
    auto *all = new QVBoxLayout(this);
    all->addStretch(1);
    all->addLayout(row);
    all->addStretch(2);
    setFocusProxy(folder);
    connect(folder, &QPushButton::clicked, this, &ChartStart::openFolderRequested);
    connect(archive, &QPushButton::clicked, this, &ChartStart::openArchiveRequested);
    connect(library, &QPushButton::clicked, this, &ChartStart::openLibraryRequested);
    connect(workspace, &QPushButton::clicked, this, &ChartStart::openWorkspaceRequested);
    connect(m_below, &QPushButton::clicked, this, [this] { Q_EMIT lookBelowRequested(m_path); });
    setProblem({}, {});
    setRecent({});
}

void ChartStart::setProblem(const QString &path, const QString &problem)
{
    const bool isBad = !problem.isEmpty();
    m_path = path;
    m_below->setVisible(problem.contains(QLatin1String("Chart.yaml file is missing")));
    m_title->setText(isBad ? tr("%1 can't be opened").arg(homePath(path)) : tr("No chart is open"));
    m_sentence->setText(isBad ? problem
                              : tr("Open a Helm chart, change its values and see the manifests follow as you type: each line tells the template, the "
                                   "value and the layer it comes from. Needs no helm, no cluster and no network. A chart can also be dropped here."));
    m_sentence->setToken(isBad ? Token::Bad : Token::Muted);
}

void ChartStart::setRecent(const QStringList &paths)
{
    if (paths == m_shown && m_rows->count() > 0)
        return;
    m_shown = paths;
    while (QLayoutItem *item = m_rows->takeAt(0)) {
        item->widget()->deleteLater();
        delete item;
    }
    m_recent->setVisible(!paths.isEmpty());
    if (paths.isEmpty())
        return;
    m_rows->addWidget(new TextLabel(tr("Of late"), FontRole::Small, Token::Muted));
    for (const QString &path : paths) {
        auto *button = new QPushButton(path.section(QLatin1Char('/'), -1) + QStringLiteral("   ") + homePath(path));
        button->setIcon(lineIcon(QStringLiteral("package")));
        button->setToolTip(path);
        button->setAccessibleName(tr("Open %1").arg(path));
        setButtonKind(button, ButtonKind::Flat);
        connect(button, &QPushButton::clicked, this, [this, path] { Q_EMIT openRequested(path); });
        auto *line = new QWidget;
        auto *row = new QHBoxLayout(line);
        row->setContentsMargins(0, 0, 0, 0);
        row->addWidget(button);
        row->addStretch(1);
        m_rows->addWidget(line);
    }
}

} // namespace fairway::ui
