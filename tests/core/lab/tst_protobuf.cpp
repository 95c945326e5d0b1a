#include "core/lab/protobuf_reader.h"

#include "core/value/json.h"

#include <gtest/gtest.h>

namespace fairway::lab {

namespace {

using namespace std::string_literals;

std::string field(int number, const std::string &bytes)
{
    return std::string(1, static_cast<char>(number << 3 | 2)) + static_cast<char>(bytes.size()) + bytes;
}

std::string number(int field, int value)
{
    return std::string(1, static_cast<char>(field << 3)) + static_cast<char>(value);
}

std::string envelope(const std::string &apiVersion, const std::string &kind, const std::string &raw)
{
    return "k8s\0"s + field(1, field(1, apiVersion) + field(2, kind)) + field(2, raw) + field(3, "") + field(4, "");
}

TEST(Protobuf, gives_the_tree_that_json_would)
{
    const std::string metadata = field(1, "s") + field(2, "") + field(3, "shop") + field(4, "") + field(8, "") + field(11, field(1, "a") + field(2, "b"));
    const auto secret = readProtobuf(envelope("v1", "Secret", field(1, metadata) + field(2, field(1, "k") + field(2, "xyz")) + field(3, "Opaque")));
    ASSERT_TRUE(secret);
    EXPECT_EQ(value::toJson(*secret),
        R"({"apiVersion":"v1","data":{"k":"eHl6"},"kind":"Secret","metadata":{"labels":{"a":"b"},"name":"s","namespace":"shop"},"type":"Opaque"})");
}

TEST(Protobuf, reads_ints_or_strings_and_drops_what_go_leaves_out)
{
    const std::string target = number(1, 1) + number(2, 0) + field(3, "http");
    const std::string port = field(1, "") + number(3, 80) + field(4, target) + number(5, 0);
    const auto service = readProtobuf(envelope("v1", "Service", field(2, field(1, port))));
    ASSERT_TRUE(service);
    EXPECT_EQ(value::toJson((*service)["spec"]), R"({"ports":[{"port":80,"targetPort":"http"}]})");
}

TEST(Protobuf, refuses_what_it_does_not_know_and_what_is_broken)
{
    EXPECT_EQ(readProtobuf(envelope("x/v1", "Unheard", "")).error().code, 415);
    EXPECT_EQ(readProtobuf(envelope("autoscaling/v1", "HorizontalPodAutoscaler", "")).error().code, 415);
    EXPECT_EQ(readProtobuf("{}").error().code, 400);
    const std::string whole = envelope("v1", "ConfigMap", field(1, field(1, "name")) + field(2, field(1, "k") + field(2, "v")));
    for (std::size_t size = 0; size < whole.size(); ++size)
        (void)readProtobuf(std::string_view(whole).substr(0, size)); // every cut ends in an answer
    EXPECT_EQ(readProtobuf(envelope("v1", "ConfigMap", "\x0a\x7f")).error().code, 400);
}

} // namespace

} // namespace fairway::lab
