#include "core/value/object_view.h"

#include "core/value/json.h"
#include "core/value/json_events.h"

#include <array>
#include <charconv>
#include <optional>

namespace fairway::value {

namespace {

constexpr std::size_t MaxBytes = std::size_t {256} << 20;
constexpr std::size_t MaxDepth = 512;

/// A piece of a block's text.
struct Span {
    std::uint32_t start = 0;
    std::uint32_t size = 0;
};

enum Field : std::size_t { ApiVersion, KindName, Name, Namespace, Uid, ResourceVersion, Created, Deleted, FieldCount };

constexpr std::array<std::pair<std::string_view, Field>, 6> MetadataFields {{{"name", Name}, {"namespace", Namespace},
    {"uid", Uid}, {"resourceVersion", ResourceVersion}, {"creationTimestamp", Created}, {"deletionTimestamp", Deleted}}};

} // namespace

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

namespace {

using Copier = ObjectViewMaker::Copier;

class ObjectHandler final : public JsonHandler {
public:
    explicit ObjectHandler(Keep keep)
        : m_copier(keep)
    {
    }

    void startMap() override
    {
        m_isMap = m_isMap || !m_started;
        m_started = true;
        m_copier.startMap();
    }
    void key(std::string_view text) override { m_copier.key(text); }
    void endMap() override { m_copier.endMap(); }
    void startList() override
    {
        m_started = true;
        m_copier.startList();
    }
    void endList() override { m_copier.endList(); }
    void string(std::string_view text) override { m_copier.string(text); }
    void number(std::string_view token) override { m_copier.number(token); }
    void boolean(bool value) override { m_copier.word(value ? "true" : "false"); }
    void null() override { m_copier.word("null"); }

    [[nodiscard]] bool isMap() const { return m_isMap; }
    Copier &copier() { return m_copier; }

private:
    Copier m_copier;
    bool m_started = false;
    bool m_isMap = false;
};

/// Reads {"kind", "apiVersion", "metadata": {...}, "items": [...]}; each item goes through a copier of its own.
class ListHandler final : public JsonHandler {
public:
    explicit ListHandler(Keep keep)
        : m_keep(keep)
    {
    }

    void startMap() override
    {
        if (startsItem())
            m_item.emplace(m_keep);
        if (m_item)
            m_item->startMap();
        ++m_depth;
    }
    void endMap() override
    {
        --m_depth;
        if (m_item) {
            m_item->endMap();
            finishItem();
        }
    }
    void startList() override
    {
        m_isRefused = m_isRefused || startsItem() || m_depth == 0;
        if (m_item)
            m_item->startList();
        else if (m_depth == 1 && m_key == "items")
            m_inItems = true;
        ++m_depth;
    }
    void endList() override
    {
        --m_depth;
        if (m_item)
            m_item->endList();
        else if (m_depth == 1)
            m_inItems = false;
    }
    void key(std::string_view text) override
    {
        if (m_item) {
            m_item->key(text);
            return;
        }
        if (m_depth == 1)
            m_topKey = text;
        m_key = text;
    }
    void string(std::string_view text) override
    {
        if (m_item)
            return m_item->string(text);
        if (m_depth == 1 && m_key == "kind")
            m_kind = text;
        else if (m_depth == 1 && m_key == "apiVersion")
            m_apiVersion = text;
        else if (m_depth == 2 && m_topKey == "metadata" && m_key == "resourceVersion")
            m_page.resourceVersion = text;
        else if (m_depth == 2 && m_topKey == "metadata" && m_key == "continue")
            m_page.continueToken = text;
        refuseScalarItem();
    }
    void number(std::string_view token) override
    {
        if (m_item)
            return m_item->number(token);
        if (m_depth == 2 && m_topKey == "metadata" && m_key == "remainingItemCount")
            std::from_chars(token.data(), token.data() + token.size(), m_page.remainingItems);
        refuseScalarItem();
    }
    void boolean(bool value) override
    {
        if (m_item)
            return m_item->word(value ? "true" : "false");
        refuseScalarItem();
    }
    void null() override
    {
        if (m_item)
            return m_item->word("null");
        refuseScalarItem();
    }

    [[nodiscard]] bool isRefused() const { return m_isRefused; }

    ObjectView::Page takePage()
    {
        // The list's own kind may stand behind its items, so blocks are made at the end.
        const std::string_view suffix = "List";
        std::string kind = m_kind;
        if (kind.size() > suffix.size() && kind.compare(kind.size() - suffix.size(), suffix.size(), suffix) == 0)
            kind.resize(kind.size() - suffix.size());
        else
            kind.clear();
        const std::string &apiVersion = kind.empty() ? kind : m_apiVersion;
        m_page.items.reserve(m_finished.size());
        for (Copier &item : m_finished)
            m_page.items.push_back(ObjectViewMaker::wrap(item.finish(kind, apiVersion)));
        return std::move(m_page);
    }

private:
    [[nodiscard]] bool startsItem() const { return m_inItems && m_depth == 2; }
    void refuseScalarItem() { m_isRefused = m_isRefused || startsItem() || m_depth == 0; }
    void finishItem()
    {
        if (!m_item->isFinished())
            return;
        m_finished.push_back(std::move(*m_item));
        m_item.reset();
    }

    const Keep m_keep;
    std::size_t m_depth = 0;
    bool m_inItems = false;
    bool m_isRefused = false;
    std::string_view m_key;
    std::string_view m_topKey;
    std::string m_kind;
    std::string m_apiVersion;
    std::optional<Copier> m_item;
    std::vector<Copier> m_finished;
    ObjectView::Page m_page;
};

} // namespace

ObjectView::ObjectView(std::shared_ptr<const Block> block) noexcept
    : m_block(std::move(block))
{
}

Result<ObjectView> ObjectView::fromJson(std::string_view json, Keep keep)
{
    ObjectHandler handler(keep);
    if (auto read = readJson(json, handler, MaxBytes, MaxDepth); !read)
        return tl::unexpected<Error>(std::move(read).error());
    if (!handler.isMap())
        return fail(ErrorCode::InvalidInput, "the JSON is no object");
    return ObjectView(handler.copier().finish({}, {}));
}

Result<ObjectView> ObjectView::fromValue(const Value &object, Keep keep)
{
    return fromJson(toJson(object), keep);
}

Result<ObjectView::Page> ObjectView::fromList(std::string_view json, Keep keep)
{
    ListHandler handler(keep);
    if (auto read = readJson(json, handler, MaxBytes, MaxDepth); !read)
        return tl::unexpected<Error>(std::move(read).error());
    if (handler.isRefused())
        return fail(ErrorCode::InvalidInput, "the JSON is no list of objects");
    return handler.takePage();
}

#define FAIRWAY_FIELD(method, field)                                                                                    \
    std::string_view ObjectView::method() const noexcept                                                                \
    {                                                                                                                   \
        return m_block ? m_block->at(m_block->fields[field]) : std::string_view();                                      \
    }
FAIRWAY_FIELD(apiVersion, ApiVersion)
FAIRWAY_FIELD(kind, KindName)
FAIRWAY_FIELD(name, Name)
FAIRWAY_FIELD(ns, Namespace)
FAIRWAY_FIELD(uid, Uid)
FAIRWAY_FIELD(resourceVersion, ResourceVersion)
FAIRWAY_FIELD(creationTimestamp, Created)
#undef FAIRWAY_FIELD

bool ObjectView::isDeleting() const noexcept
{
    return m_block && m_block->fields[Deleted].size > 0;
}

std::int64_t ObjectView::generation() const noexcept
{
    return m_block ? m_block->generation : 0;
}

std::string_view ObjectView::label(std::string_view key) const noexcept
{
    if (m_block) {
        for (const auto &[name, value] : m_block->labels) {
            if (m_block->at(name) == key)
                return m_block->at(value);
        }
    }
    return {};
}

bool ObjectView::hasLabel(std::string_view key) const noexcept
{
    if (m_block) {
        for (const auto &[name, value] : m_block->labels) {
            if (m_block->at(name) == key)
                return true;
        }
    }
    return false;
}

std::vector<std::pair<std::string_view, std::string_view>> ObjectView::labels() const
{
    std::vector<std::pair<std::string_view, std::string_view>> labels;
    if (m_block) {
        labels.reserve(m_block->labels.size());
        for (const auto &[name, value] : m_block->labels)
            labels.emplace_back(m_block->at(name), m_block->at(value));
    }
    return labels;
}

std::string_view ObjectView::json() const noexcept
{
    return m_block ? std::string_view(m_block->text).substr(0, m_block->jsonSize) : std::string_view();
}

Result<Value> ObjectView::parse() const
{
    if (!m_block)
        return fail(ErrorCode::NotFound, "there is no object");
    return parseJson(json(), {MaxBytes, MaxDepth + 1, NumberStyle::Kubernetes});
}

std::size_t ObjectView::bytes() const noexcept
{
    if (!m_block)
        return sizeof *this;
    constexpr std::size_t sharedCounts = 16;
    return sizeof *this + sharedCounts + sizeof(Block) + m_block->text.capacity() + 1
        + m_block->labels.capacity() * sizeof(std::pair<Span, Span>);
}

bool ObjectView::isSameVersion(const ObjectView &other) const noexcept
{
    return m_block == other.m_block
        || (m_block && other.m_block && resourceVersion() == other.resourceVersion() && uid() == other.uid()
            && kind() == other.kind() && ns() == other.ns() && name() == other.name());
}

} // namespace fairway::value
