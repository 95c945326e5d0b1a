#pragma once

#include "core/engine/engine.h"
#include "widgets/frame/page_spec.h"

#include <QHash>
#include <QList>
#include <QWidget>

#include <functional>

class QAction;
class QHBoxLayout;
class QSettings;
class QStackedWidget;

namespace fairway::ui {

class ActivityStrip;
class CommandPalette;
class JournalPanel;
class Rail;
class TopBar;
struct PaletteEntry;

/// The frame: rail, top bar, notices, page, journal, activity strip; the keys and the palette over all of them. Knows no
/// page by name except through the specs it is given, and the cluster only through the engine's services.
class MainWindow final : public QWidget {
    Q_OBJECT
public:
    MainWindow(engine::Engine &engine, QSettings &settings, QWidget *parent = nullptr);
    ~MainWindow() override;

    /// In rail order; the first one with a page is shown first.
    void addPages(const QList<PageSpec> &specs);
    void showPage(const QString &id);
    /// "routes:VirtualService/shop/reviews", "pod:shop/x", "object:v1/pods/shop/x", "home:"; "context:NAME" switches.
    void openTarget(const QString &target);
    [[nodiscard]] Page *currentPage() const;
    [[nodiscard]] QString currentPageId() const { return m_currentId; }

    void openPalette();
    void openKeys();
    void toggleJournal();
    void requestLockChange();
    void requestUndo(qint64 journalId);
    void requestContext(const QString &context);

    [[nodiscard]] TopBar &topBar() const { return *m_topBar; }
    [[nodiscard]] Rail &rail() const { return *m_rail; }
    [[nodiscard]] CommandPalette &palette() const { return *m_palette; }
    [[nodiscard]] ActivityStrip &strip() const { return *m_strip; }

protected:
    void resizeEvent(QResizeEvent *event) override;
    void closeEvent(QCloseEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    QAction *addCommand(const QString &text, const QString &icon, const QString &keys, std::function<void()> run);
    void buildCommands();
    void undoLastWrite();
    void toggleScheme();
    void refreshCounts();
    void refreshTitle();
    void showUndoOutcome(qint64 journalId, const engine::WriteOutcome &outcome);
    [[nodiscard]] QList<PaletteEntry> paletteEntries();
    /// Runs `go` at once, or after the user agreed to lose what pages say is unsaved.
    void afterUnsavedWork(const QString &title, const QString &action, std::function<void()> go);

    engine::Engine &m_engine;
    QSettings &m_settings;
    QList<PageSpec> m_specs;
    QHash<QString, Page *> m_pages;
    QString m_currentId;
    QList<QAction *> m_commands;
    QList<QAction *> m_pageCommands;
    Rail *m_rail;
    TopBar *m_topBar;
    QStackedWidget *m_stack;
    QHBoxLayout *m_middle;
    ActivityStrip *m_strip;
    CommandPalette *m_palette;
    JournalPanel *m_journal = nullptr;
    bool m_mayClose = false;
};

} // namespace fairway::ui
