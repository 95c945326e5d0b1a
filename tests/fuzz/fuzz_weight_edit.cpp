#include "core/route/weight_edit_yaml.h"
#include "core/route/weights.h"
#include "core/value/yaml.h"

#include <cstdint>
#include <cstdlib>
#include <string_view>

using namespace fairway;

/// Any layout: the edit either refuses or gives a text that reads as the old one with the new weights, and no line that
/// names no weight is lost.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char *>(data), size);
    if (size > 20000)
        return 0;
    const route::ObjectRef reviews {"VirtualService", "", "reviews"};
    const auto before = route::routeInText(text, reviews);
    if (!before)
        return 0;
    const route::Rule *rule = before->headline();
    if (rule == nullptr)
        return 0;
    std::vector<std::int64_t> weights = rule->weights();
    for (std::size_t i = 0; i < weights.size(); ++i)
        weights[i] = static_cast<std::int64_t>(i * 7 + 5);
    const auto edited = route::setWeightsInText(text, reviews, {}, weights);
    if (!edited)
        return 0;
    const auto after = route::routeInText(*edited, reviews);
    if (!after || after->rules.size() != before->rules.size() || after->headline()->weights() != weights)
        std::abort();
    // Setting what is already there changes nothing.
    const auto again = route::setWeightsInText(*edited, reviews, {}, weights);
    if (!again || *again != *edited)
        std::abort();
    return 0;
}
