#include "widgets/routes/http1_dialog.h"

#include "widgets/common/empty_state.h"
#include "widgets/common/layout_parts.h"
#include "widgets/common/text_label.h"
#include "widgets/routes/action_box.h"
#include "widgets/routes/change_panel.h"
#include "widgets/routes/export_dialog.h"
#include "widgets/theme/button_kind.h"
#include "widgets/theme/icons.h"

#include <QAction>
#include <QCheckBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace fairway::ui {

namespace {
enum Column { Host, Before, After, ColumnCount };
} // namespace

Http1Dialog::Http1Dialog(engine::Engine &engine, QWidget *parent)
    : QDialog(parent)
    , m_engine(engine)
    , m_flow(engine)
    , m_stack(new QStackedWidget)
    , m_state(new EmptyState)
    , m_list(new QVBoxLayout)
    , m_address(new QLineEdit)
    , m_ask(new QPushButton(tr("Ask the servers")))
    , m_progress(new TextLabel({}, FontRole::Small, Token::Muted))
    , m_protocols(new QTreeWidget)
    , m_changes(new ChangePanel(m_flow, engine))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Keep gateways at HTTP/1.1"));
    build();
    connect(&engine.gateways(), &engine::GatewayService::listed, this, &Http1Dialog::fill);
    connect(&engine.gateways(), &engine::GatewayService::probed, this, &Http1Dialog::take);
    connect(m_state, &EmptyState::activated, this, [this] {
        m_state->show(EmptyState::Kind::Loading, tr("Reading the gateways"), {});
        m_engine.gateways().list();
    });
    connect(m_ask, &QPushButton::clicked, this, &Http1Dialog::probe);
    connect(&m_changes->actions(), &ActionBox::exportRequested, this, [this] {
        openExportDialog(this, tr("EnvoyFilters for HTTP/1.1"), QStringLiteral("http1.yaml"), m_engine.writes().exportPatch(m_flow.draft()));
    });
    connect(&m_changes->actions(), &ActionBox::discardRequested, this, &Http1Dialog::reject);
    connect(&m_flow, &ApplyFlow::written, this, [this](const engine::RouteDraft &draft) {
        if (draft.kind == engine::DraftKind::Http1) {
            m_isWritten = true;
            for (const Row &row : m_rows) {
                row.box->setChecked(false);
            }
            refresh();
            m_engine.gateways().list(); // which of them have their filter now
        }
    });
    connect(&m_flow, &ApplyFlow::changed, this, [this, wasUndone = false]() mutable {
        const bool isUndone = m_flow.hasOutcome() && m_flow.outcome().stage == engine::WriteStage::Undo && m_flow.outcome().isOk;
        if (isUndone && !wasUndone) {
            m_engine.gateways().list();
        }
        wasUndone = isUndone;
    });
    connect(&engine.contexts(), &engine::ContextService::currentChanged, this, [this, name = engine.contexts().current().name] {
        if (m_engine.contexts().current().name != name) {
            reject();
        }
    });
    m_state->show(EmptyState::Kind::Loading, tr("Reading the gateways"), {});
    refresh();
    engine.gateways().list();
}

Http1Dialog::~Http1Dialog()
{
    m_engine.gateways().cancelProbe();
}

void Http1Dialog::build()
{
    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(24, 4, 16, 20);
    column->setSpacing(12);
    column->addLayout(m_list);
    column->addWidget(new Hairline);
    auto *head = new SectionHeader(tr("Protocol agreed on"));
    head->setNote(tr("a TLS handshake, no request"));
    column->addWidget(head);
    auto *line = new QHBoxLayout;
    line->setSpacing(8);
    m_address->setAccessibleName(tr("Connect to"));
    m_address->setPlaceholderText(tr("Connect to: the hosts' own addresses"));
    m_address->setToolTip(tr("Address of the gateway, with or without a port, where its hosts' names do not lead there from here"));
    m_address->setMaxLength(256);
    m_ask->setToolTip(tr("Ask the HTTPS servers of the chosen gateways (Ctrl+P)"));
    m_ask->setAutoDefault(false);
    setCompact(m_ask);
    setCompact(m_address);
    line->addWidget(m_address, 1);
    line->addWidget(m_ask);
    column->addLayout(line);
    m_progress->setWordWrap(true);
    column->addWidget(m_progress);
    m_protocols->setAccessibleName(tr("Protocol agreed on, by server"));
    m_protocols->setColumnCount(ColumnCount);
    m_protocols->setHeaderLabels({tr("Server"), tr("Before"), tr("After")});
    m_protocols->setRootIsDecorated(false);
    m_protocols->setFrameShape(QFrame::NoFrame);
    m_protocols->header()->setSectionResizeMode(Host, QHeaderView::Stretch);
    m_protocols->header()->setStretchLastSection(false);
    m_protocols->setMinimumHeight(120);
    column->addWidget(m_protocols);
    column->addStretch(1);
    auto *scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(content);
    scroll->setFocusPolicy(Qt::NoFocus);
    m_stack->addWidget(m_state);
    m_stack->addWidget(scroll);

    auto *left = new QVBoxLayout;
    left->setContentsMargins(0, 0, 0, 0);
    left->setSpacing(4);
    auto *title = new QVBoxLayout;
    title->setContentsMargins(24, 20, 16, 0);
    title->setSpacing(4);
    title->addWidget(new TextLabel(tr("Keep gateways at HTTP/1.1"), FontRole::Title));
    auto *what = new TextLabel(tr("An EnvoyFilter for each: HTTPS servers offer http/1.1 only, and HTTP ports read HTTP/1 whatever comes. The Gateway itself stays as it is."),
        FontRole::Body, Token::Muted);
    what->setWordWrap(true);
    title->addWidget(what);
    left->addLayout(title);
    left->addWidget(m_stack, 1);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addLayout(left, 1);
    row->addWidget(m_changes);
    resize(920, 640);

    const auto add = [this](const QString &text, const QKeySequence &key, auto run) {
        auto *action = new QAction(text, this);
        action->setShortcut(key);
        connect(action, &QAction::triggered, this, run);
        addAction(action);
    };
    ActionBox &actions = m_changes->actions();
    add(tr("Dry run"), QKeySequence(Qt::CTRL | Qt::Key_D), [&actions] { actions.triggerDryRun(); });
    add(tr("Apply the change"), QKeySequence(Qt::CTRL | Qt::Key_Return), [&actions] { actions.triggerApply(); });
    add(tr("Export patch"), QKeySequence(Qt::CTRL | Qt::Key_E), [&actions] { actions.triggerExport(); });
    add(tr("Ask the servers"), QKeySequence(Qt::CTRL | Qt::Key_P), [this] { probe(); });
}

void Http1Dialog::fill()
{
    const QList<engine::GatewayInfo> gateways = m_engine.gateways().gateways();
    if (gateways.isEmpty()) {
        const QString problem = m_engine.gateways().problem();
        m_state->show(problem.isEmpty() ? EmptyState::Kind::Empty : EmptyState::Kind::Failed, problem.isEmpty() ? tr("No Gateway of Istio here") : tr("The gateways are not known"),
            problem.isEmpty() ? tr("Only gateways that Istio configures can be kept at HTTP/1.1 this way.") : problem, tr("Read again"));
        m_stack->setCurrentIndex(0);
        return;
    }
    QHash<QString, bool> chosen;
    for (const Row &row : m_rows) {
        chosen.insert(row.info.id, row.box->isChecked());
    }
    m_rows.clear();
    while (QLayoutItem *item = m_list->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const engine::GatewayInfo &info : gateways) {
        addRow(info);
        m_rows.last().box->setChecked(m_rows.last().box->isEnabled() && chosen.value(info.id));
    }
    m_stack->setCurrentIndex(1);
    refresh();
    if (chosen.isEmpty()) {
        for (const Row &row : m_rows) {
            if (row.box->isEnabled()) {
                row.box->setFocus(Qt::OtherFocusReason);
                break;
            }
        }
    }
}

void Http1Dialog::addRow(const engine::GatewayInfo &info)
{
    auto *card = new QWidget;
    card->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    auto *column = new QVBoxLayout(card);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    Row row {info, new QCheckBox(QStringLiteral("%1/%2").arg(info.ns, info.name)), new QLineEdit(info.podsNs)};
    const bool isPossible = info.problem.isEmpty() && info.filter.isEmpty();
    row.box->setEnabled(isPossible);
    row.box->setAccessibleDescription(info.servers);
    row.ns->setEnabled(isPossible);
    row.ns->setAccessibleName(tr("Where the pods of %1 run").arg(info.name));
    row.ns->setToolTip(tr("An EnvoyFilter reaches only the namespace it stands in"));
    row.ns->setMaxLength(63);
    row.ns->setFixedWidth(160);
    setCompact(row.ns);
    auto *line = new QHBoxLayout;
    line->setSpacing(8);
    line->addWidget(row.box, 1);
    line->addWidget(new TextLabel(info.pods == 0 ? tr("pods not found, in") : info.pods == 1 ? tr("1 pod in") : tr("%1 pods in").arg(info.pods), FontRole::Small, Token::Muted));
    line->addWidget(row.ns);
    column->addLayout(line);
    const auto say = [column](const QString &text, Token token) {
        auto *label = new TextLabel(text, FontRole::Small, token);
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
        label->setContentsMargins(26, 0, 0, 0);
        column->addWidget(label);
    };
    say(info.servers, Token::Muted);
    if (!info.filter.isEmpty()) {
        say(tr("%1 keeps it at HTTP/1.1 already.").arg(info.filter), Token::Good);
    } else if (!info.problem.isEmpty()) {
        say(info.problem, Token::Warning);
    }
    connect(row.box, &QCheckBox::toggled, this, &Http1Dialog::refresh);
    connect(row.ns, &QLineEdit::textEdited, this, &Http1Dialog::refresh);
    m_list->addWidget(card);
    m_rows.append(row);
}

QStringList Http1Dialog::hosts() const
{
    QStringList all;
    for (const Row &row : m_rows) {
        if (row.box->isChecked() || (m_isWritten && !row.info.filter.isEmpty())) {
            all += row.info.hosts;
        }
    }
    all.removeDuplicates();
    return all;
}

void Http1Dialog::refresh()
{
    engine::RouteDraft draft;
    draft.kind = engine::DraftKind::Http1;
    for (const Row &row : m_rows) {
        if (row.box->isChecked()) {
            draft.fields.append({row.info.id, row.ns->text().trimmed()});
        }
    }
    const bool isTyped = !draft.fields.isEmpty();
    const engine::DiffView diff = isTyped ? m_engine.writes().diff(draft) : engine::DiffView {};
    m_flow.setDraft(draft, isTyped && diff.problem.isEmpty() && diff.changedFields > 0, false);
    m_changes->setDiff(diff, tr("EnvoyFilters"), isTyped, false);
    const bool canAsk = !hosts().isEmpty() && m_awaited == 0;
    m_ask->setEnabled(canAsk);
    if (m_awaited == 0 && m_answers.isEmpty()) {
        m_progress->setText(!isTyped ? tr("Choose a gateway above.") : hosts().isEmpty() ? tr("The chosen gateways have no HTTPS server with a name: without TLS no protocol is negotiated.") : QString());
        m_progress->setVisible(!m_progress->text().isEmpty());
    }
    m_protocols->setVisible(!m_answers.isEmpty());
}

void Http1Dialog::probe()
{
    const QStringList wanted = hosts();
    if (wanted.isEmpty() || m_awaited > 0) {
        return;
    }
    for (const QString &host : wanted) {
        QTreeWidgetItem *&item = m_answers[host];
        if (item == nullptr) {
            item = new QTreeWidgetItem(m_protocols, {host});
        }
        item->setText(m_isWritten ? After : Before, tr("asking…"));
    }
    m_awaited = static_cast<int>(wanted.size());
    m_progress->setText(tr("Asking %1 servers, at most 5 s each.").arg(m_awaited));
    m_progress->show();
    refresh();
    m_engine.gateways().probe(wanted, m_address->text());
}

void Http1Dialog::take(const engine::AlpnAnswer &answer)
{
    QTreeWidgetItem *item = m_answers.value(answer.host);
    if (item == nullptr || m_awaited == 0) {
        return;
    }
    const int column = m_isWritten ? After : Before;
    item->setText(column, !answer.problem.isEmpty() ? tr("no answer") : answer.protocol.isEmpty() ? tr("none negotiated") : answer.protocol);
    item->setToolTip(column, answer.problem);
    if (!answer.problem.isEmpty()) {
        item->setData(column, Qt::AccessibleTextRole, item->text(column) + QStringLiteral(": ") + answer.problem);
    }
    if (--m_awaited == 0) {
        endProbe();
    }
}

void Http1Dialog::endProbe()
{
    QStringList problems;
    int h2 = 0;
    for (const QTreeWidgetItem *item : std::as_const(m_answers)) {
        const int column = m_isWritten ? After : Before;
        h2 += item->text(column) == QLatin1String("h2") ? 1 : 0;
        if (!item->toolTip(column).isEmpty()) {
            problems.append(item->text(Host) + QStringLiteral(": ") + item->toolTip(column));
        }
    }
    m_progress->setText(!problems.isEmpty() ? problems.first()
            : h2 > 0                        ? (m_isWritten ? tr("%1 still agree on h2: a gateway takes a moment to load its filter. Ask again.").arg(h2) : tr("%1 agree on h2.").arg(h2))
                                            : tr("None agrees on h2."));
    m_progress->setToken(!problems.isEmpty() ? Token::Warning : Token::Muted);
    m_progress->show();
    refresh();
}

} // namespace fairway::ui
