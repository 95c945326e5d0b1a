#pragma once

#include "core/engine/engine.h"
#include "widgets/theme/theme.h"

#include <QString>
#include <QStringList>

namespace fairway::ui {

struct Options {
    engine::EngineOptions engine;
    QString scheme;     ///< "dark", "light", "desktop"; empty: as remembered.
    QString language;   ///< "zh_CN", "en"; empty: as remembered, else the desktop's.
    QString screenshot; ///< Picture to write once the window has something to show; then the program ends.
    QString chart;      ///< Chart to open: a folder or a .tgz.
    QString open;       ///< Target to open: "routes:VirtualService/shop/reviews".
    QSize size;         ///< Of the window; empty: as remembered.
};

/// Reads the command line. Prints help, version or what is wrong and ends the program where that is all there is to do.
[[nodiscard]] Options readOptions(const QStringList &arguments);
[[nodiscard]] SchemeChoice schemeFrom(const QString &name);

} // namespace fairway::ui
