#pragma once

#include "core/engine/chart_library.h"
#include "widgets/common/dialogs.h"

#include <QStringList>

class QListWidget;
class QProgressBar;

namespace fairway::ui {

class TextLabel;

/// Fetches the dependencies of many charts into their charts/ folders, one chart after the other, so that all of them render with no
/// network. Says of each how it went; closing it stops, and leaves the chart at hand as it was.
class OfflineDialog final : public ActionDialog {
    Q_OBJECT
public:
    /// Folders below `root`.
    OfflineDialog(const QString &root, const QStringList &charts, QWidget *parent);

private:
    void begin(const QList<int> &rows);
    void next();
    void take(const QString &problem);
    void setRow(int row, const QString &icon, const QString &words);

    const QString m_root;
    const QStringList m_charts;
    engine::ChartLibrary m_library;
    QList<int> m_waiting; ///< Rows; the first is on its way while the library is busy.
    QList<int> m_failed;
    QListWidget *m_list;
    QProgressBar *m_progress;
    TextLabel *m_text;
};

} // namespace fairway::ui
