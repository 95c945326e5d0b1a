#include "core/chart/strvals.h"
#include "core/value/json.h"

#include <cstdint>
#include <cstdlib>
#include <string_view>

using namespace fairway;

/// The first byte chooses style and version, the rest is a flag's text. The same text twice must give the same values.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size == 0)
        return 0;
    chart::SetOptions options;
    options.style = static_cast<chart::SetStyle>(data[0] % 5);
    options.version = (data[0] & 0x80) != 0 ? chart::HelmVersion::V3 : chart::HelmVersion::V4;
    options.readFile = [](std::string_view path) -> Result<std::string> { return std::string(path); };
    const std::string_view text(reinterpret_cast<const char *>(data) + 1, size - 1);
    value::Value first = value::Value::map();
    value::Value second = value::Value::map();
    const bool isGood = chart::applySetFlag(text, first, options).has_value();
    if (chart::applySetFlag(text, second, options).has_value() != isGood || !(first == second) || !first.isMap())
        std::abort();
    return 0;
}
