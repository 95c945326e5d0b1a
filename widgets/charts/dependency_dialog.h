#pragma once

#include "core/engine/chart_library.h"
#include "widgets/common/dialogs.h"

class QProgressBar;

namespace fairway::ui {

class TextLabel;

/// Fetches a chart's dependencies into its charts/ and goes when they are there; the page sees them by itself.
class DependencyDialog final : public ActionDialog {
    Q_OBJECT
public:
    DependencyDialog(const QString &chart, const QString &name, QWidget *parent);

private:
    engine::ChartLibrary m_library;
    QProgressBar *m_progress;
    TextLabel *m_text;
};

} // namespace fairway::ui
