#pragma once

#include "core/engine/types.h"

#include <QWidget>

class QPushButton;

namespace fairway::ui {

class DestinationTable;
class IconMark;
class SectionHeader;
class SplitBar;
class SplitModel;
class TextLabel;

/// The section "Split of rule 3": header with Reset to live and Normalise, the split bar, the rows, and one line of words
/// for a refused edit or for weights that do something unexpected.
class SplitPanel final : public QWidget {
    Q_OBJECT
public:
    explicit SplitPanel(QWidget *parent = nullptr);

    /// `number`: of the rule, as people see it. `model` is borrowed until the next call; null when there is nothing to edit.
    void setRule(const engine::RouteRow &route, const engine::Rule &rule, int number, SplitModel *model);
    void say(const QString &words); ///< Until the next edit or another rule.
    void refresh();
    void focusBar();
    void setNarrow(bool isNarrow);

    void normalise();
    void resetToLive();
    void undo();
    void redo();
    void giveAllToStable();

Q_SIGNALS:
    void edited();

private:
    void afterEdit();
    void refreshWords();

    SectionHeader *m_header;
    QPushButton *m_reset;
    QPushButton *m_normalise;
    SplitBar *m_bar;
    DestinationTable *m_table;
    QWidget *m_wordsRow;
    IconMark *m_wordsIcon;
    TextLabel *m_words;
    SplitModel *m_model = nullptr;
    engine::RouteRow m_route;
    engine::Rule m_rule;
    int m_number = 1;
    QString m_refusal;
};

} // namespace fairway::ui
