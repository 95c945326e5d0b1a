#include "core/value/extent.h"
#include "core/value/value.h"

#include <gtest/gtest.h>

using namespace fairway::value;

TEST(Value, copiesOfMapsShareTheirMembers)
{
    Value map = Value::map({{"a", 1}});
    Value same = map;
    same.set("b", "two");
    EXPECT_EQ(map["b"].stringOr(), "two");
    EXPECT_TRUE(map.isSame(same));
}

TEST(Value, deepCopyIsIndependent)
{
    const Value inner = Value::list({1, 2});
    Value map = Value::map({{"list", inner}});
    Value copy = deepCopy(map);
    copy.asMap().get("list")->append(3);
    EXPECT_EQ(map["list"].size(), 2U);
    EXPECT_EQ(copy["list"].size(), 3U);
    EXPECT_NE(map, copy);
}

TEST(Value, missingMembersAreNullHoweverDeep)
{
    const Value map = Value::map({{"spec", Value::map()}});
    EXPECT_TRUE(map["spec"]["http"][3]["route"].isNull());
    EXPECT_TRUE(Value("text")["x"].isNull());
}

TEST(Value, membersStandInByteOrder)
{
    const Value map = Value::map({{"b", 1}, {"B", 1}, {"a", 1}});
    std::string order;
    for (const auto &[key, member] : map.asMap())
        order += key;
    EXPECT_EQ(order, "Bab");
}

TEST(Value, assigningAMemberToItsOwnMapKeepsItAlive)
{
    Value map = Value::map({{"child", Value::map({{"x", "kept"}})}});
    map = map["child"];
    EXPECT_EQ(map["x"].stringOr(), "kept");
}

TEST(Value, numbersCompareByAmount)
{
    EXPECT_EQ(Value(1), Value(1.0));
    EXPECT_NE(Value(1), Value("1"));
    EXPECT_EQ(Value(3.0).intOr(-1), 3);
    EXPECT_EQ(Value(3.5).intOr(-1), -1);
    EXPECT_EQ(Value(1e300).intOr(-1), -1);
}

TEST(Value, pointersFollowRfc6901)
{
    const Value root = Value::map({{"a/b", Value::list({"x", Value::map({{"m~n", 8}})})}});
    EXPECT_EQ(at(root, "/a~1b/1/m~0n").intOr(0), 8);
    EXPECT_TRUE(at(root, "/a~1b/7").isNull());
    EXPECT_TRUE(at(root, "/a~1b/-").isNull());
    EXPECT_TRUE(at(root, "a").isNull());
    EXPECT_EQ(&at(root, ""), &root);
}

TEST(Extent, findsWhatHasNoEnd)
{
    EXPECT_EQ(extentOf(Value()), Extent::Fits);
    EXPECT_EQ(extentOf(Value::map({{"a", Value::list({Value(1), Value("x")})}})), Extent::Fits);
    Value self = Value::map();
    self.set("a", self);
    EXPECT_EQ(extentOf(self), Extent::TooDeep);
    self.set("b", self); // two ways round
    EXPECT_EQ(extentOf(self), Extent::TooDeep);
    self.asMap().clear();
    Value doubling = Value::list({Value(1)});
    for (int i = 0; i < 60; ++i)
        doubling = Value::list({doubling, doubling});
    EXPECT_EQ(extentOf(doubling, {1000, 100'000}), Extent::TooLarge);
    Value deep = Value::list();
    for (int i = 0; i < 20; ++i)
        deep = Value::list({deep});
    EXPECT_EQ(extentOf(deep, {21, 100}), Extent::Fits);
    EXPECT_EQ(extentOf(deep, {20, 100}), Extent::TooDeep);
    EXPECT_EQ(extentOf(deep, {21, 20}), Extent::TooLarge);
}
