#include "tests/widgets/fake_services.h"

#include "tests/widgets/fake_data.h"

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace fairway::engine;

namespace fairway::test {

// --- contexts ------------------------------------------------------------------------------------------------------

FakeContexts::FakeContexts()
    : list(sampleContexts())
    , currentName(list.first().name)
    , spaces {QStringLiteral("api"), QStringLiteral("default"), QStringLiteral("pay"), QStringLiteral("shop")}
    , space(QStringLiteral("shop"))
{
    state.state = Connection::Live;
    state.context = currentName;
    state.serverVersion = QStringLiteral("v1.36.1");
    state.since = QDateTime::currentDateTimeUtc().addSecs(-600);
    state.secondsBehind = 0.4;
}

ContextInfo FakeContexts::current() const
{
    for (const ContextInfo &c : list) {
        if (c.name == currentName)
            return c;
    }
    return {};
}

void FakeContexts::switchTo(const QString &context)
{
    currentName = context;
    state.context = context;
    Q_EMIT currentChanged();
    Q_EMIT connectionChanged();
    Q_EMIT namespacesChanged();
}

void FakeContexts::setNamespace(const QString &ns)
{
    space = ns;
    Q_EMIT namespacesChanged();
}

void FakeContexts::setLocked(bool isLocked)
{
    for (ContextInfo &c : list) {
        if (c.name == currentName)
            c.isLocked = isLocked;
    }
    Q_EMIT contextsChanged();
    Q_EMIT currentChanged();
}

void FakeContexts::setProduction(const QString &context, bool isProduction)
{
    for (ContextInfo &c : list) {
        if (c.name == context)
            c.isProduction = isProduction;
    }
    Q_EMIT contextsChanged();
    Q_EMIT currentChanged();
}

// --- routes --------------------------------------------------------------------------------------------------------

FakeRoutes::FakeRoutes()
    : list(sampleRows())
{
}

bool FakeRoutes::detail(const QString &routeId, RouteDetail *out) const
{
    if (const auto it = details.constFind(routeId); it != details.constEnd()) {
        *out = *it;
        return true;
    }
    for (const RouteRow &r : list) {
        if (r.id == routeId) {
            *out = sampleDetail(r);
            return true;
        }
    }
    return false;
}

void FakeRoutes::showPreview(const RoutePreview &wanted)
{
    preview = wanted;
    Q_EMIT previewChanged();
}

void FakeRoutes::closePreview()
{
    preview = {};
    Q_EMIT previewChanged();
}

QList<Finding> FakeRoutes::draftFindings(const RouteDraft &draft) const
{
    if (std::all_of(draft.weights.begin(), draft.weights.end(), [](qint64 w) { return w == 0; }))
        return {Finding {Severity::Error, {}, {}, QStringLiteral("All weights are 0"),
            QStringLiteral("Requests of this rule would be answered with 503."), {}, {}, {}, {}}};
    return {};
}

// --- writes --------------------------------------------------------------------------------------------------------

FakeWrites::FakeWrites(FakeRoutes &routes, FakeContexts &contexts)
    : entries(sampleJournal())
    , m_routes(routes)
    , m_contexts(contexts)
{
    nextOutcome.isOk = true;
    nextOutcome.message = QStringLiteral("VirtualService shop/reviews: weights 90 / 10 → 75 / 25");
}

DiffView FakeWrites::diff(const RouteDraft &draft) const
{
    DiffView view;
    if (draft.kind != engine::DraftKind::Weights) {
        view.changedFields = static_cast<int>(draft.fields.size());
        for (const auto &[id, text] : draft.fields)
            view.lines << DiffLine {DiffLine::Kind::Added, id + QStringLiteral(": ") + text};
        return view;
    }
    RouteDetail d;
    if (!m_routes.detail(draft.routeId, &d))
        return view;
    for (const Rule &rule : d.rules) {
        if (rule.index != draft.rule || rule.section != draft.section)
            continue;
        view.lines << DiffLine {DiffLine::Kind::Header, QStringLiteral("spec.%1[%2].route").arg(rule.section).arg(rule.index)};
        for (qsizetype i = 0; i < rule.destinations.size() && i < draft.weights.size(); ++i) {
            view.lines << DiffLine {
                DiffLine::Kind::Context, QStringLiteral("[%1] subset: %2").arg(i).arg(rule.destinations[i].label)};
            if (rule.destinations[i].weight == draft.weights[i])
                continue;
            ++view.changedFields;
            view.lines << DiffLine {
                DiffLine::Kind::Removed, QStringLiteral("    weight: %1").arg(rule.destinations[i].weight)};
            view.lines << DiffLine {DiffLine::Kind::Added, QStringLiteral("    weight: %1").arg(draft.weights[i])};
        }
    }
    if (view.changedFields == 0)
        view.lines.clear();
    view.patch = QStringLiteral("spec: {}\n");
    return view;
}

void FakeWrites::checkGate(const RouteDraft &draft)
{
    WriteGate answer = gate;
    answer.isLocked = m_contexts.current().isLocked;
    answer.needsTypedName = m_contexts.current().isProduction;
    Q_EMIT gateChecked(draft, answer);
}

void FakeWrites::dryRun(const RouteDraft &draft, const WriteConsent &consent)
{
    dryRuns << draft;
    consents << consent;
    WriteOutcome outcome = nextOutcome;
    outcome.stage = WriteStage::DryRun;
    Q_EMIT finished(draft, outcome);
}

void FakeWrites::apply(const RouteDraft &draft, const WriteConsent &consent)
{
    applied << draft;
    consents << consent;
    WriteOutcome outcome = nextOutcome;
    outcome.stage = WriteStage::Apply;
    RouteDetail d;
    if (outcome.isOk && m_routes.detail(draft.routeId, &d)) {
        for (Rule &rule : d.rules) {
            if (rule.index != draft.rule || rule.section != draft.section)
                continue;
            for (qsizetype i = 0; i < rule.destinations.size() && i < draft.weights.size(); ++i)
                rule.destinations[i].weight = draft.weights[i];
        }
        d.resourceVersion = QString::number(d.resourceVersion.toLongLong() + 1);
        m_routes.details[draft.routeId] = d;
        JournalEntry entry = sampleJournal().first();
        entry.id = 100 + entries.size();
        entry.when = QDateTime::currentDateTimeUtc();
        entry.context = m_contexts.currentName;
        entry.object = d.row.kind + QStringLiteral(" shop/") + d.row.name;
        entry.summary = QStringLiteral("weights changed");
        entry.reason = consent.reason;
        entries.prepend(entry);
        outcome.journalId = entry.id;
        Q_EMIT m_routes.detailChanged(draft.routeId);
        Q_EMIT journalChanged();
    }
    Q_EMIT finished(draft, outcome);
}

void FakeWrites::undo(qint64 journalId, const WriteConsent &consent)
{
    undoneIds << journalId;
    consents << consent;
    for (JournalEntry &entry : entries) {
        if (entry.id == journalId) {
            entry.state = QStringLiteral("undone");
            entry.canUndo = false;
        }
    }
    WriteOutcome outcome;
    outcome.stage = WriteStage::Undo;
    outcome.isOk = true;
    outcome.message = QStringLiteral("Undone");
    outcome.journalId = journalId;
    Q_EMIT journalChanged();
    Q_EMIT undone(journalId, outcome);
}

void FakeWrites::refreshDraft(const RouteDraft &draft)
{
    RouteDraft fresh = draft;
    RouteDetail d;
    if (m_routes.detail(draft.routeId, &d))
        fresh.resourceVersion = d.resourceVersion;
    if (nextRefreshed)
        fresh = *nextRefreshed;
    Q_EMIT draftRefreshed(fresh, QStringLiteral("Nothing else changed"));
}

QString FakeWrites::exportPatch(const RouteDraft &draft) const
{
    return diff(draft).patch;
}

// --- rehearsal -----------------------------------------------------------------------------------------------------

void FakeRehearsal::start(const RehearsalRequest &wanted)
{
    ++starts;
    request = wanted;
    current = {};
    current.phase = RehearsalStatus::Phase::Running;
    current.routeId = wanted.routeId;
    current.plannedSeconds = wanted.durationSeconds;
    current.achievedRate = wanted.ratePerSecond;
    current.isWholeRoute = wanted.isWholeRoute;
    if (wanted.isWholeRoute) {
        current.plannedRules = 3;
        Q_EMIT statusChanged();
        return;
    }
    current.notModelled = {QStringLiteral("mTLS"), QStringLiteral("1 AuthorizationPolicy"), QStringLiteral("1 EnvoyFilter")};
    const double total = double(std::accumulate(wanted.weights.begin(), wanted.weights.end(), qint64 {0}));
    const QList<Role> roles {Role::Stable, Role::Canary, Role::Third, Role::Fourth};
    for (qsizetype i = 0; i < wanted.weights.size(); ++i) {
        RehearsalShare share;
        share.label = QStringLiteral("v%1").arg(i + 1);
        share.role = roles[qMin<qsizetype>(i, 3)];
        share.playedBy = i == 0 ? QStringLiteral("9 pods") : QStringLiteral("stand-in");
        share.expected = total > 0 ? double(wanted.weights[i]) / total : 0;
        current.shares << share;
    }
    Q_EMIT statusChanged();
}

void FakeRehearsal::stop()
{
    ++stops;
    if (current.phase != RehearsalStatus::Phase::Running)
        return;
    current.phase = RehearsalStatus::Phase::Done;
    current.verdict = RehearsalStatus::Verdict::Matches;
    current.message = QStringLiteral("The measured split matches the weights.");
    Q_EMIT statusChanged();
}

void FakeRehearsal::advance(double seconds)
{
    const auto noise = [this] {
        m_noise = m_noise * 1664525U + 1013904223U;
        return double(m_noise >> 8) / double(1U << 24) * 2 - 1;
    };
    for (double t = 0; t < seconds && current.phase == RehearsalStatus::Phase::Running; t += 0.5) {
        current.elapsedSeconds += 0.5;
        const qint64 step = request.ratePerSecond / 2;
        current.requests += step;
        const double n = double(std::max<qint64>(1, current.requests));
        for (RehearsalShare &share : current.shares) {
            const double p = share.expected;
            const double spread = 1.96 * std::sqrt(std::max(1e-9, p * (1 - p)) / n);
            share.share = std::clamp(p + noise() * spread * 0.4, 0.0, 1.0);
            share.low = std::max(0.0, share.share - spread);
            share.high = std::min(1.0, share.share + spread);
            share.recentShare = std::clamp(p + noise() * 0.03, 0.0, 1.0);
            share.requests = qint64(share.share * n);
            share.p50Ms = 20 + noise() * 1.5;
            share.p95Ms = (share.role == Role::Canary ? 60 : 42) + noise() * 4;
            if (share.role == Role::Canary)
                share.errors = share.requests / 196;
        }
        current.errors = 0;
        for (const RehearsalShare &share : current.shares)
            current.errors += share.errors;
        Q_EMIT statusChanged();
        if (current.elapsedSeconds >= current.plannedSeconds)
            stop();
    }
}

// --- objects -------------------------------------------------------------------------------------------------------

FakeTable::FakeTable(int count)
{
    m_rows.resize(count);
    std::iota(m_rows.begin(), m_rows.end(), 0);
    m_visible = m_rows;
}

QStringList FakeTable::columns() const
{
    return {QStringLiteral("Namespace"), QStringLiteral("Name"), QStringLiteral("Ready"), QStringLiteral("Status"),
        QStringLiteral("Restarts"), QStringLiteral("Age")};
}

QString FakeTable::cell(int row, int column) const
{
    ++cellsAsked;
    const int n = m_visible[row];
    switch (column) {
    case 0: return QStringLiteral("shop");
    case 1: return QStringLiteral("reviews-v1-%1").arg(n, 5, 10, QLatin1Char('0'));
    case 2: return n % 17 == 3 ? QStringLiteral("0/1") : QStringLiteral("1/1");
    case 3: return n % 17 == 3 ? QStringLiteral("CrashLoopBackOff") : QStringLiteral("Running");
    case 4: return QString::number(n % 17 == 3 ? 6 : 0);
    default: return QStringLiteral("%1h").arg(n % 90 + 1);
    }
}

QString FakeTable::rowKey(int row) const
{
    return QStringLiteral("shop/reviews-v1-%1").arg(m_visible[row], 5, 10, QLatin1Char('0'));
}

void FakeTable::setFilter(const QString &text)
{
    m_filter = text;
    m_visible.clear();
    for (const int n : m_rows) {
        if (text.isEmpty() || QStringLiteral("reviews-v1-%1").arg(n, 5, 10, QLatin1Char('0')).contains(text))
            m_visible << n;
    }
    Q_EMIT reset();
}

void FakeTable::sortBy(int column, bool isAscending)
{
    Q_UNUSED(column)
    std::sort(m_visible.begin(), m_visible.end());
    if (!isAscending)
        std::reverse(m_visible.begin(), m_visible.end());
    Q_EMIT reset();
}

void FakeTable::insertAt(int row)
{
    const int n = m_rows.isEmpty() ? 0 : *std::max_element(m_rows.begin(), m_rows.end()) + 1;
    m_rows << n;
    m_visible.insert(row, n);
    Q_EMIT rowsInserted(row, row);
}

void FakeTable::removeAt(int row)
{
    m_rows.removeOne(m_visible[row]);
    m_visible.removeAt(row);
    Q_EMIT rowsRemoved(row, row);
}

void FakeTable::changeRow(int row)
{
    Q_EMIT rowsChanged(row, row);
}

FakeObjects::FakeObjects()
    : list(sampleKinds())
{
}

std::unique_ptr<ObjectTable> FakeObjects::openTable(const QString &kindId)
{
    auto table = std::make_unique<FakeTable>(rows);
    for (const KindInfo &kind : list) {
        if (kind.id == kindId && !kind.canList)
            table->trouble = QStringLiteral("no right to list %1").arg(kind.kind);
    }
    lastTable = table.get();
    return table;
}

void FakeObjects::fetchYaml(const QString &kindId, const QString &ns, const QString &name)
{
    Q_EMIT yamlReady(kindId, ns, name,
        QStringLiteral("apiVersion: v1\nkind: Pod\nmetadata:\n  name: %1\n  namespace: %2\n  labels:\n    app: reviews\n"
                       "    version: v1\nspec:\n  containers:\n  - name: app\n    image: \"shop/reviews:1.4.2\"\n    ports:\n"
                       "    - containerPort: 8080  # http\nstatus:\n  phase: Running\n  podIP: 10.42.1.27\n")
            .arg(name, ns),
        QString());
}

QList<SearchHit> FakeObjects::search(const QString &text, int limit) const
{
    QList<SearchHit> hits;
    for (const RouteRow &r : sampleRows()) {
        if (r.name.contains(text, Qt::CaseInsensitive) && hits.size() < limit)
            hits << SearchHit {r.kind, r.ns, r.name, QStringLiteral("routes:") + r.id};
    }
    if (QStringLiteral("reviews-v1-00000").contains(text) && hits.size() < limit)
        hits << SearchHit {QStringLiteral("Pod"), QStringLiteral("shop"), QStringLiteral("reviews-v1-00000"),
            QStringLiteral("object:v1/pods/shop/reviews-v1-00000")};
    return hits;
}

// --- overview ------------------------------------------------------------------------------------------------------

FakeXray::FakeXray()
    : next(sampleXray())
    , spots {{QStringLiteral("gateway/shop/public-gw"), QStringLiteral("Gateway shop/public-gw"), false},
          {QStringLiteral("mesh/shop"), QStringLiteral("Mesh, from namespace shop"), true}}
{
}

void FakeXray::ask(const engine::XrayQuestion &question)
{
    questions.append(question);
    if (!question.text.trimmed().isEmpty())
        give(next);
}

void FakeXray::give(const engine::XrayAnswer &answer)
{
    current = answer;
    Q_EMIT answerChanged();
}

FakeOverview::FakeOverview()
    : worries(sampleConcerns())
    , fine(sampleInLine())
{
    Activity activity;
    activity.id = 1;
    activity.title = QStringLiteral("Rehearsing shop/reviews");
    activity.progress = QStringLiteral("56 / 120 s");
    activity.fraction = 56.0 / 120;
    activity.canCancel = true;
    running = {activity};
}

} // namespace fairway::test
