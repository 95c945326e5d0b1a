#include "core/base/one_line.h"

#include <gtest/gtest.h>

using namespace fairway;

TEST(OneLine, HoldsNoControlCharacter)
{
    EXPECT_EQ(oneLine("a\nb\r\tc\x1b[1m\x7f"), "a b  c [1m ");
    EXPECT_EQ(oneLine(std::string_view("a\0b", 3)), "a b");
    EXPECT_EQ(oneLine("größer 中文"), "größer 中文");
    EXPECT_EQ(oneLine(""), "");
}

TEST(OneLine, CutsBetweenCharacters)
{
    EXPECT_EQ(oneLine("abcdef", 6), "abcdef");
    EXPECT_EQ(oneLine("abcdef", 5), "abcde…");
    EXPECT_EQ(oneLine("ab中", 3), "ab…");
    EXPECT_EQ(oneLine("ab中", 4), "ab…");
    EXPECT_EQ(oneLine("ab中d", 5), "ab中…");
    EXPECT_EQ(oneLine("\xbf\xbf\xbf", 1), "…");
}
