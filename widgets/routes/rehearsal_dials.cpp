#include "widgets/routes/rehearsal_dials.h"

#include "widgets/common/text_label.h"
#include "widgets/routes/marks.h"
#include "widgets/theme/button_kind.h"

#include <QCheckBox>
#include <QDoubleSpinBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QSpinBox>
#include <QVBoxLayout>

namespace fairway::ui {

namespace {
constexpr int maxDialRows = 12; ///< More stand-ins than that are not dialled one by one.
}

RehearsalDials::RehearsalDials(QWidget *parent)
    : QWidget(parent), m_rate(new QSpinBox), m_duration(new QSpinBox), m_pods(new QCheckBox(tr("Use reachable pods"))), m_grid(new QGridLayout)
{
    m_rate->setRange(1, 20000);
    m_rate->setValue(200);
    m_rate->setSuffix(tr(" req/s"));
    m_rate->setSingleStep(50);
    m_rate->setAccessibleName(tr("Load of the rehearsal"));
    m_rate->setKeyboardTracking(false);
    m_duration->setRange(5, 3600);
    m_duration->setValue(60);
    m_duration->setSuffix(tr(" s"));
    m_duration->setSingleStep(30);
    m_duration->setAccessibleName(tr("Duration of the rehearsal"));
    m_pods->setToolTip(tr("Where a pod answers from this computer, it plays itself. Otherwise a labelled stand-in plays it."));
    for (QWidget *control : {static_cast<QWidget *>(m_rate), static_cast<QWidget *>(m_duration)}) {
        setCompact(control);
        control->setFixedWidth(104);
    }
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 2, 0, 6);
    column->setSpacing(6);
    auto *first = new QHBoxLayout;
    first->setSpacing(8);
    first->addWidget(new TextLabel(tr("Load"), FontRole::Small, Token::Muted));
    first->addWidget(m_rate);
    first->addSpacing(8);
    first->addWidget(new TextLabel(tr("For"), FontRole::Small, Token::Muted));
    first->addWidget(m_duration);
    first->addSpacing(8);
    first->addWidget(m_pods);
    m_hint = new ElidedLabel(tr("Stand-ins play the rest:"), FontRole::Small, Token::Muted);
    first->addSpacing(8);
    first->addWidget(m_hint);
    first->addStretch();
    column->addLayout(first);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(16);
    m_grid->setVerticalSpacing(4);
    m_grid->setColumnStretch(2, 1);
    column->addLayout(m_grid);
    connect(m_rate, &QSpinBox::valueChanged, this, &RehearsalDials::rateChanged);
}

engine::StandInDial RehearsalDials::dial(qsizetype row) const
{
    return {m_labels.value(row), m_rows[row].latency->value(), m_rows[row].errors->value()};
}

void RehearsalDials::setDestinations(const QStringList &labels, const QList<engine::Role> &roles)
{
    if (labels == m_labels && roles == m_roles) {
        return; // Dials that were turned stay as they are.
    }
    m_labels = labels;
    m_roles = roles;
    for (const Row &row : std::as_const(m_rows)) {
        row.cell->deleteLater();
    }
    m_rows.clear();
    const int count = std::min(static_cast<int>(labels.size()), maxDialRows);
    for (int i = 0; i < count; ++i) {
        Row row;
        row.latency = new QSpinBox;
        row.latency->setRange(0, 10000);
        row.latency->setValue(3);
        row.latency->setSuffix(tr(" ms"));
        row.latency->setKeyboardTracking(false);
        row.latency->setAccessibleName(tr("Latency of the stand-in for %1").arg(labels[i]));
        row.errors = new QDoubleSpinBox;
        row.errors->setRange(0, 100);
        row.errors->setDecimals(1);
        row.errors->setSingleStep(0.5);
        row.errors->setSuffix(tr(" % errors"));
        row.errors->setKeyboardTracking(false);
        row.errors->setAccessibleName(tr("Errors of the stand-in for %1").arg(labels[i]));
        setCompact(row.latency);
        setCompact(row.errors);
        row.latency->setFixedWidth(84);
        row.errors->setFixedWidth(116);
        row.cell = new QWidget;
        auto *line = new QHBoxLayout(row.cell);
        line->setContentsMargins(0, 0, 0, 0);
        line->setSpacing(6);
        line->addWidget(new RoleSwatch(roles.value(i, engine::Role::Other)));
        auto *name = new ElidedLabel(labels[i], FontRole::Small);
        name->setMaximumWidth(88);
        line->addWidget(name);
        line->addWidget(row.latency);
        line->addWidget(row.errors);
        m_rows.append(row);
        connect(row.latency, &QSpinBox::valueChanged, this, [this, i] { Q_EMIT dialChanged(dial(i)); });
        connect(row.errors, &QDoubleSpinBox::valueChanged, this, [this, i] { Q_EMIT dialChanged(dial(i)); });
    }
    placeRows();
}

void RehearsalDials::setNarrow(bool isNarrow)
{
    m_isNarrow = isNarrow;
    placeRows();
}

void RehearsalDials::placeRows()
{
    const int columns = m_isNarrow ? 1 : 2;
    for (int i = 0; i < static_cast<int>(m_rows.size()); ++i) {
        m_grid->addWidget(m_rows[i].cell, i / columns, i % columns, Qt::AlignLeft);
    }
}

void RehearsalDials::setUsesPods(bool isOn)
{
    m_pods->setChecked(isOn);
}

void RehearsalDials::setRunning(bool isRunning)
{
    m_duration->setEnabled(!isRunning);
    m_pods->setEnabled(!isRunning);
}

int RehearsalDials::rate() const
{
    return m_rate->value();
}

int RehearsalDials::duration() const
{
    return m_duration->value();
}

bool RehearsalDials::usesPods() const
{
    return m_pods->isChecked();
}

QList<engine::StandInDial> RehearsalDials::dials() const
{
    QList<engine::StandInDial> out;
    for (qsizetype i = 0; i < m_rows.size(); ++i) {
        out.append(dial(i));
    }
    return out;
}

} // namespace fairway::ui
