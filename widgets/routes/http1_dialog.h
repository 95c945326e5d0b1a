#pragma once

#include "core/engine/engine.h"
#include "widgets/routes/apply_flow.h"

#include <QDialog>
#include <QHash>

class QCheckBox;
class QLineEdit;
class QPushButton;
class QStackedWidget;
class QTreeWidget;
class QTreeWidgetItem;
class QVBoxLayout;

namespace fairway::ui {

class ChangePanel;
class EmptyState;
class TextLabel;

/// Keeps the clients of chosen gateways at HTTP/1.1: which gateways, what their servers agree on before and after, and the EnvoyFilters that
/// are written, as one step. Made with open(); deletes itself when closed.
///
/// Keys: Ctrl+D dry run, Ctrl+Return apply, Ctrl+E export, Ctrl+P asks the servers.
class Http1Dialog final : public QDialog {
    Q_OBJECT
public:
    Http1Dialog(engine::Engine &engine, QWidget *parent);
    ~Http1Dialog() override;

private:
    struct Row {
        engine::GatewayInfo info;
        QCheckBox *box = nullptr;
        QLineEdit *ns = nullptr; ///< Where its pods run.
    };
    void build();
    void fill();
    void addRow(const engine::GatewayInfo &info);
    void refresh();
    void probe();
    void take(const engine::AlpnAnswer &answer);
    void endProbe();
    [[nodiscard]] QStringList hosts() const; ///< Of the chosen gateways.

    engine::Engine &m_engine;
    ApplyFlow m_flow;
    QList<Row> m_rows;
    bool m_isWritten = false; ///< What is asked from now on came after the write.
    int m_awaited = 0;        ///< Answers of servers.
    QHash<QString, QTreeWidgetItem *> m_answers; ///< By host.

    QStackedWidget *m_stack;
    EmptyState *m_state;
    QVBoxLayout *m_list;
    QLineEdit *m_address;
    QPushButton *m_ask;
    TextLabel *m_progress;
    QTreeWidget *m_protocols;
    ChangePanel *m_changes;
};

} // namespace fairway::ui
