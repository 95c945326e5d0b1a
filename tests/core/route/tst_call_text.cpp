#include "core/route/call_text.h"

#include <gtest/gtest.h>

#include <string>

namespace fairway::route {
namespace {

    /// "POST https shop.example:8443 8443 /a?b=c [name: value] sni"; the error's text otherwise.
    std::string read(std::string_view text)
    {
        const Result<CallText> got = parseCallText(text);
        if (!got)
            return got.error().message;
        const RequestView &request = got->call.request;
        std::string out = request.method + " " + request.scheme + " " + request.authority + " " + std::to_string(got->call.port) + " " + request.path;
        if (!request.query.empty())
            out += "?" + request.query;
        for (const auto &[name, value] : request.headers)
            out += " [" + name + ": " + value + "]";
        if (!got->call.address.empty())
            out += " to " + got->call.address;
        if (!got->call.sni.empty())
            out += " sni " + got->call.sni;
        return out;
    }

    TEST(CallText, ReadsWhatPeoplePaste)
    {
        struct Row {
            const char *text;
            const char *expected;
        };
        static constexpr Row Rows[] = {
            {"https://shop.example/cart?x=1#top", "GET https shop.example 443 /cart?x=1 sni shop.example"},
            {"shop.example", "GET http shop.example 80 /"},
            {"http://me:secret@shop.example:8080?a=b", "GET http shop.example:8080 8080 /?a=b"},
            {"ftp://shop.example/", "a URL starts with http:// or https://"},
            {"https:///path", "the URL has no host"},
            {"", "nothing to read a request from"},
            {"two words", "neither a URL, a curl command, a line of an access log nor a request"},
            {"curl http://a/b", "GET http a 80 /b"},
            {"$ curl -sSL -H 'X-Tester: yes' -H \"Host: shop.example\" \\\n  http://10.0.0.1/api", "GET http shop.example 80 /api [x-tester: yes]"},
            {"curl -XDELETE --url a/b", "DELETE http a 80 /b"},
            {"curl a -d '{\"a\": \"it'\\''s\"}'", "POST http a 80 /"},
            {"curl -G a/x -d q=1 -d r=2", "GET http a 80 /x?q=1&r=2"},
            {"curl -I -A me -b s=1 -u user:pass a", "HEAD http a 80 / [user-agent: me] [cookie: s=1] [authorization: Basic dXNlcjpwYXNz]"},
            {"curl -o /dev/null -w '%{http_code}' https://a", "GET https a 443 / sni a"},
            {"curl 'http://a", "the command has an open '"},
            {"curl -s", "the curl command has no URL"},
            {"curl a -H", "-H needs a value"},
            {"GET /a?b HTTP/1.1\r\nHost: shop.example:81\r\nX-A: b\r\n\r\nbody: no", "GET http shop.example:81 81 /a?b [x-a: b]"},
            {"GET nothing at all", "no request line such as GET /path HTTP/1.1"},
            {"GET /reviews/7 x-tester: true", "GET http  0 /reviews/7 [x-tester: true]"},
            {"POST /a HTTP/2 Host: shop.example:81 user-agent: a b  X-C:  d", "POST http shop.example:81 81 /a [user-agent: a b] [x-c: d]"},
            {"GET /a no header: here", "no request line such as GET /path HTTP/1.1"},
            {"GET /a HTTP/1.1 : x", "no request line such as GET /path HTTP/1.1"},
            {"[2024-01-01T00:00:00.000Z] \"GET /api/1 HTTP/1.1\" 200 - via_upstream - \"-\" 0 3 1 1 \"-\" \"curl/8\" \"id-1\" \"reviews:9080\" "
             "\"10.1.0.5:9080\" outbound|9080||reviews.shop.svc.cluster.local 10.1.0.2:33 10.0.0.1:9080 10.1.0.2:44 - default",
                "GET http reviews:9080 9080 /api/1 [user-agent: curl/8] [x-request-id: id-1] to 10.0.0.1"},
            {"[2024-01-01T00:00:00.000Z] \"POST /x HTTP/2\" 503 UH 0 3 1 - \"1.2.3.4\" \"-\" \"id\" \"shop.example\" \"-\"",
                "POST http shop.example 0 /x [x-forwarded-for: 1.2.3.4] [x-request-id: id]"},
            {"{\"method\": \"PUT\", \"path\": \"/x?y\", \"authority\": \"a\", \"user_agent\": \"u\", \"downstream_local_address\": \"[::1]:80\"}",
                "PUT http a 80 /x?y [user-agent: u] to ::1"},
            {"{\"status\": 200}", "the log line has no \"path\""},
            {"10.0.0.9 - - [01/Jan/2024:00:00:00 +0000] \"GET /x HTTP/1.1\" 200 12 \"-\" \"agent \\\"q\\\"\"", "GET http  0 /x [user-agent: agent \"q\"]"},
            {"1.2.3.4 \"no request\" 200", "no request line such as GET /path HTTP/1.1"},
        };
        for (const Row &row : Rows)
            EXPECT_EQ(read(row.text), row.expected) << row.text;
        EXPECT_EQ(read(std::string(70000, 'a')), "the text is longer than 64 KiB");
    }

    TEST(CallText, KeepsWhatTheLogSaysOfTheWay)
    {
        struct Row {
            const char *text;
            const char *client;
            const char *upstream;
            const char *cluster;
            const char *flags;
            int status;
        };
        static constexpr Row Rows[] = {
            {"[x] \"GET /api/1 HTTP/1.1\" 503 UF,URX via_upstream - \"-\" 0 3 1 1 \"-\" \"curl/8\" \"id-1\" \"reviews:9080\" \"10.1.0.5:9080\" "
             "outbound|9080|v1|reviews.shop.svc.cluster.local 10.1.0.2:33 10.0.0.1:9080 10.1.0.2:44 - default",
                "10.1.0.2:44", "10.1.0.5:9080", "outbound|9080|v1|reviews.shop.svc.cluster.local", "UF,URX", 503},
            {"[x] \"POST /x HTTP/2\" 404 NR 0 3 1 - \"1.2.3.4\" \"-\" \"id\" \"shop.example\" \"-\"", "", "", "", "NR", 404},
            {"{\"path\": \"/\", \"response_code\": 200, \"response_flags\": \"-\", \"upstream_host\": \"10.1.0.5:80\", \"upstream_cluster\": \"c\", "
             "\"downstream_remote_address\": \"10.1.0.9:1\"}",
                "10.1.0.9:1", "10.1.0.5:80", "c", "", 200},
            {"::1 - - [x] \"GET /x HTTP/1.1\" 200 12 \"-\" \"-\"", "::1", "", "", "", 0},
        };
        for (const Row &row : Rows) {
            const Result<CallText> got = parseCallText(row.text);
            ASSERT_TRUE(got) << row.text;
            EXPECT_EQ(got->call.client, row.client) << row.text;
            EXPECT_EQ(got->log.upstream, row.upstream) << row.text;
            EXPECT_EQ(got->log.cluster, row.cluster) << row.text;
            EXPECT_EQ(got->log.flags, row.flags) << row.text;
            EXPECT_EQ(got->log.status, row.status) << row.text;
        }
        EXPECT_EQ(addressOf("[::1]:80"), "::1");
        EXPECT_EQ(addressOf("::1"), "::1");
        EXPECT_EQ(addressOf("10.0.0.1"), "10.0.0.1");
    }

    TEST(CallText, SaysWhatTheTextLeavesOpen)
    {
        const Result<CallText> log = parseCallText("1.2.3.4 - - [x] \"GET /x HTTP/1.1\" 200 12 \"-\" \"-\"");
        ASSERT_TRUE(log);
        EXPECT_EQ(log->form, CallText::Form::AccessLog);
        EXPECT_EQ(log->notes.front(), "the log line names no host");
        const Result<CallText> curl = parseCallText("curl --resolve a:80:1.2.3.4 http://a");
        ASSERT_TRUE(curl);
        EXPECT_EQ(curl->notes.size(), 1u);
    }

} // namespace
} // namespace fairway::route
