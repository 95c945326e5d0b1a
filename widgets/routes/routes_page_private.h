#pragma once

#include "core/engine/engine.h"
#include "widgets/routes/apply_flow.h"
#include "widgets/routes/draft_book.h"
#include "widgets/routes/no_route.h"
#include "widgets/routes/routes_page.h"

#include <QKeySequence>

#include <functional>

class QStackedWidget;
class QToolButton;

namespace fairway::ui {

class Banner;
class EmptyState;
class Inspector;
class RehearsalPanel;
class RouteEditing;
class RouteGraph;
class RouteHeader;
class RouteListPanel;
class SplitPanel;
class TruthMeter;
class XrayPanel;

/// What holds the parts of the page together: which route and rule is shown, and who hears of what. The parts do not know
/// each other.
class RoutesPage::Private final : public QObject {
    Q_OBJECT
public:
    Private(engine::Engine &engine, RoutesPage *page);

    void showRoute(const QString &routeId, int rule = -1);
    void showRule(int position);
    void resize(int width);
    [[nodiscard]] QString unsavedWork() const;

private:
    void build();
    void connectParts();
    void addActions();
    void addAction(const QString &text, const QKeySequence &key, std::function<void()> run);

    void refreshRoute();   ///< The object changed, or another one is shown.
    void refreshDraft();   ///< The weights changed.
    void tellLost();
    void showGone();
    void showNothing();
    void refreshHeader();
    void onContextChanged();
    void showXray(bool isShown); ///< In the place of split, truth and rehearsal; the graph stays.
    void showMesh();
    void chooseRule(const QString &routeId, const QString &section, int index);
    void onPreviewChanged();
    void follow(const engine::Finding &finding);
    void exportDraft();
    void discardDraft();
    [[nodiscard]] const engine::Rule *rule() const;
    [[nodiscard]] DraftBook::Key key() const;
    [[nodiscard]] QString objectName() const;
    [[nodiscard]] QList<engine::Finding> findings(const engine::RouteDraft &draft, bool isChanged) const;
    [[nodiscard]] static int firstRule(const engine::RouteDetail &detail);

    engine::Engine &m_engine;
    RoutesPage *m_page;
    DraftBook m_drafts;
    ApplyFlow m_flow;
    QString m_context;
    QString m_routeId;
    engine::RouteDetail m_detail;
    int m_rule = 0;      ///< Position in m_detail.rules.
    bool m_isGone = false;
    NoRoute::Next m_nextStep = NoRoute::Next::Nothing; ///< Of the empty state.

    RouteListPanel *m_list = nullptr;
    Banner *m_previewBanner = nullptr;
    RouteHeader *m_header = nullptr;
    QStackedWidget *m_stack = nullptr;
    EmptyState *m_empty = nullptr;
    RouteGraph *m_graph = nullptr;
    SplitPanel *m_split = nullptr;
    TruthMeter *m_truth = nullptr;
    RehearsalPanel *m_rehearsal = nullptr;
    QWidget *m_work = nullptr; ///< Split, truth and rehearsal.
    XrayPanel *m_xray = nullptr;
    RouteEditing *m_editing = nullptr;
    QToolButton *m_xrayButton = nullptr;
    Inspector *m_inspector = nullptr;
    QWidget *m_listFrame = nullptr;
    QWidget *m_inspectorFrame = nullptr;
};

} // namespace fairway::ui
