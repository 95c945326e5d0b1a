#pragma once

#include "core/engine/types.h"

#include <QWidget>

class QVBoxLayout;

namespace fairway::ui {

/// What came of each rule of a whole route, one below the other; more appear while it runs.
class RehearsalRules final : public QWidget {
    Q_OBJECT
public:
    static constexpr qsizetype maxRows = 100; ///< What is over is told as a number.

    explicit RehearsalRules(QWidget *parent = nullptr);
    void setRules(const QList<engine::RuleRehearsal> &rules);

    /// In one sentence.
    [[nodiscard]] static QString summary(const engine::RehearsalStatus &status);
    /// Every rule ran, and every split matches its weights.
    [[nodiscard]] static bool isGood(const QList<engine::RuleRehearsal> &rules);

Q_SIGNALS:
    void ruleChosen(const QString &section, int rule);

private:
    QVBoxLayout *m_rows;
    QStringList m_shown; ///< What the rows say: the same is not built again.
};

} // namespace fairway::ui
