#include "core/chart/value_edit.h"
#include "core/chart/values_text.h"
#include "core/value/pointer.h"

#include <cstdint>
#include <cstdlib>
#include <functional>
#include <string>
#include <vector>

using namespace fairway;

/// Any layout: an edit of any value refuses, or gives a text that reads with the new value; setting it again changes nothing.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char *>(data), size);
    if (size > 5000)
        return 0;
    const auto before = chart::readYamlAsGo(text);
    if (!before || !before->isMap())
        return 0;
    std::vector<std::string> pointers {"/new/deep"};
    const std::function<void(const value::Value &, const std::string &)> collect = [&](const value::Value &node, const std::string &pointer) {
        if (pointers.size() > 12)
            return;
        if (!pointer.empty())
            pointers.push_back(pointer);
        if (node.isMap()) {
            for (const auto &[name, member] : node.asMap())
                collect(member, value::childPointer(pointer, name));
        }
        for (std::size_t i = 0; node.isList() && i < node.size(); ++i)
            collect(node[i], value::childPointer(pointer, i));
    };
    collect(*before, {});
    const value::Value replacements[] = {value::Value("a: b # c"), value::Value("two\nlines\n"), value::Value::map({{"k", value::Value::list({value::Value("v")})}})};
    for (const std::string &pointer : pointers) {
        for (const value::Value &to : replacements) {
            const auto edited = chart::setValueInText(text, pointer, to);
            if (!edited)
                continue;
            const auto after = chart::readYamlAsGo(*edited);
            if (!after || !(value::at(*after, pointer) == to))
                std::abort();
            const auto again = chart::setValueInText(*edited, pointer, to);
            if (!again || *again != *edited)
                std::abort();
        }
        if (const auto without = chart::unsetValueInText(text, pointer); without && !chart::readYamlAsGo(*without))
            std::abort();
        (void)chart::insertItemInText(text, pointer, 1, replacements[0]);
        (void)chart::swapItemsInText(text, pointer, 0);
    }
    return 0;
}
