#pragma once

#include "core/engine/types.h"
#include "core/operate/diff.h"
#include "core/operate/journal.h"

/// What the write path says, in the window's types and words. Pure.
namespace fairway::engine {

[[nodiscard]] DiffLine toLine(const operate::DiffLine &line);
/// A unified diff, or a text all of whose lines are added.
[[nodiscard]] QList<DiffLine> linesOfUnified(std::string_view diff);
[[nodiscard]] QList<DiffLine> addedLines(std::string_view text);
[[nodiscard]] JournalEntry toEntry(const operate::JournalEntry &entry);

} // namespace fairway::engine
