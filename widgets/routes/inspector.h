#pragma once

#include "core/engine/engine.h"

#include <QWidget>

class QFormLayout;
class QScrollArea;
class QStackedWidget;
class QTabBar;
class QVBoxLayout;

namespace fairway::ui {

class ActionBox;
class ApplyFlow;
class CodeView;
class DiffWidget;
class FindingList;
class QuickXray;
class SectionHeader;
class TextLabel;

/// The right column: Details, Diff, YAML and History of the chosen route, findings with their next steps, and the box that
/// leads to Apply at its foot.
class Inspector final : public QWidget {
    Q_OBJECT
public:
    enum Tab { Details, Diff, Yaml, History, TabCount };

    Inspector(ApplyFlow &flow, engine::Engine &engine, QWidget *parent = nullptr);

    void setRoute(const engine::RouteDetail &detail, const engine::DiffView &diff, const QList<engine::Finding> &findings);
    /// The object is gone or none is chosen; the diff of a kept draft may still be shown.
    void setGone(const QString &object);
    void clear();
    void setTab(int tab);
    /// Brings the field of that path ("spec.http[0]") into view in the YAML, whichever tab is shown.
    void showField(const QString &path);
    /// The one-line X-ray at the foot; it makes way while the X-ray itself is open.
    void setQuickXray(bool isWanted);
    [[nodiscard]] ActionBox &actions() { return *m_actions; }

Q_SIGNALS:
    void findingActivated(const fairway::engine::Finding &finding);
    void mendRequested(const fairway::engine::Finding &finding);
    void ruleChosen(const QString &routeId, const QString &section, int index);
    void xrayRequested(const QString &request);

private:
    void buildScrollPage();
    void refreshHistory();
    void refreshAge();
    void refreshQuickXray();
    void showTab(int tab);
    void fillFacts(const engine::RouteDetail &detail);

    engine::Engine &m_engine;
    QTabBar *m_tabs;
    QStackedWidget *m_stack;
    QWidget *m_detailsSection;
    QFormLayout *m_facts;
    QList<QPair<QString, QString>> m_shownFacts;
    QWidget *m_diffSection;
    SectionHeader *m_diffHeader;
    TextLabel *m_diffNote;
    DiffWidget *m_diff;
    SectionHeader *m_findingsHeader;
    FindingList *m_findings;
    CodeView *m_yaml;
    QVBoxLayout *m_history;
    QWidget *m_quickXrayBox; ///< With its hairline.
    QuickXray *m_quickXray;
    bool m_isQuickXrayWanted = true;
    bool m_isLive = false; ///< A route of a cluster is shown.
    bool m_isOfConnections = false; ///< It carries connections, not requests.
    ActionBox *m_actions;
    QString m_object;
    QDateTime m_readAt;
};

} // namespace fairway::ui
