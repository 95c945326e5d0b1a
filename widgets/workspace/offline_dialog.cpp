#include "widgets/workspace/offline_dialog.h"

#include "widgets/common/text_label.h"
#include "widgets/theme/icons.h"

#include <QDir>
#include <QListWidget>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

namespace fairway::ui {

OfflineDialog::OfflineDialog(const QString &root, const QStringList &charts, QWidget *parent)
    : ActionDialog(tr("Make the workspace available offline"),
        tr("The dependencies that are missing are fetched into the charts/ folder of each chart, by Chart.lock where there is one. From then on all of it renders with no network."),
        tr("Try again"), false, parent)
    , m_root(root)
    , m_charts(charts)
    , m_list(new QListWidget)
    , m_progress(new QProgressBar)
    , m_text(new TextLabel({}, FontRole::Small, Token::Muted))
{
    m_list->setAccessibleName(tr("Charts with missing dependencies"));
    m_list->setWordWrap(true);
    m_list->setTextElideMode(Qt::ElideNone);
    for (const QString &chart : charts)
        m_list->addItem(chart);
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(4);
    m_progress->setAccessibleName(tr("Progress"));
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    body()->addWidget(m_list, 1);
    body()->addWidget(m_progress);
    body()->addWidget(m_text);
    actionButton()->disconnect(this);
    connect(actionButton(), &QPushButton::clicked, this, [this] {
        if (m_failed.isEmpty())
            accept();
        else
            begin(std::exchange(m_failed, {}));
    });
    connect(this, &QDialog::rejected, &m_library, &engine::ChartLibrary::cancel);
    connect(&m_library, &engine::ChartLibrary::fetched, this, [this](const QString &, const QString &problem) { take(problem); });
    connect(&m_library, &engine::ChartLibrary::progressed, this,
        [this](const QString &what, qint64 received) { m_text->setText(tr("%1, %2").arg(what, QLocale().formattedDataSize(received))); });
    resize(640, 420);
    QList<int> all;
    for (int row = 0; row < charts.size(); ++row)
        all.append(row);
    begin(all);
}

void OfflineDialog::begin(const QList<int> &rows)
{
    m_waiting = rows;
    for (const int row : rows)
        setRow(row, QStringLiteral("clock"), tr("waits"));
    m_progress->setRange(0, static_cast<int>(rows.size()));
    m_progress->setValue(0);
    m_progress->show();
    actionButton()->setEnabled(false);
    actionButton()->setToolTip(tr("It is being fetched"));
    next();
}

void OfflineDialog::next()
{
    if (!m_waiting.isEmpty()) {
        const int row = m_waiting.first();
        setRow(row, QStringLiteral("loading"), tr("is being fetched"));
        m_text->setText(tr("Fetching the indexes"));
        m_library.fetchDependencies(QDir(m_root).absoluteFilePath(m_charts[row]));
        return;
    }
    m_progress->hide();
    m_text->setText(m_failed.isEmpty() ? tr("All charts have their dependencies: they render with no network now.") : tr("Charts that still lack some: %1").arg(m_failed.size()));
    actionButton()->setText(m_failed.isEmpty() ? tr("Close") : tr("Try again"));
    actionButton()->setAccessibleName(actionButton()->text());
    actionButton()->setEnabled(true);
    actionButton()->setToolTip({});
    if (m_failed.isEmpty())
        hideCancel();
}

void OfflineDialog::take(const QString &problem)
{
    if (m_waiting.isEmpty())
        return;
    const int row = m_waiting.takeFirst();
    if (problem.isEmpty()) {
        setRow(row, QStringLiteral("check-circle"), tr("has all it depends on"));
    } else {
        m_failed.append(row);
        setRow(row, QStringLiteral("error"), problem.left(1000));
    }
    m_progress->setValue(m_progress->value() + 1);
    next();
}

void OfflineDialog::setRow(int row, const QString &icon, const QString &words)
{
    QListWidgetItem *item = m_list->item(row);
    const Token token = icon == QLatin1String("error") ? Token::Bad : icon == QLatin1String("check-circle") ? Token::Good : Token::Muted;
    item->setIcon(lineIcon(icon, token));
    item->setText(QStringLiteral("%1: %2").arg(m_charts[row], words));
    m_list->scrollToItem(item);
}

} // namespace fairway::ui
