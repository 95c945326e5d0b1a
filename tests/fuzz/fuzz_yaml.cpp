#include "core/value/json.h"
#include "core/value/yaml.h"
#include "core/value/yaml_simple.h"
#include "core/value/yaml_tree.h"
#include "tests/core/value/same_places.h"

#include <cstdint>
#include <cstdlib>
#include <string_view>

using namespace fairway::value;

namespace {

/// go-yaml writes texts with breaks other than line feeds so that they read back differently; we write the same bytes.
bool hasOddBreaks(std::string_view text)
{
    return text.find("\xC2\x85") != std::string_view::npos || text.find("\xE2\x80\xA8") != std::string_view::npos
        || text.find("\xE2\x80\xA9") != std::string_view::npos;
}

void checkMarks(const YamlNode &node, std::size_t size)
{
    if (node.start.offset > node.end.offset || node.end.offset > size || node.start.line == 0 || node.start.column == 0)
        std::abort();
    for (const YamlNode &item : node.items)
        checkMarks(item, size);
    for (const auto &[key, value] : node.members) {
        checkMarks(key, size);
        checkMarks(value, size);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char *>(data), size);
    if (const auto roots = parseYamlTree(text)) {
        for (const YamlNode &root : *roots)
            checkMarks(root, size);
    }
    const YamlOptions options {.file = 1, .maxNodes = 100'000};
    if (const auto simple = readSimpleYaml(text, options)) {
        const auto full = readYamlByGrammar(text, options);
        if (!full || !isSameWithPlaces(*simple, *full))
            std::abort();
    }
    const auto value = parseYaml(text, options);
    if (!value)
        return 0;
    // What was read can be written, and reads back the same.
    const auto written = toYamlStrict(*value);
    if (!written || hasOddBreaks(toJson(*value)) || hasOddBreaks(*written))
        return 0;
    const auto again = parseYaml(*written);
    if (!again || !(*again == *value))
        std::abort();
    if (toYaml(*again) != *written)
        std::abort();
    return 0;
}
