#include "core/lab/lab.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

// Real kubectl and helm against the practice cluster. FAIRWAY_KUBECTL and FAIRWAY_HELM name the programs.

namespace fairway::lab {

namespace {

class Tools : public ::testing::Test {
protected:
    void SetUp() override
    {
        std::string pattern = (std::filesystem::temp_directory_path() / "fairway-lab-XXXXXX").string();
        ASSERT_NE(mkdtemp(pattern.data()), nullptr);
        m_folder = pattern;
        auto lab = Lab::start({});
        ASSERT_TRUE(lab) << lab.error().message;
        m_lab = std::move(*lab);
        write("kubeconfig", m_lab->kubeconfigText());
    }

    void TearDown() override
    {
        if (m_lab)
            m_lab->stop();
        std::filesystem::remove_all(m_folder);
    }

    void write(const std::string &name, const std::string &text)
    {
        const std::filesystem::path path = m_folder / name;
        std::filesystem::create_directories(path.parent_path());
        std::ofstream(path) << text;
    }

    /// Output and errors of a program; its exit code goes to `code`.
    std::string run(const std::string &program, const std::string &arguments, int expected = 0)
    {
        const std::string folder = m_folder.string();
        const std::string command = "cd '" + folder + "' && KUBECONFIG='" + folder + "/kubeconfig' HOME='" + folder + "' '" + program + "' " + arguments + " 2>&1";
        std::string output;
        FILE *pipe = popen(command.c_str(), "r");
        std::array<char, 4096> buffer {};
        while (pipe && std::fgets(buffer.data(), static_cast<int>(buffer.size()), pipe))
            output += buffer.data();
        const int status = pipe ? pclose(pipe) : -1;
        EXPECT_EQ(status == -1 ? -1 : WEXITSTATUS(status), expected) << program << " " << arguments << "\n" << output;
        return output;
    }

    std::filesystem::path m_folder;
    std::unique_ptr<Lab> m_lab;
};

bool contains(const std::string &text, const std::string &part)
{
    return text.find(part) != std::string::npos;
}

constexpr const char *Manifest = R"(apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: c, image: "x/y:1", ports: [{containerPort: 8080}], env: [{name: A, value: "VALUE"}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
)";

std::string manifest(const std::string &value)
{
    std::string text = Manifest;
    return text.replace(text.find("VALUE"), 5, value);
}

TEST_F(Tools, kubectl_works)
{
    const char *kubectl = std::getenv("FAIRWAY_KUBECTL");
    if (!kubectl)
        GTEST_SKIP() << "SKIPPED: set FAIRWAY_KUBECTL to a real kubectl to run this test";
    write("one.yaml", manifest("1"));
    write("two.yaml", manifest("2"));
    EXPECT_TRUE(contains(run(kubectl, "get pods -l app=reviews"), "reviews-v2-"));
    EXPECT_TRUE(contains(run(kubectl, "get vs reviews"), "reviews.shop.example"));
    EXPECT_TRUE(contains(run(kubectl, "api-resources"), "virtualservices"));
    EXPECT_TRUE(contains(run(kubectl, "apply -f one.yaml"), "deployment.apps/web created"));
    EXPECT_TRUE(contains(run(kubectl, "rollout status deploy/web --timeout=20s"), "successfully rolled out"));
    EXPECT_TRUE(contains(run(kubectl, "diff -f two.yaml", 1), "+          value: \"2\""));
    EXPECT_TRUE(contains(run(kubectl, "apply -f two.yaml"), "deployment.apps/web configured"));
    EXPECT_TRUE(contains(run(kubectl, "rollout status deploy/web --timeout=20s"), "successfully rolled out"));
    EXPECT_TRUE(contains(run(kubectl, "rollout undo deploy/web"), "rolled back"));
    EXPECT_TRUE(contains(run(kubectl, "scale deploy/web --replicas=3"), "scaled"));
    EXPECT_TRUE(contains(run(kubectl, "wait --for=jsonpath='{.status.readyReplicas}'=3 deploy/web --timeout=20s"), "condition met"));
    EXPECT_TRUE(contains(run(kubectl, "apply --server-side -f two.yaml", 1), "conflict"));
    EXPECT_TRUE(contains(run(kubectl, "apply --server-side --force-conflicts -f two.yaml"), "serverside-applied"));
    EXPECT_TRUE(contains(run(kubectl, "logs deploy/web"), "listening on 127."));
    EXPECT_TRUE(contains(run(kubectl, "patch vs reviews --type=json -p '[{\"op\":\"replace\",\"path\":\"/spec/http/2/route/0/weight\",\"value\":\"x\"}]'", 1),
        "must be of type integer"));
    EXPECT_TRUE(contains(run(kubectl, "describe deploy web"), "NewReplicaSet"));
    EXPECT_TRUE(contains(run(kubectl, "explain vs.spec.http"), "route"));
    EXPECT_TRUE(contains(run(kubectl, "auth can-i patch vs"), "yes"));
    EXPECT_TRUE(contains(run(kubectl, "--context lab-reader auth can-i patch vs", 1), "no"));
    EXPECT_TRUE(contains(run(kubectl, "--context lab-reader delete vs reviews", 1), "forbidden"));
    EXPECT_TRUE(contains(run(kubectl, "create ns fresh"), "namespace/fresh created"));
    EXPECT_TRUE(contains(run(kubectl, "-n fresh create configmap a --from-literal=x=1"), "configmap/a created"));
    EXPECT_TRUE(contains(run(kubectl, "-n fresh create deployment d --image=a/b:1 --port=8080"), "deployment.apps/d created"));
    EXPECT_TRUE(contains(run(kubectl, "delete ns fresh --timeout=20s"), "deleted"));
    EXPECT_TRUE(contains(run(kubectl, "delete deploy,svc web --timeout=20s"), "deleted"));
    EXPECT_FALSE(contains(run(kubectl, "get deploy"), "web"));
}

TEST_F(Tools, helm_works)
{
    const char *helm = std::getenv("FAIRWAY_HELM");
    if (!helm)
        GTEST_SKIP() << "SKIPPED: set FAIRWAY_HELM to a real helm to run this test";
    write("tiny/Chart.yaml", "apiVersion: v2\nname: tiny\nversion: 0.1.0\n");
    write("tiny/values.yaml", "value: \"1\"\n");
    std::string text = manifest("{{ .Values.value }}");
    for (std::size_t place = 0; (place = text.find("web", place)) != std::string::npos;)
        text.replace(place, 3, "tiny");
    write("tiny/templates/all.yaml", text);
    EXPECT_TRUE(contains(run(helm, "list -A"), "shop-2.9.0"));
    EXPECT_TRUE(contains(run(helm, "status shop"), "The shop is open."));
    EXPECT_TRUE(contains(run(helm, "install tiny tiny --wait --timeout 30s"), "STATUS: deployed"));
    EXPECT_TRUE(contains(run(helm, "upgrade tiny tiny --set value=2 --wait --timeout 30s"), "has been upgraded"));
    EXPECT_TRUE(contains(run(helm, "rollback tiny 1 --wait --timeout 30s"), "Rollback was a success"));
    EXPECT_TRUE(contains(run(helm, "history tiny"), "superseded"));
    EXPECT_TRUE(contains(run(helm, "status tiny"), "REVISION: 3"));
    EXPECT_TRUE(contains(run(helm, "uninstall tiny --wait --timeout 30s"), "uninstalled"));
    EXPECT_TRUE(contains(run(helm, "install plain tiny --server-side=false"), "STATUS: deployed"));
    EXPECT_TRUE(contains(run(helm, "uninstall plain"), "uninstalled"));
}

} // namespace

} // namespace fairway::lab
