#pragma once

#include "widgets/charts/code_editor.h"

#include <QRect>

class QPainter;

namespace fairway::ui {

/// What is painted over an editor's lines, which QScintilla has no means for.

/// Words at the right end of a line, as far as they have room in `room`.
void paintNote(QPainter &painter, const LineMark &mark, const QRect &room);
/// Over the first line of a document. `count`: of all documents, so that their numbers stand below each other.
void paintHeader(QPainter &painter, const LineHeader &header, const QRect &row, qsizetype count, bool isFolded);

} // namespace fairway::ui
