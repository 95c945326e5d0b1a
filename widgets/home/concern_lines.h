#pragma once

#include "core/engine/types.h"

#include <QAbstractButton>

namespace fairway::ui {

/// A line of a card, a door: a press goes where it leads.
class ConcernLine : public QAbstractButton {
    Q_OBJECT
public:
    explicit ConcernLine(QWidget *parent = nullptr);
    [[nodiscard]] QString target() const { return m_target; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {160, sizeHint().height()}; }

protected:
    /// Ground and focus ring below what the line shows.
    void paintGround(QPainter &painter) const;
    QString m_target;
};

/// One route: name, mini bar, weights; below it what is wrong, where there is room for that.
class RouteLine final : public ConcernLine {
    Q_OBJECT
public:
    using ConcernLine::ConcernLine;
    void setRow(const engine::RouteRow &row, bool tellsTrouble);
    [[nodiscard]] QSize sizeHint() const override { return {220, m_tellsTrouble ? 44 : 24}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    engine::RouteRow m_row;
    bool m_tellsTrouble = false;
};

/// One object and its state.
class ItemLine final : public ConcernLine {
    Q_OBJECT
public:
    using ConcernLine::ConcernLine;
    void setItem(const engine::ConcernItem &item, engine::Severity severity);
    [[nodiscard]] QSize sizeHint() const override { return {220, 24}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    engine::ConcernItem m_item;
    engine::Severity m_severity = engine::Severity::Info;
};

} // namespace fairway::ui
