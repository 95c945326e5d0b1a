#include "core/route/header_text.h"

#include <gtest/gtest.h>

namespace fairway::route {
namespace {

    Call call()
    {
        Call out;
        out.client = "[2001:db8::7]:4711";
        out.request.method = "GET";
        out.request.authority = "shop.example";
        setTarget(out.request, "/a?token=x");
        out.request.headers = {{"x-id", "0123456789"}, {"x-empty", ""}};
        return out;
    }

    TEST(HeaderText, IsFilledInAsEnvoyDoes)
    {
        struct Row {
            const char *pattern;
            const char *expected; ///< nullptr: not known, stays as written.
        };
        static constexpr Row Rows[] = {
            {"plain", "plain"},
            {"100%%", "100%"},
            {"%REQ(X-Id)%", "0123456789"},
            {"a-%REQ(x-id):4%-b", "a-0123-b"},
            {"%REQ(x-missing?x-id)%", "0123456789"},
            {"%REQ(x-missing)%", ""},
            {"%REQ(:authority)%%REQ(:path)%", "shop.example/a?token=x"},
            {"%REQ_WITHOUT_QUERY(:path)%", "/a"},
            {"%DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT%", "2001:db8::7"},
            {"%DOWNSTREAM_DIRECT_REMOTE_ADDRESS%", "[2001:db8::7]:4711"},
            {"%DOWNSTREAM_REMOTE_PORT%", "4711"},
            {"%PROTOCOL%", "HTTP/1.1"},
            {"%UPSTREAM_HOST%", nullptr},
            {"%START_TIME(%s)%", nullptr},
            {"%REQ(x-id):many%", nullptr},
            {"%REQ%", nullptr},
            {"50% off", "50% off"},
            {"%", "%"},
            {"%REQ(x-id", "%REQ(x-id"},
        };
        for (const Row &row : Rows) {
            const HeaderText text = headerText(row.pattern, call());
            EXPECT_EQ(text.text, row.expected == nullptr ? row.pattern : row.expected) << row.pattern;
            EXPECT_EQ(text.isKnown, row.expected != nullptr) << row.pattern;
            EXPECT_EQ(headerTextNeeds(row.pattern).unknown, row.expected == nullptr) << row.pattern;
        }
    }

    TEST(HeaderText, StaysAsWrittenWithoutAClient)
    {
        struct Row {
            const char *client;
            const char *expected;
        };
        static constexpr const char *Pattern = "from %DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT%";
        for (const Row &row : {Row {"", Pattern}, Row {"10.0.0.1:80", "from 10.0.0.1"}, Row {"10.0.0.1", "from 10.0.0.1"}, Row {"2001:db8::7", "from 2001:db8::7"}}) {
            Call call;
            call.client = row.client;
            EXPECT_EQ(headerText(Pattern, call).text, row.expected) << row.client;
        }
        EXPECT_TRUE(headerTextNeeds(Pattern).client);
        EXPECT_FALSE(headerTextNeeds("%REQ(x)%").client);
    }

} // namespace
} // namespace fairway::route
