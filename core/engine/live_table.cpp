#include "core/engine/objects.h"
#include "core/engine/text.h"

#include <QPointer>

#include <utility>

namespace fairway::engine {
namespace {
    /// Streams reach the GUI at this pace; the first rows at once.
    constexpr std::chrono::milliseconds PublishEvery {90};
} // namespace

/// What runs beside the GUI thread: the informer and the view, both touched on one thread of their own.
class LiveTable::Feed : public std::enable_shared_from_this<LiveTable::Feed> {
public:
    using Publish = std::function<void(TableUpdate, std::vector<kube::TableColumn>, bool, QString)>;

    explicit Feed(Publish publish)
        : m_publish(std::move(publish))
    {
    }

    void start(std::shared_ptr<kube::Client> client, const kube::ResourceId &resource, std::string ns)
    {
        kube::InformerOptions options;
        options.ns = std::move(ns);
        kube::TableInformer::Callbacks callbacks;
        callbacks.onChanges = [this](const std::vector<kube::TableChange> &batch) {
            m_thread.post([this, batch, columns = m_informer->columns()]() mutable {
                m_view.setColumns(columns);
                m_columns = std::move(columns);
                m_view.apply(batch);
                schedule();
            });
        };
        callbacks.onState = [this](const kube::InformerState &state) {
            m_thread.post([this, state] {
                m_isLoaded = state.hasListed;
                m_problem.clear();
                if (state.phase == kube::InformerPhase::Forbidden || state.phase == kube::InformerPhase::Stale)
                    m_problem = inWords(state.error());
                m_hasNews = true;
                schedule();
            });
        };
        m_informer = std::make_unique<kube::TableInformer>(
            std::move(client), resource, std::move(options), std::move(callbacks));
        m_informer->start();
    }

    void stop()
    {
        if (m_informer)
            m_informer->stop();
        m_thread.stop();
    }

    template <typename Change>
    void change(Change change)
    {
        m_thread.post([this, change = std::move(change)] {
            change(m_view);
            publish(); // an answer to the user: at once
        });
    }

private:
    void schedule()
    {
        if (m_isScheduled)
            return;
        m_isScheduled = true;
        const auto since = std::chrono::steady_clock::now() - m_lastPublished;
        if (since >= PublishEvery) {
            m_thread.post([this] { publish(); });
            return;
        }
        m_thread.postLater(
            std::chrono::duration_cast<std::chrono::milliseconds>(PublishEvery - since), [this] { publish(); });
    }

    void publish()
    {
        m_isScheduled = false;
        if (!m_view.isDirty() && !std::exchange(m_hasNews, false))
            return;
        m_hasNews = false;
        m_lastPublished = std::chrono::steady_clock::now();
        m_publish(m_view.takeUpdate(), m_columns, m_isLoaded, m_problem);
    }

    const Publish m_publish;
    // Owned by the feed's thread.
    TableView m_view;
    std::vector<kube::TableColumn> m_columns;
    QString m_problem;
    bool m_isLoaded = false;
    bool m_hasNews = false;
    bool m_isScheduled = false;
    std::chrono::steady_clock::time_point m_lastPublished;

    std::unique_ptr<kube::TableInformer> m_informer;
    TaskThread m_thread; ///< Last: its tasks use all of the above.
};

LiveTable::LiveTable(std::shared_ptr<kube::Client> client, const kube::ResourceType &type, std::string ns,
    std::shared_ptr<GuiDispatcher::Poster> poster, TaskThread &worker)
    : m_worker(worker)
    , m_isNamespaced(type.namespaced)
{
    m_feed = std::make_shared<Feed>([poster = std::move(poster), self = QPointer<LiveTable>(this)](TableUpdate update,
                                        std::vector<kube::TableColumn> columns, bool isLoaded, QString problem) {
        // The QPointer is only looked at in the GUI thread, where the table is destroyed.
        poster->post(
            [self, update = std::move(update), columns = std::move(columns), isLoaded, problem = std::move(problem)] {
                if (self)
                    self->take(update, columns, isLoaded, problem);
            });
    });
    m_feed->start(std::move(client), type.id(), type.namespaced ? std::move(ns) : std::string());
}

LiveTable::LiveTable(const QString &problem, TaskThread &worker)
    : m_worker(worker)
    , m_problem(problem)
{
}

LiveTable::~LiveTable()
{
    if (!m_feed)
        return;
    if (!m_worker.post([feed = m_feed] { feed->stop(); }))
        m_feed->stop();
}

void LiveTable::take(
    const TableUpdate &update, const std::vector<kube::TableColumn> &columns, bool isLoaded, const QString &problem)
{
    const bool hasNewColumns = columns != m_columns;
    if (hasNewColumns) {
        m_columns = columns;
        m_shown.clear();
        m_titles.clear();
        if (m_isNamespaced) {
            m_shown.push_back(-1);
            m_titles.append(tr("Namespace"));
        }
        for (std::size_t i = 0; i < columns.size(); ++i) {
            if (columns[i].priority == 0) {
                m_shown.push_back(static_cast<int>(i));
                m_titles.append(toQString(columns[i].name));
            }
        }
    }
    m_rows = update.rows;
    m_total = static_cast<int>(update.total);
    const bool hasNewState = isLoaded != m_isLoaded || problem != m_problem;
    m_isLoaded = isLoaded;
    m_problem = problem;
    if (update.isReset || hasNewColumns) {
        Q_EMIT reset();
    } else {
        for (const TableOp &op : update.ops) {
            switch (op.kind) {
            case TableOp::Kind::Removed:
                Q_EMIT rowsRemoved(op.first, op.last);
                break;
            case TableOp::Kind::Inserted:
                Q_EMIT rowsInserted(op.first, op.last);
                break;
            case TableOp::Kind::Changed:
                Q_EMIT rowsChanged(op.first, op.last);
                break;
            }
        }
    }
    if (hasNewState || !update.ops.empty())
        Q_EMIT stateChanged();
}

QString LiveTable::cell(int row, int column) const
{
    if (row < 0 || row >= rowCount() || column < 0 || column >= static_cast<int>(m_shown.size()))
        return {};
    const kube::TableRow &entry = (*m_rows)[static_cast<std::size_t>(row)];
    const int index = m_shown[static_cast<std::size_t>(column)];
    if (index < 0)
        return toQString(entry.ns());
    const auto place = static_cast<std::size_t>(index);
    if (m_columns[place].name == "Age" && entry.created().time_since_epoch().count() != 0) {
        return shortAge(
            std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now() - entry.created()));
    }
    return toQString(entry.cell(place));
}

QString LiveTable::rowKey(int row) const
{
    return row < 0 || row >= rowCount() ? QString()
                                        : toQString(TableView::keyOf((*m_rows)[static_cast<std::size_t>(row)]));
}

void LiveTable::setFilter(const QString &text)
{
    if (m_feed)
        m_feed->change([filter = toUtf8(text.trimmed())](TableView &view) { view.setFilter(filter); });
}

void LiveTable::sortBy(int column, bool isAscending)
{
    if (!m_feed)
        return;
    const int index
        = column >= 0 && column < static_cast<int>(m_shown.size()) ? m_shown[static_cast<std::size_t>(column)] : -1;
    m_feed->change([index, isAscending](TableView &view) { view.sortBy(index, isAscending); });
}

} // namespace fairway::engine
