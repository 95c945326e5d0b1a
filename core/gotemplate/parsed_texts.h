#pragma once

#include "core/gotemplate/node.h"
#include "core/gotemplate/template_store.h"

#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace fairway::gotemplate {

/// Texts that were read for one TemplateSet, kept for the next one: rendering again after a value changed reads no template anew.
///
/// Shape:   one text a name, the last. What was read depends on the functions there were: Functions stands for them, and for others
///          everything is forgotten.
/// Bounds:  a number of texts; with more it starts anew.
/// Threads: any.
class ParsedTexts {
public:
    using Templates = std::shared_ptr<const std::vector<Template>>;
    using Functions = std::shared_ptr<const FunctionMap>;

    /// For find() and keep() of one set: comparing maps takes as long as reading a small template.
    [[nodiscard]] Functions begin(const FunctionMap &functions);
    /// Null when it has to be read.
    [[nodiscard]] Templates find(std::string_view name, std::string_view text, const Functions &functions) const;
    void keep(std::string_view name, Templates templates, const Functions &functions);

private:
    static constexpr std::size_t MaxTexts = 20'000;

    mutable std::mutex m_mutex;
    Functions m_functions; ///< Guarded by m_mutex, as what is below.
    std::unordered_map<std::string, Templates, TextHash, std::equal_to<>> m_texts;
};

} // namespace fairway::gotemplate
