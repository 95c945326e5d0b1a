#pragma once

#include "core/chart/value_form.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fairway::chart {

/// Where in a text of values something is typed.
struct CompletionPlace {
    std::vector<std::string> steps;   ///< To the map the line stands in, items of lists by their number: {"image"}, {"env", "0"}.
    std::vector<std::string> present; ///< Keys that this map has in other lines.
    std::string key;                  ///< Whose value is typed; empty: a key is.
    std::string typed;                ///< From the start of that key or value to the caret.
    std::size_t indent = 0;           ///< Column of the map's keys.
    std::size_t unit = 2;             ///< By how much the text indents.
};

/// `line` counts from 0, `column` in bytes. By the lines' indentation alone, so that it works while the text is no YAML.
/// Nothing where neither a key nor a value on its key's line can stand: comments, flow style, lines of a block scalar.
[[nodiscard]] std::optional<CompletionPlace> completionPlace(std::string_view text, std::size_t line, std::size_t column);

/// One thing that may be typed at a place.
struct Completion {
    std::string name;   ///< The key, or the value as YAML.
    std::string insert; ///< Instead of what was typed: a key with its colon, and for what goes on below it the next line's indentation.
    bool isKey = true;
    FieldFacts::Kind kind = FieldFacts::Kind::Any;
    bool isRequired = false;
    bool isDeprecated = false;
    bool isPreset = false;  ///< This value is the default.
    std::string preset;     ///< A key's default in one line, shortened; empty: none.
    std::string help;
};

/// What the form's fields say may stand there: keys the map doesn't have yet, required ones first, else in the form's order; of a value
/// its choices, true and false, the default. Those that don't contain what was typed are left out, those that begin with it come first.
[[nodiscard]] std::vector<Completion> completionsAt(const FormField &root, const CompletionPlace &place);

} // namespace fairway::chart
