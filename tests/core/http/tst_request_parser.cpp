#include "tests/core/http/outcome.h"

#include <gtest/gtest.h>

namespace fairway::http {
namespace {

using testing::Wire;

struct Row {
    const char *name;
    std::string wire;
    std::string outcome;
};

const std::string host = "Host: a\r\n";

std::string get(const std::string &fields)
{
    return "GET / HTTP/1.1\r\n" + host + fields + "\r\n";
}

std::string line(const std::string &first)
{
    return first + "\r\n" + host + "\r\n";
}

const std::string noTarget = "refused 400: the request target holds a character that is not allowed";
const std::string badHost = "refused 400: the Host field is not a host";
const std::string badLength = "refused 400: Content-Length is not a number";

const Row rows[] = {
    // first line
    {"a plain request", line("GET / HTTP/1.1"), "GET / at a 1.1 keep {Host=a;} none\nend"},
    {"an unknown method", line("BREW /pot HTTP/1.1"), "BREW /pot at a 1.1 keep {Host=a;} none\nend"},
    {"two in a row", get("") + get("Connection: close\r\n"), "GET / at a 1.1 keep {Host=a;} none\nGET / at a 1.1 close {Host=a;Connection=close;} none\nend"},
    {"empty lines before it", "\r\n\r\n" + get(""), "GET / at a 1.1 keep {Host=a;} none\nend"},
    {"a space before it", " " + get(""), "refused 400: the method is not a token"},
    {"a method with a colon", line("GET: / HTTP/1.1"), "refused 400: the method is not a token"},
    {"two spaces", line("GET  / HTTP/1.1"), noTarget},
    {"a tab between", line("GET\t/\tHTTP/1.1"), "refused 400: the request line has not three parts"},
    {"a trailing space", line("GET / HTTP/1.1 "), noTarget},
    {"no version", line("GET /"), "refused 400: the request line has not three parts"},
    {"no target", line("GET HTTP/1.1"), "refused 400: the request line has not three parts"},
    {"version 1.2", line("GET / HTTP/1.2"), "refused 505: the version is neither HTTP/1.0 nor HTTP/1.1"},
    {"version 2.0", line("GET / HTTP/2.0"), "refused 505: the version is neither HTTP/1.0 nor HTTP/1.1"},
    {"version of two digits", line("GET / HTTP/1.11"), "refused 400: the request line has no valid version"},
    {"lower case version", line("GET / http/1.1"), "refused 400: the request line has no valid version"},
    {"a control character in the target", line("GET /\x01 HTTP/1.1"), noTarget},
    {"bytes above ASCII in the target", line("GET /\xc3\xa9 HTTP/1.1"), noTarget},
    {"a fragment", line("GET /a#b HTTP/1.1"), noTarget},
    {"a relative target", line("GET a/b HTTP/1.1"), "refused 400: the request target is neither a path nor a full address"},
    {"a full address overrules Host", line("GET http://b:1/x?y HTTP/1.1"), "GET /x?y at b:1 1.1 keep {Host=a;} none\nend"},
    {"a full address without path", line("GET http://b HTTP/1.1"), "GET / at b 1.1 keep {Host=a;} none\nend"},
    {"a full address without host", line("GET http:///x HTTP/1.1"), "refused 400: the request target has no valid host"},
    {"a full address with a user", line("GET http://u@b/ HTTP/1.1"), "refused 400: the request target has no valid host"},
    {"another scheme", line("GET ftp://b/ HTTP/1.1"), "refused 400: the request target is neither a path nor a full address"},
    {"asterisk for OPTIONS", line("OPTIONS * HTTP/1.1"), "OPTIONS * at a 1.1 keep {Host=a;} none\nend"},
    {"asterisk for GET", line("GET * HTTP/1.1"), "refused 400: the request target is neither a path nor a full address"},
    {"CONNECT", line("CONNECT b:443 HTTP/1.1"), "CONNECT  at b:443 1.1 keep {Host=a;} none\nend"},
    {"CONNECT without port", line("CONNECT b HTTP/1.1"), "refused 400: CONNECT needs HOST:PORT as its target"},
    // line ends
    {"a bare LF after the first line", "GET / HTTP/1.1\nHost: a\r\n\r\n", "refused 400: a line ends in LF without CR"},
    {"a bare LF after a field", "GET / HTTP/1.1\r\nHost: a\nX: b\r\n\r\n", "refused 400: a line ends in LF without CR"},
    {"a bare LF at the end", "GET / HTTP/1.1\r\nHost: a\r\n\n", "refused 400: a line ends in LF without CR"},
    {"a bare CR in a value", get("X: a\rY: b\r\n"), "refused 400: a field value holds a control character"},
    {"CR CR LF", get("X: a\r\r\n"), "refused 400: a field value holds a control character"},
    {"NUL in a value", get(std::string("X: a") + '\0' + "b\r\n"), "refused 400: a field value holds a control character"},
    {"cut in the head", "GET / HTTP/1.1\r\nHost: a\r\n", "incomplete head"},
    // fields
    {"spaces around a value", get("X: \t b c \t\r\n"), "GET / at a 1.1 keep {Host=a;X=b c;} none\nend"},
    {"an empty value", get("X:\r\n"), "GET / at a 1.1 keep {Host=a;X=;} none\nend"},
    {"bytes above ASCII in a value", get("X: \xc3\xa9\r\n"), "GET / at a 1.1 keep {Host=a;X=\xc3\xa9;} none\nend"},
    {"a space before the colon", get("X : b\r\n"), "refused 400: a field name is followed by something else than a colon"},
    {"no colon", get("Xb\r\n"), "refused 400: a field name is followed by something else than a colon"},
    {"no name", get(": b\r\n"), "refused 400: a field has no valid name"},
    {"a folded line", get("X: b\r\n c\r\n"), "refused 400: a field line is folded"},
    {"a fold as the first field", "GET / HTTP/1.1\r\n X: b\r\n" + host + "\r\n", "refused 400: a field line is folded"},
    // Host
    {"no Host", "GET / HTTP/1.1\r\n\r\n", "refused 400: there is no Host field"},
    {"no Host in 1.0", "GET / HTTP/1.0\r\n\r\n", "GET / at  1.0 close {} none\nend"},
    {"an empty Host", "GET / HTTP/1.1\r\nHost:\r\n\r\n", "GET / at  1.1 keep {Host=;} none\nend"},
    {"Host twice", get("Host: a\r\n"), "refused 400: there is more than one Host field"},
    {"Host with a port", "GET / HTTP/1.1\r\nHost: a:80\r\n\r\n", "GET / at a:80 1.1 keep {Host=a:80;} none\nend"},
    {"Host of version 6", "GET / HTTP/1.1\r\nHost: [::1]:80\r\n\r\n", "GET / at [::1]:80 1.1 keep {Host=[::1]:80;} none\nend"},
    {"Host with a space", "GET / HTTP/1.1\r\nHost: a b\r\n\r\n", badHost},
    {"Host with a path", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", badHost},
    {"Host with a user", "GET / HTTP/1.1\r\nHost: u@a\r\n\r\n", badHost},
    {"Host with an impossible port", "GET / HTTP/1.1\r\nHost: a:65536\r\n\r\n", badHost},
    {"Host with an open bracket", "GET / HTTP/1.1\r\nHost: [::1\r\n\r\n", badHost},
    // framing
    {"a length", get("Content-Length: 3\r\n") + "abcGET", "GET / at a 1.1 keep {Host=a;Content-Length=3;} length 3\nbody \"abc\"\nincomplete head"},
    {"length 0", get("Content-Length: 0\r\n"), "GET / at a 1.1 keep {Host=a;Content-Length=0;} length 0\nend"},
    {"a length with a sign", get("Content-Length: +3\r\n"), badLength},
    {"a negative length", get("Content-Length: -3\r\n"), badLength},
    {"a hexadecimal length", get("Content-Length: 0x3\r\n"), badLength},
    {"a list of lengths", get("Content-Length: 3, 3\r\n"), badLength},
    {"an empty length", get("Content-Length:\r\n"), badLength},
    {"a length over 2^63", get("Content-Length: 9999999999999999999\r\n"), badLength},
    {"two lengths", get("Content-Length: 3\r\nContent-Length: 3\r\n"), "refused 400: there is more than one Content-Length"},
    {"chunked", get("Transfer-Encoding: Chunked\r\n") + "2\r\nab\r\n1;x=\"y\"\r\nc\r\n0\r\n\r\n",
        "GET / at a 1.1 keep {Host=a;Transfer-Encoding=Chunked;} chunked\nbody \"abc\"\nend"},
    {"chunked with a length", get("Content-Length: 3\r\nTransfer-Encoding: chunked\r\n"), "refused 400: Content-Length stands beside Transfer-Encoding"},
    {"chunked in 1.0", "GET / HTTP/1.0\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n", "refused 400: Transfer-Encoding in HTTP/1.0"},
    {"chunked twice", get("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"), "refused 400: there is more than one Transfer-Encoding"},
    {"two codings", get("Transfer-Encoding: gzip, chunked\r\n"), "refused 501: the transfer coding is not exactly chunked"},
    {"a coding with a control", get("Transfer-Encoding: \x0b" "chunked\r\n"), "refused 400: a field value holds a control character"},
    {"a quoted coding", get("Transfer-Encoding: \"chunked\"\r\n"), "refused 501: the transfer coding is not exactly chunked"},
    // connection
    {"close among others", get("Connection: foo, Close\r\n"), "GET / at a 1.1 close {Host=a;Connection=foo, Close;} none\nend"},
    {"keep-alive in 1.0", "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", "GET / at  1.0 keep {Connection=keep-alive;} none\nend"},
    {"an upgrade", get("Connection: upgrade\r\nUpgrade: websocket\r\n"), "GET / at a 1.1 keep upgrade {Host=a;Connection=upgrade;Upgrade=websocket;} none\nend"},
    {"an upgrade not named by Connection", get("Upgrade: websocket\r\n"), "GET / at a 1.1 keep {Host=a;Upgrade=websocket;} none\nend"},
    {"an upgrade to HTTP/2", get("Connection: upgrade\r\nUpgrade: h2c\r\n"), "GET / at a 1.1 keep {Host=a;Connection=upgrade;Upgrade=h2c;} none\nend"},
    {"an upgrade with a body", get("Connection: upgrade\r\nUpgrade: websocket\r\nContent-Length: 1\r\n") + "x",
        "GET / at a 1.1 keep {Host=a;Connection=upgrade;Upgrade=websocket;Content-Length=1;} length 1\nbody \"x\"\nend"},
    {"an expectation", get("Expect: 100-Continue\r\nContent-Length: 1\r\n") + "x", "GET / at a 1.1 keep expect {Host=a;Expect=100-Continue;Content-Length=1;} length 1\nbody \"x\"\nend"},
    {"another expectation", get("Expect: 200-ok\r\n"), "refused 417: the expectation is not 100-continue"},
};

TEST(RequestParser, decidesTheSameHoweverTheBytesAreCut)
{
    for (const Row &row : rows) {
        for (std::size_t piece = 1; piece <= row.wire.size(); ++piece) {
            ASSERT_EQ(Wire(row.wire, {piece}).requests(), row.outcome) << row.name << ", in pieces of " << piece;
        }
    }
}

TEST(RequestParser, keepsItsLimitsHoweverTheBytesAreCut)
{
    const HeadLimits limits {100, 3};
    const std::string tooLong = "refused 431: the head is over the limit";
    const Row limited[] = {
        {"just fits", "GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(68, 'x') + "\r\n\r\n", "GET / at a 1.1 keep {Host=a;X=" + std::string(68, 'x') + ";} none\nend"},
        {"one too many", "GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(69, 'x') + "\r\n\r\n", tooLong},
        {"never ends", "GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(400, 'x'), tooLong},
        {"a long first line", "GET /" + std::string(200, 'x') + " HTTP/1.1\r\n\r\n", "refused 414: the request line is over the limit"},
        {"only empty lines", [] {
             std::string text;
             for (int i = 0; i < 60; ++i) {
                 text += "\r\n";
             }
             return text + "GET / HTTP/1.1\r\n\r\n";
         }(), "refused 414: the request line is over the limit"},
        {"as many fields as allowed", get("A: b\r\nC: d\r\n"), "GET / at a 1.1 keep {Host=a;A=b;C=d;} none\nend"},
        {"a field too many", get("A: b\r\nC: d\r\nE: f\r\n"), "refused 431: the head has too many fields"},
        {"a bad line before the limit", "GET\r\n" + std::string(200, 'x'), "refused 400: the request line has not three parts"},
    };
    for (const Row &row : limited) {
        for (std::size_t piece = 1; piece <= row.wire.size(); ++piece) {
            ASSERT_EQ(Wire(row.wire, {piece}).requests(limits), row.outcome) << row.name << ", in pieces of " << piece;
        }
    }
}

TEST(RequestParser, staysRefusedUntilReset)
{
    RequestParser parser;
    EXPECT_FALSE(parser.parse("GET / HTTP/1.1\r\n\r\n").has_value());
    EXPECT_FALSE(parser.parse("GET / HTTP/1.1\r\nHost: a\r\n\r\n").has_value());
    EXPECT_EQ(parser.suggestedStatus(), 400);
    parser.reset();
    EXPECT_EQ(*parser.parse("GET / HTTP/1.1\r\nHost: a\r\n\r\n"), 27u);
}

/// What is forwarded, as bytes.
std::string forwarded(const std::string &wire)
{
    RequestParser parser;
    const auto parsed = parser.parse(wire);
    EXPECT_TRUE(parsed && *parsed > 0) << wire;
    std::string memory(headBound(wire.size()), '\0');
    Writer out({memory.data(), memory.size()});
    writeForwardedRequest(out, parser.head());
    EXPECT_FALSE(out.isFull());
    return std::string(out.written());
}

TEST(ForwardedRequest, isBuiltAnew)
{
    const Row cases[] = {
        {"Host comes from a full address", line("GET http://b/x HTTP/1.1"), "GET /x HTTP/1.1\r\nHost: b\r\n\r\n"},
        {"1.0 becomes 1.1", "GET / HTTP/1.0\r\nConnection: keep-alive\r\nX: y\r\n\r\n", "GET / HTTP/1.1\r\nHost: \r\nX: y\r\n\r\n"},
        {"fields of this hop stay here",
            get("Keep-Alive: 5\r\nProxy-Connection: x\r\nTE: trailers\r\nTrailer: z\r\nProxy-Authorization: s\r\nUpgrade: h2c\r\nConnection: Upgrade\r\nX: y\r\n"),
            "GET / HTTP/1.1\r\nHost: a\r\nX: y\r\n\r\n"},
        {"and so do those Connection names", get("X-Secret: 1\r\nConnection: x-SECRET, close\r\nX: y\r\n"), "GET / HTTP/1.1\r\nHost: a\r\nX: y\r\n\r\n"},
        {"naming Host or the length takes nothing away", "POST / HTTP/1.1\r\nHost: a\r\nConnection: host, content-length\r\nContent-Length: 1\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\n"},
        {"a length is written anew", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0007\r\n\r\n", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 7\r\n\r\n"},
        {"chunked is written anew", "POST / HTTP/1.1\r\nHost: a\r\ntransfer-encoding:\tCHUNKED\r\n\r\n", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"},
        {"an upgrade is passed on", get("connection: upgrade\r\nupgrade: websocket\r\nSec-WebSocket-Key: k\r\n"),
            "GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: k\r\n\r\n"},
        {"an expectation is passed on", "PUT / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\n",
            "PUT / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\n"},
        {"hops are counted down", "OPTIONS * HTTP/1.1\r\nHost: a\r\nMax-Forwards: 3\r\n\r\n", "OPTIONS * HTTP/1.1\r\nHost: a\r\nMax-Forwards: 2\r\n\r\n"},
    };
    for (const Row &row : cases) {
        EXPECT_EQ(forwarded(row.wire), row.outcome) << row.name;
    }
}

TEST(ForwardedRequest, meansTheSameToTheNextHop)
{
    for (const Row &row : rows) {
        RequestParser parser;
        const auto parsed = parser.parse(row.wire);
        if (!parsed || *parsed == 0 || parser.head().method == "CONNECT") {
            continue;
        }
        const std::string again = forwarded(row.wire);
        RequestParser next;
        const auto second = next.parse(again);
        ASSERT_TRUE(second && *second == again.size()) << row.name;
        EXPECT_EQ(next.head().method, parser.head().method) << row.name;
        EXPECT_EQ(next.head().path, parser.head().path) << row.name;
        EXPECT_EQ(next.head().authority, parser.head().authority) << row.name;
        EXPECT_EQ(next.head().framing, parser.head().framing) << row.name;
    }
}

} // namespace
} // namespace fairway::http
