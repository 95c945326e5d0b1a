#pragma once

#include "widgets/common/badge.h"

#include <QWidget>

class QPushButton;

namespace fairway::ui {

class TextLabel;

/// A one-line notice across a page: icon, sentence, at most one button. Hidden until show() is called.
class Banner : public QWidget {
    Q_OBJECT
public:
    explicit Banner(QWidget *parent = nullptr);
    void show(Tone tone, const QString &sentence, const QString &action = {});

Q_SIGNALS:
    void activated();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    TextLabel *m_text;
    QPushButton *m_action;
    Tone m_tone = Tone::Neutral;
};

} // namespace fairway::ui
