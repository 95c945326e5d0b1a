#pragma once

#include "core/chart/value_form.h"

#include <QString>

/// What the form says about a field, in the user's language.
namespace fairway::ui {

/// The schema's title, else the name; "Item 3" in a list.
[[nodiscard]] QString fieldTitle(const chart::FieldFacts &field, bool isItem);
/// "1 to 10, in steps of 5", "at least 1 character, matches ^[a-z]+$"; empty: anything.
[[nodiscard]] QString fieldBounds(const chart::FieldFacts &field);
/// "whole number", "text"…
[[nodiscard]] QString fieldKindName(chart::FieldFacts::Kind kind);
/// A fault of ours in the user's language; those of the schema stay as Helm says them.
[[nodiscard]] QString faultText(const std::string &fault);

} // namespace fairway::ui
