#pragma once

#include "core/engine/engine.h"

#include <QDialog>

class QComboBox;
class QListWidget;
class QPushButton;
class QStackedWidget;

namespace fairway::ui {

class DiffWidget;
class EmptyState;
class TextLabel;

/// One route as this context and another hold it: what requests notice as sentences, the YAML beside them. Nothing is written, in neither.
/// Made with open(); deletes itself when closed. Closing ends what is under way.
class CompareDialog final : public QDialog {
    Q_OBJECT
public:
    CompareDialog(engine::Engine &engine, const QString &routeId, QWidget *parent);
    ~CompareDialog() override;

private:
    void build();
    void fillContexts();
    void compare();
    void take(const engine::RouteComparison &comparison);
    void copy();

    engine::Engine &m_engine;
    const QString m_routeId;
    QString m_text; ///< Of the result, to be copied.

    QComboBox *m_contexts;
    QPushButton *m_again;
    QPushButton *m_copy;
    QStackedWidget *m_stack;
    EmptyState *m_state;
    TextLabel *m_summary;
    QListWidget *m_differences;
    DiffWidget *m_diff;
};

} // namespace fairway::ui
