#pragma once

#include <zlib.h>

#include <array>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

namespace fairway::chart::test {

/// One member of an archive as somebody may have made it: nothing is checked.
struct TarMember {
    std::string name;
    std::string data;
    char type = '0'; ///< '0' file, '1' link, '2' symbolic link, '5' folder.
    std::string target {};
};

/// An archive in the ustar form.
inline std::string tarOf(const std::vector<TarMember> &members)
{
    std::string out;
    for (const TarMember &member : members) {
        std::string header(512, '\0');
        const auto put = [&](std::size_t at, std::string_view text) { header.replace(at, text.size(), text); };
        put(0, std::string_view(member.name).substr(0, 100));
        put(100, "0000644");
        put(108, "0000000");
        put(116, "0000000");
        std::array<char, 12> size {};
        std::snprintf(size.data(), size.size(), "%011o", static_cast<unsigned>(member.data.size()));
        put(124, size.data());
        put(136, "00000000000");
        put(148, "        ");
        header[156] = member.type;
        put(157, member.target);
        put(257, std::string_view("ustar\00000", 8));
        unsigned sum = 0;
        for (const char c : header)
            sum += static_cast<unsigned char>(c);
        std::array<char, 8> checksum {};
        std::snprintf(checksum.data(), checksum.size(), "%06o", sum);
        put(148, std::string_view(checksum.data(), 7));
        out += header + member.data + std::string((512 - member.data.size() % 512) % 512, '\0');
    }
    return out + std::string(1024, '\0');
}

inline std::string gzipOf(const std::string &text)
{
    z_stream stream {};
    constexpr int gzip = 15 + 16;
    if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, gzip, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        return {};
    std::string out(text.size() + 1024, '\0');
    std::string in = text;
    stream.next_in = reinterpret_cast<Bytef *>(in.data());
    stream.avail_in = static_cast<uInt>(in.size());
    stream.next_out = reinterpret_cast<Bytef *>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

inline std::string tgzOf(const std::vector<TarMember> &members)
{
    return gzipOf(tarOf(members));
}

} // namespace fairway::chart::test
