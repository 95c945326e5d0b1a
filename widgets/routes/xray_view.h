#pragma once

#include "core/engine/xray.h"

#include <QWidget>

class QBoxLayout;
class QLayout;
class QPushButton;
class QVBoxLayout;

namespace fairway::ui {

class IconMark;
class SectionHeader;
class TextLabel;

/// The answer of an X-ray: the verdict, the rules that were tried, where the request goes, what is changed on the way, and what the
/// answer does not know of.
class XrayView final : public QWidget {
    Q_OBJECT
public:
    explicit XrayView(QWidget *parent = nullptr);

    void setAnswer(const engine::XrayAnswer &answer, const QList<engine::XrayPlace> &places);
    void setNarrow(bool isNarrow); ///< One column.
    void copy();

Q_SIGNALS:
    void ruleChosen(const QString &routeId, const QString &section, int index);
    void podChosen(const QString &pod); ///< "shop/reviews-v1-x"

private:
    void refresh();
    void refreshHead();
    void fillRules();
    void fillTargets();
    void fillTarget(const engine::XrayTarget &target);
    void fillChanges();
    void fillNotes();
    [[nodiscard]] QString placeTitle() const;

    engine::XrayAnswer m_answer;
    QList<engine::XrayPlace> m_places;
    bool m_showsAll = false; ///< Of many rules.

    IconMark *m_icon;
    TextLabel *m_verdict;
    QPushButton *m_copy;
    TextLabel *m_request;
    TextLabel *m_facts;
    QWidget *m_details;
    QBoxLayout *m_columns;
    SectionHeader *m_rulesHeader;
    QVBoxLayout *m_rules;
    SectionHeader *m_targetsHeader;
    QVBoxLayout *m_targets;
    SectionHeader *m_changesHeader;
    QVBoxLayout *m_changes;
    SectionHeader *m_notesHeader;
    QVBoxLayout *m_notes;
};

} // namespace fairway::ui
