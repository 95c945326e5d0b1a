#pragma once

#include "core/base/result.h"
#include "core/chart/gzip_reader.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fairway::chart {

/// One entry of a tar archive, its data still to be read.
struct TarEntry {
    std::string name;
    char type = '0';         ///< As in the header: '0' file, '5' folder, '1' and '2' links, 'g' global settings.
    bool isFolder = false;
    std::uint64_t size = 0;  ///< Of the data that follows.
    std::int64_t modifiedSeconds = 0;
};

/// Walks a compressed tar archive: old, ustar, PAX and GNU headers.
///
/// Shape:   next() until it gives nothing; readData() at most once per entry, what is left is skipped.
/// Errors:  InvalidInput in the words of Go's archive/tar, or of GzipReader.
/// Threads: one owner.
class TarReader {
public:
    explicit TarReader(std::string_view compressed)
        : m_gzip(compressed)
    {
    }

    [[nodiscard]] Result<std::optional<TarEntry>> next();
    /// The entry's data; the caller has checked its size.
    [[nodiscard]] Result<std::string> readData();

private:
    [[nodiscard]] Result<bool> readBlock(char *block, bool mayEnd);
    [[nodiscard]] Result<void> skip(std::uint64_t bytes);
    [[nodiscard]] Result<std::string> readText(std::uint64_t size);

    GzipReader m_gzip;
    std::uint64_t m_dataLeft = 0;
    std::uint64_t m_padding = 0;
};

} // namespace fairway::chart
