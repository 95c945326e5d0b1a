#include "core/chart/gzip_reader.h"

#include <zlib.h>

#include <algorithm>
#include <string>

namespace fairway::chart {

struct GzipReader::Stream {
    z_stream z {};
    bool isOpen = false;
    bool isFinished = false;
    std::string error;
};

namespace {

constexpr int gzipWindow = 15 + 16; // the largest window, and a gzip header

bool isGzipMember(std::string_view text)
{
    return text.size() >= 3 && text[0] == '\x1f' && text[1] == '\x8b' && text[2] == '\x08';
}

} // namespace

GzipReader::GzipReader(std::string_view compressed)
    : m_stream(std::make_unique<Stream>())
{
    if (compressed.size() < 10) {
        m_stream->error = compressed.empty() ? "EOF" : "unexpected EOF";
        return;
    }
    if (!isGzipMember(compressed)) {
        m_stream->error = "gzip: invalid header";
        return;
    }
    z_stream &z = m_stream->z;
    z.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(compressed.data())); // zlib reads only
    z.avail_in = static_cast<uInt>(std::min<std::size_t>(compressed.size(), 0x7FFFFFFF));
    m_stream->isOpen = inflateInit2(&z, gzipWindow) == Z_OK;
    if (!m_stream->isOpen)
        m_stream->error = "out of memory";
}

GzipReader::~GzipReader()
{
    if (m_stream->isOpen)
        inflateEnd(&m_stream->z);
}

Result<std::size_t> GzipReader::read(char *buffer, std::size_t size)
{
    Stream &stream = *m_stream;
    z_stream &z = stream.z;
    std::size_t filled = 0;
    while (stream.error.empty() && !stream.isFinished && filled < size) {
        const auto room = static_cast<uInt>(std::min<std::size_t>(size - filled, 0x40000000));
        z.next_out = reinterpret_cast<Bytef *>(buffer + filled);
        z.avail_out = room;
        const int code = inflate(&z, Z_NO_FLUSH);
        filled += room - z.avail_out;
        if (code == Z_STREAM_END) {
            const std::string_view rest(reinterpret_cast<const char *>(z.next_in), z.avail_in);
            if (rest.empty())
                stream.isFinished = true;
            else if (!isGzipMember(rest) || inflateReset(&z) != Z_OK)
                stream.error = "gzip: invalid header";
        } else if (code == Z_BUF_ERROR || (code == Z_OK && z.avail_in == 0 && z.avail_out > 0)) {
            stream.error = "unexpected EOF";
        } else if (code != Z_OK) {
            const std::string_view why = z.msg ? z.msg : "";
            if (why == "incorrect data check" || why == "incorrect length check")
                stream.error = "gzip: invalid checksum";
            else
                stream.error = "flate: corrupt input before offset " + std::to_string(z.total_in);
        }
    }
    if (!stream.error.empty())
        return fail(ErrorCode::InvalidInput, stream.error);
    return filled;
}

} // namespace fairway::chart
