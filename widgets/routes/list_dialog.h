#pragma once

#include <QStringList>

class QWidget;

namespace fairway::ui {

/// Opens a dialog that only tells: lines to be read, chosen and copied. `name` is what a screen reader calls the list.
void openListDialog(QWidget *parent, const QString &title, const QString &text, const QString &name, const QStringList &lines);

} // namespace fairway::ui
