#include "core/lab/resource_registry.h"
#include "tests/core/lab/fixture.h"

namespace fairway::lab {

using value::Value;

namespace {

constexpr const char *Deployment = R"({"metadata":{"name":"d1"},"spec":{"replicas":2,"selector":{"matchLabels":{"app":"d1"}},
    "template":{"metadata":{"labels":{"app":"d1"}},"spec":{"containers":[{"name":"c","image":"example/c:1"}]}}}})";

class Objects : public ServiceFixture {
protected:
    ApiResult<Written> makeDeployment() { return service.create(*type("deployments.apps"), "v1", "rec", json(Deployment), {}); }
    ApiResult<Written> patchDeployment(const char *patch, const WriteOptions &options = {})
    {
        return service.patch(*type("deployments.apps"), "v1", "rec", "d1", PatchKind::Merge, json(patch), options);
    }
};

TEST_F(Objects, get_metadata_defaults_and_an_owner)
{
    const auto made = makeDeployment();
    ASSERT_TRUE(made);
    const Value &object = made->object;
    EXPECT_TRUE(made->isCreated);
    EXPECT_EQ(object["apiVersion"].stringOr(), "apps/v1");
    EXPECT_EQ(object["metadata"]["generation"].intOr(0), 1);
    EXPECT_EQ(object["metadata"]["uid"].stringOr().size(), 36U);
    EXPECT_EQ(object["metadata"]["creationTimestamp"].stringOr(), "2026-01-01T00:00:00Z");
    EXPECT_EQ(object["spec"]["strategy"]["rollingUpdate"]["maxSurge"].stringOr(), "25%");
    EXPECT_EQ(object["spec"]["template"]["spec"]["containers"][0]["imagePullPolicy"].stringOr(), "IfNotPresent");
    EXPECT_EQ(object["metadata"]["managedFields"][0]["operation"].stringOr(), "Update");
}

TEST_F(Objects, count_generations_of_the_spec_only)
{
    (void)makeDeployment();
    EXPECT_EQ(patchDeployment(R"({"metadata":{"labels":{"x":"y"}}})")->object["metadata"]["generation"].intOr(0), 1);
    EXPECT_EQ(patchDeployment(R"({"spec":{"replicas":3}})")->object["metadata"]["generation"].intOr(0), 2);
    WriteOptions status;
    status.subresource = "status";
    const auto written = patchDeployment(R"({"spec":{"replicas":9},"status":{"replicas":3}})", status);
    EXPECT_EQ(written->object["metadata"]["generation"].intOr(0), 2);
    EXPECT_EQ(written->object["spec"]["replicas"].intOr(0), 3);
    EXPECT_EQ(written->object["status"]["replicas"].intOr(0), 3);
}

TEST_F(Objects, do_not_change_when_nothing_changes)
{
    const std::string version(makeConfigMap("c")->object["metadata"]["resourceVersion"].stringOr());
    const auto again = service.patch(*type("configmaps"), "v1", "rec", "c", PatchKind::Merge, json(R"({"data":{"a":"1"}})"), {});
    EXPECT_EQ(again->object["metadata"]["resourceVersion"].stringOr(), version);
}

struct RefusalRow {
    const char *name;
    const char *patch;
    int code;
    const char *part;
};

TEST_F(Objects, refuse_in_the_servers_words)
{
    (void)makeDeployment();
    for (const RefusalRow &row : std::vector<RefusalRow> {
             {"selector", R"({"spec":{"selector":{"matchLabels":{"app":"zz"}}}})", 422,
                 "Deployment.apps \"d1\" is invalid: [spec.template.metadata.labels: Invalid value: {\"app\":\"d1\"}: `selector` does not match template "
                 "`labels`, spec.selector: Invalid value: {\"matchLabels\":{\"app\":\"zz\"}}: field is immutable]"},
             {"containers", R"({"spec":{"template":{"spec":{"containers":[]}}}})", 422, "spec.template.spec.containers: Required value"},
             {"stale", R"({"metadata":{"resourceVersion":"1"}})", 409,
                 "Operation cannot be fulfilled on deployments.apps \"d1\": the object has been modified; please apply your changes to the latest version "
                 "and try again"},
             {"renamed", R"({"metadata":{"name":"other"}})", 400, "does not match the name on the URL"},
         }) {
        SCOPED_TRACE(row.name);
        const auto refused = patchDeployment(row.patch);
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().code, row.code);
        EXPECT_NE(refused.error().message.find(row.part), std::string::npos) << refused.error().message;
    }
    EXPECT_EQ(makeDeployment().error().reason, "AlreadyExists");
    EXPECT_EQ(service.create(*type("configmaps"), "v1", "nowhere", json(R"({"metadata":{"name":"c"}})"), {}).error().message, "namespaces \"nowhere\" not found");
    EXPECT_EQ(service.create(*type("configmaps"), "v1", "rec", json(R"({"metadata":{"name":"Bad_Name"}})"), {}).error().code, 422);
    EXPECT_EQ(service.create(*type("configmaps"), "v1", "rec", json(R"({"metadata":{}})"), {}).error().code, 422);
    EXPECT_EQ(service.create(*type("configmaps"), "v1", "rec", json(R"({"metadata":"x"})"), {}).error().code, 400);
    EXPECT_EQ(service.create(*type("configmaps"), "v1", "rec", json("[]"), {}).error().code, 400);
}

TEST_F(Objects, are_left_alone_by_dry_runs)
{
    WriteOptions dry;
    dry.isDryRun = true;
    EXPECT_TRUE(service.create(*type("configmaps"), "v1", "rec", json(R"({"metadata":{"name":"c"}})"), dry));
    EXPECT_FALSE(store.get("configmaps", "rec", "c"));
    (void)makeConfigMap("c");
    const auto patched = service.patch(*type("configmaps"), "v1", "rec", "c", PatchKind::Merge, json(R"({"data":{"a":"9"}})"), dry);
    EXPECT_EQ(patched->object["data"]["a"].stringOr(), "9");
    EXPECT_EQ(service.get(*type("configmaps"), "v1", "rec", "c")->asMap().get("data")->asMap().get("a")->stringOr(), "1");
    DeleteOptions dryDelete;
    dryDelete.isDryRun = true;
    EXPECT_TRUE(service.remove(*type("configmaps"), "v1", "rec", "c", dryDelete));
    EXPECT_TRUE(store.get("configmaps", "rec", "c"));
}

TEST_F(Objects, wait_for_their_finalizers)
{
    (void)service.create(*type("configmaps"), "v1", "rec", json(R"({"metadata":{"name":"f","finalizers":["x/y"]}})"), {});
    const auto marked = service.remove(*type("configmaps"), "v1", "rec", "f", {});
    ASSERT_TRUE(marked);
    EXPECT_FALSE(marked->isDeleted);
    EXPECT_TRUE(marked->object["metadata"]["deletionTimestamp"].isString());
    EXPECT_TRUE(store.get("configmaps", "rec", "f"));
    EXPECT_TRUE(service.patch(*type("configmaps"), "v1", "rec", "f", PatchKind::Merge, json(R"({"metadata":{"finalizers":null}})"), {})->isDeleted);
    EXPECT_FALSE(store.get("configmaps", "rec", "f"));
}

TEST_F(Objects, hold_deletions_against_preconditions)
{
    (void)makeConfigMap("c");
    DeleteOptions wrong;
    wrong.uid = "nope";
    const auto refused = service.remove(*type("configmaps"), "v1", "rec", "c", wrong);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, 409);
    EXPECT_NE(refused.error().message.find("the UID in the precondition (nope) does not match the UID in record"), std::string::npos);
}

TEST_F(Objects, scale_through_their_subresource)
{
    (void)makeDeployment();
    WriteOptions scale;
    scale.subresource = "scale";
    const auto written = patchDeployment(R"({"spec":{"replicas":5}})", scale);
    ASSERT_TRUE(written);
    EXPECT_EQ(written->object["kind"].stringOr(), "Scale");
    EXPECT_EQ(written->object["status"]["selector"].stringOr(), "app=d1");
    EXPECT_EQ((*service.get(*type("deployments.apps"), "v1", "rec", "d1"))["spec"]["replicas"].intOr(0), 5);
    EXPECT_EQ(patchDeployment(R"({"spec":{"replicas":-1}})", scale).error().code, 422);
}

TEST_F(Objects, of_custom_kinds_follow_their_definition)
{
    const auto crd = service.create(*type("customresourcedefinitions.apiextensions.k8s.io"), "v1", "", json(R"({"metadata":{"name":"splits.rec.example"},
        "spec":{"group":"rec.example","scope":"Namespaced","names":{"plural":"splits","kind":"Split"},"versions":[
        {"name":"v1","served":true,"storage":true,"subresources":{"status":{}},"schema":{"openAPIV3Schema":{"type":"object","properties":{
        "spec":{"type":"object","required":["weight"],"properties":{"weight":{"type":"integer","minimum":0,"maximum":100}}}}}}},
        {"name":"v1beta1","served":true,"storage":false,"schema":{"openAPIV3Schema":{"type":"object","x-kubernetes-preserve-unknown-fields":true}}}]}})"), {});
    ASSERT_TRUE(crd) << crd.error().message;
    EXPECT_EQ(crd->object["status"]["conditions"][1]["type"].stringOr(), "Established");
    const ResourceTypePtr splits = type("splits.rec.example");
    ASSERT_TRUE(splits);
    const auto bad = service.create(*splits, "v1", "rec", json(R"({"metadata":{"name":"b"},"spec":{"weight":101}})"), {});
    EXPECT_EQ(bad.error().message,
        "Split.rec.example \"b\" is invalid: spec.weight: Invalid value: 101: spec.weight in body should be less than or equal to 100");
    WriteOptions strict;
    strict.validation = FieldValidation::Strict;
    EXPECT_EQ(service.create(*splits, "v1", "rec", json(R"({"metadata":{"name":"b"},"spec":{"weight":1,"wieght":1}})"), strict).error().code, 400);
    ASSERT_TRUE(service.create(*splits, "v1", "rec", json(R"({"metadata":{"name":"a"},"spec":{"weight":10}})"), {}));
    EXPECT_EQ((*service.get(*splits, "v1beta1", "rec", "a"))["apiVersion"].stringOr(), "rec.example/v1beta1");
    ASSERT_TRUE(service.remove(*type("customresourcedefinitions.apiextensions.k8s.io"), "v1", "", "splits.rec.example", {}));
    EXPECT_FALSE(type("splits.rec.example"));
    EXPECT_EQ(store.objectCount("splits.rec.example"), 0U);
}

TEST_F(Objects, of_an_autoscaler_read_in_both_versions)
{
    const ResourceTypePtr autoscalers = type("horizontalpodautoscalers.autoscaling");
    ASSERT_TRUE(service.create(*autoscalers, "v1", "rec",
        json(R"({"metadata":{"name":"h"},"spec":{"maxReplicas":4,"targetCPUUtilizationPercentage":70,"scaleTargetRef":{"kind":"Deployment","name":"d"}}})"), {}));
    const auto v2 = service.get(*autoscalers, "v2", "rec", "h");
    EXPECT_EQ((*v2)["spec"]["metrics"][0]["resource"]["target"]["averageUtilization"].intOr(0), 70);
    const auto v1 = service.get(*autoscalers, "v1", "rec", "h");
    EXPECT_EQ((*v1)["spec"]["targetCPUUtilizationPercentage"].intOr(0), 70);
    EXPECT_TRUE((*v1)["spec"]["metrics"].isNull());
}

} // namespace

} // namespace fairway::lab
