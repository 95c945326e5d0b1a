#pragma once

#include <string>
#include <string_view>

namespace fairway::chart {

/// A new folder for the user alone, removed at the end with all it holds.
/// Threads: one owner.
class TemporaryFolder {
public:
    /// PREFIXrandom in `parent`; in the system's folder for such things when that is empty.
    explicit TemporaryFolder(std::string_view prefix, std::string_view parent = {});
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder &) = delete;
    TemporaryFolder &operator=(const TemporaryFolder &) = delete;

    /// False: the system refused; path() says where.
    [[nodiscard]] bool isMade() const { return m_isMade; }
    [[nodiscard]] const std::string &path() const { return m_path; }

private:
    std::string m_path;
    bool m_isMade = false;
};

} // namespace fairway::chart
