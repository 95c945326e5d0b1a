#include "widgets/frame/main_window.h"

#include "widgets/common/dialogs.h"
#include "widgets/common/page.h"
#include "widgets/frame/activity_strip.h"
#include "widgets/frame/appearance_menu.h"
#include "widgets/frame/command_palette.h"
#include "widgets/frame/context_picker.h"
#include "widgets/frame/journal_panel.h"
#include "widgets/frame/key_sheet.h"
#include "widgets/frame/notices.h"
#include "widgets/frame/rail.h"
#include "widgets/frame/top_bar.h"
#include "widgets/theme/icons.h"

#include <QAction>
#include <QApplication>
#include <QCloseEvent>
#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>
#include <QSettings>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace fairway::ui {
namespace {
/// Below this width the rail shows icons only: the pages need the room for numbers and verdicts.
constexpr int FoldBelow = 1240;
} // namespace

MainWindow::MainWindow(engine::Engine &engine, QSettings &settings, QWidget *parent)
    : QWidget(parent)
    , m_engine(engine)
    , m_settings(settings)
    , m_rail(new Rail)
    , m_topBar(new TopBar(engine))
    , m_stack(new QStackedWidget)
    , m_middle(new QHBoxLayout)
    , m_strip(new ActivityStrip(engine))
    , m_palette(nullptr)
{
    setWindowIcon(QIcon(linePixmap(QStringLiteral("fairway"), theme().color(Token::Accent), 64, 1.0)));
    setMinimumSize(820, 560);
    m_middle->setSpacing(0);
    m_middle->addWidget(m_stack, 1);
    auto *right = new QVBoxLayout;
    right->setSpacing(0);
    right->addWidget(m_topBar);
    right->addWidget(new Notices(engine.contexts()));
    right->addLayout(m_middle, 1);
    right->addWidget(m_strip);
    auto *body = new QHBoxLayout;
    body->setSpacing(0);
    body->addWidget(m_rail);
    body->addLayout(right, 1);
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    all->addWidget(new ProductionEdge(engine.contexts()));
    all->addLayout(body, 1);
    m_palette = new CommandPalette(engine.objects(), this);

    connect(m_rail, &Rail::chosen, this, &MainWindow::showPage);
    connect(m_topBar, &TopBar::paletteRequested, this, &MainWindow::openPalette);
    connect(m_topBar, &TopBar::lockRequested, this, &MainWindow::requestLockChange);
    connect(m_topBar, &TopBar::navigate, this, &MainWindow::openTarget);
    connect(m_topBar->contextPicker(), &ContextPicker::switchRequested, this, &MainWindow::requestContext);
    connect(m_palette, &CommandPalette::navigate, this, &MainWindow::openTarget);
    connect(m_strip, &ActivityStrip::undoRequested, this, &MainWindow::requestUndo);
    connect(m_strip->journalButton(), &QPushButton::clicked, this, &MainWindow::toggleJournal);
    QMenu *settingsMenu = makeAppearanceMenu(settings, this);
    connect(m_rail->settingsItem(), &QAbstractButton::clicked, this, [this, settingsMenu] {
        const QPoint foot = m_rail->settingsItem()->mapToGlobal(QPoint(8, 0));
        settingsMenu->popup(foot - QPoint(0, settingsMenu->sizeHint().height() + 4));
    });
    connect(&engine.overview(), &engine::OverviewService::concernsChanged, this, &MainWindow::refreshCounts);
    connect(&engine.routes(), &engine::RouteService::rowsChanged, this, &MainWindow::refreshCounts);
    connect(&engine.contexts(), &engine::ContextService::currentChanged, this, &MainWindow::refreshTitle);
    connect(&engine.contexts(), &engine::ContextService::pluginAsked, this, [this] { askPlugin(this, m_engine.contexts()); });
    connect(&engine.writes(), &engine::WriteService::undone, this, &MainWindow::showUndoOutcome);

    buildCommands();
    refreshTitle();
    resize(1440, 900);
    if (const QByteArray geometry = settings.value(QStringLiteral("geometry")).toByteArray(); !geometry.isEmpty())
        restoreGeometry(geometry);
}

MainWindow::~MainWindow() = default;

void MainWindow::addPages(const QList<PageSpec> &specs)
{
    m_specs = specs;
    int number = 0;
    for (const PageSpec &spec : specs) {
        QString keys;
        if (spec.make && ++number <= 9) {
            keys = QStringLiteral("Ctrl+%1").arg(number);
            const QString id = spec.id;
            auto *action = new QAction(spec.title, this);
            action->setShortcut(QKeySequence(keys));
            connect(action, &QAction::triggered, this, [this, id] { showPage(id); });
            addAction(action);
            m_pageCommands << action;
        }
        m_rail->addPage(spec, keys);
    }
    refreshCounts();
    for (const PageSpec &spec : specs) {
        if (spec.make) {
            showPage(spec.id);
            return;
        }
    }
}

void MainWindow::showPage(const QString &id)
{
    Page *page = m_pages.value(id);
    for (const PageSpec &spec : std::as_const(m_specs)) {
        if (page || spec.id != id || !spec.make)
            continue;
        page = spec.make();
        page->setAccessibleName(spec.title);
        m_pages.insert(id, page);
        m_stack->addWidget(page);
        connect(page, &Page::navigate, this, &MainWindow::openTarget);
    }
    if (!page)
        return;
    const bool isChange = m_currentId != id;
    m_currentId = id;
    m_rail->setCurrent(id);
    m_stack->setCurrentWidget(page);
    // A page's keys work while the focus is in it.
    if (isChange)
        page->setFocus(Qt::OtherFocusReason);
    refreshTitle();
}

void MainWindow::openTarget(const QString &target)
{
    const qsizetype colon = target.indexOf(QLatin1Char(':'));
    QString id = target.left(colon); // All of it when there is no colon: the page as it is.
    QString rest = colon < 0 ? QString() : target.mid(colon + 1);
    if (id == QLatin1String("context")) {
        if (rest.isEmpty())
            m_topBar->contextPicker()->click();
        else
            requestContext(rest);
        return;
    }
    // Two shorthands of the engine for places in Explorer.
    if (id == QLatin1String("object")) {
        id = QStringLiteral("explorer");
    } else if (id == QLatin1String("pod")) {
        id = QStringLiteral("explorer");
        rest.prepend(QStringLiteral("v1/pods/"));
    }
    showPage(id);
    if (m_currentId == id && !rest.isEmpty())
        m_pages.value(id)->openTarget(rest);
}

Page *MainWindow::currentPage() const
{
    return m_pages.value(m_currentId);
}

QAction *MainWindow::addCommand(const QString &text, const QString &icon, const QString &keys, std::function<void()> run)
{
    auto *action = new QAction(lineIcon(icon), text, this);
    action->setData(icon);
    if (!keys.isEmpty())
        action->setShortcut(QKeySequence(keys));
    connect(action, &QAction::triggered, this, std::move(run));
    addAction(action);
    m_commands << action;
    return action;
}

void MainWindow::buildCommands()
{
    const auto add = [this](const QString &text, const char *icon, const char *keys, std::function<void()> run) {
        addCommand(text, QString::fromLatin1(icon), QString::fromLatin1(keys), std::move(run));
    };
    add(tr("Search or command"), "search", "Ctrl+K", [this] { openPalette(); });
    add(tr("Choose a context"), "cluster", "Ctrl+Shift+C", [this] { m_topBar->contextPicker()->click(); });
    add(tr("Choose a namespace"), "namespace", "Ctrl+Shift+N", [this] { m_topBar->namespacePicker()->click(); });
    add(tr("Lock or unlock the context"), "lock", "Ctrl+L", [this] { requestLockChange(); });
    add(tr("Show what needs attention"), "bell", "Ctrl+B", [this] { m_topBar->bell()->click(); });
    add(tr("Open or close the journal"), "journal", "Ctrl+J", [this] { toggleJournal(); });
    add(tr("Undo the last write"), "undo", "Ctrl+Alt+Z", [this] { undoLastWrite(); });
    add(tr("Retry the connection"), "refresh", "F5", [this] { m_engine.contexts().retry(); });
    add(tr("Read the kubeconfig again"), "refresh", "Ctrl+Shift+R", [this] { m_engine.contexts().reloadKubeconfig(); });
    add(tr("Switch between dark and light"), "moon", "Ctrl+Shift+D", [this] { toggleScheme(); });
    add(tr("Show the keys"), "keyboard", "?", [this] { openKeys(); });
    add(tr("Quit"), "close", "Ctrl+Q", [this] { close(); });
}

void MainWindow::undoLastWrite()
{
    const QList<engine::JournalEntry> journal = m_engine.writes().journal();
    if (!journal.isEmpty())
        requestUndo(journal.first().id);
}

void MainWindow::toggleScheme()
{
    const SchemeChoice choice = theme().isDark() ? SchemeChoice::Light : SchemeChoice::Dark;
    theme().setChoice(choice);
    m_settings.setValue(
        QStringLiteral("scheme"), choice == SchemeChoice::Dark ? QStringLiteral("dark") : QStringLiteral("light"));
}

void MainWindow::openKeys()
{
    QList<QPair<QString, QList<QAction *>>> groups;
    if (Page *page = currentPage())
        groups.append({page->accessibleName(), page->actions()});
    groups.append({tr("Everywhere"), m_commands});
    groups.append({tr("Pages"), m_pageCommands});
    openKeySheet(this, groups);
}

void MainWindow::openPalette()
{
    m_palette->open(paletteEntries());
}

QList<PaletteEntry> MainWindow::paletteEntries()
{
    QList<PaletteEntry> entries;
    for (const PageSpec &spec : std::as_const(m_specs)) {
        PaletteEntry entry;
        entry.group = PaletteEntry::Group::Page;
        entry.title = spec.title;
        entry.icon = spec.icon;
        entry.isEnabled = static_cast<bool>(spec.make);
        entry.note = entry.isEnabled ? tr("page") : tr("not in this version");
        const QString id = spec.id;
        entry.run = [this, id] { showPage(id); };
        entries << entry;
    }
    qsizetype number = 0;
    for (PaletteEntry &entry : entries) {
        if (entry.isEnabled && number < m_pageCommands.size())
            entry.keys = m_pageCommands[number++]->shortcut().toString(QKeySequence::NativeText);
    }
    const auto addAction = [&entries](QAction *action, const QString &note) {
        PaletteEntry entry;
        entry.title = action->text().remove(QLatin1Char('&'));
        entry.note = note;
        entry.keys = action->shortcut().toString(QKeySequence::NativeText);
        entry.icon = action->data().toString().isEmpty() ? QStringLiteral("command") : action->data().toString();
        entry.isEnabled = action->isEnabled();
        entry.run = [action] { action->trigger(); };
        entries << entry;
    };
    if (Page *page = currentPage()) {
        for (QAction *action : page->actions()) {
            if (!action->text().isEmpty())
                addAction(action, page->accessibleName());
        }
    }
    for (qsizetype i = 1; i < m_commands.size(); ++i) // The first opens the palette itself.
        addAction(m_commands[i], QString());
    const QString current = m_engine.contexts().current().name;
    for (const engine::ContextInfo &context : m_engine.contexts().contexts()) {
        if (context.name == current)
            continue;
        PaletteEntry entry;
        entry.group = PaletteEntry::Group::Context;
        entry.title = tr("Switch to %1").arg(context.name);
        entry.note = !context.problem.isEmpty() ? context.problem : context.isPractice ? tr("practice cluster") : context.server;
        entry.icon = context.isPractice ? QStringLiteral("flask") : QStringLiteral("cluster");
        entry.isEnabled = context.problem.isEmpty();
        const QString name = context.name;
        entry.run = [this, name] { requestContext(name); };
        entries << entry;
    }
    const QString space = m_engine.contexts().currentNamespace();
    const auto addNamespace = [&](const QString &title, const QString &ns) {
        if (ns == space)
            return;
        PaletteEntry entry;
        entry.title = title;
        entry.note = tr("namespace");
        entry.icon = QStringLiteral("namespace");
        entry.run = [this, ns] { m_engine.contexts().setNamespace(ns); };
        entries << entry;
    };
    addNamespace(tr("Show all namespaces"), QString());
    for (const QString &ns : m_engine.contexts().namespaces())
        addNamespace(tr("Show namespace %1").arg(ns), ns);
    return entries;
}

void MainWindow::toggleJournal()
{
    if (!m_journal) {
        m_journal = new JournalPanel(m_engine);
        m_journal->hide();
        m_middle->addWidget(m_journal);
        connect(m_journal, &JournalPanel::undoRequested, this, &MainWindow::requestUndo);
        connect(m_journal, &JournalPanel::closed, this, &MainWindow::toggleJournal);
    }
    const bool isShown = !m_journal->isVisibleTo(this);
    m_journal->setVisible(isShown);
    m_strip->journalButton()->setChecked(isShown);
    if (isShown)
        m_journal->setFocus();
}

void MainWindow::requestLockChange()
{
    const engine::ContextInfo context = m_engine.contexts().current();
    if (context.name.isEmpty())
        return;
    if (context.isLocked)
        askUnlock(this, m_engine.contexts());
    else
        m_engine.contexts().setLocked(true); // The safe direction needs no question.
}

void MainWindow::requestUndo(qint64 journalId)
{
    const engine::ContextInfo context = m_engine.contexts().current();
    for (const engine::JournalEntry &entry : m_engine.writes().journal()) {
        if (entry.id != journalId || !undoObstacle(entry, context).isEmpty())
            continue;
        const QString what = tr("Undo writes to %1: %2. It takes back: %3. Nothing is written if somebody changed these fields since.")
                                 .arg(entry.object, entry.undoNote, entry.summary);
        if (context.isProduction) {
            askConsent(this, context, tr("Undo"), what,
                [this, journalId](const engine::WriteConsent &consent) { m_engine.writes().undo(journalId, consent); });
            return;
        }
        auto *dialog = new ActionDialog(tr("Undo in %1?").arg(context.name), what, tr("Undo"), false, this);
        connect(dialog, &QDialog::accepted, this, [this, journalId] { m_engine.writes().undo(journalId, {}); });
        dialog->open();
        return;
    }
}

void MainWindow::showUndoOutcome(qint64 journalId, const engine::WriteOutcome &outcome)
{
    Q_UNUSED(journalId)
    // Success shows in the strip and the journal; a refusal must not be missed.
    if (outcome.isOk)
        return;
    QString text = outcome.message;
    if (!outcome.conflictDetail.isEmpty())
        text += QStringLiteral("\n\n") + outcome.conflictDetail;
    auto *dialog = new ActionDialog(
        outcome.isConflict ? tr("Not undone: the object changed since") : tr("Not undone"), text, tr("Close"), false, this);
    dialog->hideCancel();
    dialog->open();
}

void MainWindow::requestContext(const QString &context)
{
    afterUnsavedWork(tr("Switch to %1?").arg(context), tr("Switch"), [this, context] { m_engine.contexts().switchTo(context); });
}

void MainWindow::afterUnsavedWork(const QString &title, const QString &action, std::function<void()> go)
{
    QStringList reasons;
    for (const Page *page : std::as_const(m_pages)) {
        QString reason;
        if (page->hasUnsavedWork(&reason))
            reasons << reason;
    }
    if (reasons.isEmpty()) {
        go();
        return;
    }
    auto *dialog = new ActionDialog(
        title, tr("This would be lost: %1").arg(reasons.join(QStringLiteral("; "))), action, true, this);
    connect(dialog, &QDialog::accepted, this, std::move(go));
    dialog->open();
}

void MainWindow::refreshCounts()
{
    bool isBad = false;
    const QList<engine::Concern> concerns = m_engine.overview().concerns();
    for (const engine::Concern &concern : concerns)
        isBad = isBad || concern.severity == engine::Severity::Error || concern.severity == engine::Severity::Warning;
    m_rail->setCount(QStringLiteral("home"), int(concerns.size()), isBad);
    int inFlight = 0;
    bool hasProblem = false;
    for (const engine::RouteRow &row : m_engine.routes().rows()) {
        inFlight += row.isInFlight;
        hasProblem = hasProblem || row.severity == engine::Severity::Error;
    }
    m_rail->setCount(QStringLiteral("routes"), inFlight, hasProblem);
}

void MainWindow::refreshTitle()
{
    const engine::ContextInfo context = m_engine.contexts().current();
    const Page *page = currentPage();
    QStringList parts;
    if (page)
        parts << page->accessibleName();
    if (!context.name.isEmpty())
        parts << (context.isProduction ? tr("%1 PRODUCTION").arg(context.name) : context.name);
    parts << QStringLiteral("Fairway");
    setWindowTitle(parts.join(QStringLiteral(" – ")));
}

void MainWindow::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_rail->setFolded(width() < FoldBelow);
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (!m_mayClose) {
        // Closes at once, or again once the user has agreed.
        event->ignore();
        afterUnsavedWork(tr("Close Fairway?"), tr("Close"), [this] {
            m_mayClose = true;
            QMetaObject::invokeMethod(this, &QWidget::close, Qt::QueuedConnection);
        });
        return;
    }
    m_settings.setValue(QStringLiteral("geometry"), saveGeometry());
    event->accept();
}

void MainWindow::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), theme().color(Token::Window));
}

} // namespace fairway::ui
