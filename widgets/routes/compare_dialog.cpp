#include "widgets/routes/compare_dialog.h"

#include "widgets/common/diff_widget.h"
#include "widgets/common/empty_state.h"
#include "widgets/common/layout_parts.h"
#include "widgets/common/text_label.h"
#include "widgets/theme/button_kind.h"
#include "widgets/theme/icons.h"

#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QListWidget>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace fairway::ui {

using State = engine::RouteComparison::State;

CompareDialog::CompareDialog(engine::Engine &engine, const QString &routeId, QWidget *parent)
    : QDialog(parent)
    , m_engine(engine)
    , m_routeId(routeId)
    , m_contexts(new QComboBox)
    , m_again(new QPushButton(tr("Compare again")))
    , m_copy(new QPushButton(tr("Copy")))
    , m_stack(new QStackedWidget)
    , m_state(new EmptyState)
    , m_summary(new TextLabel({}, FontRole::Strong))
    , m_differences(new QListWidget)
    , m_diff(new DiffWidget)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Compare with another context"));
    build();
    connect(&engine.routes(), &engine::RouteService::compared, this, &CompareDialog::take);
    connect(m_contexts, &QComboBox::activated, this, &CompareDialog::compare);
    connect(m_again, &QPushButton::clicked, this, &CompareDialog::compare);
    connect(m_copy, &QPushButton::clicked, this, &CompareDialog::copy);
    connect(m_state, &EmptyState::activated, this, &CompareDialog::compare);
    connect(&engine.contexts(), &engine::ContextService::contextsChanged, this, [this] {
        if (m_contexts->count() == 0) {
            fillContexts();
        }
    });
    connect(&engine.contexts(), &engine::ContextService::currentChanged, this, [this, name = engine.contexts().current().name] {
        if (m_engine.contexts().current().name != name) {
            reject(); // Another cluster: this route is none of its.
        }
    });
    fillContexts();
}

CompareDialog::~CompareDialog()
{
    m_engine.routes().cancelComparing();
}

void CompareDialog::build()
{
    auto *header = new PageHeader(m_routeId.section(u'/', 1));
    header->setNote(tr("%1: here and in another context").arg(m_routeId.section(u'/', 0, 0)));
    m_contexts->setAccessibleName(tr("Context to compare with"));
    m_contexts->setToolTip(tr("The route of the same kind, namespace and name is read there; nothing is written"));
    m_contexts->setMinimumWidth(220);
    setCompact(m_contexts);
    for (QPushButton *button : {m_again, m_copy}) {
        button->setAutoDefault(false);
        setCompact(button);
    }
    m_again->setToolTip(tr("Read both anew (Ctrl+R)"));
    m_copy->setToolTip(tr("Copy the result as text (Ctrl+Shift+C)"));
    m_copy->setAccessibleName(tr("Copy the comparison"));
    header->addWidget(m_contexts);
    header->addWidget(m_again);
    header->addWidget(m_copy);

    m_differences->setAccessibleName(tr("What requests notice"));
    m_differences->setWordWrap(true);
    m_differences->setFrameShape(QFrame::NoFrame);
    m_differences->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_differences->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_differences->setSpacing(4);
    m_summary->setWordWrap(true);
    m_diff->setAccessibleName(tr("Differences of the YAML"));
    m_diff->setMaximumLines(4000);
    auto *left = new QVBoxLayout;
    left->setContentsMargins(16, 12, 8, 12);
    left->setSpacing(8);
    left->addWidget(new SectionHeader(tr("What requests notice")));
    left->addWidget(m_summary);
    left->addWidget(m_differences, 1);
    auto *side = new Panel(Token::Surface, Qt::LeftEdge);
    auto *right = new QVBoxLayout(side);
    right->setContentsMargins(16, 12, 16, 12);
    right->setSpacing(8);
    auto *yaml = new SectionHeader(tr("YAML"));
    yaml->setNote(tr("- here, + there"));
    right->addWidget(yaml);
    right->addWidget(m_diff, 1);
    auto *result = new QWidget;
    auto *row = new QHBoxLayout(result);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addLayout(left, 2);
    row->addWidget(side, 3);
    m_stack->addWidget(m_state);
    m_stack->addWidget(result);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(header);
    column->addWidget(m_stack, 1);
    resize(980, 620);
    const auto add = [this](const QString &text, const QKeySequence &key, auto run) {
        auto *action = new QAction(text, this);
        action->setShortcut(key);
        connect(action, &QAction::triggered, this, run);
        addAction(action);
    };
    add(tr("Compare again"), QKeySequence(Qt::CTRL | Qt::Key_R), [this] { compare(); });
    add(tr("Copy the comparison"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C), [this] { copy(); });
}

void CompareDialog::fillContexts()
{
    const QString here = m_engine.contexts().current().name;
    for (const engine::ContextInfo &context : m_engine.contexts().contexts()) {
        if (context.name != here) {
            m_contexts->addItem(context.name);
            m_contexts->setItemData(m_contexts->count() - 1, context.server, Qt::ToolTipRole);
        }
    }
    m_contexts->setVisible(m_contexts->count() > 0);
    m_again->setEnabled(false);
    m_copy->setEnabled(false);
    if (m_contexts->count() == 0) {
        m_state->show(EmptyState::Kind::Empty, tr("There is no other context"), tr("The kubeconfig has only %1. Add another to compare with.").arg(here));
        return;
    }
    m_contexts->setCurrentIndex(m_contexts->count() == 1 ? 0 : -1);
    m_contexts->setPlaceholderText(tr("Choose a context"));
    m_contexts->setFocus(Qt::OtherFocusReason);
    if (m_contexts->count() == 1) {
        compare();
        return;
    }
    m_state->show(EmptyState::Kind::Empty, tr("With which context?"), tr("Choose one above. The route is read there; nothing is written."));
}

void CompareDialog::compare()
{
    if (m_contexts->currentIndex() < 0) {
        return;
    }
    m_text.clear();
    m_copy->setEnabled(false);
    m_again->setEnabled(false);
    m_state->show(EmptyState::Kind::Loading, tr("Reading %1 in %2").arg(m_routeId, m_contexts->currentText()), tr("Escape ends it."));
    m_stack->setCurrentIndex(0);
    m_engine.routes().compare(m_routeId, m_contexts->currentText());
}

void CompareDialog::take(const engine::RouteComparison &comparison)
{
    if (comparison.routeId != m_routeId || comparison.other != m_contexts->currentText()) {
        return;
    }
    m_again->setEnabled(true);
    if (comparison.state == State::Missing || comparison.state == State::Failed) {
        const bool isMissing = comparison.state == State::Missing;
        m_state->show(isMissing ? EmptyState::Kind::Empty : EmptyState::Kind::Failed,
            isMissing ? tr("%1 has no such route").arg(comparison.other) : tr("%1 could not be read").arg(comparison.other), comparison.problem, tr("Try again"));
        m_stack->setCurrentIndex(0);
        return;
    }
    if (comparison.state == State::Same) {
        m_state->show(EmptyState::Kind::Empty, tr("No difference"),
            tr("%1 and %2 hold the same, but for what their servers write themselves.").arg(comparison.context, comparison.other), tr("Compare again"));
        m_stack->setCurrentIndex(0);
        return;
    }
    const qsizetype count = comparison.differences.size();
    m_summary->setText(count == 0  ? tr("Nothing that is told here: requests go the same way. Look at the YAML for the rest.")
            : count == 1 ? tr("1 difference")
                         : tr("%1 differences").arg(count));
    m_summary->setToken(count == 0 ? Token::Muted : Token::Text);
    m_differences->clear();
    m_differences->addItems(comparison.differences);
    m_differences->setVisible(count > 0);
    m_diff->setLines(comparison.lines);
    m_text = comparison.routeId + QStringLiteral(": %1 / %2\n").arg(comparison.context, comparison.other);
    for (const QString &difference : comparison.differences) {
        m_text += QStringLiteral("- ") + difference + u'\n';
    }
    m_text += u'\n' + m_diff->text();
    m_copy->setEnabled(true);
    m_stack->setCurrentIndex(1);
}

void CompareDialog::copy()
{
    if (!m_text.isEmpty()) {
        QGuiApplication::clipboard()->setText(m_text);
    }
}

} // namespace fairway::ui
