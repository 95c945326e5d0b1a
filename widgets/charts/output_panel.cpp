#include "widgets/charts/output_panel.h"

#include "widgets/common/empty_state.h"
#include "widgets/common/format.h"
#include "widgets/common/layout_parts.h"
#include "widgets/common/segmented_control.h"
#include "widgets/theme/button_kind.h"
#include "widgets/theme/icons.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

namespace fairway::ui {

using engine::ChartObject;
using engine::ChartOrder;

OutputPanel::OutputPanel(engine::ChartService &charts, QWidget *parent)
    : QWidget(parent)
    , m_charts(charts)
    , m_header(new PageHeader(tr("Rendered")))
    , m_filter(new QLineEdit)
    , m_byFile(new QPushButton(tr("By file")))
    , m_apply(new QPushButton(tr("Apply order")))
    , m_editor(new CodeEditor(Syntax::Stream, tr("Rendered manifests")))
    , m_state(new EmptyState)
{
    m_header->setFixedHeight(36);
    m_header->addWidget(new SegmentedControl({m_byFile, m_apply}));
    m_byFile->setToolTip(tr("Documents as the templates' files stand in the tree"));
    m_apply->setToolTip(tr("CRDs, hooks before by weight, objects by kind, hooks after: as an install goes"));
    m_apply->setChecked(true);
    const auto tool = [this](const char *icon, const QString &name, bool isFolded) {
        auto *button = new QToolButton;
        button->setIcon(lineIcon(QString::fromLatin1(icon)));
        button->setToolTip(name);
        button->setAccessibleName(name);
        setButtonKind(button, ButtonKind::Flat);
        connect(button, &QToolButton::clicked, this, [this, isFolded] { foldAll(isFolded); });
        return button;
    };
    m_filter->setPlaceholderText(tr("Filter by kind or name"));
    m_filter->setAccessibleName(tr("Filter of the documents"));
    m_filter->setClearButtonEnabled(true);
    setCompact(m_filter);
    auto *row = new QHBoxLayout;
    row->setContentsMargins(8, 4, 8, 4);
    row->setSpacing(4);
    row->addWidget(m_filter, 1);
    row->addWidget(tool("minus", tr("Fold all documents"), true));
    row->addWidget(tool("plus", tr("Unfold all documents"), false));
    m_editor->setReadOnly(true);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_header);
    column->addLayout(row);
    column->addWidget(m_editor, 1);
    column->addWidget(m_state, 1);
    m_state->hide();
    setFocusProxy(m_editor);
    connect(m_byFile, &QAbstractButton::clicked, this, [this] { m_charts.setOrder(ChartOrder::ByFile); });
    connect(m_apply, &QAbstractButton::clicked, this, [this] { m_charts.setOrder(ChartOrder::Apply); });
    connect(m_filter, &QLineEdit::textChanged, this, &OutputPanel::applyFilter);
    connect(m_editor, &CodeEditor::lineClicked, this, &OutputPanel::lineClicked);
}

void OutputPanel::clear()
{
    m_shown.reset();
    m_filter->clear();
    m_editor->setText({});
    m_editor->setHeaders({});
    m_header->setNote({});
    m_state->hide();
    m_editor->show();
}

QString OutputPanel::noteOf(const ChartObject &object, QHash<int, QString> &sizes) const
{
    QString &lines = sizes[object.lines];
    if (lines.isEmpty())
        lines = object.lines == 1 ? tr("1 line") : tr("%1 lines").arg(object.lines);
    QString phase;
    if (object.phase == ChartObject::Phase::Crd)
        phase = tr("CRD");
    else if (!object.hookEvents.isEmpty())
        phase = tr("%1, weight %2").arg(object.hookEvents.join(QStringLiteral(", "))).arg(object.hookWeight);
    return phase.isEmpty() ? lines : QStringLiteral("%1  ·  %2").arg(phase, lines);
}

QList<LineHeader> OutputPanel::headers() const
{
    QList<LineHeader> headers;
    headers.reserve(m_shown->objects.size());
    QHash<int, QString> sizes; // of thousands of objects many are alike
    int number = 0;
    for (const ChartObject &object : m_shown->objects)
        headers.append({object.line, ++number, object.kind.isEmpty() ? tr("no object") : object.kind, object.ns.isEmpty() ? object.name : object.ns + QLatin1Char('/') + object.name, noteOf(object, sizes)});
    return headers;
}

void OutputPanel::refresh()
{
    const std::shared_ptr<const engine::ChartOutput> output = m_charts.output();
    const bool hasText = output->isRendered || !output->text.isEmpty();
    // What came out last stays in sight while a new state is broken: one types past errors all the time.
    if (hasText || !m_shown) {
        m_shown = output;
        m_editor->setText(output->text);
        m_editor->setHeaders(headers());
        if (!m_filter->text().isEmpty())
            applyFilter();
    }
    const auto objects = m_shown->objects.size();
    const QString lines = m_shown->lineCount == 1 ? tr("1 line") : tr("%1 lines").arg(groupedNumber(m_shown->lineCount));
    m_header->setNote(!output->isRendered && m_shown->isRendered ? tr("the last that could be rendered")
            : !m_shown->isRendered                               ? tr("no YAML, shown as it came out")
            : objects == 1                                       ? tr("1 object, %1").arg(lines)
                                                                 : tr("%1 objects, %2").arg(groupedNumber(objects), lines));
    const bool isEmpty = m_shown->text.isEmpty();
    m_editor->setVisible(!isEmpty);
    m_state->setVisible(isEmpty);
    if (isEmpty && output->isRendered)
        m_state->show(EmptyState::Kind::Empty, tr("Nothing comes out"), tr("With these values every template is empty."));
    else if (isEmpty)
        m_state->show(EmptyState::Kind::Failed, tr("Nothing could be rendered yet"), tr("The error above says where it stops."));
}

void OutputPanel::setMarks(const QList<LineMark> &marks)
{
    m_editor->setMarks(marks);
}

void OutputPanel::setHighlight(const QList<int> &lines, bool reveals)
{
    m_editor->setHighlight(lines);
    if (reveals && !lines.isEmpty())
        m_editor->reveal(lines.first());
}

void OutputPanel::applyFilter()
{
    QList<QPair<int, int>> hidden;
    const QStringList words = m_filter->text().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    if (m_shown && !words.isEmpty()) {
        for (const ChartObject &object : m_shown->objects) {
            const QString all = object.kind + QLatin1Char(' ') + object.name + QLatin1Char(' ') + object.file;
            const bool fits = std::all_of(words.begin(), words.end(), [&](const QString &word) { return all.contains(word, Qt::CaseInsensitive); });
            if (!fits)
                hidden.append({object.line, object.line + object.lines + 1});
        }
    }
    m_editor->setHidden(hidden);
}

void OutputPanel::foldAll(bool isFolded)
{
    m_editor->foldAll(isFolded);
}

void OutputPanel::focusFilter()
{
    m_filter->setFocus();
    m_filter->selectAll();
}

} // namespace fairway::ui
