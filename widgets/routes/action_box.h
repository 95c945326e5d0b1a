#pragma once

#include "core/engine/engine.h"

#include <QWidget>

class QCheckBox;
class QPushButton;
class QVBoxLayout;

namespace fairway::ui {

class ApplyFlow;
class IconMark;
class TextLabel;

/// The foot of the inspector: in one sentence where the draft stands, and below it the buttons that lead on. Locked,
/// denied, owned by another controller, unready pods, conflict, gone, under way, done with Undo: each has its own words,
/// and a button that can't be pressed says why in its tool tip.
class ActionBox final : public QWidget {
    Q_OBJECT
public:
    ActionBox(ApplyFlow &flow, engine::Engine &engine, QWidget *parent = nullptr);

    /// What the words need beyond the flow: the object's name, the number of fields that change, theirs against mine. The latter
    /// may say "–" where a destination is only on one side; `displacedText` says what happened to a draft that was set aside.
    void setSubject(const QString &object, int changedFields, const QList<QStringList> &conflictRows, const QString &displacedText = {});

    void setNarrow(bool isNarrow); ///< Short words on the small buttons, and no icons.
    void triggerDryRun();
    void triggerApply();
    void triggerExport();
    void triggerUnlock();

Q_SIGNALS:
    void exportRequested();
    void discardRequested();
    void sourceRequested(); ///< Of a route that is only rendered: there, where it comes from.

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    struct Words {
        QString icon;
        int token = 0;
        QString title;
        QString text;
    };
    void refresh();
    [[nodiscard]] Words words() const;
    [[nodiscard]] QString changeText() const;
    [[nodiscard]] bool isConflictShown() const;
    void fitText();
    void refreshOutcome();
    void refreshButtons();
    void askUndo();
    void setBlocked(QPushButton *button, const QString &why, const QString &hint, const QString &icon);

    ApplyFlow &m_flow;
    engine::Engine &m_engine;
    QString m_object;
    int m_changedFields = 0;
    QList<QStringList> m_conflictRows;
    QString m_displacedText;
    bool m_isNarrow = false;

    IconMark *m_icon;
    TextLabel *m_title;
    TextLabel *m_text;
    QWidget *m_outcomeRow;
    IconMark *m_outcomeIcon;
    TextLabel *m_outcome;
    QPushButton *m_undo;
    QCheckBox *m_unready;
    TextLabel *m_conflict;
    QPushButton *m_dryRun;
    QPushButton *m_apply;
    QPushButton *m_export;
    QPushButton *m_discard;
    QPushButton *m_primary;
};

} // namespace fairway::ui
