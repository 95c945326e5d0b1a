#include "core/chart/value_form.h"

#include <cstdint>
#include <cstdlib>
#include <string_view>

using namespace fairway;

/// Schema, defaults and file cut from one input at NULs: a form of bounded size or an error, whatever they hold.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char *>(data), size);
    if (size > 20000)
        return 0;
    const std::size_t first = text.find('\0');
    const std::size_t second = first == std::string_view::npos ? first : text.find('\0', first + 1);
    chart::FormSource source;
    source.schema = text.substr(0, first);
    source.defaults = first == std::string_view::npos ? std::string_view() : text.substr(first + 1, second - first - 1);
    source.text = second == std::string_view::npos ? std::string_view() : text.substr(second + 1);
    const auto form = chart::makeValueForm(source);
    if (form && form->fieldCount > 20'000)
        std::abort();
    return 0;
}
