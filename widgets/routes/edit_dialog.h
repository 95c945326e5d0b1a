#pragma once

#include "core/engine/engine.h"
#include "widgets/routes/apply_flow.h"

#include <QDialog>

namespace fairway::ui {

class ChangePanel;
class FieldForm;
class TextLabel;

/// Edits fields of one object: the form at the left, what it changes at the right, and below that the same way to Apply as for weights
/// (gate, dry run, conflict, Undo). Made with open(); deletes itself when closed. What was typed is asked about before it is lost.
///
/// Keys: Ctrl+D dry run, Ctrl+Return apply, Ctrl+E export, Ctrl+R takes every change back.
class EditDialog final : public QDialog {
    Q_OBJECT
public:
    /// `title`: with %1 where the rule is named ("http[1]"), for a subject that has one. `subject`: what to edit (routeId, kind, section, rule, subset); of a Mend also its fields, which are the whole draft then. `source`: of a route that is only rendered.
    EditDialog(engine::Engine &engine, const engine::RouteDraft &subject, const QString &title, const QString &object, const QString &source,
        QWidget *parent);

    void reject() override;

private:
    [[nodiscard]] QList<QPair<QString, QString>> wanted() const;
    void build();
    void tellTitle();
    void takeRule(int index, const engine::RuleIdentity &identity);
    void reload(); ///< The object as it is now; what was typed stays.
    void refresh();
    void exportChange();

    engine::Engine &m_engine;
    engine::RouteDraft m_draft;
    const QString m_object;
    const QString m_titlePattern;
    ApplyFlow m_flow;
    bool m_isGone = false;
    bool m_isSure = false; ///< The user said what was typed may go.
    QList<QPair<QString, QString>> m_preset; ///< A change that needs no typing.

    TextLabel *m_title;
    FieldForm *m_form;
    ChangePanel *m_changes;
};

} // namespace fairway::ui
