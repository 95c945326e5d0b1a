#include "core/kube/discovery.h"
#include "tests/core/kube/fake_api_server.h"

#include <gtest/gtest.h>

namespace fairway::kube {
namespace {

using test::FakeApiServer;
using Request = FakeApiServer::Request;
using Reply = FakeApiServer::Reply;

constexpr const char *aggregatedCore = R"({"kind":"APIGroupDiscoveryList","apiVersion":"apidiscovery.k8s.io/v2","metadata":{},"items":[{"metadata":{},"versions":[{"version":"v1","resources":[
{"resource":"pods","responseKind":{"group":"","version":"","kind":"Pod"},"scope":"Namespaced","singularResource":"pod","verbs":["get","list","watch"],"shortNames":["po"],"categories":["all"],"subresources":[{"subresource":"log","verbs":["get"]}]},
{"resource":"events","responseKind":{"kind":"Event"},"scope":"Namespaced","singularResource":"event","verbs":["list"],"shortNames":["ev"]},
{"resource":"namespaces","responseKind":{"kind":"Namespace"},"scope":"Cluster","singularResource":"namespace","verbs":["list"],"shortNames":["ns"]}]}]}]})";
constexpr const char *aggregatedGroups = R"({"kind":"APIGroupDiscoveryList","apiVersion":"apidiscovery.k8s.io/v2","metadata":{},"items":[
{"metadata":{"name":"apps"},"versions":[{"version":"v1","resources":[{"resource":"deployments","responseKind":{"kind":"Deployment"},"scope":"Namespaced","singularResource":"deployment","verbs":["get","list"],"shortNames":["deploy"]}]}]},
{"metadata":{"name":"events.k8s.io"},"versions":[{"version":"v1","resources":[{"resource":"events","responseKind":{"kind":"Event"},"scope":"Namespaced","singularResource":"event","verbs":["list"],"shortNames":["ev"]}]}]},
{"metadata":{"name":"autoscaling"},"versions":[
 {"version":"v2","resources":[{"resource":"horizontalpodautoscalers","responseKind":{"kind":"HorizontalPodAutoscaler"},"scope":"Namespaced","singularResource":"horizontalpodautoscaler","verbs":["list"],"shortNames":["hpa"]}]},
 {"version":"v1","resources":[{"resource":"horizontalpodautoscalers","responseKind":{"kind":"HorizontalPodAutoscaler"},"scope":"Namespaced","singularResource":"horizontalpodautoscaler","verbs":["list"],"shortNames":["hpa"]}]}]},
{"metadata":{"name":"networking.istio.io"},"versions":[
 {"version":"v1","resources":[{"resource":"virtualservices","responseKind":{"kind":"VirtualService"},"scope":"Namespaced","singularResource":"virtualservice","verbs":["list"],"shortNames":["vs"]}]},
 {"version":"v1beta1","resources":[{"resource":"virtualservices","responseKind":{"kind":"VirtualService"},"scope":"Namespaced","singularResource":"virtualservice","verbs":["list"],"shortNames":["vs"]}]}]},
{"metadata":{"name":"metrics.k8s.io"},"versions":[{"version":"v1beta1","resources":[],"freshness":"Stale"}]}]})";

Result<Discovery> discoverFrom(FakeApiServer &server)
{
    ClusterAccess access;
    access.server = server.url();
    return discover(*Client::create(access).value());
}

Discovery aggregated()
{
    FakeApiServer server([](const Request &request, Reply &reply) { reply.json(200, request.path == "/api" ? aggregatedCore : aggregatedGroups); });
    return discoverFrom(server).value();
}

TEST(Discovery, ReadsTheAggregatedForm)
{
    const Discovery discovery = aggregated();
    EXPECT_EQ(discovery.types().size(), 9U);
    const ResourceType *pods = discovery.find({"", "v1", "pods"});
    ASSERT_NE(pods, nullptr);
    EXPECT_EQ(pods->kind, "Pod");
    EXPECT_TRUE(pods->namespaced);
    EXPECT_TRUE(pods->can("watch"));
    EXPECT_FALSE(pods->can("delete"));
    EXPECT_EQ(pods->subresources, std::vector<std::string> {"log"});
    EXPECT_FALSE(discovery.find({"", "v1", "namespaces"})->namespaced);
    ASSERT_EQ(discovery.problems().size(), 1U);
    EXPECT_TRUE(discovery.problems()[0].starts_with("metrics.k8s.io/v1beta1: "));
    EXPECT_EQ(discovery.preferredTypes().size(), 7U);
    EXPECT_EQ(discovery.findKind("autoscaling/v1", "HorizontalPodAutoscaler")->version, "v1");
    EXPECT_EQ(discovery.findKind("v1", "Pod"), pods);
}

TEST(Discovery, LooksUpAsKubectlDoes)
{
    const Discovery discovery = aggregated();
    const std::vector<std::pair<std::string, std::string>> cases = {
        {"po", "pods"}, {"pod", "pods"}, {"Pods", "pods"}, {"POD", "pods"}, {"pods.v1", "pods"}, {"pods.v1.", "pods"},
        {"ev", "events"}, {"events", "events"}, {"events.events.k8s.io", "events.events.k8s.io"}, {"events.v1.events.k8s.io", "events.events.k8s.io"},
        {"deploy", "deployments.apps"}, {"deployments.apps", "deployments.apps"}, {"deployments.v1.apps", "deployments.apps"}, {"deploy.apps", "deployments.apps"},
        {"vs", "virtualservices.networking.istio.io"}, {"VirtualService", "virtualservices.networking.istio.io"}, {"virtualservices.networking.istio.io", "virtualservices.networking.istio.io"},
        {"virtualservice.v1beta1.networking.istio.io", "virtualservices.networking.istio.io"}, {"hpa", "horizontalpodautoscalers.autoscaling"}};
    for (const auto &[name, expected] : cases) {
        const auto found = discovery.lookUp(name);
        ASSERT_TRUE(found) << name;
        EXPECT_EQ((*found)->id().qualifiedName(), expected) << name;
    }
    EXPECT_EQ((*discovery.lookUp("virtualservices.v1beta1.networking.istio.io"))->version, "v1beta1");
    EXPECT_EQ((*discovery.lookUp("vs"))->version, "v1");
    for (const char *name : {"", ".", "nope", "pods.apps", "deployments.v2.apps", "po.v9"}) {
        const auto found = discovery.lookUp(name);
        ASSERT_FALSE(found) << name;
        EXPECT_EQ(found.error().code, ErrorCode::NotFound);
    }
}

TEST(Discovery, NegotiatesVersions)
{
    const Discovery discovery = aggregated();
    EXPECT_EQ(discovery.preferred("autoscaling", "horizontalpodautoscalers", {"v2", "v2beta2"})->version, "v2");
    EXPECT_EQ(discovery.preferred("autoscaling", "horizontalpodautoscalers", {"v3", "v1"})->version, "v1");
    EXPECT_EQ(discovery.preferred("autoscaling", "horizontalpodautoscalers", {"v3"}), nullptr);
    EXPECT_EQ(discovery.preferred("networking.istio.io", "virtualservices", {"v1alpha3", "v1beta1"})->version, "v1beta1");
    EXPECT_EQ(discovery.preferred("networking.istio.io", "virtualservices")->version, "v1");
    EXPECT_EQ(discovery.preferred("gateway.networking.k8s.io", "httproutes", {"v1"}), nullptr);
}

TEST(Discovery, FallsBackToTheLegacyForm)
{
    FakeApiServer server([](const Request &request, Reply &reply) {
        if (request.path == "/api") {
            reply.json(200, R"({"kind":"APIVersions","versions":["v1"]})");
        } else if (request.path == "/apis") {
            reply.json(200, R"({"kind":"APIGroupList","apiVersion":"v1","groups":[
{"name":"discovery.k8s.io","versions":[{"groupVersion":"discovery.k8s.io/v1beta1","version":"v1beta1"}],"preferredVersion":{"groupVersion":"discovery.k8s.io/v1beta1","version":"v1beta1"}},
{"name":"autoscaling","versions":[{"groupVersion":"autoscaling/v2beta2","version":"v2beta2"},{"groupVersion":"autoscaling/v1","version":"v1"}],"preferredVersion":{"groupVersion":"autoscaling/v1","version":"v1"}},
{"name":"broken.example","versions":[{"groupVersion":"broken.example/v1","version":"v1"}],"preferredVersion":{"groupVersion":"broken.example/v1","version":"v1"}}]})");
        } else if (request.path == "/api/v1") {
            reply.json(200, R"({"kind":"APIResourceList","groupVersion":"v1","resources":[{"name":"pods","singularName":"","namespaced":true,"kind":"Pod","verbs":["list"],"shortNames":["po"]},{"name":"pods/log","namespaced":true,"kind":"Pod","verbs":["get"]}]})");
        } else if (request.path == "/apis/discovery.k8s.io/v1beta1") {
            reply.json(200, R"({"kind":"APIResourceList","groupVersion":"discovery.k8s.io/v1beta1","resources":[{"name":"endpointslices","namespaced":true,"kind":"EndpointSlice","verbs":["list"]}]})");
        } else if (request.path.starts_with("/apis/autoscaling/")) {
            reply.json(200, R"({"kind":"APIResourceList","groupVersion":")" + request.path.substr(6)
                           + R"(","resources":[{"name":"horizontalpodautoscalers","namespaced":true,"kind":"HorizontalPodAutoscaler","verbs":["list"]}]})");
        } else {
            reply.json(404, "{}");
        }
    });
    const auto discovery = discoverFrom(server);
    ASSERT_TRUE(discovery) << discovery.error().message;
    EXPECT_EQ(discovery->preferred("discovery.k8s.io", "endpointslices", {"v1", "v1beta1"})->version, "v1beta1");
    EXPECT_EQ(discovery->preferred("autoscaling", "horizontalpodautoscalers", {"v2", "v2beta2"})->version, "v2beta2");
    EXPECT_EQ(discovery->preferred("autoscaling", "horizontalpodautoscalers")->version, "v1") << "the server's preference";
    EXPECT_EQ((*discovery->lookUp("pod"))->plural, "pods");
    EXPECT_EQ((*discovery->lookUp("po"))->subresources, std::vector<std::string> {"log"});
    ASSERT_EQ(discovery->problems().size(), 1U);
    EXPECT_TRUE(discovery->problems()[0].starts_with("broken.example/v1: "));
}

TEST(Discovery, OddServersAreNamed)
{
    FakeApiServer html([](const Request &, Reply &reply) { reply.send(200, "text/html", "<html>"); });
    EXPECT_NE(discoverFrom(html).error().message.find("HTML"), std::string::npos);
    FakeApiServer rubbish([](const Request &, Reply &reply) { reply.json(200, "{\"kind\":"); });
    EXPECT_EQ(discoverFrom(rubbish).error().code, ErrorCode::ProtocolViolation);
    FakeApiServer other([](const Request &, Reply &reply) { reply.json(200, "{}"); });
    EXPECT_NE(discoverFrom(other).error().message.find("names no API group"), std::string::npos);
    FakeApiServer refusing([](const Request &, Reply &reply) { reply.json(401, "{}"); });
    EXPECT_EQ(discoverFrom(refusing).error().code, ErrorCode::Unauthorized);
    EXPECT_EQ(refusing.requests().size(), 1U);
}

} // namespace
} // namespace fairway::kube
