#include "core/chart/http_client.h"
#include "tests/core/chart/loopback_server.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cstring>
#include <thread>

namespace {

using namespace fairway;
using namespace fairway::chart;
using test::LoopbackServer;

using Request = LoopbackServer::Request;
using Response = LoopbackServer::Response;

HttpClient plainClient()
{
    HttpClientOptions options;
    options.proxies = {};
    return HttpClient(std::move(options));
}

HttpRequest get(std::string url)
{
    HttpRequest request;
    request.url = std::move(url);
    return request;
}

TEST(HttpClient, gives_status_headers_and_body_and_keeps_its_connection)
{
    LoopbackServer server([](const Request &request) {
        return Response {request.target == "/missing" ? 404 : 200, {{"X-Kind", "  chart "}}, "body of " + request.target};
    });
    HttpClient client = plainClient();
    const auto first = client.send(get(server.url() + "/index.yaml?a=b%20c#fragment"));
    ASSERT_TRUE(first) << first.error().message;
    EXPECT_EQ(first->status, 200);
    EXPECT_EQ(first->header("x-kind"), "chart");
    EXPECT_EQ(first->body, "body of /index.yaml?a=b%20c");
    EXPECT_EQ(first->url, server.url() + "/index.yaml?a=b%20c");
    const auto second = client.send(get(server.url() + "/missing"));
    ASSERT_TRUE(second);
    EXPECT_EQ(second->status, 404);
    EXPECT_EQ(second->body, "body of /missing");
    EXPECT_EQ(server.connections(), 1);
    const Request sent = server.requests().front();
    EXPECT_EQ(sent.header("accept"), "");
    EXPECT_EQ(sent.header("authorization"), "");
    EXPECT_TRUE(sent.header("user-agent").starts_with("Fairway/"));
}

TEST(HttpClient, sends_what_identifies_the_caller)
{
    LoopbackServer server([](const Request &) { return Response {}; });
    struct Row {
        const char *what;
        std::string userInfo;
        std::optional<BasicAuth> basic;
        std::string bearer;
        std::vector<HttpHeader> headers;
        std::string expected;
    };
    const Row rows[] = {
        {"nothing", "", {}, "", {}, ""},
        {"basic authentication", "", BasicAuth {"user", "p:w"}, "", {}, "Basic dXNlcjpwOnc="},
        {"user and password in the URL", "us%40er:p%3Aw@", {}, "", {}, "Basic dXNAZXI6cDp3"},
        {"what is set goes before the URL's", "a:b@", BasicAuth {"user", "p:w"}, "", {}, "Basic dXNlcjpwOnc="},
        {"a token goes before a password", "", BasicAuth {"user", "p:w"}, "abc", {}, "Bearer abc"},
        {"a header goes before all", "a:b@", BasicAuth {"u", "p"}, "abc", {{"authorization", "Own x"}}, "Own x"},
    };
    HttpClient client = plainClient();
    for (const Row &row : rows) {
        HttpRequest request = get("http://" + row.userInfo + "127.0.0.1:" + std::to_string(server.port()) + "/");
        request.basicAuth = row.basic;
        request.bearer = row.bearer;
        request.headers = row.headers;
        const auto response = client.send(request);
        ASSERT_TRUE(response) << row.what << ": " << response.error().message;
        EXPECT_EQ(server.requests().back().header("authorization"), row.expected) << row.what;
        EXPECT_EQ(response->url, server.url() + "/") << row.what;
    }
}

TEST(HttpClient, follows_redirects_as_Go_does)
{
    LoopbackServer other([](const Request &request) { return Response {200, {}, request.method + " " + request.target + " " + request.body}; });
    LoopbackServer server([&](const Request &request) {
        if (request.target == "/loop")
            return Response {302, {{"Location", "/loop"}}, ""};
        if (request.target.starts_with("/status/"))
            return Response {std::atoi(request.target.c_str() + 8), {{"Location", "/a/end?x=1"}}, "moved"};
        if (request.target == "/a/relative")
            return Response {301, {{"Location", "end"}}, ""};
        if (request.target == "/away")
            return Response {302, {{"Location", other.url() + "/taken"}}, ""};
        if (request.target == "/nowhere")
            return Response {302, {}, "no location"};
        if (request.target == "/ftp")
            return Response {302, {{"Location", "ftp://example.com/x"}}, ""};
        return Response {200, {}, request.method + " " + request.target + " " + request.body};
    });
    HttpClient client = plainClient();
    const auto body = [&](const std::string &method, const std::string &target) {
        HttpRequest request = get(server.url() + target);
        request.method = method;
        if (method != "GET")
            request.body.text = "text";
        const auto response = client.send(request);
        return response ? response->body : response.error().message;
    };
    EXPECT_EQ(body("GET", "/status/301"), "GET /a/end?x=1 ");
    EXPECT_EQ(body("POST", "/status/302"), "GET /a/end?x=1 ");
    EXPECT_EQ(body("PUT", "/status/303"), "GET /a/end?x=1 ");
    EXPECT_EQ(body("POST", "/status/307"), "POST /a/end?x=1 text");
    EXPECT_EQ(body("PUT", "/status/308"), "PUT /a/end?x=1 text");
    EXPECT_EQ(body("GET", "/a/relative"), "GET /a/end ");
    EXPECT_EQ(body("GET", "/away"), "GET /taken ");
    EXPECT_EQ(body("GET", "/nowhere"), "no location");
    EXPECT_EQ(body("GET", "/loop"), "Get \"" + server.url() + "/loop\": stopped after 10 redirects");
    EXPECT_EQ(body("GET", "/ftp"), "Get \"" + server.url() + "/ftp\": unsupported protocol scheme \"ftp\"");
    HttpRequest request = get(server.url() + "/status/302");
    request.followRedirects = false;
    const auto response = client.send(request);
    ASSERT_TRUE(response);
    EXPECT_EQ(response->status, 302);
    EXPECT_EQ(response->header("location"), "/a/end?x=1");
}

TEST(HttpClient, credentials_stay_with_their_host)
{
    LoopbackServer other([](const Request &) { return Response {}; });
    LoopbackServer server([&](const Request &request) {
        return request.target == "/away" ? Response {302, {{"Location", other.url() + "/"}}, ""}
            : request.target == "/here"  ? Response {302, {{"Location", "/end"}}, ""}
                                         : Response {};
    });
    HttpClient client = plainClient();
    HttpRequest request = get(server.url() + "/away");
    request.basicAuth = BasicAuth {"user", "secret"};
    request.headers = {{"Cookie", "session=1"}, {"X-Other", "kept"}};
    ASSERT_TRUE(client.send(request));
    EXPECT_EQ(other.requests().back().header("authorization"), "");
    EXPECT_EQ(other.requests().back().header("cookie"), "");
    EXPECT_EQ(other.requests().back().header("x-other"), "kept");
    request.url = server.url() + "/here";
    ASSERT_TRUE(client.send(request));
    EXPECT_EQ(server.requests().back().target, "/end");
    EXPECT_EQ(server.requests().back().header("authorization"), "Basic dXNlcjpzZWNyZXQ=");
}

TEST(HttpClient, mirrors_get_their_own_credentials_only)
{
    LoopbackServer mirror([](const Request &request) { return Response {200, {}, request.target}; });
    HttpClientOptions options;
    options.proxies = {};
    options.rewrites = {{"https://charts.invalid/", mirror.url() + "/short/"},
        {"https://charts.invalid/stable/", "http://mirror:pw@127.0.0.1:" + std::to_string(mirror.port()) + "/long/"}};
    HttpClient client(std::move(options));
    HttpRequest request = get("https://charts.invalid/stable/index.yaml");
    request.basicAuth = BasicAuth {"user", "secret"};
    const auto longest = client.send(request);
    ASSERT_TRUE(longest) << longest.error().message;
    EXPECT_EQ(longest->body, "/long/index.yaml");
    EXPECT_EQ(mirror.requests().back().header("authorization"), "Basic bWlycm9yOnB3");
    request.url = "https://charts.invalid/other.tgz";
    const auto shorter = client.send(request);
    ASSERT_TRUE(shorter);
    EXPECT_EQ(shorter->body, "/short/other.tgz");
    EXPECT_EQ(mirror.requests().back().header("authorization"), "");
}

TEST(HttpClient, streams_up_and_down)
{
    LoopbackServer server([](const Request &request) {
        return request.target == "/again" ? Response {307, {{"Location", "/end"}}, ""} : Response {200, {}, request.body};
    });
    HttpClient client = plainClient();
    const std::string big(3 << 20, 'x');
    HttpRequest request = get(server.url() + "/again");
    request.method = "PUT";
    request.body.size = big.size();
    request.body.read = [&](std::uint64_t offset, char *buffer, std::size_t size) -> Result<std::size_t> {
        const std::size_t count = std::min(size, big.size() - offset);
        std::memcpy(buffer, big.data() + offset, count);
        return count;
    };
    std::string got;
    request.sink = [&](std::string_view bytes) -> Result<void> {
        got += bytes;
        return {};
    };
    HttpProgress last;
    request.onProgress = [&](const HttpProgress &progress) { last = progress; };
    const auto response = client.send(request);
    ASSERT_TRUE(response) << response.error().message;
    EXPECT_EQ(got.size(), big.size());
    EXPECT_TRUE(response->body.empty());
    EXPECT_GT(last.sent, 0U);

    request.sink = [](std::string_view) -> Result<void> { return fail(ErrorCode::Io, "disk full"); };
    const auto refused = client.send(request);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error(), (Error {ErrorCode::Io, "Put \"" + server.url() + "/end\": disk full"}));
}

TEST(HttpClient, an_answer_has_bounds)
{
    LoopbackServer server([](const Request &request) {
        if (request.target == "/headers")
            return Response {200, std::vector<std::pair<std::string, std::string>>(300, {"X-Long", std::string(1 << 10, 'h')}), ""};
        if (request.target == "/cut")
            return Response {200, {}, "half", true};
        return Response {request.target == "/refusal" ? 500 : 200, {}, std::string(100 << 10, 'b')};
    });
    HttpClient client = plainClient();
    HttpRequest request = get(server.url() + "/body");
    request.maxBytes = (100 << 10) - 1;
    EXPECT_EQ(client.send(request).error(),
        (Error {ErrorCode::LimitExceeded, "Get \"" + server.url() + "/body\": the answer is larger than 102399 bytes"}));
    request.maxBytes = 100 << 10;
    EXPECT_TRUE(client.send(request));
    const auto refusal = client.send(get(server.url() + "/refusal"));
    ASSERT_TRUE(refusal);
    EXPECT_EQ(refusal->body.size(), std::size_t {64} << 10);
    EXPECT_EQ(client.send(get(server.url() + "/headers")).error().code, ErrorCode::LimitExceeded);
    EXPECT_EQ(client.send(get(server.url() + "/cut")).error(),
        (Error {ErrorCode::ProtocolViolation, "Get \"" + server.url() + "/cut\": unexpected EOF"}));
}

TEST(HttpClient, stops_when_told_and_when_time_is_over)
{
    LoopbackServer server([](const Request &) { return Response {200, {}, "", false, true}; });
    HttpClient client = plainClient();
    HttpRequest request = get(server.url() + "/slow");
    request.timeout = std::chrono::milliseconds(50);
    EXPECT_EQ(client.send(request).error(),
        (Error {ErrorCode::Timeout,
            "Get \"" + server.url() + "/slow\": context deadline exceeded (Client.Timeout exceeded while awaiting headers)"}));
    request.timeout = std::chrono::milliseconds(0);
    CancelSource source;
    request.cancel = source.token();
    std::thread canceller([&] {
        while (server.requests().size() < 2)
            std::this_thread::yield();
        source.cancel();
    });
    EXPECT_EQ(client.send(request).error().code, ErrorCode::Cancelled);
    canceller.join();
    EXPECT_EQ(client.send(request).error().code, ErrorCode::Cancelled) << "before it begins";
}

TEST(HttpClient, errors_name_the_URL_without_its_password)
{
    int freePort = 0;
    {
        const LoopbackServer gone([](const Request &) { return Response {}; });
        freePort = gone.port();
    }
    const std::string port = std::to_string(freePort);
    const std::pair<std::string, std::string> rows[] = {
        {"http://user:secret@127.0.0.1:" + port + "/x",
            "Get \"http://127.0.0.1:" + port + "/x\": dial tcp 127.0.0.1:" + port + ": connect: connection refused"},
        {"ftp://user:secret@example.com/", "Get \"ftp://user:xxxxx@example.com/\": unsupported protocol scheme \"ftp\""},
        {"http://user:secret@/x", "Get \"http://user:xxxxx@/x\": http: no Host in request URL"},
        {"http://user:sec%zzret@host/", "Get \"http://user:xxxxx@host/\": not a URL"},
        {"", "Get \"\": unsupported protocol scheme \"\""},
        {"http://nosuchhost.invalid/", "Get \"http://nosuchhost.invalid/\": dial tcp: lookup nosuchhost.invalid: no such host"},
    };
    HttpClient client = plainClient();
    for (const auto &[url, message] : rows) {
        const auto response = client.send(get(url));
        ASSERT_FALSE(response) << url;
        EXPECT_EQ(response.error().message, message);
    }
    HttpRequest withHeader = get("http://127.0.0.1:" + port + "/");
    withHeader.headers = {{"X-Bad", "a\r\nInjected: b"}};
    EXPECT_EQ(client.send(withHeader).error().code, ErrorCode::InvalidInput);
    HttpRequest withFile = get("https://127.0.0.1:" + port + "/");
    withFile.tls.caFile = "/nonexistent/ca.pem";
    EXPECT_NE(client.send(withFile).error().message.find("/nonexistent/ca.pem"), std::string::npos);
}

TEST(HttpClient, goes_through_the_proxy_of_the_environment)
{
    LoopbackServer proxy([](const Request &request) { return Response {200, {}, request.target}; });
    HttpClientOptions options;
    options.proxies = {"127.0.0.1:" + std::to_string(proxy.port()), "", "direct.invalid"};
    HttpClient client(std::move(options));
    const auto response = client.send(get("http://charts.invalid/index.yaml"));
    ASSERT_TRUE(response) << response.error().message;
    EXPECT_EQ(response->body, "http://charts.invalid/index.yaml");
    EXPECT_FALSE(client.send(get("http://direct.invalid/index.yaml")));
}

TEST(ProxyEnvironment, decides_as_Go_does)
{
    struct Row {
        const char *noProxy;
        const char *scheme;
        const char *host;
        const char *port;
        bool isProxied;
    };
    const Row rows[] = {
        {"", "http", "example.com", "80", true},
        {"", "http", "localhost", "80", false},
        {"", "http", "LOCALHOST", "80", false},
        {"", "http", "127.0.0.1", "80", false},
        {"", "http", "127.9.9.9", "80", false},
        {"", "http", "::1", "80", false},
        {"", "http", "128.0.0.1", "80", true},
        {"*", "https", "example.com", "443", false},
        {"example.com", "http", "example.com", "80", false},
        {"example.com", "http", "EXAMPLE.com", "80", false},
        {"EXAMPLE.com", "http", "example.com", "80", false},
        {"example.com", "http", "charts.example.com", "80", false},
        {"example.com", "http", "badexample.com", "80", true},
        {".example.com", "http", "example.com", "80", true},
        {".example.com", "http", "charts.example.com", "80", false},
        {"*.example.com", "http", "charts.example.com", "80", false},
        {"*.example.com", "http", "example.com", "80", true},
        {"example.com:8080", "http", "example.com", "80", true},
        {"example.com:8080", "http", "example.com", "8080", false},
        {" a.com , example.com ", "http", "example.com", "80", false},
        {",,", "http", "example.com", "80", true},
        {"10.0.0.0/8", "http", "10.1.2.3", "80", false},
        {"10.0.0.0/8", "http", "11.1.2.3", "80", true},
        {"10.0.0.0/8", "http", "example.com", "80", true},
        {"10.0.0.0/99", "http", "10.1.2.3", "80", true},
        {"10.1.2.3", "http", "10.1.2.3", "80", false},
        {"10.1.2.3:81", "http", "10.1.2.3", "80", true},
        {"fd00::/16", "http", "fd00::5", "80", false},
        {"[fd00::5]:80", "http", "fd00::5", "80", false},
        {"fd00::5", "http", "fd00::5", "80", false},
        {":", "http", "example.com", "80", true},
        {"]", "http", "example.com", "80", true},
    };
    for (const Row &row : rows) {
        const ProxyEnvironment environment {"http://proxy:1", "proxy:2", row.noProxy};
        const std::string proxy = row.scheme == std::string_view("https") ? "http://proxy:2" : "http://proxy:1";
        EXPECT_EQ(environment.proxyFor(row.scheme, row.host, row.port), row.isProxied ? proxy : "") << row.noProxy << " and " << row.host;
    }
}

TEST(HttpUrl, hides_passwords)
{
    EXPECT_EQ(withoutPassword("https://a:b@host/x@y"), "https://a:xxxxx@host/x@y");
    EXPECT_EQ(withoutPassword("https://a:b@c@host"), "https://a:xxxxx@host");
    EXPECT_EQ(withoutPassword("https://token@host/"), "https://token@host/");
    EXPECT_EQ(withoutPassword("https://host/"), "https://host/");
    EXPECT_EQ(withoutPassword("a:b@host"), "a:xxxxx@host");
    EXPECT_EQ(withoutPassword(""), "");
}

} // namespace
