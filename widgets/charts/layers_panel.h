#pragma once

#include "core/engine/chart_types.h"

#include <QWidget>

class QVBoxLayout;

namespace fairway::ui {

/// The layers of values, weakest first: the chart's own, each -f file, the flags. Files can be switched off, moved and taken away.
class LayersPanel final : public QWidget {
    Q_OBJECT
public:
    explicit LayersPanel(QWidget *parent = nullptr);
    void setInputs(const engine::ChartInputs &inputs);
    void setEdited(const QStringList &files);

Q_SIGNALS:
    void inputsEdited(const fairway::engine::ChartInputs &inputs);
    void chosen(const QString &file); ///< "values.yaml", a path, or "--set".
    void addRequested();

private:
    void rebuild();
    void addRow(const QString &file, const QString &title, const QString &note, int index);
    void move(int index, int by);

    engine::ChartInputs m_inputs;
    QStringList m_edited;
    QVBoxLayout *m_rows;
};

} // namespace fairway::ui
