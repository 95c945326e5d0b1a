#include "core/chart/temporary_folder.h"

#include "core/base/random.h"

#include <filesystem>
#include <sys/stat.h>

namespace fairway::chart {

TemporaryFolder::TemporaryFolder(std::string_view prefix, std::string_view parent)
{
    std::error_code code;
    const std::filesystem::path folder = parent.empty() ? std::filesystem::temp_directory_path(code) : std::filesystem::path(parent);
    m_path = (folder / (std::string(prefix) + randomHex(8))).string();
    m_isMade = ::mkdir(m_path.c_str(), 0700) == 0;
}

TemporaryFolder::~TemporaryFolder()
{
    std::error_code code;
    if (m_isMade)
        std::filesystem::remove_all(m_path, code);
}

} // namespace fairway::chart
