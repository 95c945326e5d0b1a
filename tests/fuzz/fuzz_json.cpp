#include "core/value/json.h"
#include "core/value/object_view.h"

#include <cstdint>
#include <cstdlib>
#include <string_view>

using namespace fairway::value;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char *>(data), size);
    const auto value = parseJson(text);
    if (value) {
        for (const JsonStyle style : {JsonStyle::Compact, JsonStyle::Indented}) {
            const auto again = parseJson(toJson(*value, style, JsonEscape::Html));
            if (!again || !(*again == *value))
                std::abort();
        }
    }
    // Both readers agree on what is JSON, and the view loses nothing.
    const auto view = ObjectView::fromJson(text, Keep::Everything);
    if (view.has_value() != (value && value->isMap()))
        std::abort();
    if (view && !(view->parse().value() == *value))
        std::abort();
    if (const auto page = ObjectView::fromList(text)) {
        for (const ObjectView &item : page->items) {
            if (!item.parse())
                std::abort();
        }
    }
    return 0;
}
