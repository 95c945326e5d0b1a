#pragma once

#include "core/engine/xray.h"

#include <QWidget>

class QLineEdit;
class QPushButton;

namespace fairway::ui {

class ElidedLabel;
class TextLabel;

/// "Which rule does this request hit?" in one line, beside the route: the request, and the rule and destinations it comes to. The X-ray
/// tells the rest. While it is shown the answer follows the cluster.
class QuickXray final : public QWidget {
    Q_OBJECT
public:
    explicit QuickXray(engine::XrayService &xray, QWidget *parent = nullptr);
    void setRoute(const QString &routeId); ///< Where an answer is looked for first.

Q_SIGNALS:
    void ruleChosen(const QString &routeId, const QString &section, int index);
    void xrayRequested(const QString &request);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void ask();
    void onAnswer();
    void showAnswer(const engine::XrayAnswer &answer);

    engine::XrayService &m_xray;
    QString m_routeId;
    QLineEdit *m_request;
    QWidget *m_answer;
    TextLabel *m_mark;
    QPushButton *m_rule;
    ElidedLabel *m_words;
    QPushButton *m_more;
};

} // namespace fairway::ui
