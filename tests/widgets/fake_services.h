#pragma once

#include "core/engine/engine.h"

#include <optional>

/// Services with public state: a test sets it, emits the signal, and looks at what was called.
namespace fairway::test {

class FakeContexts final : public engine::ContextService {
    Q_OBJECT
public:
    FakeContexts();
    [[nodiscard]] QList<engine::ContextInfo> contexts() const override { return list; }
    [[nodiscard]] engine::ContextInfo current() const override;
    [[nodiscard]] engine::ConnectionState connection() const override { return state; }
    [[nodiscard]] QStringList namespaces() const override { return spaces; }
    [[nodiscard]] QString currentNamespace() const override { return space; }
    void switchTo(const QString &context) override;
    void setNamespace(const QString &ns) override;
    void setLocked(bool isLocked) override;
    void setProduction(const QString &context, bool isProduction) override;
    void retry() override { ++retries; }
    void reloadKubeconfig() override { ++reloads; }
    [[nodiscard]] QString kubeconfigProblem() const override { return problem; }
    [[nodiscard]] engine::PluginQuestion pluginQuestion() const override { return question; }
    void allowPlugin(bool isRemembered) override { answers.append(isRemembered); }

    QList<engine::ContextInfo> list;
    QString currentName;
    engine::ConnectionState state;
    QStringList spaces;
    QString space;
    QString problem;
    engine::PluginQuestion question;
    QList<bool> answers; ///< To allowPlugin().
    int retries = 0;
    int reloads = 0;
};

class FakeRoutes final : public engine::RouteService {
    Q_OBJECT
public:
    FakeRoutes();
    [[nodiscard]] QList<engine::RouteRow> rows() const override { return list; }
    [[nodiscard]] bool detail(const QString &routeId, engine::RouteDetail *out) const override;
    [[nodiscard]] QList<engine::Finding> draftFindings(const engine::RouteDraft &draft) const override;
    [[nodiscard]] bool isLoaded() const override { return loaded; }
    [[nodiscard]] QString problem() const override { return trouble; }
    void showPreview(const engine::RoutePreview &preview) override;
    void closePreview() override;
    [[nodiscard]] QString previewSource() const override { return preview.source; }
    void drawMesh(const engine::MeshRequest &request) override
    {
        meshRequests.append(request);
        Q_EMIT meshDrawn(mesh);
    }

    void compare(const QString &routeId, const QString &context) override
    {
        comparisons.append({routeId, context});
        if (nextComparison.state != engine::RouteComparison::State::Comparing)
            Q_EMIT compared(nextComparison);
    }
    void cancelComparing() override { ++comparisonsCancelled; }

    QList<QPair<QString, QString>> comparisons;
    engine::RouteComparison nextComparison; ///< Comparing: no answer yet.
    int comparisonsCancelled = 0;
    QList<engine::MeshRequest> meshRequests;
    engine::MeshPicture mesh;

    engine::RoutePreview preview; ///< Rows stay what the test makes them.
    QList<engine::RouteRow> list;
    QHash<QString, engine::RouteDetail> details; ///< What differs from the samples.
    bool loaded = true;
    QString trouble;
};

class FakeWrites final : public engine::WriteService {
    Q_OBJECT
public:
    explicit FakeWrites(FakeRoutes &routes, FakeContexts &contexts);
    [[nodiscard]] engine::EditForm editForm(const engine::RouteDraft &) const override { return nextForm; }
    [[nodiscard]] engine::DiffView diff(const engine::RouteDraft &draft) const override;
    void checkGate(const engine::RouteDraft &draft) override;
    void dryRun(const engine::RouteDraft &draft, const engine::WriteConsent &consent) override;
    void apply(const engine::RouteDraft &draft, const engine::WriteConsent &consent) override;
    void undo(qint64 journalId, const engine::WriteConsent &consent) override;
    void refreshDraft(const engine::RouteDraft &draft) override;
    [[nodiscard]] QList<engine::JournalEntry> journal() const override { return entries; }
    [[nodiscard]] QString exportPatch(const engine::RouteDraft &draft) const override;

    QList<engine::JournalEntry> entries;
    engine::WriteGate gate;             ///< Answered with isLocked and needsTypedName of the current context.
    engine::EditForm nextForm;
    std::optional<engine::RouteDraft> nextRefreshed; ///< What refreshDraft() answers; else the draft at the object's version.
    engine::WriteOutcome nextOutcome;   ///< Of the next dry run or apply; stage is filled in.
    QList<engine::RouteDraft> applied;
    QList<engine::RouteDraft> dryRuns;
    QList<engine::WriteConsent> consents;
    QList<qint64> undoneIds;

private:
    FakeRoutes &m_routes;
    FakeContexts &m_contexts;
};

class FakeGateways final : public engine::GatewayService {
    Q_OBJECT
public:
    void list() override
    {
        ++lists;
        Q_EMIT listed();
    }
    [[nodiscard]] QList<engine::GatewayInfo> gateways() const override { return infos; }
    [[nodiscard]] QString problem() const override { return trouble; }
    void probe(const QStringList &hosts, const QString &address) override
    {
        probes.append({hosts, address});
        for (const engine::AlpnAnswer &answer : answers)
            Q_EMIT probed(answer);
    }
    void cancelProbe() override { ++cancelled; }

    QList<engine::GatewayInfo> infos;
    QString trouble;
    QList<engine::AlpnAnswer> answers; ///< Given at once to each probe.
    QList<QPair<QStringList, QString>> probes;
    int lists = 0;
    int cancelled = 0;
};

class FakeRehearsal final : public engine::RehearsalService {
    Q_OBJECT
public:
    void start(const engine::RehearsalRequest &request) override;
    void stop() override;
    void setRate(int requestsPerSecond) override { rates << requestsPerSecond; }
    void setDial(const engine::StandInDial &dial) override { dials << dial; }
    void setWeights(const QList<qint64> &weights) override { weightChanges << weights; }
    [[nodiscard]] engine::RehearsalStatus status() const override { return current; }
    /// Plays `seconds` of the running rehearsal in 0.5 s steps, with the noise of a fixed seed.
    void advance(double seconds);

    engine::RehearsalStatus current;
    engine::RehearsalRequest request;
    QList<int> rates;
    QList<engine::StandInDial> dials;
    QList<QList<qint64>> weightChanges;
    int starts = 0;
    int stops = 0;

private:
    quint32 m_noise = 12345;
};

/// Rows "shop/name-00000" with a few columns; `count` of them.
class FakeTable final : public engine::ObjectTable {
    Q_OBJECT
public:
    explicit FakeTable(int count);
    [[nodiscard]] QStringList columns() const override;
    [[nodiscard]] int rowCount() const override { return int(m_visible.size()); }
    [[nodiscard]] int totalCount() const override { return int(m_rows.size()); }
    [[nodiscard]] QString cell(int row, int column) const override;
    [[nodiscard]] QString rowKey(int row) const override;
    [[nodiscard]] bool isLoaded() const override { return loaded; }
    [[nodiscard]] QString problem() const override { return trouble; }
    void setFilter(const QString &text) override;
    void sortBy(int column, bool isAscending) override;

    void insertAt(int row);
    void removeAt(int row);
    void changeRow(int row);

    bool loaded = true;
    QString trouble;
    mutable int cellsAsked = 0;

private:
    QList<int> m_rows;
    QList<int> m_visible;
    QString m_filter;
};

class FakeObjects final : public engine::ObjectService {
    Q_OBJECT
public:
    FakeObjects();
    [[nodiscard]] QList<engine::KindInfo> kinds() const override { return list; }
    [[nodiscard]] std::unique_ptr<engine::ObjectTable> openTable(const QString &kindId) override;
    void fetchYaml(const QString &kindId, const QString &ns, const QString &name) override;
    [[nodiscard]] QList<engine::SearchHit> search(const QString &text, int limit) const override;

    QList<engine::KindInfo> list;
    int rows = 42;
    FakeTable *lastTable = nullptr; ///< Owned by whoever opened it.
};

class FakeXray final : public engine::XrayService {
    Q_OBJECT
public:
    FakeXray();
    void ask(const engine::XrayQuestion &question) override;
    void setWatched(bool isWatched) override { watched = isWatched; }
    [[nodiscard]] engine::XrayAnswer answer() const override { return current; }
    [[nodiscard]] QList<engine::XrayPlace> places() const override { return spots; }
    void give(const engine::XrayAnswer &answer);

    QList<engine::XrayQuestion> questions;
    engine::XrayAnswer next; ///< Given at once to each question with a text.
    engine::XrayAnswer current;
    QList<engine::XrayPlace> spots;
    bool watched = false;
};

class FakeOverview final : public engine::OverviewService {
    Q_OBJECT
public:
    FakeOverview();
    [[nodiscard]] QList<engine::Concern> concerns() const override { return worries; }
    [[nodiscard]] QList<engine::Concern> inLine() const override { return fine; }
    [[nodiscard]] QList<engine::Activity> activities() const override { return running; }
    void cancel(quint64 activityId) override { cancelled << activityId; }

    QList<engine::Concern> worries;
    QList<engine::Concern> fine;
    QList<engine::Activity> running;
    QList<quint64> cancelled;
};

} // namespace fairway::test
