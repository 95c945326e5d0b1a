#pragma once

#include "core/engine/charts.h"

class QWidget;

namespace fairway::ui {

/// Opens the dialog for what a chart is rendered with besides values: release, namespace, Helm's version, the cluster's profile, objects
/// for `lookup`. Changes show at once behind it; Cancel takes them back.
void openRenderSettings(QWidget *parent, engine::ChartService &charts);

/// "Helm 4 · Kubernetes 1.33 · checkout in shop"
[[nodiscard]] QString renderSettingsText(const engine::ChartInputs &inputs);

} // namespace fairway::ui
