#include "core/base/base64.h"
#include "core/chart/registry_charts.h"
#include "core/funcs/digest.h"
#include "tests/core/chart/loopback_server.h"

#include <gtest/gtest.h>

#include <map>

/// A RegistryClient and registries that are slow of understanding, broken or hostile.
namespace {

using namespace fairway;
using namespace fairway::chart;
using fairway::test::LoopbackServer;
using Request = LoopbackServer::Request;
using Response = LoopbackServer::Response;

std::string digestOf(const std::string &bytes)
{
    return "sha256:" + funcs::hexadecimal(funcs::sha256(bytes));
}

OciManifest manifestOf(const std::string &archive)
{
    Metadata metadata;
    metadata.name = "demo";
    metadata.version = "0.1.0";
    return chartManifest(metadata, archive, {}, "2026-01-02T03:04:05Z");
}

/// What a server answers by method and target.
using Answers = std::map<std::string, Response>;

LoopbackServer::Handler serving(Answers answers)
{
    return [answers = std::move(answers)](const Request &request) -> Response {
        const auto found = answers.find(request.method + " " + request.target);
        return found != answers.end() ? found->second : Response {404, {}, R"({"errors":[{"code":"NAME_UNKNOWN","message":"unknown"}]})"};
    };
}

class Registry {
public:
    explicit Registry(LoopbackServer::Handler handler)
        : server(std::move(handler))
    {
        access.plainHttp = true;
        access.timeout = std::chrono::seconds(20);
    }

    [[nodiscard]] std::string name() const { return "127.0.0.1:" + std::to_string(server.port()); }
    [[nodiscard]] RegistryReference reference(const std::string &target = ":0.1.0") const
    {
        return RegistryReference::parse(name() + "/charts/demo" + target).value();
    }
    [[nodiscard]] Result<PulledChart> pull(const std::string &target = ":0.1.0") const
    {
        RegistryClient client(access);
        return pullFromRegistry(client, reference(target), PulledParts::Chart, HelmVersion::V4);
    }
    [[nodiscard]] Result<std::vector<std::string>> tags() const
    {
        RegistryClient client(access);
        return client.tags(reference(""));
    }
    [[nodiscard]] Result<void> put(const std::string &bytes) const
    {
        RegistryClient client(access);
        return client.putBlob(reference(""), describe({}, bytes), bytes);
    }

    LoopbackServer server;
    RegistryAccess access;
};

/// A registry that holds one chart.
Answers withChart(const std::string &archive)
{
    const OciManifest manifest = manifestOf(archive);
    return {{"GET /v2/charts/demo/manifests/0.1.0", {200, {{"Content-Type", std::string(media::imageManifest)}}, manifest.toJson()}},
        {"GET /v2/charts/demo/manifests/" + digestOf(manifest.toJson()), {200, {}, manifest.toJson()}},
        {"GET /v2/charts/demo/blobs/" + digestOf(archive), {200, {}, archive}}};
}

std::string refusal(const Result<PulledChart> &result)
{
    return result ? "pulled" : result.error().message;
}

} // namespace

TEST(RegistryClient, pullsByTagAndDigest)
{
    const Registry registry(serving(withChart("archive")));
    for (const std::string &target : {std::string(":0.1.0"), "@" + digestOf(manifestOf("archive").toJson())}) {
        const auto pulled = registry.pull(target);
        ASSERT_TRUE(pulled) << pulled.error().message;
        EXPECT_EQ(pulled->content, "archive");
        EXPECT_EQ(pulled->digest, digestOf("archive"));
    }
    EXPECT_EQ(refusal(registry.pull(":9.9.9")), "failed to perform \"FetchReference\" on source: " + registry.name() + "/charts/demo:9.9.9: not found");
}

TEST(RegistryClient, asksForATokenOnce)
{
    const LoopbackServer tokens([](const Request &request) -> Response {
        if (request.header("authorization") != "Basic " + encodeBase64("joe:s3cret"))
            return {401, {}, R"({"errors":[{"code":"UNAUTHORIZED","message":"authentication required"}]})"};
        return {200, {}, R"({"token":"t0ken","expires_in":300})"};
    });
    const auto chart = serving(withChart("archive"));
    Registry registry([&](const Request &request) -> Response {
        if (request.header("authorization") != "Bearer t0ken")
            return {401, {{"WWW-Authenticate", "Bearer realm=\"" + tokens.url() + "/token?a=b\",service=\"the registry\",scope=\"repository:charts/demo:pull\""}}, ""};
        return chart(request);
    });
    registry.access.user = "joe";
    registry.access.password = "s3cret";
    const auto pulled = registry.pull();
    ASSERT_TRUE(pulled) << pulled.error().message;
    ASSERT_EQ(tokens.requests().size(), 1U);
    EXPECT_EQ(tokens.requests()[0].target, "/token?a=b&service=the+registry&scope=repository%3Acharts%2Fdemo%3Apull");
    EXPECT_EQ(registry.server.requests().size(), 3U); // The manifest twice, the blob.
    for (const Request &request : registry.server.requests())
        EXPECT_EQ(request.header("authorization").find("Basic"), std::string::npos) << "the password is for the token server only";

    registry.access.password = "wr0ng";
    const auto refused = registry.pull();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().message, "failed to perform \"FetchReference\" on source: GET \"" + registry.server.url()
            + "/v2/charts/demo/manifests/0.1.0\": GET \"" + tokens.url()
            + "/token?a=b&service=the+registry&scope=repository%3Acharts%2Fdemo%3Apull\": response status code 401: unauthorized: authentication required");
    EXPECT_EQ(refused.error().message.find("wr0ng"), std::string::npos);
}

TEST(RegistryClient, buysATokenWithAnIdentityToken)
{
    const LoopbackServer tokens([](const Request &request) -> Response {
        const bool good = request.method == "POST" && request.header("content-type") == "application/x-www-form-urlencoded"
            && request.body.find("grant_type=refresh_token&refresh_token=ref%2Bresh&service=s") == 0;
        return good ? Response {200, {}, R"({"access_token":"t0ken"})"} : Response {400, {}, ""};
    });
    const auto chart = serving(withChart("archive"));
    Registry registry([&](const Request &request) -> Response {
        if (request.header("authorization") != "Bearer t0ken")
            return {401, {{"WWW-Authenticate", "Bearer realm=\"" + tokens.url() + "\",service=s"}}, ""};
        return chart(request);
    });
    registry.access.password = "ref+resh";
    EXPECT_EQ(refusal(registry.pull()), "pulled");
    EXPECT_NE(tokens.requests().at(0).body.find("&scope=repository%3Acharts%2Fdemo%3Apull"), std::string::npos);
}

TEST(RegistryClient, isNotFooledByItsTokenServer)
{
    const struct {
        const char *title;
        const char *realm; ///< Empty: a server that gives `answer`.
        Response answer;
        const char *message;
    } rows[] = {
        {"a local file", "file:///etc/passwd", {}, "the registry names no token server that can be asked"},
        {"no realm", "", {}, "the registry names no token server that can be asked"},
        {"a token with line breaks", "server", {200, {}, R"({"token":"a\r\nX-Evil: 1"})"}, "the token has line breaks"},
        {"no token", "server", {200, {}, "{}"}, "empty token returned"},
        {"no JSON", "server", {200, {}, "<html>s3cret</html>"}, "failed to decode response: no JSON"},
        {"too much", "server", {200, {}, std::string(200'000, ' ')}, ""},
        {"a refused token", "server", {200, {}, R"({"token":"x"})"}, "response status code 401: Unauthorized"},
    };
    for (const auto &row : rows) {
        const LoopbackServer tokens([&](const Request &) { return row.answer; });
        const std::string realm = std::string(row.realm) == "server" ? tokens.url() : row.realm;
        Registry registry([&](const Request &) -> Response { return {401, {{"WWW-Authenticate", "Bearer realm=\"" + realm + "\",service=s"}}, ""}; });
        registry.access.user = "joe";
        registry.access.password = "s3cret";
        const auto refused = registry.pull();
        ASSERT_FALSE(refused) << row.title;
        EXPECT_NE(refused.error().message.find(row.message), std::string::npos) << row.title << ": " << refused.error().message;
        EXPECT_EQ(refused.error().message.find("s3cret"), std::string::npos) << row.title;
        EXPECT_LE(registry.server.requests().size(), 2U) << row.title;
    }
}

TEST(RegistryClient, doesNotRepeatBasicCredentials)
{
    Registry registry([](const Request &) -> Response { return {401, {{"WWW-Authenticate", "Basic realm=x"}}, ""}; });
    EXPECT_EQ(refusal(registry.pull()), "failed to perform \"FetchReference\" on source: GET \"" + registry.server.url()
            + "/v2/charts/demo/manifests/0.1.0\": basic credential not found");
    registry.access.user = "joe";
    registry.access.password = "s3cret";
    EXPECT_EQ(refusal(registry.pull()), "failed to perform \"FetchReference\" on source: GET \"" + registry.server.url()
            + "/v2/charts/demo/manifests/0.1.0\": response status code 401: Unauthorized");
    EXPECT_EQ(registry.server.requests().size(), 3U);
}

TEST(RegistryClient, keepsCredentialsFromOtherHosts)
{
    const std::string archive = "archive";
    const LoopbackServer storage([&](const Request &request) -> Response { return request.method == "PUT" ? Response {201, {}, ""} : Response {200, {}, archive}; });
    const std::string elsewhere = "http://localhost:" + std::to_string(storage.port());
    Answers answers = withChart(archive);
    answers["GET /v2/charts/demo/blobs/" + digestOf(archive)] = {307, {{"Location", elsewhere + "/signed?x=y"}}, ""};
    answers["POST /v2/charts/demo/blobs/uploads/"] = {202, {{"Location", elsewhere + "/upload?u=1"}}, ""};
    const auto inner = serving(answers);
    Registry registry([&](const Request &request) -> Response {
        return request.header("authorization").empty() ? Response {401, {{"WWW-Authenticate", "Basic realm=x"}}, ""} : inner(request);
    });
    registry.access.user = "joe";
    registry.access.password = "s3cret";
    EXPECT_EQ(refusal(registry.pull()), "pulled");
    const auto put = registry.put(archive);
    EXPECT_TRUE(put) << put.error().message;
    ASSERT_EQ(storage.requests().size(), 2U);
    for (const Request &request : storage.requests())
        EXPECT_EQ(request.header("authorization"), "") << request.target;
    EXPECT_EQ(storage.requests()[1].target, "/upload?u=1&digest=" + digestOf(archive));
    EXPECT_EQ(storage.requests()[1].body, archive);
}

TEST(RegistryClient, believesNoContentWithoutItsDigest)
{
    const std::string archive = "archive";
    const std::string manifestDigest = digestOf(manifestOf(archive).toJson());
    const std::string manifestTarget = "GET /v2/charts/demo/manifests/0.1.0";
    const std::string blobTarget = "GET /v2/charts/demo/blobs/" + digestOf(archive);
    const std::string config = R"({"mediaType":"application/vnd.cncf.helm.config.v1+json","digest":")" + digestOf("x") + R"(","size":1})";
    const struct {
        const char *title;
        std::string pulled;
        std::string target;
        Response answer;
        std::string message;
    } rows[] = {
        {"another blob", ":0.1.0", blobTarget, {200, {}, "archivX"}, "blob: the content's digest is " + digestOf("archivX") + ", not " + digestOf(archive)},
        {"a short blob", ":0.1.0", blobTarget, {200, {}, "arc"}, ": 3 bytes came, the manifest says 7"},
        {"a long blob", ":0.1.0", blobTarget, {200, {}, std::string(1 << 20, 'x')}, ""},
        {"a blob that breaks off", ":0.1.0", blobTarget, {200, {}, "archive", true, false}, ""},
        {"no blob", ":0.1.0", blobTarget, {404, {}, ""}, ": not found"},
        {"a blob as HTML", ":0.1.0", blobTarget, {200, {{"Content-Type", "text/html"}}, "<html>Welcome to the hotel's network</html>"}, ""},
        {"another manifest for a digest", "@" + manifestDigest, "GET /v2/charts/demo/manifests/" + manifestDigest,
            {200, {}, manifestOf("other").toJson()}, ": the content's digest is "},
        {"a manifest with another digest in its header", ":0.1.0", manifestTarget,
            {200, {{"Docker-Content-Digest", digestOf("other")}}, manifestOf(archive).toJson()}, ": the content's digest is " + manifestDigest},
        {"HTML", ":0.1.0", manifestTarget, {200, {}, "<html></html>"}, "the manifest is no JSON"},
        {"a list", ":0.1.0", manifestTarget, {200, {}, "[]"}, "the manifest is no JSON object"},
        {"an image", ":0.1.0", manifestTarget, {200, {}, R"({"config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":")" + digestOf("x") + R"(","size":1},"layers":[]})"},
            "manifest does not contain minimum number of descriptors (2), descriptors found: 1"},
        {"no layers", ":0.1.0", manifestTarget, {200, {}, R"({"config":)" + config + "}"},
            "manifest does not contain a layer with mediatype application/vnd.cncf.helm.chart.content.v1.tar+gzip"},
        {"no configuration", ":0.1.0", manifestTarget,
            {200, {}, R"({"config":{"mediaType":"x","digest":")" + digestOf("x") + R"(","size":1},"layers":[{"mediaType":"application/vnd.cncf.helm.chart.content.v1.tar+gzip","digest":")" + digestOf("x") + R"(","size":1}]})"},
            "could not load config with mediatype application/vnd.cncf.helm.config.v1+json"},
        {"a layer larger than any chart", ":0.1.0", manifestTarget,
            {200, {}, R"({"config":)" + config + R"(,"layers":[{"mediaType":"application/vnd.cncf.helm.chart.content.v1.tar+gzip","digest":")" + digestOf("x") + R"(","size":99999999999}]})"},
            "99999999999 bytes are more than the limit"},
        {"a digest that is a path", ":0.1.0", manifestTarget,
            {200, {}, R"({"config":)" + config + R"(,"layers":[{"mediaType":"application/vnd.cncf.helm.chart.content.v1.tar+gzip","digest":"../../../token","size":1}]})"},
            "without a sha256 digest"},
        {"a manifest that is too large", ":0.1.0", manifestTarget, {200, {}, std::string((4 << 20) + 1, ' ')}, ""},
        {"a redirect to itself", ":0.1.0", manifestTarget, {302, {{"Location", "/v2/charts/demo/manifests/0.1.0"}}, ""}, ""},
        {"an error in HTML", ":0.1.0", manifestTarget, {503, {}, "<html>"}, "response status code 503: Service Unavailable"},
    };
    for (const auto &row : rows) {
        Answers answers = withChart(archive);
        answers[row.target] = row.answer;
        const Registry registry(serving(answers));
        const auto refused = registry.pull(row.pulled);
        ASSERT_FALSE(refused) << row.title;
        EXPECT_NE(refused.error().message.find(row.message), std::string::npos) << row.title << ": " << refused.error().message;
        EXPECT_LT(refused.error().message.size(), 1000U) << row.title;
        EXPECT_LE(registry.server.requests().size(), 15U) << row.title;
    }
}

TEST(RegistryClient, looksForTheChartInAnIndex)
{
    const std::string archive = "archive";
    const std::string chart = manifestOf(archive).toJson();
    const std::string image = R"({"config":{"mediaType":"x","digest":")" + digestOf("x") + R"(","size":1},"layers":[]})";
    const auto descriptor = [](const std::string &text) { return R"({"digest":")" + digestOf(text) + R"(","size":)" + std::to_string(text.size()) + "}"; };
    Answers answers = withChart(archive);
    answers["GET /v2/charts/demo/manifests/" + digestOf(image)] = {200, {}, image};
    answers["GET /v2/charts/demo/manifests/index"] = {200, {}, R"({"manifests":[)" + descriptor(image) + "," + descriptor(chart) + "]}"};
    std::string many;
    for (int i = 0; i < 900; ++i)
        many += (i > 0 ? "," : "") + descriptor(image);
    answers["GET /v2/charts/demo/manifests/many"] = {200, {}, R"({"manifests":[)" + many + "]}"};
    const Registry registry(serving(answers));
    EXPECT_EQ(refusal(registry.pull(":index")), "pulled");
    EXPECT_EQ(refusal(registry.pull(":many")), "manifest does not contain minimum number of descriptors (2), descriptors found: 1");
    EXPECT_LE(registry.server.requests().size(), 40U);
}

TEST(RegistryClient, readsPagesOfTags)
{
    const Registry registry(serving({{"GET /v2/charts/demo/tags/list", {200, {{"Link", "</v2/charts/demo/tags/list?last=b>; rel=\"next\""}}, R"({"name":"x","tags":["a","b"]})"}},
        {"GET /v2/charts/demo/tags/list?last=b", {200, {}, R"({"tags":["c"]})"}}}));
    EXPECT_EQ(registry.tags().value(), (std::vector<std::string> {"a", "b", "c"}));
    EXPECT_TRUE(Registry(serving({{"GET /v2/charts/demo/tags/list", {200, {}, R"({"tags":null})"}}})).tags()->empty());
}

TEST(RegistryClient, bringsPagesOfTagsToAnEnd)
{
    const LoopbackServer elsewhere([](const Request &) -> Response { return {200, {}, R"({"tags":["stolen"]})"}; });
    int page = 0;
    std::string tags;
    for (int i = 0; i < 50'000; ++i)
        tags += (i > 0 ? ",\"" : "\"") + std::to_string(i) + "\"";
    const struct {
        const char *title;
        LoopbackServer::Handler handler;
        const char *message;
    } rows[] = {
        {"a page that leads to itself", [](const Request &request) -> Response { return {200, {{"Link", "<" + request.target + ">; rel=\"next\""}}, R"({"tags":["a"]})"}; },
            "the pages of tags don't end"},
        {"another host", [&](const Request &) -> Response { return {200, {{"Link", "<" + elsewhere.url() + "/x>; rel=\"next\""}}, R"({"tags":["a"]})"}; },
            "the next page of tags is on another host"},
        {"tags without end", [&](const Request &) -> Response { return {200, {{"Link", "</v2/x?" + std::to_string(++page) + ">; rel=\"next\""}}, "{\"tags\":[" + tags + "]}"}; },
            "more than 200000 tags"},
        {"HTML", [](const Request &) -> Response { return {200, {}, "<html>"}; }, "failed to decode response"},
        {"no list", [](const Request &) -> Response { return {200, {}, R"({"tags":{"a":1}})"}; }, "no list of tags"},
        {"a refusal", [](const Request &) -> Response { return {403, {}, R"({"errors":[{"code":"DENIED","message":"no"}]})"}; }, "response status code 403: denied: no"},
    };
    for (const auto &row : rows) {
        const auto refused = Registry(row.handler).tags();
        ASSERT_FALSE(refused) << row.title;
        EXPECT_NE(refused.error().message.find(row.message), std::string::npos) << row.title << ": " << refused.error().message;
    }
    EXPECT_TRUE(elsewhere.requests().empty());
}

TEST(RegistryClient, takesUpAnUploadThatBrokeOff)
{
    const std::string bytes = "0123456789";
    const struct {
        const char *title;
        Response first;           ///< Of the first PUT.
        Response status;          ///< What the registry says it has.
        std::string secondBody;   ///< Of the second PUT.
        std::string contentRange;
    } rows[] = {
        {"the rest is sent", {201, {}, "x", true, false}, {204, {{"Range", "0-3"}}, ""}, "456789", "4-9"},
        {"the registry disagrees", {416, {}, ""}, {204, {{"Range", "0-5"}}, ""}, "6789", "6-9"},
        {"nothing arrived", {201, {}, "x", true, false}, {204, {}, ""}, bytes, ""},
        {"the upload is forgotten", {201, {}, "x", true, false}, {404, {}, ""}, bytes, ""},
        {"it claims too much", {201, {}, "x", true, false}, {204, {{"Range", "0-999"}}, ""}, bytes, ""},
        {"nonsense", {201, {}, "x", true, false}, {204, {{"Range", "a-b"}}, ""}, bytes, ""},
    };
    for (const auto &row : rows) {
        int puts = 0;
        std::string body;
        std::string range;
        const Registry registry([&](const Request &request) -> Response {
            if (request.method == "POST")
                return {202, {{"Location", "/upload"}}, ""};
            if (request.method == "GET")
                return row.status;
            if (++puts == 1)
                return row.first;
            body = request.body;
            range = request.header("content-range");
            return {201, {}, ""};
        });
        const auto put = registry.put(bytes);
        EXPECT_TRUE(put) << row.title << ": " << put.error().message;
        EXPECT_EQ(body, row.secondBody) << row.title;
        EXPECT_EQ(range, row.contentRange) << row.title;
    }
    // One that never succeeds ends.
    const Registry never([](const Request &request) -> Response {
        return request.method == "POST" ? Response {202, {{"Location", "/upload"}}, ""} : Response {416, {}, ""};
    });
    EXPECT_FALSE(never.put(bytes));
    EXPECT_LE(never.server.requests().size(), 16U);
    const Registry placeless([](const Request &) -> Response { return {202, {{"Location", "file:///etc/passwd"}}, ""}; });
    EXPECT_FALSE(placeless.put(bytes));
}

TEST(RegistryClient, stopsWhenCancelled)
{
    Registry registry([](const Request &) -> Response { return {200, {}, "", false, true}; });
    CancelSource cancelled;
    registry.access.cancel = cancelled.token();
    cancelled.cancel();
    const auto stopped = registry.pull();
    ASSERT_FALSE(stopped);
    EXPECT_EQ(stopped.error().code, ErrorCode::Cancelled);
}

TEST(RegistryClient, tellsHowFarItIs)
{
    Registry registry(serving(withChart(std::string(1 << 20, 'x'))));
    std::string last;
    std::uint64_t received = 0;
    registry.access.onProgress = [&](const std::string &what, const HttpProgress &progress) {
        last = what;
        received = progress.received;
    };
    EXPECT_EQ(refusal(registry.pull()), "pulled");
    EXPECT_NE(last.find("/v2/charts/demo/"), std::string::npos);
    EXPECT_GT(received, 0U);
}

TEST(ResolveChart, findsTagsAndDigests)
{
    const std::string digest = digestOf("one");
    Answers answers {{"GET /v2/charts/demo/tags/list", {200, {}, R"({"tags":["0.1.0","latest","1.0.0_b.1","2.0.0-rc.1","v3.0.0"]})"}},
        {"HEAD /v2/charts/demo/manifests/0.1.0", {200, {{"Docker-Content-Digest", digest}}, ""}}};
    const Registry registry(serving(answers));
    const auto resolve = [&](const std::string &target, const std::string &version) -> std::string {
        RegistryClient client(registry.access);
        const auto found = resolveChart(client, "oci://" + registry.name() + "/charts/demo" + target, version, HelmVersion::V4);
        return found ? found->fileName + " " + found->reference.target() : found.error().message;
    };
    const std::string other = digestOf("two");
    EXPECT_EQ(resolve("", ""), "demo-1.0.0+b.1.tgz 1.0.0_b.1");
    EXPECT_EQ(resolve("", "1.0.0+b.1"), "demo-1.0.0+b.1.tgz 1.0.0_b.1");
    EXPECT_EQ(resolve(":1.0.0+b.1", "1.0.0+b.1"), "demo-1.0.0+b.1.tgz 1.0.0_b.1");
    EXPECT_EQ(resolve("", ">0.0.0-0"), "demo-2.0.0-rc.1.tgz 2.0.0-rc.1");
    EXPECT_EQ(resolve("", "9.9.9"), "demo-9.9.9.tgz 9.9.9");
    EXPECT_EQ(resolve("", ">9"), "could not locate a version matching provided version string >9");
    EXPECT_EQ(resolve(":0.1.0", "0.2.0"), "chart reference and version mismatch: 0.2.0 is not 0.1.0");
    EXPECT_EQ(resolve("@" + digest, ""), "demo@sha256-" + digest.substr(7) + ".tgz " + digest);
    EXPECT_EQ(resolve(":0.1.0@" + digest, ""), "demo@sha256-" + digest.substr(7) + ".tgz " + digest);
    EXPECT_EQ(resolve(":0.1.0@" + other, ""), "chart reference digest mismatch: " + digest + " is not " + other);
    EXPECT_EQ(resolve("@" + other, "0.1.0"), "chart reference digest mismatch: " + digest + " is not " + other);
    EXPECT_EQ(resolve(":missing@" + other, ""), "demo@sha256-" + other.substr(7) + ".tgz " + other);
}
