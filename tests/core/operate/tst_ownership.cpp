#include "core/operate/ownership.h"
#include "core/value/yaml.h"

#include <gtest/gtest.h>

using namespace fairway;
using namespace fairway::operate;

namespace {

std::string names(const char *yaml, const std::vector<std::string> &pointers = {})
{
    std::string text;
    for (const Owner &owner : ownersOf(*value::parseYaml(yaml), pointers))
        text += owner.name + ";";
    return text;
}

} // namespace

TEST(Ownership, table)
{
    EXPECT_EQ(names("metadata: {name: x}"), "");
    EXPECT_EQ(names("metadata: {labels: {app.kubernetes.io/managed-by: Helm}}"), "");
    EXPECT_EQ(names("metadata: {annotations: {argocd.argoproj.io/tracking-id: 'app:x'}}"), "Argo CD;");
    EXPECT_EQ(names("metadata: {labels: {kustomize.toolkit.fluxcd.io/name: apps}}"), "Flux;");
    EXPECT_EQ(names("metadata: {labels: {app.kubernetes.io/managed-by: flagger}}"), "Flagger;");
    EXPECT_EQ(names("metadata: {ownerReferences: [{apiVersion: flagger.app/v1beta1, kind: Canary, name: x, controller: true}]}"),
              "Flagger;");
    EXPECT_EQ(names("metadata: {ownerReferences: [{apiVersion: argoproj.io/v1alpha1, kind: Rollout, name: x, controller: true}]}"),
              "Argo Rollouts;");
    EXPECT_EQ(names("metadata: {ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: x, controller: true}]}"),
              "ReplicaSet x;");
    EXPECT_EQ(names("metadata: {ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: x}]}"), "");
}

TEST(Ownership, aFieldManagerCountsOnlyForTheFieldsItOwns)
{
    const char *object = R"(
metadata:
  managedFields:
  - {manager: argocd-controller, fieldsV1: {f:metadata: {f:labels: {f:app: {}}}}}
  - {manager: flagger, fieldsV1: {f:spec: {f:http: {}}}}
  - {manager: kubectl, fieldsV1: {f:spec: {f:hosts: {}}}}
spec: {http: [{route: [{weight: 1}]}], hosts: [a]}
)";
    EXPECT_EQ(names(object, {"/spec/http/0/route/0/weight"}), "Flagger;");
    EXPECT_EQ(names(object, {"/metadata/labels/app"}), "Argo CD;");
    EXPECT_EQ(names(object, {"/spec/hosts/0"}), "");
    EXPECT_EQ(names(object), "Argo CD;Flagger;");
}

TEST(Ownership, listItemsAreFoundByTheirMergeKey)
{
    const auto fields = *value::parseYaml(R"({"f:spec": {"f:ports": {'k:{"port":80}': {"f:name": {}}}}})");
    const auto object = *value::parseYaml("spec: {ports: [{port: 443, name: s}, {port: 80, name: w}]}");
    EXPECT_TRUE(ownsField(fields, object, "/spec/ports/1/name"));
    EXPECT_FALSE(ownsField(fields, object, "/spec/ports/0/name"));
    EXPECT_FALSE(ownsField(fields, object, "/spec/ports/7/name"));
}
