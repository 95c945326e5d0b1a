#pragma once

class QCoreApplication;
class QString;

namespace fairway::ui {

/// Installs our translation and Qt's own for `language` ("zh_CN"; "en" installs none; empty: the desktop's).
void installLanguage(QCoreApplication &application, const QString &language);

} // namespace fairway::ui
