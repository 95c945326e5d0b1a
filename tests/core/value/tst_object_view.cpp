#include "core/value/json.h"
#include "core/value/object_view.h"

#include <gtest/gtest.h>

using namespace fairway::value;

namespace {

const std::string Pod = R"({
  "kind": "Pod", "apiVersion": "v1",
  "metadata": {"name": "shop-7d9c", "namespace": "web", "uid": "u-1", "resourceVersion": "42", "generation": 3,
    "creationTimestamp": "2026-11-22T03:04:05Z",
    "labels": {"app": "shop", "empty": "", "app.kubernetes.io/name": "shop"},
    "annotations": {"name": "not this", "note": "line\nand \"quotes\""},
    "managedFields": [{"manager": "kubectl", "fieldsV1": {"f:metadata": {"f:name": {}}}}],
    "ownerReferences": [{"name": "nor this", "uid": "other"}]},
  "spec": {"containers": [{"name": "c", "image": "i", "kind": "x"}], "kind": "inner"},
  "status": {"phase": "Running", "ready": true, "cpu": 1.50, "none": null}
})";

} // namespace

TEST(ObjectView, knowsItsMetadata)
{
    const auto view = ObjectView::fromJson(Pod);
    ASSERT_TRUE(view) << view.error().message;
    EXPECT_EQ(view->kind(), "Pod");
    EXPECT_EQ(view->apiVersion(), "v1");
    EXPECT_EQ(view->name(), "shop-7d9c");
    EXPECT_EQ(view->ns(), "web");
    EXPECT_EQ(view->uid(), "u-1");
    EXPECT_EQ(view->resourceVersion(), "42");
    EXPECT_EQ(view->creationTimestamp(), "2026-11-22T03:04:05Z");
    EXPECT_EQ(view->generation(), 3);
    EXPECT_FALSE(view->isDeleting());
    EXPECT_EQ(view->label("app.kubernetes.io/name"), "shop");
    EXPECT_EQ(view->label("nothing"), "");
    EXPECT_TRUE(view->hasLabel("empty"));
    EXPECT_FALSE(view->hasLabel("nothing"));
    EXPECT_EQ(view->labels().size(), 3U);
}

TEST(ObjectView, dropsManagedFieldsOnlyUnlessAsked)
{
    const auto view = ObjectView::fromJson(Pod);
    ASSERT_TRUE(view);
    auto expected = *parseJson(Pod);
    EXPECT_EQ(*ObjectView::fromJson(Pod, Keep::Everything)->parse(), expected);
    expected.asMap().get("metadata")->asMap().remove("managedFields");
    EXPECT_EQ(*view->parse(), expected);
    EXPECT_EQ(view->json().find('\n'), std::string_view::npos);
    EXPECT_NE(view->json().find("1.50"), std::string_view::npos) << "numbers stay as they were written";
}

TEST(ObjectView, wherever_managedFieldsStand)
{
    for (const char *text : {R"({"metadata":{"managedFields":[1],"name":"a"}})", R"({"metadata":{"name":"a","managedFields":{}}})",
             R"({"metadata":{"managedFields":null,"name":"a"}})", R"({"metadata":{"managedFields":[[{}]]  ,"name":"a"}})"}) {
        const auto view = ObjectView::fromJson(text);
        ASSERT_TRUE(view) << text;
        EXPECT_EQ(view->json(), R"({"metadata":{"name":"a"}})");
        EXPECT_EQ(view->name(), "a");
    }
    EXPECT_EQ(ObjectView::fromJson(R"({"metadata":{"managedFields":[]}})")->json(), R"({"metadata":{}})");
}

TEST(ObjectView, textsThatStandEscapedAreReadRight)
{
    const auto view = ObjectView::fromJson(R"({"metadata":{"name":"a\u0022b","labels":{"x":"\n"}}})");
    ASSERT_TRUE(view);
    EXPECT_EQ(view->name(), "a\"b");
    EXPECT_EQ(view->label("x"), "\n");
    EXPECT_EQ((*view->parse())["metadata"]["name"].stringOr(), "a\"b");
}

TEST(ObjectView, refusesWhatIsNoObject)
{
    for (const char *text : {"", "[]", "1", "\"a\"", "{", "{} {}", "<html>", R"({"a":})", R"({"metadata":{"name":"a"})"})
        EXPECT_FALSE(ObjectView::fromJson(text)) << text;
    EXPECT_TRUE(ObjectView().isEmpty());
    EXPECT_EQ(ObjectView().name(), "");
    EXPECT_FALSE(ObjectView().parse());
    EXPECT_TRUE(ObjectView::fromJson("{}"));
}

TEST(ObjectView, listsGiveTheirKindToTheirItems)
{
    const std::string list = R"({"items":[{"metadata":{"name":"a","labels":{"l":"v"}},"spec":[1,[2]]},{"kind":"Own","metadata":{"name":"b"}},{}],
        "kind":"PodList","apiVersion":"v1","metadata":{"resourceVersion":"77","continue":"c","remainingItemCount":5}})";
    const auto page = ObjectView::fromList(list);
    ASSERT_TRUE(page) << page.error().message;
    ASSERT_EQ(page->items.size(), 3U);
    EXPECT_EQ(page->resourceVersion, "77");
    EXPECT_EQ(page->continueToken, "c");
    EXPECT_EQ(page->remainingItems, 5);
    EXPECT_EQ(page->items[0].kind(), "Pod");
    EXPECT_EQ(page->items[0].apiVersion(), "v1");
    EXPECT_EQ(page->items[0].name(), "a");
    EXPECT_EQ(page->items[0].label("l"), "v");
    EXPECT_EQ(page->items[0].json(), R"({"kind":"Pod","apiVersion":"v1","metadata":{"name":"a","labels":{"l":"v"}},"spec":[1,[2]]})");
    EXPECT_EQ(page->items[1].kind(), "Own");
    EXPECT_EQ(page->items[1].name(), "b");
    EXPECT_EQ(page->items[2].json(), R"({"kind":"Pod","apiVersion":"v1"})");
    for (const char *text : {"[]", "1", R"({"items":[1]})", R"({"items":[[]]})", R"({"items":[null]})", R"({"items":[{]})"})
        EXPECT_FALSE(ObjectView::fromList(text)) << text;
    EXPECT_TRUE(ObjectView::fromList(R"({"items":null,"kind":"PodList"})")->items.empty());
}

TEST(ObjectView, isCompact)
{
    const auto view = ObjectView::fromJson(Pod);
    ASSERT_TRUE(view);
    const std::size_t overhead = view->bytes() - view->json().size();
    std::cout << "a pod of " << view->json().size() << " bytes of JSON takes " << view->bytes() << " bytes\n";
    EXPECT_LE(overhead, 250U);
    const ObjectView copy = *view;
    EXPECT_EQ(copy.json().data(), view->json().data());
    EXPECT_TRUE(copy.isSameVersion(*view));
}
