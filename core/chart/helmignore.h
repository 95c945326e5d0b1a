#pragma once

#include "core/base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace fairway::chart {

/// The rules of a .helmignore file: which files of a folder belong to no chart.
///
/// Shape:   a rule per line, `#` comments; without a slash it is held against the last part of a path, else against the whole; a slash
///          at its end: folders only; `!` in front: everything that does not match is ignored, as Helm has it.
/// Source:  Helm's documentation of .helmignore, and its behaviour.
class IgnoreRules {
public:
    /// Only Helm's own rule: dotfiles in templates/.
    IgnoreRules();
    /// Errors: InvalidInput in Helm's words ("double-star (**) syntax is not supported").
    [[nodiscard]] static Result<IgnoreRules> parse(std::string_view text);

    /// `path` is relative to the chart, with slashes.
    [[nodiscard]] bool ignores(std::string_view path, bool isFolder) const;

private:
    struct Rule {
        std::string pattern;
        bool isNegated = false;
        bool wantsFolder = false;
        bool comparesWholePath = false;
    };
    [[nodiscard]] Result<void> add(std::string_view line);

    std::vector<Rule> m_rules;
};

} // namespace fairway::chart
