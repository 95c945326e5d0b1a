#pragma once

#include "core/base/result.h"

#include <yaml.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace fairway::value {

/// libyaml's events of one text, with errors in go-yaml's words.
///
/// Today's libyaml and go-yaml, a port of an older one, differ inside [] and {}: to go-yaml a question mark ends a plain scalar, which
/// never reads well, and a colon before an indicator is part of it ("{a:}" has the key "a:"). Both are read as go-yaml does.
///
/// Shape:   next() until type() is YAML_STREAM_END_EVENT; event() is valid until the next call of next().
/// Errors:  InvalidInput ("yaml: line 3: did not find expected key"). Sticky.
/// Threads: one owner. The text must outlive the reader.
class YamlEvents {
public:
    explicit YamlEvents(std::string_view text);
    ~YamlEvents();
    YamlEvents(const YamlEvents &) = delete;
    YamlEvents &operator=(const YamlEvents &) = delete;

    [[nodiscard]] Result<void> next();
    [[nodiscard]] const yaml_event_t &event() const { return m_event; }
    [[nodiscard]] yaml_event_type_t type() const { return m_event.type; }

    /// Of a scalar, its text; of an alias, start of a list or map, nothing.
    [[nodiscard]] std::string_view scalarText() const;
    /// Empty when none.
    [[nodiscard]] std::string_view anchor() const;
    [[nodiscard]] std::string_view tag() const;

private:
    void start(std::string_view text);
    /// After a failure: when it is a colon that go-yaml takes, reads again up to here with another character in its place.
    [[nodiscard]] bool resumeBehindColon();
    [[nodiscard]] Result<void> noteFlow();
    [[nodiscard]] Error describe() const;
    [[nodiscard]] std::string_view restored(std::string_view text) const;

    struct Collection {
        bool isFlow = false;
        bool isList = false;
        std::size_t begin = 0; ///< In characters.
    };

    std::string_view m_text;
    yaml_parser_t m_parser {};
    yaml_event_t m_event {};
    std::vector<Collection> m_open;
    std::size_t m_events = 0; ///< How many were given.
    std::string m_patched;   ///< The text with a stand-in for each colon that libyaml refuses; empty: there was none.
    std::string m_standIn;
    std::size_t m_patches = 0;
    mutable std::string m_restored;
    bool m_failed = false;
};

} // namespace fairway::value
