#pragma once

#include "core/engine/engine.h"

#include <QWidget>

class QPushButton;
class QVBoxLayout;

namespace fairway::ui {

class ElidedLabel;
class TextLabel;

/// Right side of Home: what was checked and is fine, and the practice cluster.
class InLinePanel final : public QWidget {
    Q_OBJECT
public:
    explicit InLinePanel(engine::Engine &engine, QWidget *parent = nullptr);

Q_SIGNALS:
    void navigate(const QString &target);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void refresh();
    void refreshPractice();

    engine::Engine &m_engine;
    TextLabel *m_note;
    QVBoxLayout *m_rows;
    QWidget *m_calm;
    TextLabel *m_calmTitle;
    TextLabel *m_calmNote;
    QWidget *m_practice;
    ElidedLabel *m_practiceNote;
    QPushButton *m_practiceAction;
    QString m_practiceName;
    QStringList m_shown;
};

} // namespace fairway::ui
