#pragma once

#include "core/engine/engine.h"

#include <QElapsedTimer>
#include <QObject>
#include <QString>

class QWidget;

namespace fairway::ui {

/// Writes a picture of the window once the cluster has been read, or the chart that is open rendered (at most 30 s later), then ends the program: 0 when
/// everything was there, 1 when the picture shows an unfinished state, 2 when it can't be written.
class Shot final : public QObject {
    Q_OBJECT
public:
    Shot(QWidget &window, engine::Engine &engine, QString file, QObject *parent = nullptr);

private:
    void look();
    void take(bool isComplete);

    QWidget &m_window;
    engine::Engine &m_engine;
    QString m_file;
    QElapsedTimer m_clock;
    bool m_isTaken = false;
};

} // namespace fairway::ui
