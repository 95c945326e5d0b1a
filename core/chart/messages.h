#pragma once

#include "core/chart/helm_version.h"

#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace fairway::chart {

/// What Helm says on standard error besides results and errors, a line at a time, in the form of the version in use:
/// `level=WARN msg="…" key=value` (log/slog's text handler) or `coalesce.go:301: warning: …` (log with the place in Helm's sources).
///
/// Threads: one at a time.
class Messages {
public:
    using Attributes = std::initializer_list<std::pair<std::string_view, std::string_view>>;

    /// `write` gets lines without their line break; empty: nothing is said.
    explicit Messages(HelmVersion version, std::function<void(std::string_view line)> write = {})
        : m_version(version)
        , m_write(std::move(write))
    {
    }

    [[nodiscard]] HelmVersion version() const { return m_version; }

    /// `level` as slog prints it: "WARN". For Helm 4.
    void structured(std::string_view level, std::string_view message, Attributes attributes = {}) const;
    /// `place` is file and line in Helm 3's sources. For Helm 3.
    void plain(std::string_view place, std::string_view message) const;
    /// What both say with log.Printf, which Helm 4 sends through slog as INFO.
    void printed(std::string_view place, std::string_view message) const;

private:
    void write(std::string_view line) const;

    HelmVersion m_version;
    std::function<void(std::string_view)> m_write;
};

} // namespace fairway::chart
