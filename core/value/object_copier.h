#pragma once

#include "core/value/json.h"
#include "core/value/json_events.h"
#include "core/value/object_view.h"

#include <array>
#include <charconv>
#include <optional>

/// How an ObjectView is laid out, and how one is made from JSON events. Internal to core/value.
namespace fairway::value {

inline constexpr std::size_t MaxObjectBytes = std::size_t {256} << 20;
inline constexpr std::size_t MaxObjectDepth = 512;

/// A piece of a block's text.
struct Span {
    std::uint32_t start = 0;
    std::uint32_t size = 0;
};

enum Field : std::size_t { ApiVersion, KindName, Name, Namespace, Uid, ResourceVersion, Created, Deleted, FieldCount };

inline constexpr std::array<std::pair<std::string_view, Field>, 6> MetadataFields {{{"name", Name}, {"namespace", Namespace},
    {"uid", Uid}, {"resourceVersion", ResourceVersion}, {"creationTimestamp", Created}, {"deletionTimestamp", Deleted}}};

struct ObjectView::Block {
    std::string text; ///< The JSON, then texts that stand escaped in it.
    std::size_t jsonSize = 0;
    std::array<Span, FieldCount> fields {};
    std::int64_t generation = 0;
    std::vector<std::pair<Span, Span>> labels;

    [[nodiscard]] std::string_view at(Span span) const { return std::string_view(text).substr(span.start, span.size); }
};

/// Makes blocks out of a stream of JSON events: copies every event as compact JSON, and notes where metadata stands.
struct ObjectViewMaker {
    /// One object being copied.
    class Copier {
    public:
        explicit Copier(Keep keep)
            : m_keep(keep)
        {
        }

        void startMap() { open('{', true); }
        void startList() { open('[', false); }
        void endMap() { close('}'); }
        void endList() { close(']'); }

        void key(std::string_view text)
        {
            if (m_skipped > 0)
                return;
            const std::size_t depth = m_open.size();
            m_path[std::min(depth, m_path.size() - 1)] = placeOf(depth, text);
            if (m_keep == Keep::WithoutManagedFields && depth == 2 && m_path[1] == Place::Metadata && text == "managedFields") {
                m_skipsNext = true;
                return;
            }
            separate();
            m_keySpan = appendText(text);
            m_text += ':';
            m_afterKey = true;
            m_key = text;
        }

        void string(std::string_view text)
        {
            if (takeSkip())
                return;
            separate();
            note(appendText(text));
        }

        void number(std::string_view token)
        {
            if (takeSkip())
                return;
            separate();
            m_text += token;
            if (m_open.size() == 2 && m_path[1] == Place::Metadata && m_key == "generation")
                std::from_chars(token.data(), token.data() + token.size(), m_generation);
        }

        void word(std::string_view text)
        {
            if (takeSkip())
                return;
            separate();
            m_text += text;
        }

        [[nodiscard]] bool isFinished() const { return m_open.empty() && m_skipped == 0 && !m_text.empty(); }

        /// `kind` and `apiVersion` go in front when the object has none.
        std::shared_ptr<const ObjectView::Block> finish(std::string_view kind, std::string_view apiVersion)
        {
            auto block = std::make_shared<ObjectView::Block>();
            std::string front;
            const bool hasMembers = m_text.size() > 2;
            std::optional<Span> kindSpan;
            std::optional<Span> versionSpan;
            if (!m_has[KindName] && !kind.empty())
                kindSpan = prepend(front, "kind", kind, hasMembers || (!m_has[ApiVersion] && !apiVersion.empty()));
            if (!m_has[ApiVersion] && !apiVersion.empty())
                versionSpan = prepend(front, "apiVersion", apiVersion, hasMembers);
            block->jsonSize = m_text.size() + front.size();
            block->text.reserve(block->jsonSize + m_tail.size());
            block->text += '{';
            block->text += front;
            block->text.append(m_text, 1).append(m_tail);
            block->labels.reserve(m_labels.size());
            const auto moved = [&](Located located) {
                const std::size_t shift = located.isInTail ? block->jsonSize : front.size();
                return Span {static_cast<std::uint32_t>(located.span.start + shift), located.span.size};
            };
            for (std::size_t i = 0; i < FieldCount; ++i)
                block->fields[i] = m_has[i] ? moved(m_found[i]) : Span {};
            if (kindSpan)
                block->fields[KindName] = *kindSpan;
            if (versionSpan)
                block->fields[ApiVersion] = *versionSpan;
            for (const auto &[key, value] : m_labels)
                block->labels.emplace_back(moved(key), moved(value));
            block->generation = m_generation;
            return block;
        }

    private:
        enum class Place : std::uint8_t { Other, Metadata, Labels, KindKey, ApiVersionKey };
        struct Located {
            Span span;
            bool isInTail = false;
        };

        Place placeOf(std::size_t depth, std::string_view key) const
        {
            if (depth == 1)
                return key == "metadata" ? Place::Metadata
                    : key == "kind"      ? Place::KindKey
                    : key == "apiVersion" ? Place::ApiVersionKey
                                          : Place::Other;
            return depth == 2 && m_path[1] == Place::Metadata && key == "labels" ? Place::Labels : Place::Other;
        }

        void open(char bracket, bool isMap)
        {
            if (m_skipped > 0 || m_skipsNext) {
                m_skipsNext = false;
                ++m_skipped;
                return;
            }
            separate();
            m_text += bracket;
            m_open.push_back(isMap);
            m_needsComma = false;
        }

        void close(char bracket)
        {
            if (m_skipped > 0) {
                --m_skipped;
                return;
            }
            m_text += bracket;
            m_open.pop_back();
            m_needsComma = true;
        }

        bool takeSkip()
        {
            const bool skips = m_skipped > 0 || m_skipsNext;
            m_skipsNext = false;
            return skips;
        }

        void separate()
        {
            if (m_afterKey)
                m_afterKey = false;
            else if (m_needsComma)
                m_text += ',';
            m_needsComma = true;
        }

        Located appendText(std::string_view text)
        {
            const std::size_t start = m_text.size() + 1;
            appendJsonString(m_text, text);
            if (m_text.size() == start + text.size() + 1)
                return {{static_cast<std::uint32_t>(start), static_cast<std::uint32_t>(text.size())}, false};
            // Escaped: a reader needs the text itself, kept behind the JSON when it turns out to be metadata.
            m_escaped = text;
            return {{0, 0}, true};
        }

        Located keep(Located located)
        {
            if (!located.isInTail || located.span.size > 0)
                return located;
            located.span = {static_cast<std::uint32_t>(m_tail.size()), static_cast<std::uint32_t>(m_escaped.size())};
            m_tail += m_escaped;
            return located;
        }

        void note(Located located)
        {
            const std::size_t depth = m_open.size();
            if (depth == 1 && m_open.back() && m_path[1] == Place::KindKey)
                noteField(KindName, located);
            else if (depth == 1 && m_open.back() && m_path[1] == Place::ApiVersionKey)
                noteField(ApiVersion, located);
            else if (depth == 2 && m_path[1] == Place::Metadata && m_open.back()) {
                for (const auto &[name, field] : MetadataFields) {
                    if (m_key == name)
                        noteField(field, located);
                }
            } else if (depth == 3 && m_path[1] == Place::Metadata && m_path[2] == Place::Labels && m_open.back()) {
                // A key that stands escaped can't be valid; it is left out of the look-up.
                if (!m_keySpan.isInTail)
                    m_labels.emplace_back(m_keySpan, keep(located));
            }
        }

        void noteField(Field field, Located located)
        {
            m_found[field] = keep(located);
            m_has[field] = true;
        }

        static Span prepend(std::string &front, std::string_view key, std::string_view text, bool needsComma)
        {
            appendJsonString(front, key);
            front += ':';
            const std::size_t start = front.size() + 2; // Behind the bracket and the quote.
            appendJsonString(front, text);
            if (needsComma)
                front += ',';
            return {static_cast<std::uint32_t>(start), static_cast<std::uint32_t>(text.size())};
        }

        const Keep m_keep;
        std::string m_text;
        std::string m_tail;
        std::vector<bool> m_open;
        std::size_t m_skipped = 0; ///< Depth inside what is left out.
        bool m_skipsNext = false;
        bool m_afterKey = false;
        bool m_needsComma = false;
        std::array<Place, 4> m_path {};
        std::string_view m_key;
        std::string_view m_escaped;
        Located m_keySpan;
        std::array<Located, FieldCount> m_found {};
        std::array<bool, FieldCount> m_has {};
        std::vector<std::pair<Located, Located>> m_labels;
        std::int64_t m_generation = 0;
    };

    static ObjectView wrap(std::shared_ptr<const ObjectView::Block> block) { return ObjectView(std::move(block)); }
};

} // namespace fairway::value
