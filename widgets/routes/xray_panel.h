#pragma once

#include "core/engine/xray.h"

#include <QPlainTextEdit>
#include <QWidget>

class QBoxLayout;
class QComboBox;
class QLineEdit;
class QPushButton;
class QToolButton;

namespace fairway::ui {

class SectionHeader;
class TextLabel;
class XrayView;

/// Where a request is typed or pasted. Return follows it (Shift+Return begins a new line), and so does pasting.
class RequestEdit final : public QPlainTextEdit {
    Q_OBJECT
public:
    explicit RequestEdit(QWidget *parent = nullptr);

Q_SIGNALS:
    void submitted();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void insertFromMimeData(const QMimeData *source) override;
};

/// "Which rule does this request hit?": the request, from where it is looked at, and the answer below it. While it is shown the
/// answer follows the cluster.
class XrayPanel final : public QWidget {
    Q_OBJECT
public:
    explicit XrayPanel(engine::XrayService &xray, QWidget *parent = nullptr);

    void setRoute(const QString &routeId) { m_routeId = routeId; } ///< Where an answer is looked for first.
    void setNarrow(bool isNarrow);
    void focusRequest();
    void follow(const QString &request);
    void copy();

Q_SIGNALS:
    void ruleChosen(const QString &routeId, const QString &section, int index);
    void podChosen(const QString &pod);
    void closed();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void ask();
    void refreshPlaces();
    void refreshClient();
    void onAnswer();

    engine::XrayService &m_xray;
    QString m_routeId;
    bool m_isAwaited = false; ///< Somebody asked: the rule that takes it is shown, once.

    SectionHeader *m_header;
    TextLabel *m_busy;
    QToolButton *m_close;
    RequestEdit *m_request;
    QBoxLayout *m_row;
    QComboBox *m_place;
    QLineEdit *m_client;
    QPushButton *m_follow;
    XrayView *m_view;
};

} // namespace fairway::ui
