#include "core/lab/api_server.h"
#include "tests/core/lab/fixture.h"

#include <algorithm>

namespace fairway::lab {

using value::Value;

namespace {

/// Takes an answer in the place of a connection.
class RecordingResponder final : public proxy::HttpResponder {
public:
    void send(int code, const proxy::HttpHeaders &given, std::string text) override
    {
        status = code;
        headers = given;
        body = std::move(text);
    }
    void startStream(int code, const proxy::HttpHeaders &) override { status = code; }
    bool write(std::string_view chunk) override
    {
        gate.change([&] { streamed += chunk; });
        return true;
    }
    void end() override { gate.change([&] { hasEnded = true; }); }
    void abort() override { end(); }
    void onClosed(std::function<void()>) override { }
    void onDrained(std::function<void()>) override { }
    bool isClosed() const override { return false; }
    std::size_t bufferedBytes() const override { return 0; }

    int status = 0;
    proxy::HttpHeaders headers;
    std::string body;
    Gate gate;
    std::string streamed;
    bool hasEnded = false;
};

class Api : public ServiceFixture {
protected:
    Api()
    {
        store.setListener([this](std::string_view) { hub.wake(); });
        for (const char *name : {"c0", "c1", "c2", "c3", "c4"})
            (void)makeConfigMap(name, "1", std::string(1, name[1]));
    }

    std::shared_ptr<RecordingResponder> call(std::string method, const std::string &target, std::string body = {}, std::string contentType = "application/json",
        std::string accept = "application/json")
    {
        proxy::HttpRequest request;
        request.method = std::move(method);
        request.target = target;
        request.path = target.substr(0, target.find('?'));
        request.query = target.find('?') == std::string::npos ? "" : target.substr(target.find('?') + 1);
        request.body = std::move(body);
        request.headers = {{"Accept", std::move(accept)}, {"User-Agent", "fairway/1"}};
        if (!token.empty())
            request.headers.emplace_back("Authorization", "Bearer " + token);
        if (!request.body.empty())
            request.headers.emplace_back("Content-Type", std::move(contentType));
        const auto responder = std::make_shared<RecordingResponder>();
        server.handle(request, responder);
        return responder;
    }

    Callers callers;
    std::string token = callers.token(LabUser::Admin);
    WatchHub hub {store, std::chrono::seconds(30)};
    ApiServer server {service, hub, callers, {}};
};

struct AnswerRow {
    const char *name;
    const char *method;
    const char *target;
    const char *body;
    const char *contentType;
    int status;
    const char *expected; ///< JSON that must stand in the answer, member for member.
};

// The answers of a real 1.36 API server to the same questions.
const AnswerRow Answers[] = {
    {"absent object", "GET", "/api/v1/namespaces/rec/configmaps/none", "", "", 404,
        R"({"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"configmaps \"none\" not found","reason":"NotFound","details":{"name":"none","kind":"configmaps"},"code":404})"},
    {"created twice", "POST", "/api/v1/namespaces/rec/configmaps", R"({"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"c0"}})", "application/json", 409,
        R"({"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"configmaps \"c0\" already exists","reason":"AlreadyExists","details":{"name":"c0","kind":"configmaps"},"code":409})"},
    {"unknown field selector", "GET", "/api/v1/namespaces/rec/configmaps?fieldSelector=data.a%3D1", "", "", 400,
        R"({"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"\"data.a\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\"","reason":"BadRequest","code":400})"},
    {"version of the future", "GET", "/api/v1/namespaces/rec/configmaps?resourceVersion=99999999&resourceVersionMatch=NotOlderThan", "", "", 504,
        R"({"kind":"Status","status":"Failure","reason":"Timeout","details":{"causes":[{"reason":"ResourceVersionTooLarge","message":"Too large resource version"}],"retryAfterSeconds":1},"code":504})"},
    {"patch of an unknown type", "PATCH", "/api/v1/namespaces/rec/configmaps/c1", "{}", "text/plain", 415,
        R"({"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"415: Unsupported Media Type","reason":"UnsupportedMediaType","details":{},"code":415})"},
    {"test that fails", "PATCH", "/api/v1/namespaces/rec/configmaps/c2", R"([{"op":"test","path":"/data/a","value":"zzz"}])", "application/json-patch+json", 422,
        R"({"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"the server rejected our request due to an error in our request","reason":"Invalid","details":{},"code":422})"},
    {"merge patch", "PATCH", "/api/v1/namespaces/rec/configmaps/c2", R"({"data":{"b":"x","a":null}})", "application/merge-patch+json", 200,
        R"({"kind":"ConfigMap","apiVersion":"v1","data":{"b":"x"}})"},
    {"apply creates", "PATCH", "/api/v1/namespaces/rec/configmaps/s1?fieldManager=fairway", R"({"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"s1"},"data":{"w":"90"}})",
        "application/apply-patch+yaml", 201, R"({"kind":"ConfigMap","data":{"w":"90"}})"},
    {"apply takes YAML", "PATCH", "/api/v1/namespaces/rec/configmaps/s2?fieldManager=fairway", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: s2\n",
        "application/apply-patch+yaml", 201, R"({"kind":"ConfigMap"})"},
    {"wrong kind", "POST", "/api/v1/namespaces/rec/configmaps", R"({"apiVersion":"v1","kind":"Secret","metadata":{"name":"x"}})", "application/json", 400,
        R"({"reason":"BadRequest"})"},
    {"broken body", "POST", "/api/v1/namespaces/rec/configmaps", R"({"apiVersion":)", "application/json", 400, R"({"reason":"BadRequest"})"},
    {"deletion", "DELETE", "/api/v1/namespaces/rec/configmaps/c4", "", "", 200,
        R"({"kind":"Status","apiVersion":"v1","metadata":{},"status":"Success","details":{"name":"c4","kind":"configmaps"}})"},
    {"not to be created by name", "POST", "/api/v1/namespaces/rec/configmaps/c9", "{}", "application/json", 405, R"({"reason":"MethodNotAllowed"})"},
    {"a collection that may not go", "DELETE", "/api/v1/namespaces", "", "", 405, R"({"reason":"MethodNotAllowed"})"},
    {"rights of an admin", "POST", "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
        R"({"kind":"SelfSubjectAccessReview","apiVersion":"authorization.k8s.io/v1","spec":{"resourceAttributes":{"verb":"patch","resource":"pods"}}})", "application/json", 201,
        R"({"kind":"SelfSubjectAccessReview","status":{"allowed":true}})"},
};

/// Whether every member of `wanted` is in `found` likewise.
bool contains(const Value &found, const Value &wanted)
{
    if (!wanted.isMap())
        return found == wanted;
    for (const auto &[key, member] : wanted.asMap()) {
        if (!contains(found[key], member))
            return false;
    }
    return true;
}

TEST_F(Api, answers_in_the_shape_of_a_real_server)
{
    for (const AnswerRow &row : Answers) {
        SCOPED_TRACE(row.name);
        const auto answer = call(row.method, row.target, row.body, row.contentType);
        EXPECT_EQ(answer->status, row.status) << answer->body;
        EXPECT_TRUE(contains(json(answer->body), json(row.expected))) << answer->body;
    }
}

TEST_F(Api, knows_its_callers)
{
    token = "wrong";
    EXPECT_EQ(call("GET", "/api/v1/namespaces/rec/configmaps")->status, 401);
    token = "";
    const auto anonymous = call("GET", "/api/v1/namespaces/rec/configmaps");
    EXPECT_EQ(anonymous->status, 403);
    EXPECT_NE(anonymous->body.find(R"(configmaps is forbidden: User \"system:anonymous\" cannot list resource \"configmaps\" in API group \"\" in the namespace \"rec\")"),
        std::string::npos);
    EXPECT_EQ(call("GET", "/version")->status, 200);
    EXPECT_EQ(call("GET", "/apis")->status, 403);
    token = callers.token(LabUser::Reader);
    EXPECT_EQ(call("GET", "/api/v1/namespaces/rec/configmaps")->status, 200);
    EXPECT_EQ(call("GET", "/api/v1/namespaces/rec/secrets")->status, 403);
    EXPECT_EQ(call("POST", "/api/v1/namespaces/rec/configmaps", "{}")->status, 403);
    EXPECT_EQ(call("POST", "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", R"({"spec":{"resourceAttributes":{"verb":"patch","resource":"pods"}}})")->body.find("true"),
        std::string::npos);
}

TEST_F(Api, pages_through_one_state)
{
    const Value first = json(call("GET", "/api/v1/namespaces/rec/configmaps?limit=2")->body);
    EXPECT_EQ(first["kind"].stringOr(), "ConfigMapList");
    EXPECT_EQ(first["items"].size(), 2U);
    EXPECT_TRUE(first["items"][0]["kind"].isNull());
    EXPECT_EQ(first["metadata"]["remainingItemCount"].intOr(0), 3);
    EXPECT_EQ(call("DELETE", "/api/v1/namespaces/rec/configmaps/c2")->status, 200);
    const std::string next = "/api/v1/namespaces/rec/configmaps?limit=2&continue=" + std::string(first["metadata"]["continue"].stringOr());
    const Value second = json(call("GET", next)->body);
    EXPECT_EQ(second["items"][0]["metadata"]["name"].stringOr(), "c2");
    EXPECT_EQ(second["metadata"]["resourceVersion"].stringOr(), first["metadata"]["resourceVersion"].stringOr());
    store.compact();
    const auto gone = call("GET", next);
    EXPECT_EQ(gone->status, 410);
    const std::string anew(json(gone->body)["metadata"]["continue"].stringOr());
    EXPECT_EQ(json(call("GET", "/api/v1/namespaces/rec/configmaps?limit=2&continue=" + anew)->body)["items"][0]["metadata"]["name"].stringOr(), "c3");
    EXPECT_EQ(call("GET", "/api/v1/namespaces/rec/configmaps?limit=2&continue=rubbish")->status, 400);
    EXPECT_EQ(json(call("GET", "/api/v1/namespaces/rec/configmaps?labelSelector=n%20in%20(1,3)")->body)["items"].size(), 2U);
}

TEST_F(Api, shows_tables_and_metadata)
{
    const std::string table = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json";
    const Value shown = json(call("GET", "/api/v1/namespaces/rec/configmaps", "", "", table)->body);
    EXPECT_EQ(shown["kind"].stringOr(), "Table");
    EXPECT_EQ(value::toJson(shown["rows"][0]["cells"]), R"(["c0",1,"0s"])");
    EXPECT_EQ(shown["rows"][0]["object"]["kind"].stringOr(), "PartialObjectMetadata");
    const Value metadata = json(
        call("GET", "/api/v1/namespaces/rec/configmaps", "", "", "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io")->body);
    EXPECT_EQ(metadata["kind"].stringOr(), "PartialObjectMetadataList");
    EXPECT_TRUE(metadata["items"][0]["data"].isNull());
    EXPECT_EQ(call("GET", "/api/v1/namespaces/rec/configmaps", "", "", "text/html")->status, 406);
}

TEST_F(Api, describes_itself_in_both_forms_of_discovery)
{
    EXPECT_EQ(json(call("GET", "/api")->body)["versions"][0].stringOr(), "v1");
    EXPECT_EQ(json(call("GET", "/apis/apps/v1")->body)["groupVersion"].stringOr(), "apps/v1");
    const Value aggregated = json(call("GET", "/apis", "", "", "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json")->body);
    EXPECT_EQ(aggregated["kind"].stringOr(), "APIGroupDiscoveryList");
    std::size_t resources = 0;
    for (const Value &group : aggregated["items"].asList()) {
        EXPECT_FALSE(group["metadata"]["name"].stringOr().empty());
        for (std::size_t v = 0; v < group["versions"].size(); ++v)
            resources += group["versions"][v]["resources"].size();
    }
    EXPECT_GT(resources, 20U);
    EXPECT_EQ(call("GET", "/apis/nope.example/v1/things")->body, "404 page not found\n");
    EXPECT_TRUE(json(call("GET", "/openapi/v3")->body)["paths"]["apis/apps/v1"].isMap());
    EXPECT_TRUE(json(call("GET", "/openapi/v3/apis/apps/v1")->body)["paths"]["/apis/apps/v1/namespaces/{namespace}/deployments/{name}"]["patch"].isMap());
}

TEST_F(Api, streams_a_watch)
{
    const std::string version = std::to_string(store.version());
    const auto stream = call("GET", "/api/v1/namespaces/rec/configmaps?watch=1&resourceVersion=" + version);
    EXPECT_EQ(stream->status, 200);
    (void)makeConfigMap("w1");
    EXPECT_TRUE(stream->gate.wait([&] { return stream->streamed.find('\n') != std::string::npos; }));
    const Value event = json(stream->gate.read([&] { return stream->streamed; }));
    EXPECT_EQ(event["type"].stringOr(), "ADDED");
    EXPECT_EQ(event["object"]["metadata"]["name"].stringOr(), "w1");
    EXPECT_EQ(call("GET", "/api/v1/namespaces/rec/configmaps?watch=1&sendInitialEvents=true")->status, 422);
    hub.stop();
}

TEST_F(Api, fails_on_demand)
{
    server.failNext(1, 503);
    const auto failed = call("GET", "/version");
    EXPECT_EQ(failed->status, 503);
    EXPECT_NE(std::find(failed->headers.begin(), failed->headers.end(), std::pair<std::string, std::string>("Retry-After", "1")), failed->headers.end());
    EXPECT_EQ(call("GET", "/version")->status, 200);
}

} // namespace

TEST_F(Api, CountsWhatWasAskedAsKubeApiserverDoes)
{
    (void)call("PATCH", "/api/v1/namespaces/rec/configmaps/c1?dryRun=All", R"({"data":{"a":"9"}})", "application/merge-patch+json");
    (void)call("PATCH", "/api/v1/namespaces/rec/configmaps/c1", R"({"data":{"a":"9"}})", "application/merge-patch+json");
    (void)call("GET", "/api/v1/namespaces/rec/configmaps/none");
    for (const char *unknown : {"/api/v1/namespaces/rec/one", "/api/v1/namespaces/rec/two"})
        (void)call("GET", unknown);
    const std::string text = call("GET", "/metrics")->body;
    const auto holds = [&](const char *line) { return text.find(line) != std::string::npos; };
    EXPECT_TRUE(holds(R"(dry_run="All",group="",resource="configmaps",subresource="",verb="PATCH",version="v1"} 1)")) << text;
    EXPECT_TRUE(holds(R"(code="200",component="apiserver",dry_run="",group="",resource="configmaps",subresource="",verb="PATCH",version="v1"} 1)")) << text;
    EXPECT_TRUE(holds(R"(code="404",component="apiserver",dry_run="",group="",resource="configmaps",subresource="",verb="GET",version="v1"} 1)")) << text;
    EXPECT_TRUE(holds(R"(resource="",subresource="",verb="LIST",version=""} 2)")) << "names nobody knows make no series: " << text;
    token = callers.token(LabUser::Reader);
    EXPECT_EQ(call("GET", "/metrics")->status, 403);
}

} // namespace fairway::lab
