#pragma once

#include <QList>
#include <QPair>
#include <QString>

class QAction;
class QWidget;

namespace fairway::ui {

/// Opens the list of keys: each group with its actions that have a shortcut.
void openKeySheet(QWidget *parent, const QList<QPair<QString, QList<QAction *>>> &groups);

} // namespace fairway::ui
