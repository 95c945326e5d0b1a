#pragma once

#include "core/gotemplate/node.h"
#include "core/gotemplate/template.h"

#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace fairway::gotemplate {

/// Hash for look-ups by string_view in maps of strings.
struct TextHash {
    using is_transparent = void;
    [[nodiscard]] std::size_t operator()(std::string_view text) const { return std::hash<std::string_view> {}(text); }
};

/// Templates by name. An overlay finds its own first, then its parent's.
struct TemplateSet::Impl {
    const FunctionMap *functions = nullptr;
    GoRelease release = GoRelease::Go125;
    const Impl *parent = nullptr;
    const TemplateSet *handle = nullptr; ///< The set as functions see it.
    std::unordered_map<std::string, Template, TextHash, std::equal_to<>> templates;

    [[nodiscard]] const Template *find(std::string_view name) const;
    /// Adds what a text defined, by Go's rules on redefinition.
    void add(std::vector<Template> parsed);

    /// Texts that tpl has read: charts give it the same few again and again.
    [[nodiscard]] TemplateResult<std::vector<Template>> parsed(std::string_view name, const std::string &text) const;

private:
    static constexpr std::size_t MaxCachedTexts = 4096;
    struct Cache {
        std::mutex mutex;
        std::unordered_map<std::string, std::vector<Template>, TextHash, std::equal_to<>> texts; ///< Guarded by mutex.
    };
    mutable Cache m_cache;
};

} // namespace fairway::gotemplate
