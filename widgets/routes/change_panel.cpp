#include "widgets/routes/change_panel.h"

#include "widgets/common/diff_widget.h"
#include "widgets/common/text_label.h"
#include "widgets/routes/action_box.h"
#include "widgets/routes/apply_flow.h"

#include <QVBoxLayout>

#include <algorithm>

namespace fairway::ui {

ChangePanel::ChangePanel(ApplyFlow &flow, engine::Engine &engine, QWidget *parent)
    : Panel(Token::Surface, Qt::LeftEdge, parent)
    , m_flow(flow)
    , m_header(new SectionHeader(tr("What changes")))
    , m_problem(new TextLabel({}, FontRole::Body, Token::Bad))
    , m_diff(new DiffWidget)
    , m_actions(new ActionBox(flow, engine))
{
    setFixedWidth(344);
    m_problem->setWordWrap(true);
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_problem->hide();
    m_diff->setMaximumLines(200);
    m_diff->setMinimumHeight(96); // A long one scrolls: it must not make the dialog taller than the screen.
    m_diff->setAccessibleName(tr("What changes"));
    auto *changes = new QVBoxLayout;
    changes->setContentsMargins(16, 0, 16, 0);
    changes->addWidget(m_header);
    changes->addWidget(m_problem);
    changes->addWidget(m_diff, 100);
    changes->addStretch(1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 8, 0, 0);
    column->setSpacing(8);
    column->addLayout(changes, 1);
    column->addWidget(new Hairline);
    column->addWidget(m_actions);
    connect(&flow, &ApplyFlow::changed, this, &ChangePanel::tellActions);
}

void ChangePanel::setDiff(const engine::DiffView &diff, const QString &object, bool isTyped, bool isAtField)
{
    m_object = diff.objects.isEmpty() ? object : diff.objects.join(tr(" and ", "between two objects that are written together"));
    m_changedFields = diff.changedFields;
    m_problem->setVisible(!diff.problem.isEmpty());
    m_problem->setText(isAtField ? tr("Look at the field in red.") : diff.problem);
    m_diff->setLines(diff.lines);
    m_diff->setVisible(!diff.lines.isEmpty());
    const bool isNew = !diff.lines.isEmpty()
        && std::all_of(diff.lines.begin(), diff.lines.end(), [](const engine::DiffLine &line) { return line.kind == engine::DiffLine::Kind::Added; });
    const QString fields = isNew ? tr("a new object") : diff.changedFields == 1 ? tr("1 field") : tr("%1 fields").arg(diff.changedFields);
    m_header->setNote(!isTyped ? tr("nothing yet")
            : !diff.problem.isEmpty()  ? QString()
            : diff.objects.size() > 1 ? tr("%1 objects, one step").arg(diff.objects.size())
                                      : fields);
    tellActions();
}

void ChangePanel::setProblem(const QString &problem)
{
    m_problem->setText(problem);
    m_problem->show();
}

void ChangePanel::tellActions()
{
    m_actions->setSubject(m_object, m_changedFields, {});
}

} // namespace fairway::ui
