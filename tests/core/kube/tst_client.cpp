#include "core/kube/access.h"
#include "core/kube/client.h"
#include "core/value/json.h"
#include "tests/core/kube/fake_api_server.h"
#include "tests/core/kube/temporary_folder.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

namespace fairway::kube {
namespace {

using namespace std::chrono_literals;
using test::eventually;
using test::FakeApiServer;
using test::TemporaryFolder;
using Request = FakeApiServer::Request;
using Reply = FakeApiServer::Reply;

const ResourceId configMaps {"", "v1", "configmaps"};
const ResourceId routes {"networking.istio.io", "v1", "virtualservices"};
constexpr const char *object = R"({"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"c","namespace":"shop","resourceVersion":"7"},"data":{"a":"1"}})";

ClusterAccess accessTo(const std::string &url)
{
    ClusterAccess access;
    access.server = url;
    access.userName = "joe";
    return access;
}

std::shared_ptr<Client> clientOf(const FakeApiServer &server)
{
    return Client::create(accessTo(server.url())).value();
}

std::string statusJson(int code, const std::string &reason, const std::string &message, const std::string &details = "{}")
{
    return R"({"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":")" + message + R"(","reason":")" + reason + R"(","details":)" + details
        + R"(,"code":)" + std::to_string(code) + "}";
}

TEST(ResourcePaths, AreThoseOfTheApi)
{
    EXPECT_EQ(configMaps.path("shop", "c"), "/api/v1/namespaces/shop/configmaps/c");
    EXPECT_EQ(configMaps.path(""), "/api/v1/configmaps");
    EXPECT_EQ(routes.path("shop", "a/../b?x", "status"), "/apis/networking.istio.io/v1/namespaces/shop/virtualservices/a%2F..%2Fb%3Fx/status");
    EXPECT_EQ(routes.qualifiedName(), "virtualservices.networking.istio.io");
    EXPECT_EQ(routes.apiVersion(), "networking.istio.io/v1");
    EXPECT_EQ(GroupVersion::parse("v1").version, "v1");
    EXPECT_EQ(GroupVersion::parse("a.b/v2").group, "a.b");
}

struct RefusalCase {
    const char *name;
    int status;
    std::string body;
    ErrorCode code;
    const char *message;
};

class Refusals : public testing::TestWithParam<RefusalCase> { };

TEST_P(Refusals, SayWhatTheUserCanDo)
{
    const RefusalCase &row = GetParam();
    FakeApiServer server([&](const Request &, Reply &reply) { reply.send(row.status, row.body.starts_with('<') ? "text/html; charset=utf-8" : "application/json", row.body); });
    CallInfo info;
    CallOptions options;
    options.info = &info;
    options.timeout = 900ms; // Less than the wait before a second attempt.
    const auto result = clientOf(server)->get(configMaps, "shop", "c", options);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, row.code) << result.error().message;
    EXPECT_NE(result.error().message.find(row.message), std::string::npos) << result.error().message;
    EXPECT_TRUE(result.error().message.starts_with("get configmaps c in namespace shop: ")) << result.error().message;
    EXPECT_EQ(info.httpStatus, row.status);
}

INSTANTIATE_TEST_SUITE_P(
    Client, Refusals,
    testing::Values(
        RefusalCase {"BadRequest", 400, statusJson(400, "BadRequest", "field label not supported"), ErrorCode::InvalidInput, "field label not supported"},
        RefusalCase {"Unauthorized", 401, statusJson(401, "Unauthorized", "Unauthorized"), ErrorCode::Unauthorized, "credentials of user \"joe\""},
        RefusalCase {"Anonymous", 403, statusJson(403, "Forbidden", "configmaps is forbidden: User \\\"system:anonymous\\\" cannot get"), ErrorCode::Unauthorized, "for anonymous"},
        RefusalCase {"Forbidden", 403, statusJson(403, "Forbidden", "User \\\"joe\\\" cannot get resource"), ErrorCode::Forbidden, "not allowed (User \"joe\" cannot get resource); ask for this right"},
        RefusalCase {"NotFound", 404, statusJson(404, "NotFound", "configmaps \\\"c\\\" not found", R"({"name":"c","kind":"configmaps"})"), ErrorCode::NotFound, "configmaps \"c\" not found"},
        RefusalCase {"NoSuchResource", 404, "404 page not found\n", ErrorCode::Unsupported, "does not know this resource"},
        RefusalCase {"NoSuchResourceStatus", 404, statusJson(404, "NotFound", "the server could not find the requested resource"), ErrorCode::Unsupported, "does not know this resource"},
        RefusalCase {"Exists", 409, statusJson(409, "AlreadyExists", "configmaps \\\"c\\\" already exists"), ErrorCode::AlreadyExists, "already exists"},
        RefusalCase {"Conflict", 409, statusJson(409, "Conflict", "the object has been modified"), ErrorCode::Conflict, "changed meanwhile"},
        RefusalCase {"ApplyConflict", 409,
                     statusJson(409, "Conflict", "Apply failed with 1 conflict", R"({"causes":[{"reason":"FieldManagerConflict","message":"conflict with \"argocd\" using v1","field":".data.w"}]})"),
                     ErrorCode::Conflict, "others manage fields you change: .data.w (argocd)"},
        RefusalCase {"Gone", 410, statusJson(410, "Expired", "too old resource version"), ErrorCode::Gone, "too old"},
        RefusalCase {"Invalid", 422, statusJson(422, "Invalid", "spec.replicas: Invalid value: -1"), ErrorCode::InvalidInput, "found it invalid: spec.replicas"},
        RefusalCase {"StrictApply", 500, statusJson(500, "", "failed to create typed patch object: .spec.x: field not declared in schema"), ErrorCode::InvalidInput, "field not declared"},
        RefusalCase {"MediaType", 415, statusJson(415, "UnsupportedMediaType", "the body of the request was in an unknown format"), ErrorCode::Unsupported, "unknown format"},
        RefusalCase {"TooMany", 429, "", ErrorCode::Unavailable, "too much to do"},
        RefusalCase {"Down", 503, statusJson(503, "ServiceUnavailable", "etcd is down"), ErrorCode::Unavailable, "HTTP 503: etcd is down); trying again may help"},
        RefusalCase {"Html503", 503, "<html>nginx</html>", ErrorCode::Unavailable, "answered with HTML (HTTP 503); is this the API server?"},
        RefusalCase {"Html404", 404, "<html>nginx</html>", ErrorCode::ProtocolViolation, "answered with HTML"},
        RefusalCase {"Redirect", 302, "", ErrorCode::ProtocolViolation, "redirects elsewhere"},
        RefusalCase {"Html200", 200, "<!doctype html><title>Sign in</title>", ErrorCode::ProtocolViolation, "answered with HTML; is this the API server?"},
        RefusalCase {"Empty200", 200, "", ErrorCode::ProtocolViolation, "answer is empty"},
        RefusalCase {"Text200", 200, "ok", ErrorCode::ProtocolViolation, "not JSON"},
        RefusalCase {"Cut200", 200, R"({"kind":"ConfigMap","metadata":{"name")", ErrorCode::ProtocolViolation, "can't be read"}),
    [](const auto &row) { return row.param.name; });

TEST(Client, ReadsObjectsAndLists)
{
    FakeApiServer server([](const Request &request, Reply &reply) {
        if (request.path.ends_with("/c")) {
            reply.json(200, object);
        } else if (request.parameter("continue").empty()) {
            reply.json(200, R"({"kind":"ConfigMapList","apiVersion":"v1","metadata":{"resourceVersion":"9","continue":"t k","remainingItemCount":1},"items":[{"metadata":{"name":"c"}}]})");
        } else {
            reply.json(200, R"({"kind":"ConfigMapList","apiVersion":"v1","metadata":{"resourceVersion":"9"},"items":[{"metadata":{"name":"d"}}]})");
        }
    });
    const auto client = clientOf(server);
    const auto one = client->get(configMaps, "shop", "c");
    ASSERT_TRUE(one) << one.error().message;
    EXPECT_EQ(one->name(), "c");
    ListOptions options;
    options.ns = "shop";
    options.labelSelector = "app in (a,b)";
    options.limit = 1;
    const auto page = client->list(configMaps, options);
    ASSERT_TRUE(page);
    EXPECT_EQ(page->continueToken, "t k");
    EXPECT_EQ(page->remaining, 1);
    EXPECT_EQ(page->items.at(0).kind(), "ConfigMap");
    const auto all = client->listAll(configMaps, options);
    ASSERT_TRUE(all) << all.error().message;
    EXPECT_EQ(all->items.size(), 2U);
    const Request last = server.requests().back();
    EXPECT_EQ(last.parameter("labelSelector"), "app in (a,b)");
    EXPECT_EQ(last.parameter("continue"), "t k");
    EXPECT_EQ(client->listAll(configMaps, options, 1).error().code, ErrorCode::LimitExceeded);
}

TEST(Client, ListsAnewWhenTheTokenGrewTooOld)
{
    FakeApiServer server([](const Request &request, Reply &reply) {
        if (!request.parameter("continue").empty()) {
            reply.json(410, statusJson(410, "Expired", "The provided continue parameter is too old"));
        } else if (!request.parameter("limit").empty()) {
            reply.json(200, R"({"kind":"ConfigMapList","apiVersion":"v1","metadata":{"resourceVersion":"9","continue":"t"},"items":[{"metadata":{"name":"c"}}]})");
        } else {
            reply.json(200, R"({"kind":"ConfigMapList","apiVersion":"v1","metadata":{"resourceVersion":"12"},"items":[{"metadata":{"name":"c"}},{"metadata":{"name":"d"}}]})");
        }
    });
    const auto all = clientOf(server)->listAll(configMaps);
    ASSERT_TRUE(all) << all.error().message;
    EXPECT_EQ(all->items.size(), 2U);
    EXPECT_EQ(all->resourceVersion, "12");
}

TEST(Client, WritesAsTold)
{
    FakeApiServer server([](const Request &, Reply &reply) { reply.json(200, object, "Warning: 299 - \"a \\\"b\\\"\", 299 - \"two\"\r\n"); });
    const auto client = clientOf(server);
    CallInfo info;
    WriteOptions options;
    options.call.info = &info;
    options.dryRun = true;
    options.force = true;
    options.fieldValidation = FieldValidation::Strict;
    const value::Value body = value::parseJson(object).value();
    ASSERT_TRUE(client->patch(configMaps, "shop", "c", PatchType::Apply, body, options));
    EXPECT_EQ(info.warnings, (std::vector<std::string> {"a \"b\"", "two"}));
    Request seen = server.requests().back();
    EXPECT_EQ(seen.method, "PATCH");
    EXPECT_EQ(seen.headers.at("content-type"), "application/apply-patch+yaml");
    EXPECT_EQ(seen.parameter("fieldManager"), "fairway");
    EXPECT_EQ(seen.parameter("dryRun"), "All");
    EXPECT_EQ(seen.parameter("force"), "true");
    EXPECT_EQ(seen.parameter("fieldValidation"), "Strict");
    EXPECT_EQ(value::parseJson(seen.body).value(), body);

    options = {};
    options.subresource = "scale";
    ASSERT_TRUE(client->patch(configMaps, "shop", "c", PatchType::Merge, body, options));
    seen = server.requests().back();
    EXPECT_EQ(seen.path, "/api/v1/namespaces/shop/configmaps/c/scale");
    EXPECT_EQ(seen.headers.at("content-type"), "application/merge-patch+json");
    EXPECT_EQ(seen.parameter("force"), "");
    EXPECT_EQ(seen.parameter("dryRun"), "");

    ASSERT_TRUE(client->create(configMaps, "shop", body));
    EXPECT_EQ(server.requests().back().method, "POST");
    EXPECT_EQ(server.requests().back().path, "/api/v1/namespaces/shop/configmaps");
    ASSERT_TRUE(client->replace(configMaps, "shop", "c", body));
    EXPECT_EQ(server.requests().back().method, "PUT");

    DeleteOptions removal;
    removal.uid = "u";
    removal.resourceVersion = "7";
    removal.propagation = Propagation::Foreground;
    removal.gracePeriodSeconds = 0;
    removal.dryRun = true;
    ASSERT_TRUE(client->remove(configMaps, "shop", "c", removal));
    seen = server.requests().back();
    EXPECT_EQ(seen.method, "DELETE");
    EXPECT_EQ(seen.body,
              R"({"apiVersion":"v1","dryRun":["All"],"gracePeriodSeconds":0,"kind":"DeleteOptions","preconditions":{"resourceVersion":"7","uid":"u"},"propagationPolicy":"Foreground"})");
}

TEST(Client, SaysWhoItIs)
{
    FakeApiServer server([](const Request &, Reply &reply) { reply.json(200, R"({"gitVersion":"v1.36.0"})"); });
    ClusterAccess access = accessTo(server.url() + "/k8s/clusters/c-1");
    access.user.token = "abc";
    access.user.impersonateUser = "other";
    access.user.impersonateGroups = {"g1", "g2"};
    const auto probe = Client::create(access).value()->probe();
    ASSERT_TRUE(probe) << probe.error().message;
    EXPECT_EQ(probe->gitVersion, "v1.36.0");
    const Request seen = server.requests().back();
    EXPECT_EQ(seen.path, "/k8s/clusters/c-1/version");
    EXPECT_EQ(seen.headers.at("authorization"), "Bearer abc");
    EXPECT_EQ(seen.headers.at("impersonate-user"), "other");
}

TEST(Client, FreshCredentialsAfter401)
{
    const TemporaryFolder folder;
    FakeApiServer server([](const Request &request, Reply &reply) {
        if (request.headers.at("authorization") == "Bearer new") {
            reply.json(200, object);
        } else {
            reply.json(401, statusJson(401, "Unauthorized", "Unauthorized"));
        }
    });
    ClusterAccess access = accessTo(server.url());
    access.user.tokenFile = folder.write("token", "old");
    const auto client = Client::create(access).value();
    EXPECT_EQ(client->get(configMaps, "shop", "c").error().code, ErrorCode::Unauthorized);
    EXPECT_EQ(server.requests().size(), 1U) << "the file had nothing new";
    folder.write("token", "new");
    EXPECT_TRUE(client->get(configMaps, "shop", "c")) << "read again when refused, asked once more";
    EXPECT_EQ(server.requests().size(), 3U);
}

TEST(Client, StartedCallsRunPluginsElsewhere)
{
    const TemporaryFolder folder;
    FakeApiServer server([](const Request &request, Reply &reply) {
        if (request.headers.at("authorization") == "Bearer t2") {
            reply.json(200, object);
        } else {
            reply.json(401, statusJson(401, "Unauthorized", "Unauthorized"));
        }
    });
    ClusterAccess access = accessTo(server.url());
    access.user.exec = ExecPlugin {};
    access.user.exec->apiVersion = "client.authentication.k8s.io/v1";
    access.user.exec->command = folder.write("plugin", "#!/bin/sh\necho x >> " + folder.path("runs") + "\nn=$(wc -l < " + folder.path("runs")
                                                 + " | tr -d ' ')\necho '{\"kind\":\"ExecCredential\",\"apiVersion\":\"client.authentication.k8s.io/v1\",\"status\":{\"token\":\"t'$n'\"}}'\n",
                                             true);
    const auto client = Client::create(access).value();
    std::atomic<int> good {0};
    std::atomic<int> done {0};
    for (int i = 0; i < 5; ++i) {
        client->start({"GET", "/api/v1/x"}, {}, [&](Result<HttpAnswer> answer) {
            good += answer ? 1 : 0;
            ++done;
        });
    }
    ASSERT_TRUE(eventually([&] { return done == 5; }));
    EXPECT_EQ(good, 5);
}

TEST(Client, StartedCallsAreAnsweredWhenItGoes)
{
    const TemporaryFolder folder;
    FakeApiServer server([](const Request &, Reply &reply) { reply.hang(); });
    ClusterAccess access = accessTo(server.url());
    access.user.exec = ExecPlugin {};
    access.user.exec->apiVersion = "client.authentication.k8s.io/v1";
    access.user.exec->command = folder.write("plugin", "#!/bin/sh\necho > " + folder.path("started") + "\nsleep 100\n", true);
    auto client = Client::create(access).value();
    std::atomic<int> done {0};
    for (int i = 0; i < 3; ++i) {
        client->start({"GET", "/x"}, {}, [&](Result<HttpAnswer> answer) { done += !answer && answer.error().code == ErrorCode::Cancelled ? 1 : 0; });
    }
    ASSERT_TRUE(eventually([&] { return std::filesystem::exists(folder.path("started")); }));
    client.reset();
    EXPECT_EQ(done, 3);
}

TEST(Client, StreamsLogs)
{
    FakeApiServer server([](const Request &, Reply &reply) {
        reply.startChunked();
        for (int i = 0; i < 10; ++i) {
            reply.chunk("line\n");
        }
        reply.endChunked();
    });
    std::mutex mutex;
    std::string text;
    const auto end = clientOf(server)->stream({"GET", "/log?follow=true", "*/*"}, [&](std::string_view bytes) {
        const std::scoped_lock lock(mutex);
        text += bytes;
        return true;
    });
    ASSERT_TRUE(end) << end.error().message;
    EXPECT_EQ(text.size(), 50U);

    FakeApiServer hanging([](const Request &, Reply &reply) {
        reply.startChunked();
        reply.hang();
    });
    CancelSource source;
    CallOptions options;
    options.cancel = source.token();
    Result<HttpAnswer> result;
    std::thread thread([&] { result = clientOf(hanging)->stream({"GET", "/log"}, [](std::string_view) { return true; }, options); });
    ASSERT_TRUE(eventually([&] { return !hanging.requests().empty(); }));
    source.cancel();
    thread.join();
    EXPECT_EQ(result.error().code, ErrorCode::Cancelled);
}

TEST(Client, TablesOrAClearNo)
{
    FakeApiServer server([](const Request &request, Reply &reply) {
        if (request.path.find("/shop/") != std::string::npos) {
            reply.json(200, R"({"kind":"Table","metadata":{"resourceVersion":"3"},"columnDefinitions":[{"name":"A","type":"string","priority":1}],"rows":[{"cells":["x",1.50,true,null,["a",1],{"k":"v"}],"object":{"metadata":{"name":"n","namespace":"shop","uid":"u","resourceVersion":"2"}}}]})");
        } else {
            reply.json(200, R"({"kind":"ConfigMapList","metadata":{},"items":[]})");
        }
    });
    ListOptions options;
    options.ns = "shop";
    const auto page = clientOf(server)->table(configMaps, options);
    ASSERT_TRUE(page) << page.error().message;
    ASSERT_EQ(page->rows.size(), 1U);
    const TableRow &row = page->rows[0];
    ASSERT_EQ(row.cellCount(), 6U);
    EXPECT_EQ(row.cell(0), "x");
    EXPECT_EQ(row.cell(1), "1.5");
    EXPECT_EQ(row.cell(2), "true");
    EXPECT_EQ(row.cell(3), "");
    EXPECT_EQ(row.cell(4), "[\"a\",1]");
    EXPECT_EQ(row.name(), "n");
    EXPECT_EQ(row.uid(), "u");
    EXPECT_EQ(page->columns[0].priority, 1);
    options.ns = "other";
    EXPECT_EQ(clientOf(server)->table(configMaps, options).error().code, ErrorCode::Unsupported);
    EXPECT_EQ(TableRow().name(), "");
    EXPECT_EQ(TableRow().cellCount(), 0U);
}

TEST(Client, BadAuthoritiesAreNamed)
{
    ClusterAccess access = accessTo("https://127.0.0.1:1");
    access.cluster = "c";
    access.ca.data = "rubbish";
    EXPECT_NE(Client::create(access).error().message.find("certificate-authority of cluster \"c\" holds no certificate"), std::string::npos);
    access.ca = {};
    access.ca.file = "/nonexistent/ca.crt";
    EXPECT_EQ(Client::create(access).error().code, ErrorCode::NotFound);
}

TEST(AccessReviews, AreAskedAndKept)
{
    FakeApiServer server([](const Request &request, Reply &reply) {
        const auto review = value::parseJson(request.body).value();
        const value::Value &attributes = review["spec"]["resourceAttributes"];
        const bool isAllowed = attributes["verb"].stringOr() == "patch" && attributes["namespace"].stringOr() == "shop" && attributes["group"].stringOr() == "networking.istio.io";
        reply.json(201, R"({"kind":"SelfSubjectAccessReview","status":{"allowed":)" + std::string(isAllowed ? "true" : "false") + R"(,"reason":"because"}})");
    });
    ManualClock clock;
    AccessReviewer reviewer(clientOf(server), 30s, &clock);
    const AccessQuestion question {"patch", "networking.istio.io", "virtualservices", "", "shop", ""};
    EXPECT_TRUE(reviewer.canI(question)->allowed);
    EXPECT_TRUE(reviewer.canI(question)->allowed);
    EXPECT_EQ(server.requests().size(), 1U);
    EXPECT_FALSE(reviewer.canI({"delete", "", "pods", "", "shop", ""})->allowed);
    clock.advance(31s);
    EXPECT_TRUE(reviewer.canI(question)->allowed);
    EXPECT_EQ(server.requests().size(), 3U);
    reviewer.forget();
    EXPECT_EQ(reviewer.canI(question)->reason, "because");
    EXPECT_EQ(server.requests().size(), 4U);
}

TEST(AccessReviews, FailureIsNoNo)
{
    FakeApiServer server([](const Request &, Reply &reply) { reply.json(500, "{}"); });
    AccessReviewer reviewer(clientOf(server));
    EXPECT_FALSE(reviewer.canI({"get", "", "pods", "", "", ""}));
}

} // namespace
} // namespace fairway::kube
