#include "core/lab/selectors.h"

#include "core/value/json.h"

#include <gtest/gtest.h>

namespace fairway::lab {

using value::Value;

namespace {

struct LabelRow {
    const char *name;
    const char *selector;
    const char *labels; ///< JSON
    bool isValid;
    bool matches;
};

const LabelRow LabelRows[] = {
    {"empty selects everything", "", R"({"a":"b"})", true, true},
    {"equality", "a=b", R"({"a":"b"})", true, true},
    {"double equality", "a==b", R"({"a":"b"})", true, true},
    {"equality with another value", "a=c", R"({"a":"b"})", true, false},
    {"inequality of an absent label holds", "a!=c", R"({})", true, true},
    {"inequality of an equal label does not", "a!=b", R"({"a":"b"})", true, false},
    {"set", "a in (x, b)", R"({"a":"b"})", true, true},
    {"set without it", "a in (x,y)", R"({"a":"b"})", true, false},
    {"not in a set", "a notin (x,y)", R"({"a":"b"})", true, true},
    {"presence", "a", R"({"a":""})", true, true},
    {"absence", "!a", R"({"b":"1"})", true, true},
    {"absence of what is there", "!a", R"({"a":"1"})", true, false},
    {"all terms must hold", "a=b,c in (d),!e", R"({"a":"b","c":"d"})", true, true},
    {"one term fails", "a=b,c in (d),!e", R"({"a":"b","c":"d","e":""})", true, false},
    {"key with a prefix", "app.kubernetes.io/name=x", R"({"app.kubernetes.io/name":"x"})", true, true},
    {"empty value", "a=", R"({"a":""})", true, true},
    {"no key", "=b", "{}", false, false},
    {"unclosed set", "a in (x", "{}", false, false},
    {"unknown operator", "a like b", "{}", false, false},
    {"value with a slash", "a=b/c", "{}", false, false},
};

TEST(LabelSelector, reads_and_matches)
{
    for (const LabelRow &row : LabelRows) {
        SCOPED_TRACE(row.name);
        const auto selector = LabelSelector::parse(row.selector);
        ASSERT_EQ(selector.has_value(), row.isValid);
        if (selector) {
            EXPECT_EQ(selector->matches(LabelSet(*value::parseJson(row.labels))), row.matches);
        }
    }
}

TEST(LabelSelector, of_a_service_matches_nothing_when_empty)
{
    EXPECT_FALSE(LabelSelector::fromMap(Value::map()).matches(LabelSet(Value::map({{"a", "b"}}))));
    EXPECT_FALSE(LabelSelector::fromObject(Value()).matches(LabelSet()));
    EXPECT_TRUE(LabelSelector::fromObject(Value::map()).matches(LabelSet()));
}

TEST(LabelSelector, is_written_as_a_scale_writes_it)
{
    const auto selector = value::parseJson(R"({"matchLabels":{"app":"d1"},"matchExpressions":[{"key":"t","operator":"NotIn","values":["x"]}]})");
    EXPECT_EQ(selectorText(*selector), "app=d1,t notin (x)");
}

TEST(FieldSelector, reads_terms)
{
    const auto selector = FieldSelector::parse("metadata.name=a,status.phase!=Running");
    ASSERT_TRUE(selector);
    ASSERT_EQ(selector->terms().size(), 2U);
    EXPECT_EQ(selector->exactly("metadata.name"), "a");
    EXPECT_TRUE(selector->terms()[1].isNegated);
    EXPECT_FALSE(selector->exactly("status.phase"));
    EXPECT_FALSE(FieldSelector::parse("nonsense"));
}

} // namespace

} // namespace fairway::lab
