#pragma once

#include "core/base/result.h"

#include <string>
#include <string_view>

namespace fairway::chart {

/// A GnuPG home for one keyring: a folder only this user can read. Goes with all it holds, and ends the agent that gpg may have started in it.
class GnupgHome {
public:
    /// Where it can't be made, path() is empty.
    GnupgHome();
    ~GnupgHome();
    GnupgHome(const GnupgHome &) = delete;
    GnupgHome &operator=(const GnupgHome &) = delete;

    [[nodiscard]] const std::string &path() const { return m_path; }
    /// Replaces the options that gpg reads there: one a line.
    [[nodiscard]] Result<void> configure(std::string_view options) const;

private:
    void endAgent() const;

    std::string m_path;
};

} // namespace fairway::chart
