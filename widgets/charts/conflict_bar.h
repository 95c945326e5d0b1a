#pragma once

#include "core/engine/charts.h"

#include <QWidget>

namespace fairway::ui {

class ElidedLabel;

/// Says that a file was changed here and on the disk, and asks which one counts.
class ConflictBar final : public QWidget {
    Q_OBJECT
public:
    explicit ConflictBar(engine::ChartService &charts);
    void setFile(const QString &file); ///< Shows itself when the file is in conflict.

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    engine::ChartService &m_charts;
    ElidedLabel *m_text;
    QString m_file;
};

} // namespace fairway::ui
