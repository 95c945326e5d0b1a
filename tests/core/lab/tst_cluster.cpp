#include "core/kube/client.h"
#include "core/lab/lab.h"
#include "tests/core/lab/fixture.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstring>

namespace fairway::lab {

using value::Value;

namespace {

/// One GET over a fresh connection; empty when there is nobody.
std::string httpGet(const std::string &address, std::uint16_t port, const std::string &path)
{
    const int socketFd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in peer {};
    peer.sin_family = AF_INET;
    peer.sin_port = htons(port);
    inet_pton(AF_INET, address.c_str(), &peer.sin_addr);
    std::string answer;
    const std::string request = "GET " + path + " HTTP/1.1\r\nHost: pod\r\nConnection: close\r\n\r\n";
    if (::connect(socketFd, reinterpret_cast<const sockaddr *>(&peer), sizeof peer) == 0
        && ::send(socketFd, request.data(), request.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(request.size())) {
        char buffer[4096];
        for (ssize_t count = 0; (count = ::recv(socketFd, buffer, sizeof buffer, 0)) > 0;)
            answer.append(buffer, static_cast<std::size_t>(count));
    }
    ::close(socketFd);
    return answer;
}

std::shared_ptr<kube::Client> clientOf(const Lab &lab)
{
    const auto config = kube::Kubeconfig::fromText(lab.kubeconfigText(), "lab");
    EXPECT_TRUE(config);
    const auto access = config ? config->access("lab") : Result<kube::ClusterAccess>(tl::unexpected(config.error()));
    EXPECT_TRUE(access);
    auto client = access ? kube::Client::create(*access) : Result<std::shared_ptr<kube::Client>>(tl::unexpected(access.error()));
    EXPECT_TRUE(client);
    return client ? *client : nullptr;
}

kube::ResourceId resource(const char *group, const char *version, const char *plural)
{
    return {group, version, plural};
}

class Cluster : public ::testing::Test {
protected:
    static std::unique_ptr<Lab> start(LabOptions options)
    {
        options.podStart = std::chrono::milliseconds(1);
        auto lab = Lab::start(options);
        EXPECT_TRUE(lab) << lab.error().message;
        return lab ? std::move(*lab) : nullptr;
    }
};

TEST_F(Cluster, tells_the_shops_story_over_tls)
{
    const auto lab = start({});
    ASSERT_TRUE(lab);
    const auto client = clientOf(*lab);
    ASSERT_TRUE(client);
    const auto routes = client->listAll(resource("networking.istio.io", "v1", "virtualservices"), {});
    ASSERT_TRUE(routes) << routes.error().message;
    EXPECT_EQ(routes->items.size(), 4U);
    const auto reviews = client->get(resource("networking.istio.io", "v1", "virtualservices"), "shop", "reviews");
    ASSERT_TRUE(reviews);
    const auto tree = reviews->parse();
    EXPECT_EQ((*tree)["spec"]["http"][2]["route"][0]["weight"].intOr(0), 90);
    EXPECT_EQ((*tree)["metadata"]["generation"].intOr(0), 41);
    kube::ListOptions ofReviews;
    ofReviews.ns = "shop";
    ofReviews.labelSelector = "app=reviews";
    const auto pods = client->listAll(resource("", "v1", "pods"), ofReviews);
    ASSERT_TRUE(pods);
    EXPECT_EQ(pods->items.size(), 13U);
    lab->stop();
}

TEST_F(Cluster, is_the_same_for_the_same_seed)
{
    LabOptions options;
    options.runsPods = false;
    const auto names = [&] {
        const auto lab = start(options);
        std::string text;
        for (const RunningPod &pod : lab->runningPods())
            text += pod.name + " ";
        return text;
    };
    const std::string first = names();
    EXPECT_FALSE(first.empty());
    EXPECT_EQ(first, names());
    options.seed = 2;
    EXPECT_NE(first, names());
}

TEST_F(Cluster, runs_pods_that_answer_and_obey_their_dials)
{
    LabOptions options;
    options.hasShop = false;
    const auto lab = start(options);
    ASSERT_TRUE(lab);
    ASSERT_TRUE(lab->apply(R"(
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web, version: v7}}
    spec: {containers: [{name: c, image: "x/y:1", ports: [{containerPort: 8080}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
)"));
    const auto client = clientOf(*lab);
    const kube::ResourceId slices = resource("discovery.k8s.io", "v1", "endpointslices");
    kube::ListOptions ofWeb;
    ofWeb.ns = "default";
    ofWeb.labelSelector = "kubernetes.io/service-name=web";
    const auto endpoints = [&]() -> Value {
        EXPECT_TRUE(lab->settle());
        const auto page = client->listAll(slices, ofWeb);
        return page && !page->items.empty() ? *page->items.front().parse() : Value();
    };
    Value slice = endpoints();
    ASSERT_EQ(slice["endpoints"].size(), 2U);
    const std::string address(slice["endpoints"][0]["addresses"][0].stringOr());
    const auto port = static_cast<std::uint16_t>(slice["ports"][0]["port"].intOr(0));
    EXPECT_TRUE(slice["endpoints"][0]["conditions"]["ready"].boolOr(false));
    const std::string answer = httpGet(address, port, "/hello");
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 200")) << answer;
    EXPECT_NE(answer.find("x-lab-version: v7"), std::string::npos);
    EXPECT_NE(answer.find(R"("path":"/hello")"), std::string::npos);

    lab->setDial("default", "web", {std::nullopt, 100.0, "v8"});
    EXPECT_TRUE(lab->settle());
    EXPECT_TRUE(httpGet(address, port, "/hello").starts_with("HTTP/1.1 503"));
    EXPECT_TRUE(httpGet(address, port, "/healthz").starts_with("HTTP/1.1 200"));

    const auto scaled = client->patch(resource("apps", "v1", "deployments"), "default", "web", kube::PatchType::Merge,
        Value::map({{"spec", Value::map({{"replicas", 0}})}}));
    ASSERT_TRUE(scaled) << scaled.error().message;
    slice = endpoints();
    EXPECT_EQ(slice["endpoints"].size(), 0U);
    EXPECT_EQ(httpGet(address, port, "/hello"), "");
    EXPECT_TRUE(lab->runningPods().empty());
}

TEST_F(Cluster, rolls_templates_over_and_collects_garbage)
{
    LabOptions options;
    options.runsPods = false;
    const auto lab = start(options);
    const auto client = clientOf(*lab);
    const kube::ResourceId deployments = resource("apps", "v1", "deployments");
    const auto patched = client->patch(deployments, "shop", "reviews-v3", kube::PatchType::Strategic,
        *value::parseJson(R"({"spec":{"replicas":2,"template":{"spec":{"containers":[{"name":"reviews","image":"x/y:2"}]}}}})"));
    ASSERT_TRUE(patched) << patched.error().message;
    EXPECT_TRUE(lab->settle());
    const auto rolled = client->get(deployments, "shop", "reviews-v3");
    ASSERT_TRUE(rolled);
    const Value status = (*rolled->parse())["status"];
    EXPECT_EQ(status["updatedReplicas"].intOr(0), 2) << value::toJson(status);
    EXPECT_EQ(status["replicas"].intOr(0), 2);
    EXPECT_EQ(status["readyReplicas"].intOr(0), 2);
    ASSERT_TRUE(client->remove(resource("", "v1", "namespaces"), "", "mail"));
    EXPECT_TRUE(lab->settle());
    EXPECT_FALSE(client->get(resource("", "v1", "namespaces"), "", "mail"));
    kube::ListOptions inMail;
    inMail.ns = "mail";
    EXPECT_EQ(client->listAll(resource("", "v1", "pods"), inMail)->items.size(), 0U);
}

TEST_F(Cluster, holds_many_pods_that_change)
{
    LabOptions options;
    options.hasShop = false;
    options.pods = 1500;
    options.churn = 2000;
    const auto lab = start(options);
    const auto client = clientOf(*lab);
    kube::ListOptions all;
    const auto pods = client->listAll(resource("", "v1", "pods"), all);
    ASSERT_TRUE(pods) << pods.error().message;
    EXPECT_EQ(pods->items.size(), 1500U);
    const std::uint64_t before = lab->stats().resourceVersion;
    for (int i = 0; i < 1000 && lab->stats().resourceVersion < before + 50; ++i)
        (void)client->list(resource("", "v1", "namespaces"), {});
    EXPECT_GE(lab->stats().resourceVersion, before + 50);
    lab->stop();
    lab->stop();
}

} // namespace

} // namespace fairway::lab
