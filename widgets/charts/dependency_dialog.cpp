#include "widgets/charts/dependency_dialog.h"

#include "widgets/common/text_label.h"

#include <QLocale>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

namespace fairway::ui {

DependencyDialog::DependencyDialog(const QString &chart, const QString &name, QWidget *parent)
    : ActionDialog(tr("Dependencies of %1").arg(name),
        tr("They are fetched into its charts/ folder, by Chart.lock where there is one. From then on it renders and packs with no network."), tr("Try again"), false, parent)
    , m_progress(new QProgressBar)
    , m_text(new TextLabel)
{
    m_progress->setRange(0, 0);
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(4);
    m_progress->setAccessibleName(tr("Progress"));
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    body()->addWidget(m_progress);
    body()->addWidget(m_text);
    const auto begin = [this, chart] {
        m_progress->show();
        m_text->setToken(Token::Muted);
        m_text->setText(tr("Fetching the indexes"));
        actionButton()->setEnabled(false);
        actionButton()->setToolTip(tr("It is being fetched"));
        m_library.fetchDependencies(chart);
    };
    actionButton()->disconnect(this);
    connect(actionButton(), &QPushButton::clicked, this, begin);
    connect(this, &QDialog::rejected, &m_library, &engine::ChartLibrary::cancel);
    connect(&m_library, &engine::ChartLibrary::progressed, this, [this](const QString &what, qint64 received) {
        m_text->setText(tr("%1, %2").arg(what, QLocale().formattedDataSize(received)));
    });
    connect(&m_library, &engine::ChartLibrary::fetched, this, [this](const QString &, const QString &problem) {
        if (problem.isEmpty()) {
            accept();
            return;
        }
        m_progress->hide();
        m_text->setToken(Token::Bad);
        m_text->setText(problem.left(2000));
        actionButton()->setEnabled(true);
        actionButton()->setToolTip({});
    });
    resize(560, sizeHint().height());
    begin();
}

} // namespace fairway::ui
