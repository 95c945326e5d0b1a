#pragma once

#include "core/engine/chart_types.h"

#include <QWidget>

class QHBoxLayout;

namespace fairway::ui {

/// Where the chosen line comes from, left to right: output line, template line, value, its layers with the one that wins.
class OriginStrip final : public QWidget {
    Q_OBJECT
public:
    explicit OriginStrip(QWidget *parent = nullptr);
    /// `lineText` is the output's line. With line 0 it says what can be clicked.
    void setOrigin(const engine::LineOrigin &origin, const QString &lineText);

Q_SIGNALS:
    void placeChosen(const fairway::engine::ChartPlace &place);
    void flagChosen(int setIndex);
    void dropFlagRequested(int setIndex);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void clear();
    void addArrow();
    void addStep(const QString &title, const QString &text, const engine::ChartPlace &place, const QString &toolTip = {});
    void addLayers(const engine::ValueOrigin &value);

    QHBoxLayout *m_row;
};

} // namespace fairway::ui
