#include "core/chart/tar_reader.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>

namespace fairway::chart {

namespace {

constexpr std::size_t blockBytes = 512;
constexpr std::uint64_t maxSpecialBytes = std::uint64_t {1} << 20; // of long names and PAX records, as in archive/tar
constexpr std::int64_t folderMode = 040000;
constexpr std::int64_t typeMode = 0170000;

using Block = std::array<char, blockBytes>;

tl::unexpected<Error> badHeader()
{
    return fail(ErrorCode::InvalidInput, "archive/tar: invalid tar header");
}

std::string_view field(const Block &block, std::size_t offset, std::size_t size)
{
    return {block.data() + offset, size};
}

/// Up to the first NUL.
std::string_view text(const Block &block, std::size_t offset, std::size_t size)
{
    const std::string_view whole = field(block, offset, size);
    return whole.substr(0, whole.find('\0'));
}

/// Octal digits, or GNU's binary form. Nothing when malformed.
std::optional<std::int64_t> number(std::string_view digits)
{
    if (!digits.empty() && (static_cast<unsigned char>(digits[0]) & 0x80) != 0) {
        const bool isNegative = (static_cast<unsigned char>(digits[0]) & 0x40) != 0;
        std::uint64_t value = isNegative ? ~std::uint64_t {0} : 0;
        for (std::size_t i = 0; i < digits.size(); ++i) {
            const unsigned char byte = static_cast<unsigned char>(digits[i]);
            if ((value >> 56) != (isNegative ? 0xFFU : 0U) && i > 0)
                return std::nullopt;
            value = (value << 8) | (i == 0 ? (isNegative ? byte | 0x80U : byte & 0x7FU) : byte);
        }
        return static_cast<std::int64_t>(value);
    }
    while (!digits.empty() && (digits.front() == ' ' || digits.front() == '\0'))
        digits.remove_prefix(1);
    while (!digits.empty() && (digits.back() == ' ' || digits.back() == '\0'))
        digits.remove_suffix(1);
    if (digits.empty())
        return 0;
    digits = digits.substr(0, digits.find('\0'));
    std::int64_t value = 0;
    const auto [end, code] = std::from_chars(digits.data(), digits.data() + digits.size(), value, 8);
    if (code != std::errc() || end != digits.data() + digits.size())
        return std::nullopt;
    return value;
}

bool hasGoodChecksum(const Block &block)
{
    const std::optional<std::int64_t> stated = number(field(block, 148, 8));
    std::int64_t asUnsigned = 0;
    std::int64_t asSigned = 0;
    for (std::size_t i = 0; i < blockBytes; ++i) {
        const char c = i >= 148 && i < 156 ? ' ' : block[i]; // the sum itself counts as blanks
        asUnsigned += static_cast<unsigned char>(c);
        asSigned += static_cast<signed char>(c);
    }
    return stated && (*stated == asUnsigned || *stated == asSigned);
}

/// "LENGTH KEY=VALUE\n" records. Nothing when malformed.
std::optional<std::map<std::string, std::string>> paxRecords(std::string_view text)
{
    std::map<std::string, std::string> records;
    while (!text.empty()) {
        std::size_t length = 0;
        const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), length);
        const auto digits = static_cast<std::size_t>(end - text.data());
        if (code != std::errc() || length > text.size() || length < digits + 3 || text[digits] != ' ' || text[length - 1] != '\n')
            return std::nullopt;
        const std::string_view record = text.substr(digits + 1, length - digits - 2);
        const std::size_t equals = record.find('=');
        if (equals == std::string_view::npos || equals == 0)
            return std::nullopt;
        records[std::string(record.substr(0, equals))] = record.substr(equals + 1);
        text.remove_prefix(length);
    }
    return records;
}

/// Whole seconds of "1700000000.25".
std::optional<std::int64_t> paxSeconds(std::string_view text)
{
    std::int64_t seconds = 0;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (code != std::errc() || (end != text.data() + text.size() && *end != '.'))
        return std::nullopt;
    return seconds;
}

/// Of these types only the header counts.
bool hasNoData(char type)
{
    return type == '1' || type == '2' || type == '3' || type == '4' || type == '5' || type == '6';
}

} // namespace

Result<bool> TarReader::readBlock(char *block, bool mayEnd)
{
    const Result<std::size_t> read = m_gzip.read(block, blockBytes);
    if (!read)
        return tl::unexpected(read.error());
    if (*read == 0 && mayEnd)
        return false;
    if (*read < blockBytes)
        return fail(ErrorCode::InvalidInput, "unexpected EOF");
    return true;
}

Result<void> TarReader::skip(std::uint64_t bytes)
{
    std::array<char, 16384> sink {};
    while (bytes > 0) {
        const std::size_t piece = static_cast<std::size_t>(std::min<std::uint64_t>(bytes, sink.size()));
        const Result<std::size_t> read = m_gzip.read(sink.data(), piece);
        if (!read)
            return tl::unexpected(read.error());
        if (*read < piece)
            return fail(ErrorCode::InvalidInput, "unexpected EOF");
        bytes -= piece;
    }
    return {};
}

Result<std::string> TarReader::readText(std::uint64_t size)
{
    std::string text(static_cast<std::size_t>(size), '\0');
    const Result<std::size_t> read = m_gzip.read(text.data(), text.size());
    if (!read)
        return tl::unexpected(read.error());
    if (*read < text.size())
        return fail(ErrorCode::InvalidInput, "unexpected EOF");
    return text;
}

Result<std::string> TarReader::readData()
{
    Result<std::string> data = readText(m_dataLeft);
    m_dataLeft = 0;
    return data;
}

Result<std::optional<TarEntry>> TarReader::next()
{
    std::map<std::string, std::string> pax;
    std::optional<std::string> longName;
    for (;;) {
        if (Result<void> skipped = skip(m_dataLeft + m_padding); !skipped)
            return tl::unexpected(skipped.error());
        m_dataLeft = 0;
        m_padding = 0;
        Block block {};
        const Result<bool> more = readBlock(block.data(), true);
        if (!more)
            return tl::unexpected(more.error());
        if (!*more || std::all_of(block.begin(), block.end(), [](char c) { return c == '\0'; }))
            return std::nullopt;
        if (!hasGoodChecksum(block))
            return badHeader();

        TarEntry entry;
        entry.type = block[156] == '\0' ? '0' : block[156];
        const std::optional<std::int64_t> size = number(field(block, 124, 12));
        const std::optional<std::int64_t> time = number(field(block, 136, 12));
        const std::optional<std::int64_t> mode = number(field(block, 100, 8));
        if (!size || *size < 0 || !time || !mode)
            return badHeader();
        entry.size = static_cast<std::uint64_t>(*size);
        entry.modifiedSeconds = *time;
        entry.name = text(block, 0, 100);
        if (field(block, 257, 6) == std::string_view("ustar\0", 6)) {
            if (const std::string_view prefix = text(block, 345, 155); !prefix.empty())
                entry.name = std::string(prefix) + "/" + entry.name;
        }

        const auto padded = [](std::uint64_t bytes) { return (blockBytes - bytes % blockBytes) % blockBytes; };
        if (entry.type == 'x' || entry.type == 'L' || entry.type == 'K' || entry.type == 'g') {
            if (entry.size > maxSpecialBytes)
                return fail(ErrorCode::InvalidInput, "archive/tar: header field too long");
            m_padding = padded(entry.size);
            Result<std::string> content = readText(entry.size);
            if (!content)
                return tl::unexpected(content.error());
            if (entry.type == 'L')
                longName = content->substr(0, content->find('\0'));
            if (entry.type == 'x') {
                std::optional<std::map<std::string, std::string>> records = paxRecords(*content);
                if (!records)
                    return badHeader();
                pax = std::move(*records);
            }
            if (entry.type != 'g')
                continue;
            entry.size = 0;
            return entry;
        }

        if (longName)
            entry.name = *longName;
        if (const auto found = pax.find("path"); found != pax.end() && !found->second.empty())
            entry.name = found->second;
        if (const auto found = pax.find("mtime"); found != pax.end() && !found->second.empty()) {
            const std::optional<std::int64_t> seconds = paxSeconds(found->second);
            if (!seconds)
                return badHeader();
            entry.modifiedSeconds = *seconds;
        }
        if (const auto found = pax.find("size"); found != pax.end() && !found->second.empty()) {
            const std::string &digits = found->second;
            const auto [end, code] = std::from_chars(digits.data(), digits.data() + digits.size(), entry.size);
            if (code != std::errc() || end != digits.data() + digits.size() || entry.size > std::uint64_t {1} << 62)
                return badHeader();
        }
        if (entry.name.find('\0') != std::string::npos)
            return badHeader();
        if (block[156] == '\0' && entry.name.ends_with('/'))
            entry.type = '5';
        entry.isFolder = entry.type == '5' || (*mode & typeMode) == folderMode;
        if (hasNoData(entry.type))
            entry.size = 0;
        m_dataLeft = entry.size;
        m_padding = padded(entry.size);
        return entry;
    }
}

} // namespace fairway::chart
