#pragma once

#include "core/engine/types.h"

#include <QAbstractButton>
#include <QList>
#include <QWidget>

class QPushButton;
class QVBoxLayout;

namespace fairway::ui {

class TextLabel;
class ElidedLabel;

/// One route in a card: name, mini bar, weights; a door to the route.
class RouteLine final : public QAbstractButton {
    Q_OBJECT
public:
    explicit RouteLine(QWidget *parent = nullptr);
    void setRow(const engine::RouteRow &row);
    [[nodiscard]] const engine::RouteRow &row() const { return m_row; }
    [[nodiscard]] QSize sizeHint() const override { return {220, 24}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    engine::RouteRow m_row;
};

/// A card of Home: what is wrong, how badly, and the door to it. Updated in place.
class ConcernCard final : public QWidget {
    Q_OBJECT
public:
    explicit ConcernCard(QWidget *parent = nullptr);
    /// `isFirst` gets the page's one primary button.
    void setConcern(const engine::Concern &concern, bool isFirst);
    [[nodiscard]] const engine::Concern &concern() const { return m_concern; }

Q_SIGNALS:
    void navigate(const QString &target);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    engine::Concern m_concern;
    TextLabel *m_title;
    TextLabel *m_value;
    QVBoxLayout *m_body;
    ElidedLabel *m_note;
    QPushButton *m_action;
    QList<RouteLine *> m_routes;
    QList<TextLabel *> m_lines;
};

} // namespace fairway::ui
