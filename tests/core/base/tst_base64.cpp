#include "core/base/base64.h"

#include <gtest/gtest.h>

using namespace fairway;

TEST(Base64, TextsOfEveryLengthGoThereAndBack)
{
    const std::pair<std::string_view, std::string_view> cases[] = {
        {"", ""}, {"f", "Zg=="}, {"fo", "Zm8="}, {"foo", "Zm9v"}, {"foob", "Zm9vYg=="}, {"fooba", "Zm9vYmE="}, {"foobar", "Zm9vYmFy"},
        {std::string_view("\0\xFF\xFE", 3), "AP/+"}, {"\xFB\xEF\xBE", "++++"},
    };
    for (const auto &[bytes, text] : cases) {
        EXPECT_EQ(encodeBase64(bytes), text);
        EXPECT_EQ(decodeBase64(text), std::string(bytes));
    }
    std::string all;
    for (int i = 0; i < 256; ++i)
        all += static_cast<char>(i);
    EXPECT_EQ(decodeBase64(encodeBase64(all)), all);
}

TEST(Base64, LineBreaksAndBitsLeftOverAreForgiven)
{
    for (const std::string_view text : {"Zm9v\n", "Z\nm\r\n9v", "\nZm9v", "\r\n\r\nZm9v"})
        EXPECT_EQ(decodeBase64(text), "foo") << text;
    for (const std::string_view text : {"Zg==\n", "Zg=\n=", "Z\ng==", "Zh==", "Zv=="})
        EXPECT_EQ(decodeBase64(text), "f") << text;
    EXPECT_EQ(decodeBase64("\n"), "");
    EXPECT_EQ(decodeBase64("Zm9="), "fo");
}

// The offsets were compared with what helm's b64dec says.
TEST(Base64, TheByteThatDoesNotFitIsNamed)
{
    struct Bad {
        std::string_view text;
        std::size_t offset;
    };
    const Bad cases[] = {
        {"Z", 0}, {"Zg", 0}, {"Zg=", 3}, {"Zm9vY", 4}, {"Zm9vYg", 4}, {"Zm9vYg=", 7}, {"Zm9vY\n", 5}, {"=", 0}, {"Z=", 1}, {"Z==", 1},
        {"Z===", 1}, {"====", 0}, {"Zg=a", 2}, {"Zg==a", 4}, {"Zg==Zg==", 4}, {"Zm8=Zm8=", 4}, {"Zm9v=", 4}, {"Zm9v====", 4},
        {"Zg===", 4}, {"Zm8==", 4}, {"Zm8=\n=", 5}, {"!", 0}, {"Zm9v!", 4}, {"Zm 9v", 2}, {"Zm9-", 3}, {"Zm9_", 3}, {"Zm9v\xC3\xA4", 4},
        {" Zm9v", 0}, {"Zg\n", 1}, {"Zg=\n", 4}, {"Zg=\na", 3},
    };
    for (const Bad &bad : cases) {
        const auto decoded = decodeBase64(bad.text);
        ASSERT_FALSE(decoded.has_value()) << bad.text;
        EXPECT_EQ(decoded.error(), bad.offset) << bad.text;
    }
}
