// Requests and responses as they may come over a wire. Properties: cutting the bytes anywhere changes nothing, and what is
// forwarded means the same to the next strict parser, to the last octet (nothing can hide behind it).
#include "tests/core/http/outcome.h"

#include <cstdint>
#include <cstdlib>

namespace {

using fairway::http::testing::Wire;

void require(bool holds)
{
    if (!holds) {
        std::abort();
    }
}

void forwardAgain(std::string_view bytes)
{
    fairway::http::RequestParser parser;
    const auto parsed = parser.parse(bytes);
    if (!parsed || *parsed == 0 || parser.head().method == "CONNECT") {
        return;
    }
    std::string memory(fairway::http::headBound(*parsed), '\0');
    fairway::http::Writer out({memory.data(), memory.size()});
    fairway::http::writeForwardedRequest(out, parser.head());
    require(!out.isFull());
    fairway::http::RequestParser next;
    const auto second = next.parse(out.written());
    require(second && *second == out.size());
    require(next.head().method == parser.head().method && next.head().path == parser.head().path);
    require(next.head().authority == parser.head().authority && next.head().framing == parser.head().framing);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size < 4 || size > 20'000) {
        return 0;
    }
    const std::vector<std::size_t> pieces {data[0] % 32u + 1, data[1] % 7u + 1, data[2] + std::size_t {1}};
    const bool isHead = (data[3] & 1) != 0;
    const std::string_view bytes(reinterpret_cast<const char *>(data) + 4, size - 4);
    const fairway::http::HeadLimits limits {4096, 20};
    require(Wire(bytes, {bytes.size() + 1}).requests(limits) == Wire(bytes, pieces).requests(limits));
    require(Wire(bytes, {bytes.size() + 1}).responses(isHead, limits) == Wire(bytes, pieces).responses(isHead, limits));
    forwardAgain(bytes);
    return 0;
}
