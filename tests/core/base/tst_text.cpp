#include "core/base/result.h"
#include "core/base/text.h"

#include <gtest/gtest.h>

#include <map>

namespace fairway {
namespace {

/// A language that has some of the patterns.
std::string inDutch(const Text &text)
{
    static const std::map<std::string, std::string> Words {{"test/%1 has %2 of %3 pods ready", "van %1 zijn %2 van %3 pods klaar"},
        {"test/%1 and %2", "%2 en %1"}, {"test/ready", "klaar"}, {"test/all", "全部就绪"}, {"base/%1: %2", "%1 — %2"}};
    return text.in([](const char *context, const char *pattern) {
        const auto found = Words.find(std::string(context) + "/" + pattern);
        return found == Words.end() ? std::string(pattern) : found->second;
    });
}

TEST(Text, fillsItsPlaces)
{
    struct Row {
        const char *name;
        Text text;
        const char *plain;
        const char *translated;
    };
    const std::string label = "v2";
    const Row rows[] = {
        {"nothing", {}, "", ""},
        {"no words are nothing", Text::verbatim(""), "", ""},
        {"words nobody translates", Text::verbatim("ready"), "ready", "ready"},
        {"a pattern without places", phrase("test", "ready"), "ready", "klaar"},
        {"a pattern nobody translated", phrase("test", "not known"), "not known", "not known"},
        {"the context counts", phrase("other", "ready"), "ready", "ready"},
        {"strings and numbers", phrase("test", "%1 has %2 of %3 pods ready").with(label, std::size_t {2}, 3), "v2 has 2 of 3 pods ready",
            "van v2 zijn 2 van 3 pods klaar"},
        {"the translation may change the order", phrase("test", "%1 and %2").with("a", "b"), "a and b", "b en a"},
        {"texts in texts", phrase("test", "%1 and %2").with(phrase("test", "ready"), std::string_view("x")), "ready and x", "x en klaar"},
        {"what fills a place is not read again", phrase("test", "%1 and %2").with("%2", "100 %1"), "%2 and 100 %1", "100 %1 en %2"},
        {"a place without a text stays", phrase("test", "%1 and %2").with("a"), "a and %2", "%2 en a"},
        {"an empty text fills a place", phrase("test", "%1 and %2").with(Text(), ""), " and ", " en "},
        {"percent signs that are no places", phrase("test", "100 % of %0, %a, %").with(1), "100 % of %0, %a, %", "100 % of %0, %a, %"},
        {"a sentence", phrase("test", "ready").asSentence(), "Ready.", "Klaar."},
        {"a sentence that has its end", Text::verbatim("done!").asSentence(), "Done!", "Done!"},
        {"a sentence in Chinese", phrase("test", "all").asSentence(), "All.", "全部就绪。"},
        {"no sentence", Text().asSentence(), "", ""},
    };
    for (const Row &row : rows) {
        SCOPED_TRACE(row.name);
        EXPECT_EQ(row.text.plain(), row.plain);
        EXPECT_EQ(inDutch(row.text), row.translated);
        EXPECT_EQ(row.text.empty(), std::string_view(row.plain).empty());
    }
}

TEST(Text, comparesByWhatItSays)
{
    EXPECT_EQ(phrase("test", "%1 and %2").with("a", 1), phrase("test", "a and %1").with(1));
    EXPECT_EQ(phrase("test", "ready"), std::string_view("ready"));
    EXPECT_FALSE(phrase("test", "ready") == Text());
}

TEST(Error, keepsItsSentenceInPartsThroughFailWith)
{
    const auto inner = fail(ErrorCode::Io, phrase("test", "ready"));
    const auto outer = failWith(std::string_view("file"), inner.value());
    EXPECT_EQ(outer.value().code, ErrorCode::Io);
    EXPECT_EQ(outer.value().message, "file: ready");
    EXPECT_EQ(inDutch(outer.value().text), "file — klaar");

    const auto plain = failWith(std::string_view("file"), Error(ErrorCode::Io, std::string("gone")));
    EXPECT_EQ(plain.value().message, "file: gone");
    EXPECT_TRUE(plain.value().text.empty());

    const auto named = failWith(phrase("test", "ready"), Error(ErrorCode::Io, std::string("gone")));
    EXPECT_EQ(named.value().message, "ready: gone");
    EXPECT_EQ(inDutch(named.value().text), "klaar — gone") << "what has no parts stands as it is";
    EXPECT_EQ(named.value(), Error(ErrorCode::Io, std::string("ready: gone"))) << "the parts do not count";
}

} // namespace
} // namespace fairway
