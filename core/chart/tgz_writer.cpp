#include "core/chart/tgz_writer.h"

#include "core/chart/paths.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <optional>

namespace fairway::chart {

namespace {

constexpr std::size_t blockBytes = 512;
constexpr std::size_t nameBytes = 100;
constexpr std::size_t prefixBytes = 155;
constexpr std::uint64_t maxFileBytes = (std::uint64_t {1} << 33) - 1; // eleven octal digits

using Block = std::array<char, blockBytes>;

bool isAscii(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return c > 0 && c <= 0x7E; });
}

std::string asciiOf(std::string_view text)
{
    std::string out;
    for (const char c : text) {
        if (c > 0 && c <= 0x7E)
            out += c;
    }
    return out;
}

void put(Block &block, std::size_t offset, std::size_t size, std::string_view text)
{
    std::copy_n(text.data(), std::min(size, text.size()), block.data() + offset);
}

/// Octal digits with zeros in front and a NUL behind, `size` bytes in all.
void putNumber(Block &block, std::size_t offset, std::size_t size, std::uint64_t number)
{
    block[offset + size - 1] = '\0';
    for (std::size_t i = size - 1; i-- > 0; number /= 8)
        block[offset + i] = static_cast<char>('0' + number % 8);
}

void putChecksum(Block &block)
{
    put(block, 148, 8, "        ");
    std::uint64_t sum = 0;
    for (const char c : block)
        sum += static_cast<unsigned char>(c);
    putNumber(block, 148, 7, sum);
    block[155] = ' ';
}

struct SplitName {
    std::string prefix;
    std::string name;
};

/// A long name in ustar's two fields. Nothing when it doesn't fit.
std::optional<SplitName> split(const std::string &name)
{
    if (!isAscii(name))
        return std::nullopt;
    if (name.size() <= nameBytes)
        return SplitName {{}, name};
    const std::size_t slash = name.rfind('/', std::min(name.size(), prefixBytes + 1) - 1);
    if (slash == std::string::npos || slash == 0 || name.size() - slash - 1 > nameBytes || slash + 1 == name.size())
        return std::nullopt;
    return SplitName {name.substr(0, slash), name.substr(slash + 1)};
}

/// "LENGTH path=NAME\n", where the length counts itself.
std::string pathRecord(const std::string &name)
{
    const std::string rest = " path=" + name + "\n";
    std::size_t length = rest.size();
    for (std::size_t digits = 0; digits != std::to_string(length).size();) {
        digits = std::to_string(length).size();
        length = rest.size() + digits;
    }
    return std::to_string(length) + rest;
}

Block header(const SplitName &name, std::size_t size, std::int64_t modifiedSeconds)
{
    Block block {};
    put(block, 0, nameBytes, name.name);
    putNumber(block, 100, 8, 0644);
    putNumber(block, 108, 8, 0);
    putNumber(block, 116, 8, 0);
    putNumber(block, 124, 12, size);
    putNumber(block, 136, 12, static_cast<std::uint64_t>(std::max<std::int64_t>(modifiedSeconds, 0)));
    block[156] = '0';
    put(block, 257, 8, std::string_view("ustar\00000", 8));
    putNumber(block, 329, 8, 0);
    putNumber(block, 337, 8, 0);
    put(block, 345, prefixBytes, name.prefix);
    putChecksum(block);
    return block;
}

/// Before a file whose name the next header can't hold.
Block paxHeader(const std::string &name, std::size_t size)
{
    const std::size_t slash = name.rfind('/');
    const std::string folder = slash == std::string::npos ? "" : name.substr(0, slash);
    const std::string plain = asciiOf(joinPath(joinPath(folder, "PaxHeaders.0"), name.substr(slash == std::string::npos ? 0 : slash + 1)));
    Block block {};
    put(block, 0, nameBytes, plain);
    putNumber(block, 100, 8, 0);
    putNumber(block, 108, 8, 0);
    putNumber(block, 116, 8, 0);
    putNumber(block, 124, 12, size);
    putNumber(block, 136, 12, 0);
    block[156] = 'x';
    put(block, 257, 8, std::string_view("ustar\00000", 8));
    putChecksum(block);
    return block;
}

} // namespace

struct TgzWriter::Stream {
    z_stream zip {};
    gz_header header {};
    std::string extra = "+aHR0cHM6Ly95b3V0dS5iZS96OVV6MWljandyTQo=";
    std::string comment = "Helm";
};

TgzWriter::TgzWriter()
    : m_stream(std::make_unique<Stream>())
{
    [[maybe_unused]] const int made
        = ::deflateInit2(&m_stream->zip, Z_DEFAULT_COMPRESSION, Z_DEFLATED, MAX_WBITS + 16, MAX_MEM_LEVEL, Z_DEFAULT_STRATEGY);
    assert(made == Z_OK);
    gz_header &head = m_stream->header;
    head.os = 255; // unknown, as Go says
    head.extra = reinterpret_cast<Bytef *>(m_stream->extra.data());
    head.extra_len = static_cast<uInt>(m_stream->extra.size());
    head.comment = reinterpret_cast<Bytef *>(m_stream->comment.data());
    ::deflateSetHeader(&m_stream->zip, &head);
}

TgzWriter::~TgzWriter()
{
    ::deflateEnd(&m_stream->zip);
}

void TgzWriter::compress(std::string_view bytes, bool isLast)
{
    z_stream &zip = m_stream->zip;
    std::array<char, 65536> buffer;
    while (!bytes.empty() || isLast) {
        const std::size_t count = std::min<std::size_t>(bytes.size(), std::size_t {1} << 30);
        std::string part(bytes.substr(0, count)); // zlib's interface lacks a const
        zip.next_in = reinterpret_cast<Bytef *>(part.data());
        zip.avail_in = static_cast<uInt>(count);
        bytes.remove_prefix(count);
        int state = Z_OK;
        do {
            zip.next_out = reinterpret_cast<Bytef *>(buffer.data());
            zip.avail_out = static_cast<uInt>(buffer.size());
            state = ::deflate(&zip, isLast && bytes.empty() ? Z_FINISH : Z_NO_FLUSH);
            m_out.append(buffer.data(), buffer.size() - zip.avail_out);
        } while (zip.avail_out == 0 && state != Z_STREAM_END);
        if (bytes.empty())
            return;
    }
}

void TgzWriter::pad(std::size_t size)
{
    const Block zeros {};
    if (size % blockBytes != 0)
        compress({zeros.data(), blockBytes - size % blockBytes});
}

Result<void> TgzWriter::add(const std::string &name, std::string_view data, std::int64_t modifiedSeconds)
{
    if (data.size() > maxFileBytes)
        return fail(ErrorCode::LimitExceeded, name + " is too large for a tar archive");
    std::optional<SplitName> fitting = split(name);
    if (!fitting) {
        const std::string record = pathRecord(name);
        const Block head = paxHeader(name, record.size());
        compress({head.data(), head.size()});
        compress(record);
        pad(record.size());
        fitting = SplitName {{}, asciiOf(name)};
    }
    const Block head = header(*fitting, data.size(), modifiedSeconds);
    compress({head.data(), head.size()});
    compress(data);
    pad(data.size());
    return {};
}

std::string TgzWriter::finish()
{
    const Block zeros {};
    compress({zeros.data(), zeros.size()});
    compress({zeros.data(), zeros.size()}, true);
    return std::move(m_out);
}

} // namespace fairway::chart
