#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace fairway::funcs {

/// Which release of Masterminds/semver to agree with: they differ in prereleases and in the words of errors.
enum class SemverRelease : std::uint8_t {
    V33, ///< 3.3, which Helm 3.17 links.
    V34, ///< 3.4, which Helm 4.1 links.
};

/// A semantic version: three numbers, a prerelease, build metadata.
///
/// Source:  semver.org 2.0, read as leniently as Masterminds/semver does.
/// Threads: a value; any.
class SemanticVersion {
public:
    /// 0.0.0
    SemanticVersion() = default;

    /// Accepts a leading `v`, leading zeros, and one or two numbers ("v1.2" is 1.2.0).
    /// Errors: InvalidInput in Masterminds' words ("invalid semantic version").
    [[nodiscard]] static Result<SemanticVersion> parse(std::string_view text, SemverRelease release = SemverRelease::V34);
    /// Accepts only what the specification allows. Errors: InvalidInput, which name the fault.
    [[nodiscard]] static Result<SemanticVersion> parseStrict(std::string_view text, SemverRelease release = SemverRelease::V34);

    [[nodiscard]] std::uint64_t major() const { return m_major; }
    [[nodiscard]] std::uint64_t minor() const { return m_minor; }
    [[nodiscard]] std::uint64_t patch() const { return m_patch; }
    [[nodiscard]] const std::string &prerelease() const { return m_prerelease; }
    [[nodiscard]] const std::string &metadata() const { return m_metadata; }
    /// The text it was read from.
    [[nodiscard]] const std::string &original() const { return m_original; }
    /// In full and without a leading `v`: "1.2.0-beta.1+build".
    [[nodiscard]] std::string toString() const;

    /// Precedence by section 11 of the specification; metadata does not count. Negative, 0 or positive.
    [[nodiscard]] int compare(const SemanticVersion &other) const;

    /// Of a prerelease the release it leads to; else the next patch. None keeps prerelease or metadata.
    [[nodiscard]] SemanticVersion nextPatch() const;
    [[nodiscard]] SemanticVersion nextMinor() const;
    [[nodiscard]] SemanticVersion nextMajor() const;
    [[nodiscard]] Result<SemanticVersion> withPrerelease(std::string_view prerelease, SemverRelease release = SemverRelease::V34) const;
    [[nodiscard]] Result<SemanticVersion> withMetadata(std::string_view metadata, SemverRelease release = SemverRelease::V34) const;

private:
    /// The original of a version made from another one keeps its leading `v`.
    [[nodiscard]] SemanticVersion renamed(const SemanticVersion &from) &&;

    std::uint64_t m_major = 0;
    std::uint64_t m_minor = 0;
    std::uint64_t m_patch = 0;
    std::string m_prerelease;
    std::string m_metadata;
    std::string m_original;
};

} // namespace fairway::funcs
