#pragma once

#include "core/engine/engine.h"
#include "widgets/common/page.h"

class QLineEdit;
class QTableView;
class QTimer;

namespace fairway::ui {

class EmptyState;
class KindPanel;
class ObjectPanel;
class ObjectTableModel;
class PageHeader;

/// Every kind the server knows, its objects as the server prints them, and the chosen one as YAML.
class ExplorerPage final : public Page {
    Q_OBJECT
public:
    explicit ExplorerPage(engine::Engine &engine, QWidget *parent = nullptr);
    /// "v1/pods", "v1/pods/shop/name", "apps/v1/deployments/shop/name", "v1/nodes/name"
    void openTarget(const QString &target) override;
    [[nodiscard]] ObjectTableModel &model() const { return *m_model; }
    [[nodiscard]] QTableView &table() const { return *m_table; }

private:
    void openKind(const QString &kindId);
    void reopen();
    void applyTarget();
    void showCounts();
    void fitColumns();
    void onCurrentRow();
    void keepSelection();
    void addKeys();

    engine::Engine &m_engine;
    KindPanel *m_kinds;
    PageHeader *m_header;
    QLineEdit *m_filter;
    QTableView *m_table;
    EmptyState *m_state;
    ObjectPanel *m_object;
    ObjectTableModel *m_model;
    QTimer *m_filterDelay;
    QTimer *m_refetch;
    engine::KindInfo m_kind;
    QString m_target;      ///< Asked for, not yet reached: the kinds may not be known yet.
    QString m_selectedKey; ///< Kept over a reset of the table.
    bool m_areColumnsFitted = false;
};

} // namespace fairway::ui
