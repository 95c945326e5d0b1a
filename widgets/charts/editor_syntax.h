#pragma once

namespace fairway::ui {

/// What a text is coloured and folded by.
enum class Syntax {
    Yaml,     ///< Values.
    Template, ///< YAML with {{ actions }}.
    Stream,   ///< Rendered documents: each folds at its `---`.
    Plain
};

} // namespace fairway::ui
