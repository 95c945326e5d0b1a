#include "core/chart/schema.h"
#include "core/value/json.h"

#include <cstdint>
#include <cstdlib>
#include <string_view>

using namespace fairway;

/// A schema, a NUL byte, values as JSON. Both versions must come back, each with the same answer twice.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char *>(data), size);
    const std::size_t nul = text.find('\0');
    value::JsonLimits limits;
    limits.numbers = value::NumberStyle::Helm;
    const Result<value::Value> read = value::parseJson(nul == std::string_view::npos ? "{}" : text.substr(nul + 1), limits);
    const value::Value values = read ? *read : value::Value::map();
    for (const chart::HelmVersion version : {chart::HelmVersion::V3, chart::HelmVersion::V4}) {
        const std::string schema(text.substr(0, nul));
        if (chart::faultsAgainstSchema(schema, values, version) != chart::faultsAgainstSchema(schema, values, version))
            std::abort();
    }
    return 0;
}
