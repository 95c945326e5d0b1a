#include "tests/core/http/outcome.h"

#include <gtest/gtest.h>

namespace fairway::http {
namespace {

using testing::Wire;

struct Row {
    const char *name;
    std::string wire;
    std::string outcome;
    bool isHead = false;
};

const std::string ok = "HTTP/1.1 200 OK\r\n";
const std::string badStatus = "refused: the status is not a number of three digits";
const std::string badLine = "refused: the status line does not start with HTTP/1.1 or HTTP/1.0";

const Row rows[] = {
    {"a length", ok + "Content-Length: 2\r\n\r\nhi", "200 OK keep {Content-Length=2;} length 2\nbody \"hi\"\nend"},
    {"until the end", ok + "\r\nhi", "200 OK close {} until close\nbody \"hi\" unfinished"},
    {"chunked", ok + "Transfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\nX: y\r\n\r\n", "200 OK keep {Transfer-Encoding=chunked;} chunked\nbody \"hi\"\nend"},
    {"no reason", "HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n", "200  keep {Content-Length=0;} length 0\nend"},
    {"an empty reason", "HTTP/1.1 200 \r\nContent-Length: 0\r\n\r\n", "200  keep {Content-Length=0;} length 0\nend"},
    {"a continue before", "HTTP/1.1 100 Continue\r\n\r\n" + ok + "Content-Length: 0\r\n\r\n", "100 Continue keep {} none\n200 OK keep {Content-Length=0;} length 0\nend"},
    {"204 has no body", "HTTP/1.1 204 No Content\r\nContent-Length: 2\r\n\r\n", "204 No Content keep {Content-Length=2;} none\nend"},
    {"304 has no body", "HTTP/1.1 304 Not Modified\r\nContent-Length: 2\r\n\r\n", "304 Not Modified keep {Content-Length=2;} none\nend"},
    {"the answer to HEAD has no body", ok + "Content-Length: 2\r\n\r\n", "200 OK keep {Content-Length=2;} none\nend", true},
    {"1.0 closes", "HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n", "200 OK close {Content-Length=0;} length 0\nend"},
    {"1.0 may stay", "HTTP/1.0 200 OK\r\nContent-Length: 0\r\nConnection: keep-alive\r\n\r\n", "200 OK keep {Content-Length=0;Connection=keep-alive;} length 0\nend"},
    {"an unusual status", "HTTP/1.1 799 X\r\nContent-Length: 0\r\n\r\n", "799 X keep {Content-Length=0;} length 0\nend"},
    {"a status of two digits", "HTTP/1.1 20 OK\r\n\r\n", badStatus},
    {"a status of four digits", "HTTP/1.1 2000 OK\r\n\r\n", badStatus},
    {"a status below 100", "HTTP/1.1 099 OK\r\n\r\n", badStatus},
    {"a status of letters", "HTTP/1.1 abc OK\r\n\r\n", badStatus},
    {"another protocol", "ICY 200 OK\r\n\r\n", badLine},
    {"version 2", "HTTP/2.0 200 OK\r\n\r\n", badLine},
    {"an empty line first", "\r\n" + ok + "\r\n", badLine},
    {"a bare LF", "HTTP/1.1 200 OK\nContent-Length: 0\n\n", "refused: a line ends in LF without CR"},
    {"a control character in the reason", "HTTP/1.1 200 O\x01K\r\n\r\n", "refused: the reason holds a control character"},
    {"two lengths", ok + "Content-Length: 2\r\nContent-Length: 2\r\n\r\nhi", "refused: there is more than one Content-Length"},
    {"a length that is none", ok + "Content-Length: 2x\r\n\r\nhi", "refused: Content-Length is not a number"},
    {"both framings", ok + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n", "refused: Content-Length stands beside Transfer-Encoding"},
    {"another coding", ok + "Transfer-Encoding: gzip, chunked\r\n\r\n", "refused: the transfer coding is not exactly chunked"},
    {"chunked in 1.0", "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "refused: Transfer-Encoding in HTTP/1.0"},
    {"a folded line", ok + "X: a\r\n b\r\n\r\n", "refused: a field line is folded"},
    {"a space before the colon", ok + "Content-Length : 2\r\n\r\n", "refused: a field name is followed by something else than a colon"},
    {"cut in the head", "HTTP/1.1 200 OK\r\nX: a\r\n", "incomplete head"},
};

TEST(ResponseParser, decidesTheSameHoweverTheBytesAreCut)
{
    for (const Row &row : rows) {
        for (std::size_t piece = 1; piece <= row.wire.size(); ++piece) {
            ASSERT_EQ(Wire(row.wire, {piece}).responses(row.isHead), row.outcome) << row.name << ", in pieces of " << piece;
        }
    }
}

std::string forwarded(const std::string &wire, const ForwardedResponse &how, bool isHead = false)
{
    ResponseParser parser;
    parser.expect(isHead);
    const auto parsed = parser.parse(wire);
    EXPECT_TRUE(parsed && *parsed > 0) << wire;
    std::string memory(headBound(wire.size()), '\0');
    Writer out({memory.data(), memory.size()});
    writeForwardedResponse(out, parser.head(), how);
    EXPECT_FALSE(out.isFull());
    return std::string(out.written());
}

TEST(ForwardedResponse, isBuiltAnew)
{
    EXPECT_EQ(forwarded(ok + "content-length: 02\r\nX: y\r\nConnection: keep-alive, X-Hop\r\nX-Hop: z\r\nKeep-Alive: 3\r\n\r\n", {false, false, BodyKind::Length}),
        ok + "X: y\r\nContent-Length: 2\r\n\r\n");
    EXPECT_EQ(forwarded(ok + "\r\n", {false, false, BodyKind::Chunked}), ok + "Transfer-Encoding: chunked\r\n\r\n");
    EXPECT_EQ(forwarded(ok + "\r\n", {true, false, BodyKind::UntilClose}), ok + "Connection: close\r\n\r\n");
    EXPECT_EQ(forwarded(ok + "Content-Length: 9\r\n\r\n", {false, true, BodyKind::None}, true), ok + "Content-Length: 9\r\nConnection: keep-alive\r\n\r\n");
    EXPECT_EQ(forwarded("HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n", {}), "HTTP/1.1 204 No Content\r\n\r\n");
    EXPECT_EQ(forwarded("HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n", {}),
        "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
}

TEST(Writer, refusesToGoPastItsMemory)
{
    std::array<char, 8> memory;
    Writer out(memory);
    out.append("12345");
    out.append("67890");
    EXPECT_TRUE(out.isFull());
    out.append("6");
    EXPECT_EQ(out.written(), "12345");
}

} // namespace
} // namespace fairway::http
