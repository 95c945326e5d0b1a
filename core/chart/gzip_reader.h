#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <memory>
#include <string_view>

namespace fairway::chart {

/// Decompresses a gzip text held in memory, as much at a time as is asked for, so that what a bomb would become is never held.
///
/// Errors:  InvalidInput in the words of Go's compress/gzip ("gzip: invalid header", "unexpected EOF").
/// Source:  RFC 1952; several members one after the other are one text.
/// Threads: one owner. The text must outlive the reader.
class GzipReader {
public:
    explicit GzipReader(std::string_view compressed);
    ~GzipReader();
    GzipReader(const GzipReader &) = delete;
    GzipReader &operator=(const GzipReader &) = delete;

    /// Fills `buffer` as far as there is text; fewer bytes only at the end.
    [[nodiscard]] Result<std::size_t> read(char *buffer, std::size_t size);

private:
    struct Stream;
    std::unique_ptr<Stream> m_stream;
};

} // namespace fairway::chart
