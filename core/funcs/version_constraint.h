#pragma once

#include "core/base/result.h"
#include "core/funcs/semver.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace fairway::funcs {

/// What a version must satisfy: ">= 1.2, < 3 || ^4.x || 1.0 - 1.4".
///
/// Shape:   groups joined by `||`; the conditions of a group, separated by comma or blank, must all hold. Operators: none
///          and `=`, `!=`, `>`, `<`, `>=`, `=>`, `<=`, `=<`, `~`, `~>`, `^`; `x`, `X`, `*` or a missing number is any.
///          Prereleases satisfy a group only when one of its conditions names a prerelease (3.3: each condition for itself).
/// Source:  Masterminds/semver's README and behaviour.
class VersionConstraint {
public:
    /// Errors: InvalidInput in Masterminds' words ("improper constraint: 1.2.3.4"), LimitExceeded above 4096 bytes.
    [[nodiscard]] static Result<VersionConstraint> parse(std::string_view text, SemverRelease release = SemverRelease::V34);

    [[nodiscard]] bool check(const SemanticVersion &version) const;

private:
    enum class Operator : std::uint8_t { Equal, NotEqual, Greater, Less, GreaterEqual, LessEqual, Tilde, Caret };
    struct Condition {
        Operator op = Operator::Equal;
        SemanticVersion bound;
        bool isAnyPart = false;  ///< A number is missing or `x`.
        bool isAnyMinor = false;
        bool isAnyPatch = false;
    };
    struct Group {
        std::vector<Condition> conditions;
        bool namesPrerelease = false;
    };

    [[nodiscard]] static Result<Group> parseGroup(std::string_view text, SemverRelease release);
    [[nodiscard]] bool holds(const Condition &condition, const Group &group, const SemanticVersion &version) const;
    [[nodiscard]] static bool notEqual(const Condition &condition, const SemanticVersion &version);
    [[nodiscard]] static bool greater(const Condition &condition, const SemanticVersion &version);
    [[nodiscard]] static bool lessOrEqual(const Condition &condition, const SemanticVersion &version);
    [[nodiscard]] static bool tilde(const Condition &condition, const SemanticVersion &version);
    [[nodiscard]] static bool caret(const Condition &condition, const SemanticVersion &version);

    std::vector<Group> m_groups;
    SemverRelease m_release = SemverRelease::V34;
};

} // namespace fairway::funcs
