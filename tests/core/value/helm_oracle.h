#pragma once

#include <optional>
#include <string>
#include <vector>

/// The real helm as oracle: one run answers for thousands of texts.
///
/// FAIRWAY_HELM names the binary; without it, or when it can't be run, path() is empty and tests skip, saying so.
class HelmOracle {
public:
    [[nodiscard]] static std::optional<HelmOracle> find();

    /// `{{ $text | EXPRESSION }}` for each text; nothing when helm failed as a whole (`complaint` says why).
    [[nodiscard]] std::optional<std::vector<std::string>> evaluate(const std::string &expression,
        const std::vector<std::string> &texts, std::string &complaint) const;

private:
    std::string m_path;
};
