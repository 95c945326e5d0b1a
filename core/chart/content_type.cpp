#include "core/chart/content_type.h"

#include <algorithm>

namespace fairway::chart {

namespace {

struct Signature {
    std::string_view bytes;
    std::string_view type;
};

using namespace std::string_view_literals;

constexpr Signature signatures[] = {
    {"%PDF-"sv, "application/pdf"}, {"%!PS-Adobe-"sv, "application/postscript"}, {"\xFE\xFF\x00\x00"sv, "text/plain; charset=utf-16be"},
    {"\xFF\xFE\x00\x00"sv, "text/plain; charset=utf-16le"}, {"\xEF\xBB\xBF"sv, "text/plain; charset=utf-8"},
    {"\x00\x00\x01\x00"sv, "image/x-icon"}, {"BM"sv, "image/bmp"}, {"GIF87a"sv, "image/gif"}, {"GIF89a"sv, "image/gif"},
    {"\x89PNG\x0D\x0A\x1A\x0A"sv, "image/png"}, {"\xFF\xD8\xFF"sv, "image/jpeg"}, {"OggS\x00"sv, "application/ogg"},
    {"PK\x03\x04"sv, "application/zip"}, {"Rar!\x1A\x07\x00"sv, "application/x-rar-compressed"}, {"\x00\x61\x73\x6D"sv, "application/wasm"},
    {"wOFF"sv, "font/woff"}, {"wOF2"sv, "font/woff2"},
};

constexpr std::string_view htmlTags[] = {"<!DOCTYPE HTML", "<HTML", "<HEAD", "<SCRIPT", "<IFRAME", "<H1", "<DIV", "<FONT", "<TABLE", "<A",
    "<STYLE", "<TITLE", "<B", "<BODY", "<BR", "<P", "<!--"};

bool startsWithTag(std::string_view text, std::string_view tag)
{
    if (text.size() <= tag.size())
        return false;
    for (std::size_t i = 0; i < tag.size(); ++i) {
        const char c = text[i] >= 'a' && text[i] <= 'z' ? static_cast<char>(text[i] & ~0x20) : text[i];
        if (c != tag[i])
            return false;
    }
    return text[tag.size()] == ' ' || text[tag.size()] == '>';
}

bool isBinary(char c)
{
    const auto byte = static_cast<unsigned char>(c);
    return byte <= 0x08 || byte == 0x0B || (byte >= 0x0E && byte <= 0x1A) || (byte >= 0x1C && byte <= 0x1F);
}

} // namespace

std::string contentTypeOf(std::string_view head)
{
    std::string buffer(head.substr(0, contentTypeBytes));
    buffer.resize(contentTypeBytes, '\0');
    const std::string_view whole = buffer;
    const std::string_view text = whole.substr(std::min(whole.find_first_not_of("\t\n\x0C\r "), whole.size()));
    for (const std::string_view tag : htmlTags) {
        if (startsWithTag(text, tag))
            return "text/html; charset=utf-8";
    }
    if (text.starts_with("<?xml"))
        return "text/xml; charset=utf-8";
    for (const Signature &signature : signatures) {
        if (whole.starts_with(signature.bytes))
            return std::string(signature.type);
    }
    for (const char c : text) {
        if (isBinary(c))
            return "application/octet-stream";
    }
    return "text/plain; charset=utf-8";
}

} // namespace fairway::chart
