#include "core/value/object_copier.h"

/// Objects and lists of objects out of JSON, in one pass.
namespace fairway::value {

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

Result<ObjectView> ObjectView::fromJson(std::string_view json, Keep keep)
{
    ObjectHandler handler(keep);
    if (auto read = readJson(json, handler, MaxObjectBytes, MaxObjectDepth); !read)
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
    if (auto read = readJson(json, handler, MaxObjectBytes, MaxObjectDepth); !read)
        return tl::unexpected<Error>(std::move(read).error());
    if (handler.isRefused())
        return fail(ErrorCode::InvalidInput, "the JSON is no list of objects");
    return handler.takePage();
}

} // namespace fairway::value
