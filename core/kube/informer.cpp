#include "core/kube/informer.h"

#include "core/kube/item_store.h"
#include "core/kube/reflector.h"

#include <simdjson.h>

#include <type_traits>

namespace fairway::kube {
namespace {

/// A watch line taken apart: {"type":"ADDED","object":{…}}.
struct RawEvent {
    std::string_view type;
    std::string_view object; ///< Its JSON.
};

/// Takes watch lines apart without building a tree.
class EventSplitter {
public:
    /// The views live until the next call.
    [[nodiscard]] Result<RawEvent> split(std::string_view line)
    {
        m_padded = simdjson::padded_string(line);
        RawEvent out;
        simdjson::ondemand::document document;
        simdjson::ondemand::object root;
        if (m_parser.iterate(m_padded).get(document) != simdjson::SUCCESS || document.get_object().get(root) != simdjson::SUCCESS) {
            return unreadable();
        }
        for (auto member : root) {
            std::string_view key;
            if (member.unescaped_key().get(key) != simdjson::SUCCESS) {
                return unreadable();
            }
            if (key == "type") {
                if (member.value().get_string().get(out.type) != simdjson::SUCCESS) {
                    return unreadable();
                }
            } else if (key == "object") {
                simdjson::ondemand::object object;
                if (member.value().get_object().get(object) != simdjson::SUCCESS || object.raw_json().get(out.object) != simdjson::SUCCESS) {
                    return unreadable();
                }
            }
        }
        if (out.type.empty() || out.object.empty()) {
            return unreadable();
        }
        return out;
    }

private:
    static tl::unexpected<Error> unreadable() { return fail(ErrorCode::ProtocolViolation, phrase("kube", "an event can't be read")); }

    simdjson::ondemand::parser m_parser;
    simdjson::padded_string m_padded;
};

template <typename Item, typename Change>
class StoreSink : public ReflectorSink {
public:
    explicit StoreSink(std::function<void(const std::vector<Change> &)> onChanges)
        : m_onChanges(std::move(onChanges))
    {
    }

    [[nodiscard]] const ItemStore<Item, Change> &store() const { return m_store; }

    void dropPages() override { m_pending = {}; }
    [[nodiscard]] std::size_t pendingCount() const override { return m_pending.size(); }
    void commitPages() override
    {
        auto changes = m_store.replaceAll(std::exchange(m_pending, {}));
        if (m_batch.empty()) {
            m_batch = std::move(changes);
        } else {
            m_batch.insert(m_batch.end(), std::make_move_iterator(changes.begin()), std::make_move_iterator(changes.end()));
        }
    }
    [[nodiscard]] std::size_t batchSize() const override { return m_batch.size(); }
    void deliverBatch() override
    {
        const std::vector<Change> batch = std::exchange(m_batch, {});
        if (m_onChanges && !batch.empty()) {
            m_onChanges(batch);
        }
    }

    [[nodiscard]] Result<WatchLine> applyLine(std::string_view line) override
    {
        const auto event = m_splitter.split(line);
        if (!event) {
            return tl::unexpected(event.error());
        }
        WatchLine out;
        if (event->type == "ERROR") {
            out.kind = WatchLine::Kind::Error;
            out.status = parseStatus(event->object);
            return out;
        }
        if (event->type == "BOOKMARK") {
            out.kind = WatchLine::Kind::Bookmark;
            auto version = versionOf(event->object);
            if (!version) {
                return tl::unexpected(version.error());
            }
            out.resourceVersion = std::move(*version);
            return out;
        }
        const bool isDeletion = event->type == "DELETED";
        if (!isDeletion && event->type != "ADDED" && event->type != "MODIFIED") {
            return fail(ErrorCode::ProtocolViolation, phrase("kube", "an event of unknown type"));
        }
        auto items = itemsOf(event->object);
        if (!items) {
            return tl::unexpected(items.error());
        }
        for (const Item &item : *items) {
            if (item.name().empty()) {
                return fail(ErrorCode::ProtocolViolation, phrase("kube", "an event of an object without name"));
            }
            out.resourceVersion = item.resourceVersion();
            if (isDeletion) {
                m_store.remove(item, m_batch);
            } else {
                m_store.put(item, m_batch);
            }
        }
        return out;
    }

protected:
    /// The items of one event's object.
    [[nodiscard]] virtual Result<std::vector<Item>> itemsOf(std::string_view json) = 0;
    [[nodiscard]] virtual Result<std::string> versionOf(std::string_view json) = 0;

    void collect(std::vector<Item> items)
    {
        if (m_pending.empty()) {
            m_pending = std::move(items);
        } else {
            m_pending.insert(m_pending.end(), std::make_move_iterator(items.begin()), std::make_move_iterator(items.end()));
        }
    }

private:
    const std::function<void(const std::vector<Change> &)> m_onChanges;
    ItemStore<Item, Change> m_store;
    EventSplitter m_splitter;
    std::vector<Item> m_pending;
    std::vector<Change> m_batch;
};

class ObjectSink final : public StoreSink<value::ObjectView, ObjectChange> {
public:
    using StoreSink::StoreSink;

    [[nodiscard]] std::string_view accept() const override { return "application/json"; }

    [[nodiscard]] Result<Page> addPage(std::string_view body) override
    {
        auto page = value::ObjectView::fromList(body);
        if (!page) {
            return fail(ErrorCode::ProtocolViolation, phrase("kube", "the answer can't be read (%1)").with(page.error().said()));
        }
        collect(std::move(page->items));
        return Page {std::move(page->resourceVersion), std::move(page->continueToken)};
    }

protected:
    [[nodiscard]] Result<std::vector<value::ObjectView>> itemsOf(std::string_view json) override
    {
        auto object = value::ObjectView::fromJson(json);
        if (!object) {
            return fail(ErrorCode::ProtocolViolation, phrase("kube", "an event can't be read (%1)").with(object.error().said()));
        }
        return std::vector<value::ObjectView> {std::move(*object)};
    }

    [[nodiscard]] Result<std::string> versionOf(std::string_view json) override
    {
        auto object = value::ObjectView::fromJson(json);
        if (!object) {
            return fail(ErrorCode::ProtocolViolation, phrase("kube", "a bookmark can't be read (%1)").with(object.error().said()));
        }
        return std::string(object->resourceVersion());
    }
};

class TableSink final : public StoreSink<TableRow, TableChange> {
public:
    using StoreSink::StoreSink;

    [[nodiscard]] std::string_view accept() const override { return tableAccept; }

    [[nodiscard]] std::vector<TableColumn> columns() const
    {
        const std::scoped_lock lock(m_mutex);
        return m_columns;
    }

    [[nodiscard]] Result<Page> addPage(std::string_view body) override
    {
        auto page = parseTable(body);
        if (!page) {
            return tl::unexpected(page.error());
        }
        if (!page->columns.empty()) {
            const std::scoped_lock lock(m_mutex);
            m_columns = std::move(page->columns);
        }
        std::erase_if(page->rows, [](const TableRow &row) { return row.name().empty(); });
        collect(std::move(page->rows));
        return Page {std::move(page->resourceVersion), std::move(page->continueToken)};
    }

protected:
    [[nodiscard]] Result<std::vector<TableRow>> itemsOf(std::string_view json) override
    {
        auto page = parseTable(json);
        if (!page) {
            return fail(ErrorCode::ProtocolViolation, phrase("kube", "an event can't be read (%1)").with(page.error().said()));
        }
        return std::move(page->rows);
    }

    [[nodiscard]] Result<std::string> versionOf(std::string_view json) override
    {
        // A bookmark is a Table whose only row holds the version, or a bare object.
        if (auto page = parseTable(json)) {
            return !page->resourceVersion.empty() || page->rows.empty() ? std::move(page->resourceVersion)
                                                                        : std::string(page->rows.front().resourceVersion());
        }
        auto object = value::ObjectView::fromJson(json);
        if (!object) {
            return fail(ErrorCode::ProtocolViolation, phrase("kube", "a bookmark can't be read (%1)").with(object.error().said()));
        }
        return std::string(object->resourceVersion());
    }

private:
    mutable std::mutex m_mutex;
    std::vector<TableColumn> m_columns; ///< Guarded by m_mutex.
};

template <typename Item>
using SinkOf = std::conditional_t<std::is_same_v<Item, TableRow>, TableSink, ObjectSink>;

} // namespace

template <typename Item, typename Change>
struct BasicInformer<Item, Change>::Impl {
    Impl(std::shared_ptr<Client> client, ResourceId resource, InformerOptions options, Callbacks callbacks)
        : sink(std::move(callbacks.onChanges))
        , reflector(std::move(client), std::move(resource), std::move(options), sink, std::move(callbacks.onState))
    {
    }
    SinkOf<Item> sink;
    Reflector reflector; ///< Last: it stops before the sink goes.
};

template <typename Item, typename Change>
BasicInformer<Item, Change>::BasicInformer(
    std::shared_ptr<Client> client, ResourceId resource, InformerOptions options, Callbacks callbacks)
    : m_impl(std::make_unique<Impl>(std::move(client), std::move(resource), std::move(options), std::move(callbacks)))
{
}

template <typename Item, typename Change>
BasicInformer<Item, Change>::~BasicInformer() = default;

template <typename Item, typename Change>
void BasicInformer<Item, Change>::start()
{
    m_impl->reflector.start();
}

template <typename Item, typename Change>
void BasicInformer<Item, Change>::poke()
{
    m_impl->reflector.poke();
}

template <typename Item, typename Change>
void BasicInformer<Item, Change>::stop()
{
    m_impl->reflector.stop();
}

template <typename Item, typename Change>
InformerState BasicInformer<Item, Change>::state() const
{
    return m_impl->reflector.state();
}

template <typename Item, typename Change>
InformerCounters BasicInformer<Item, Change>::counters() const
{
    return m_impl->reflector.counters();
}

template <typename Item, typename Change>
const ResourceId &BasicInformer<Item, Change>::resource() const
{
    return m_impl->reflector.resource();
}

template <typename Item, typename Change>
std::size_t BasicInformer<Item, Change>::size() const
{
    return m_impl->sink.store().size();
}

template <typename Item, typename Change>
std::vector<Item> BasicInformer<Item, Change>::snapshot() const
{
    return m_impl->sink.store().snapshot();
}

template <typename Item, typename Change>
std::optional<Item> BasicInformer<Item, Change>::find(std::string_view ns, std::string_view name) const
{
    return m_impl->sink.store().find(ns, name);
}

template <typename Item, typename Change>
Result<void> BasicInformer<Item, Change>::waitUntilListed(std::chrono::milliseconds timeout, const CancelToken &cancel) const
{
    return m_impl->reflector.waitUntilListed(timeout, cancel);
}

template class BasicInformer<value::ObjectView, ObjectChange>;
template class BasicInformer<TableRow, TableChange>;

std::vector<TableColumn> TableInformer::columns() const
{
    return m_impl->sink.columns();
}

} // namespace fairway::kube
