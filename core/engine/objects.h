#pragma once

#include "core/engine/contexts.h"
#include "core/engine/engine.h"
#include "core/engine/table_view.h"

#include <memory>

namespace fairway::engine {

/// A live table: a TableInformer feeds a TableView on the feed's own thread; the GUI holds the last published rows.
class LiveTable final : public ObjectTable {
    Q_OBJECT
public:
    LiveTable(std::shared_ptr<kube::Client> client, const kube::ResourceType &type, std::string ns,
        std::shared_ptr<GuiDispatcher::Poster> poster, TaskThread &worker);
    /// A table that can't be: no connection, unknown kind.
    LiveTable(const QString &problem, TaskThread &worker);
    ~LiveTable() override;

    [[nodiscard]] QStringList columns() const override { return m_titles; }
    [[nodiscard]] int rowCount() const override { return static_cast<int>(m_rows->size()); }
    [[nodiscard]] int totalCount() const override { return m_total; }
    [[nodiscard]] QString cell(int row, int column) const override;
    [[nodiscard]] QString rowKey(int row) const override;
    [[nodiscard]] bool isLoaded() const override { return m_isLoaded; }
    [[nodiscard]] QString problem() const override { return m_problem; }
    void setFilter(const QString &text) override;
    void sortBy(int column, bool isAscending) override;

private:
    class Feed;
    void take(const TableUpdate &update, const std::vector<kube::TableColumn> &columns, bool isLoaded,
        const QString &problem);

    std::shared_ptr<Feed> m_feed;
    TaskThread &m_worker; ///< Where the feed is stopped: joining must not hold up the window.
    const bool m_isNamespaced = false;
    std::vector<kube::TableColumn> m_columns;
    std::vector<int> m_shown; ///< Column of the Table for each title; -1 is the namespace.
    QStringList m_titles;
    std::shared_ptr<const TableRows> m_rows = std::make_shared<const TableRows>();
    int m_total = 0;
    bool m_isLoaded = false;
    QString m_problem;
};

/// Kinds, tables, YAML of single objects, and the palette's search over what the caches hold.
class Objects final : public ObjectService {
    Q_OBJECT
public:
    Objects(Contexts &contexts, std::shared_ptr<GuiDispatcher::Poster> poster, TaskThread &worker);

    void takeDiscovery(const std::shared_ptr<const kube::Discovery> &discovery);
    void takePicture(const std::shared_ptr<const RoutePicture> &picture) { m_picture = picture; }
    void forget();

    [[nodiscard]] QList<KindInfo> kinds() const override { return m_kinds; }
    [[nodiscard]] std::unique_ptr<ObjectTable> openTable(const QString &kindId) override;
    void fetchYaml(const QString &kindId, const QString &ns, const QString &name) override;
    [[nodiscard]] QList<SearchHit> search(const QString &text, int limit) const override;

private:
    [[nodiscard]] const kube::ResourceType *typeOf(const QString &kindId) const;

    Contexts &m_contexts;
    const std::shared_ptr<GuiDispatcher::Poster> m_poster;
    TaskThread &m_worker;
    std::shared_ptr<const kube::Discovery> m_discovery;
    std::shared_ptr<const RoutePicture> m_picture;
    QList<KindInfo> m_kinds;
};

} // namespace fairway::engine
