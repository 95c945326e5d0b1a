#pragma once

class QString;
class QWidget;

namespace fairway::ui {

/// Opens a dialog with the patch as text, to copy or to save where the object's source lives. Never blocks.
void openExportDialog(QWidget *parent, const QString &object, const QString &fileName, const QString &patch);

} // namespace fairway::ui
