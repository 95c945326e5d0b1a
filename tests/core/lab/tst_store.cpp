#include "core/lab/store.h"

#include <gtest/gtest.h>

#include <thread>

namespace fairway::lab {

namespace {

StoredObject draft(std::string ns, std::string name, std::string data = "1")
{
    StoredObject object;
    object.ns = std::move(ns);
    object.name = std::move(name);
    object.uid = "uid-" + object.name;
    object.json = R"({"data":")" + data + R"(","metadata":{"resourceVersion":")" + std::string(VersionPlaceholder) + R"("}})";
    return object;
}

std::string names(const Store::Snapshot &snapshot)
{
    std::string text;
    for (const StoredPtr &object : snapshot.objects)
        text += object->key() + " ";
    return text;
}

TEST(Store, stamps_versions_into_the_json)
{
    Store store;
    const StoredPtr made = store.put("pods", draft("a", "x"), 0).object;
    ASSERT_TRUE(made);
    EXPECT_EQ(made->json, R"({"data":"1","metadata":{"resourceVersion":")" + std::to_string(made->resourceVersion) + R"("}})");
    EXPECT_EQ(store.version(), made->resourceVersion);
}

TEST(Store, compares_and_swaps)
{
    Store store;
    EXPECT_EQ(store.put("pods", draft("a", "x"), 7).error, Store::PutError::Missing);
    const std::uint64_t first = store.put("pods", draft("a", "x"), 0).object->resourceVersion;
    EXPECT_EQ(store.put("pods", draft("a", "x"), 0).error, Store::PutError::Exists);
    EXPECT_TRUE(store.put("pods", draft("a", "x", "2"), first).object);
    EXPECT_EQ(store.put("pods", draft("a", "x", "3"), first).error, Store::PutError::Conflict);
    EXPECT_EQ(store.remove("pods", draft("a", "x"), first).error, Store::PutError::Conflict);
    EXPECT_TRUE(store.remove("pods", draft("a", "x"), 0).object);
    EXPECT_FALSE(store.get("pods", "a", "x"));
}

TEST(Store, lists_one_namespace_or_all_in_order)
{
    Store store;
    for (const char *ns : {"b", "a", "a-b"})
        (void)store.put("pods", draft(ns, "x"), 0);
    EXPECT_EQ(names(store.snapshot("pods", "")), "a-b/x a/x b/x ");
    EXPECT_EQ(names(store.snapshot("pods", "a")), "a/x ");
    EXPECT_EQ(names(store.snapshot("services", "")), "");
}

TEST(Store, gives_the_past_back_while_history_lasts)
{
    Store store(4);
    (void)store.put("pods", draft("a", "x"), 0);
    const std::uint64_t y = store.put("pods", draft("a", "y"), 0).object->resourceVersion;
    const std::uint64_t then = store.version();
    (void)store.put("pods", draft("a", "z"), 0);
    (void)store.put("pods", draft("a", "y", "2"), y);
    (void)store.remove("pods", draft("a", "x"), 0);
    EXPECT_EQ(names(store.snapshot("pods", "a")), "a/y a/z ");
    const auto past = store.snapshotAt("pods", "a", then);
    ASSERT_TRUE(past);
    EXPECT_EQ(names(*past), "a/x a/y ");
    EXPECT_NE(past->objects[1]->json.find(R"("data":"1")"), std::string::npos);
    for (const char *name : {"1", "2", "3"})
        (void)store.put("pods", draft("a", name), 0);
    EXPECT_FALSE(store.snapshotAt("pods", "a", then));
}

TEST(Store, pages_agree_with_each_other_while_objects_come_and_go)
{
    Store store;
    for (const char *name : {"b", "d", "f"})
        (void)store.put("pods", draft("n", name), 0);
    (void)store.put("pods", draft("m", "z"), 0);
    const std::uint64_t then = store.version();
    (void)store.put("pods", draft("n", "c"), 0);
    (void)store.remove("pods", draft("n", "d"), 0);
    (void)store.remove("pods", draft("n", "f"), 0);
    (void)store.put("pods", draft("n", "g"), 0);
    const auto page = [&](std::string_view ns, std::string_view after) { return names(*store.snapshotAt("pods", ns, then, after)); };
    EXPECT_EQ(page("n", ""), "n/b n/d n/f ");
    EXPECT_EQ(page("n", "n/b"), "n/d n/f ");
    EXPECT_EQ(page("n", "n/d"), "n/f ") << "the last of a page may be gone";
    EXPECT_EQ(page("n", "n/f"), "");
    EXPECT_EQ(page("", "m/z"), "n/b n/d n/f ");
    EXPECT_EQ(page("n", "m/z"), "n/b n/d n/f ");
    EXPECT_EQ(names(store.snapshot("pods", "n", "n/b")), "n/c n/g ");
}

TEST(Store, says_when_changes_are_forgotten)
{
    Store store(2);
    const std::uint64_t start = store.version();
    for (const char *name : {"1", "2"})
        (void)store.put("pods", draft("a", name), 0);
    EXPECT_EQ(store.changesAfter("pods", start, 10).changes.size(), 2U);
    EXPECT_EQ(store.changesAfter("pods", start, 1).changes.size(), 1U);
    EXPECT_EQ(store.changesAfter("pods", start, 1).upTo, start + 1);
    (void)store.put("pods", draft("a", "3"), 0);
    EXPECT_TRUE(store.changesAfter("pods", start, 10).isCompacted);
    EXPECT_FALSE(store.changesAfter("pods", store.version(), 10).isCompacted);
}

TEST(Store, keeps_its_count_under_concurrent_writers)
{
    Store store;
    std::vector<std::thread> writers;
    for (int t = 0; t < 4; ++t)
        writers.emplace_back([&store, t] {
            for (int i = 0; i < 200; ++i)
                (void)store.put("pods", draft("n" + std::to_string(t), std::to_string(i)), 0);
        });
    const std::uint64_t start = 100;
    for (int i = 0; i < 50; ++i)
        (void)store.changesAfter("pods", start, 1000);
    for (std::thread &writer : writers)
        writer.join();
    EXPECT_EQ(store.objectCount("pods"), 800U);
    std::uint64_t last = start;
    for (const Change &change : store.changesAfter("pods", start, 1000).changes) {
        EXPECT_EQ(change.resourceVersion, last + 1);
        last = change.resourceVersion;
    }
}

} // namespace

} // namespace fairway::lab
