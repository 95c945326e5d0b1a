#include "core/http/body_decoder.h"

#include <gtest/gtest.h>

#include <string>

namespace fairway::http {
namespace {

struct Row {
    const char *name;
    std::string wire;
    std::string body;
    std::string error; ///< Empty: finished.
    std::size_t surplus = 0;
};

std::string big(std::size_t size)
{
    return std::string(size, 'x');
}

const Row rows[] = {
    {"two chunks", "1\r\na\r\n2\r\nbc\r\n0\r\n\r\n", "abc", ""},
    {"what follows is left alone", "0\r\n\r\nGET", "", "", 3},
    {"capital digits and leading zeros", "00A\r\n0123456789\r\n000\r\n\r\n", "0123456789", ""},
    {"an extension", "1;a=b;c=\"d\"\r\nx\r\n0;last\r\n\r\n", "x", ""},
    {"trailers", "1\r\nx\r\n0\r\nA: b\r\nC:\r\n\r\n", "x", ""},
    {"no digits", "\r\n", "", "a chunk's size has no digits"},
    {"no digits but an extension", ";a\r\n", "", "a chunk's size has no digits"},
    {"a prefix", "0x1\r\n", "", "a chunk's size is not a hexadecimal number"},
    {"a sign", "-1\r\n", "", "a chunk's size has no digits"},
    {"a space", "1 \r\n", "", "a chunk's size is not a hexadecimal number"},
    {"thirteen digits", "1000000000001\r\n", "", "a chunk's size is over the limit"},
    {"a size that would wrap", "10000000000000005\r\nhello\r\n0\r\n\r\n", "", "a chunk's size is over the limit"},
    {"a size line ending in LF", "1\nx\r\n", "", "a chunk's size is not a hexadecimal number"},
    {"CR CR LF", "1\r\r\nx\r\n", "", "a chunk's size line does not end in CRLF"},
    {"LF inside an extension", "1;a\nb\r\n", "", "a chunk extension holds a control character"},
    {"a long extension", "1;" + big(300) + "\r\n", "", "a chunk's size line is over the limit"},
    {"a chunk that is too long", "1\r\nxyz", "x", "a chunk is longer than its size says"},
    {"a chunk ended by LF", "1\r\nx\n0\r\n\r\n", "x", "a chunk is longer than its size says"},
    {"a trailer without colon", "0\r\nA\r\n\r\n", "", "a trailer line is not a field that ends in CRLF"},
    {"a folded trailer", "0\r\nA: b\r\n c\r\n\r\n", "", "a trailer field has no valid name"},
    {"a trailer with NUL", std::string("0\r\nA: \0\r\n\r\n", 11), "", "a trailer field holds a character that is not allowed"},
    {"trailers without end", "0\r\nA: " + big(9000), "", "the trailers are over the limit"},
    {"last line without LF", "0\r\n\rX", "", "the last chunk does not end in CRLF"},
};

TEST(BodyDecoder, decodesChunksHoweverTheyAreCut)
{
    for (const Row &row : rows) {
        const std::size_t largest = std::min<std::size_t>(row.wire.size(), 64);
        for (std::size_t piece = 1; piece <= largest; ++piece) {
            BodyDecoder decoder;
            decoder.start({BodyKind::Chunked, 0});
            std::string body;
            std::string error;
            std::size_t at = 0;
            while (at < row.wire.size() && error.empty() && !decoder.isFinished()) {
                const std::string copy = row.wire.substr(at, piece); // A view kept past the call would show.
                std::string_view rest = copy;
                while (!rest.empty() && !decoder.isFinished()) {
                    const auto step = decoder.next(rest);
                    if (!step) {
                        error = step.error().message;
                        break;
                    }
                    body += step->body;
                    rest.remove_prefix(step->consumed);
                    at += step->consumed;
                }
            }
            ASSERT_EQ(error, row.error) << row.name << ", in pieces of " << piece;
            ASSERT_EQ(body, row.body) << row.name << ", in pieces of " << piece;
            if (row.error.empty()) {
                ASSERT_TRUE(decoder.isFinished()) << row.name;
                ASSERT_EQ(row.wire.size() - at, row.surplus) << row.name;
            } else {
                ASSERT_FALSE(decoder.next("0\r\n\r\n").has_value()) << row.name << ": an error stays";
            }
        }
    }
}

TEST(BodyDecoder, countsOffALength)
{
    BodyDecoder decoder;
    decoder.start({BodyKind::Length, 5});
    EXPECT_EQ(decoder.opaqueRemaining(), 5u);
    EXPECT_EQ(decoder.next("abc")->body, "abc");
    decoder.skipOpaque(1);
    const auto last = decoder.next("efg");
    EXPECT_EQ(last->body, "e");
    EXPECT_TRUE(last->isFinished);
    EXPECT_EQ(last->consumed, 1u);
    EXPECT_EQ(decoder.next("more")->consumed, 0u);
}

TEST(BodyDecoder, knowsBodiesWithoutEndAndWithoutContent)
{
    BodyDecoder decoder;
    EXPECT_TRUE(decoder.isFinished());
    decoder.start({BodyKind::Length, 0});
    EXPECT_TRUE(decoder.isFinished());
    decoder.start({BodyKind::UntilClose, 0});
    EXPECT_EQ(decoder.next("abc")->body, "abc");
    EXPECT_FALSE(decoder.isFinished());
}

} // namespace
} // namespace fairway::http
