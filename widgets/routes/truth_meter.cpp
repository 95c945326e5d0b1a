#include "widgets/routes/truth_meter.h"

#include "widgets/common/layout_parts.h"
#include "widgets/common/text_label.h"
#include "widgets/routes/interval_mark.h"
#include "widgets/routes/marks.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QVBoxLayout>

namespace fairway::ui {

namespace {
constexpr int columns = 5;

QWidget *holder(std::initializer_list<QWidget *> parts)
{
    auto *cell = new QWidget;
    auto *row = new QHBoxLayout(cell);
    row->setContentsMargins(0, 0, 8, 0);
    row->setSpacing(6);
    for (QWidget *part : parts) {
        row->addWidget(part);
    }
    row->addStretch();
    cell->setFixedHeight(27);
    return cell;
}
} // namespace

TruthMeter::TruthMeter(QWidget *parent)
    : QWidget(parent)
    , m_header(new SectionHeader(tr("Truth meter")))
    , m_verdictMark(new IconMark(QStringLiteral("info"), Token::Muted, 14))
    , m_verdict(new ElidedLabel({}, FontRole::Small, Token::Muted))
    , m_reason(new QWidget)
    , m_why(new TextLabel({}, FontRole::Small))
    , m_next(new TextLabel({}, FontRole::Small, Token::Muted))
{
    m_header->addWidget(m_verdictMark);
    m_header->addWidget(m_verdict);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(16, 10, 16, 8);
    column->setSpacing(0);
    column->addWidget(m_header);
    auto *grid = new QGridLayout;
    grid->setContentsMargins(0, 4, 0, 0);
    grid->setHorizontalSpacing(0);
    grid->setVerticalSpacing(0);
    const int stretches[columns] = {0, 1, 3, 4, 4};
    for (int c = 0; c < columns; ++c) {
        grid->setColumnStretch(c, stretches[c]);
    }
    const QString heads[columns] = {{}, tr("Spec"), tr("Controller status"), tr("Loaded by the proxy"), tr("Measured, 95 % interval")};
    for (int c = 1; c < columns; ++c) {
        auto *head = new ElidedLabel(heads[c], FontRole::Small, Token::Muted);
        head->setFixedHeight(22);
        grid->addWidget(head, 0, c);
    }
    grid->addWidget(new Hairline, 1, 0, 1, columns);
    const auto makeCell = [] {
        return Cell {new IconMark({}, Token::Good, 14), new ElidedLabel, new ElidedLabel({}, FontRole::Small, Token::Muted)};
    };
    int row = 2;
    const std::pair<Line *, QString> lines[] = {{&m_cluster, QString()}, {&m_rehearsal, tr("Rehearsal")}};
    for (const auto &[line, title] : lines) {
        *line = Line {makeCell(), makeCell(), makeCell(), new IntervalMark, makeCell()};
        auto *label = new TextLabel(title, FontRole::Strong);
        grid->addWidget(label, row, 0);
        int c = 1;
        for (const Cell *cell : {&line->spec, &line->controller, &line->proxy}) {
            grid->addWidget(holder({cell->mark, cell->text, cell->note}), row, c++);
        }
        grid->addWidget(holder({line->interval, line->measured.mark, line->measured.text, line->measured.note}), row, c);
        ++row;
        if (line == &m_cluster) {
            m_origin = label;
            grid->addWidget(new Hairline, row++, 0, 1, columns);
        }
    }
    column->addLayout(grid);
    auto *reason = new QVBoxLayout(m_reason);
    reason->setContentsMargins(0, 4, 0, 2);
    reason->setSpacing(2);
    for (TextLabel *label : {m_why, m_next}) {
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        reason->addWidget(label);
    }
    m_reason->hide();
    column->addWidget(m_reason);
    m_grid = grid;
    setNarrow(false);
}

void TruthMeter::setNarrow(bool isNarrow)
{
    m_isNarrow = isNarrow;
    const int wide[columns] = {100, 58, 130, 150, 150};
    const int narrow[columns] = {96, 54, 114, 104, 100};
    for (int c = 0; c < columns; ++c) {
        m_grid->setColumnMinimumWidth(c, isNarrow ? narrow[c] : wide[c]);
    }
    for (const Line *line : {&m_cluster, &m_rehearsal}) {
        line->interval->setVisible(!isNarrow && line->interval->hasInterval());
        line->controller.note->setVisible(!isNarrow && !line->controller.note->text().isEmpty());
    }
}

void TruthMeter::fill(const Cell &cell, const Truth::Stage &stage)
{
    cell.mark->setVisible(stage.hasMark);
    cell.mark->setIcon(stage.isGood ? QStringLiteral("check") : QStringLiteral("warning"), stage.isGood ? Token::Good : Token::Warning);
    cell.text->setToken(stage.isKnown ? Token::Text : Token::Muted);
    cell.text->setText(stage.text);
    cell.note->setText(stage.note);
    cell.note->setVisible(!stage.note.isEmpty());
}

void TruthMeter::fill(const Line &line, const Truth::Row &row, const Truth &truth)
{
    fill(line.spec, row.spec);
    fill(line.controller, row.controller);
    fill(line.proxy, row.proxy);
    fill(line.measured, row.measured);
    line.controller.note->setVisible(!m_isNarrow && !row.controller.note.isEmpty()); // else the share itself would be cut off
    line.measured.text->setFontRole(row.hasInterval ? FontRole::Strong : FontRole::Body);
    line.interval->setVisible(row.hasInterval && !m_isNarrow);
    if (!row.hasInterval) {
        line.interval->setEmpty();
    } else {
        line.interval->setInterval(row.specShare, row.low, row.share, row.high, truth.role, truth.reach);
    }
}

void TruthMeter::setTruth(const Truth &truth)
{
    m_header->setNote(truth.subject);
    m_origin->setText(truth.origin);
    fill(m_cluster, truth.cluster, truth);
    fill(m_rehearsal, truth.rehearsal, truth);
    const Token token = truth.verdict == Truth::Verdict::Agrees ? Token::Good
        : truth.verdict == Truth::Verdict::Differs             ? Token::Warning
                                                               : Token::Muted;
    m_verdictMark->setIcon(truth.verdict == Truth::Verdict::Agrees ? QStringLiteral("check-circle")
            : truth.verdict == Truth::Verdict::Differs            ? QStringLiteral("warning")
                                                                  : QStringLiteral("info"),
        token);
    m_verdict->setToken(token);
    m_verdict->setText(truth.words);
    m_why->setText(truth.why);
    m_next->setText(truth.next);
    m_reason->setVisible(!truth.why.isEmpty());
}

} // namespace fairway::ui
