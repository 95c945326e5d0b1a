#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace fairway::chart {

/// Writes a compressed tar archive of regular files as Helm writes charts: the same files give the same bytes, whatever the time.
///
/// Shape:   add() in the archive's order, then finish() once. Headers are ustar's; PAX where a name doesn't fit (not ASCII, or long
///          without a slash in the right place), as Go's archive/tar chooses. Mode 0644, no owner.
/// Errors:  LimitExceeded: larger than tar's 8 GiB for one file.
/// Threads: one owner.
/// Source:  POSIX pax; RFC 1952 with Helm's comment and extra field.
class TgzWriter {
public:
    TgzWriter();
    ~TgzWriter();
    TgzWriter(const TgzWriter &) = delete;
    TgzWriter &operator=(const TgzWriter &) = delete;

    [[nodiscard]] Result<void> add(const std::string &name, std::string_view data, std::int64_t modifiedSeconds);
    [[nodiscard]] std::string finish();

private:
    struct Stream;
    void compress(std::string_view bytes, bool isLast = false);
    void pad(std::size_t size);

    std::unique_ptr<Stream> m_stream;
    std::string m_out;
};

} // namespace fairway::chart
