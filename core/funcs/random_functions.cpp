#include "core/funcs/base_encoding.h"
#include "core/funcs/convert.h"
#include "core/funcs/random_source.h"
#include "core/funcs/tables.h"
#include "core/value/utf8.h"

#include <vector>

namespace fairway::funcs {

namespace {

using Out = TemplateResult<Value>;

RandomSource source(const Call &call)
{
    return {call, call.state<FunctionContext>()};
}

/// goutils answers a count below zero with nothing.
Out randomText(Call &call, std::string_view alphabet)
{
    const std::int64_t count = call.integer(0);
    if (count > static_cast<std::int64_t>(MaxText))
        return tooLarge();
    RandomSource random = source(call);
    std::string out;
    for (std::int64_t i = 0; i < count; ++i)
        out += alphabet[static_cast<std::size_t>(random.below(alphabet.size()))];
    return Value(std::move(out));
}

constexpr std::string_view Numbers = "0123456789";
constexpr std::string_view Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
constexpr std::string_view LettersAndNumbers = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
constexpr std::string_view Printable
    = " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~";

Out randAlphaNum(Call &call)
{
    return randomText(call, LettersAndNumbers);
}
Out randAlpha(Call &call)
{
    return randomText(call, Letters);
}
Out randNumeric(Call &call)
{
    return randomText(call, Numbers);
}
Out randAscii(Call &call)
{
    return randomText(call, Printable);
}

Out randInt(Call &call)
{
    const std::int64_t least = call.integer(0);
    const std::int64_t beyond = call.integer(1);
    if (beyond <= least)
        return failCall("invalid argument to Intn");
    const std::uint64_t range = static_cast<std::uint64_t>(beyond) - static_cast<std::uint64_t>(least);
    return goInt(static_cast<std::int64_t>(static_cast<std::uint64_t>(least) + source(call).below(range)));
}

Out randBytes(Call &call)
{
    const std::int64_t count = call.integer(0);
    if (count < 0)
        return failCall("runtime error: makeslice: len out of range");
    if (count > static_cast<std::int64_t>(MaxText))
        return tooLarge();
    return Value(encodeBase64(source(call).bytes(static_cast<std::size_t>(count))));
}

Out shuffle(Call &call)
{
    const std::string &text = call.text(0);
    std::vector<std::string_view> characters;
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t size = std::max<std::size_t>(value::decodeUtf8(text, i).size, 1);
        characters.push_back(std::string_view(text).substr(i, size));
        i += size;
    }
    RandomSource random = source(call);
    for (std::size_t i = characters.size(); i > 1; --i)
        std::swap(characters[i - 1], characters[static_cast<std::size_t>(random.below(i))]);
    std::string out;
    for (const std::string_view character : characters)
        out += character;
    return Value(std::move(out));
}

Out uuidv4(Call &call)
{
    std::string bytes = source(call).bytes(16);
    bytes[6] = static_cast<char>((static_cast<unsigned char>(bytes[6]) & 0x0FU) | 0x40U); // RFC 9562, section 5.4
    bytes[8] = static_cast<char>((static_cast<unsigned char>(bytes[8]) & 0x3FU) | 0x80U);
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            out += '-';
        const auto byte = static_cast<unsigned char>(bytes[i]);
        out.append(1, digits[byte >> 4U]).append(1, digits[byte & 0xFU]);
    }
    return Value(std::move(out));
}

constexpr Type I = Type::Int;
constexpr FunctionSpec Table[] = {
    {"randAlphaNum", {I}, randAlphaNum},
    {"randAlpha", {I}, randAlpha},
    {"randNumeric", {I}, randNumeric},
    {"randAscii", {I}, randAscii},
    {"randInt", {{I, I}}, randInt},
    {"randBytes", {I}, randBytes},
    {"shuffle", {Type::String}, shuffle},
    {"uuidv4", {}, uuidv4},
};

} // namespace

std::span<const FunctionSpec> randomFunctions()
{
    return Table;
}

} // namespace fairway::funcs
