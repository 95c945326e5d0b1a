#pragma once

#include "core/chart/value_form.h"

#include <QWidget>

class QPushButton;
class QToolButton;

namespace fairway::ui {

class ElidedLabel;
class TextLabel;

/// What is known about the chosen field, and what can be done with it besides typing.
class FieldDetails final : public QWidget {
    Q_OBJECT
public:
    struct May {
        bool reset = false;
        bool add = false;
        bool remove = false;
        bool move = false;
    };

    explicit FieldDetails(QWidget *parent = nullptr);
    void show(const chart::FieldFacts *field, const QString &title, const QString &fault, May may);

Q_SIGNALS:
    void resetRequested();
    void addRequested();
    void removeRequested();
    void moveRequested(bool isUp);
    void textRequested(); ///< The place in the YAML.

private:
    TextLabel *m_title;
    ElidedLabel *m_path;
    TextLabel *m_help;
    TextLabel *m_facts;
    TextLabel *m_fault;
    QPushButton *m_reset;
    QPushButton *m_add;
    QPushButton *m_remove;
    QToolButton *m_up;
    QToolButton *m_down;
    QPushButton *m_text;
};

} // namespace fairway::ui
