#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QMetaType>
#include <QString>
#include <QStringList>

/// Value types that cross from the engine to the window. Plain data, copied freely, no behaviour: what a screen shows
/// is decided here, in words of the field, and only laid out there.
namespace fairway::engine {

// --- contexts and connection -------------------------------------------------------------------------------------

/// One entry of the context picker.
struct ContextInfo {
    QString name;
    QString server;
    QString user;
    QString defaultNamespace;
    QString sourceFile;      ///< The kubeconfig it stands in; empty for the practice cluster.
    bool isPractice = false; ///< The embedded lab.
    bool isProduction = false;
    bool isLocked = true;    ///< No write request, dry runs included, leaves the process.
    bool isInsecure = false; ///< TLS is not verified because the kubeconfig says so.
    QString problem;         ///< Why it can't be used (bad certificate file, unknown plugin); empty when fine.
};

/// A command that a foreign kubeconfig wants to run to sign in, and that nobody allowed yet.
struct PluginQuestion {
    QString context; ///< Empty: nothing is asked.
    QString file;
    QString command; ///< As one could type it; values of its environment left out.
};

enum class Connection { None, Connecting, CatchingUp, Live, Stale, Failed };

/// What the top bar says about the connection. Always true: Live only while the watches run.
struct ConnectionState {
    Connection state = Connection::None;
    QString context;
    QString serverVersion;    ///< "v1.36.1"
    QDateTime since;          ///< When `state` began; for Stale: the last moment the picture was right.
    double secondsBehind = 0; ///< Age of the newest answer or event while Live.
    QString reason;           ///< For Stale and Failed: one sentence. For Live: kinds that may not be listed, if any.
    QString nextStep;         ///< What the user can do about it; may be empty.
};

// --- routes ------------------------------------------------------------------------------------------------------

/// The role decides the colour, whatever the weight: Stable blue, Canary yellow, Third violet, Fourth magenta, other
/// grey.
enum class Role { Stable, Canary, Third, Fourth, Other };

enum class Severity { Good, Info, Warning, Error };

/// One destination of a rule with where it leads today.
struct Destination {
    QString label; ///< Short and unique in its rule: the subset, else the Service name.
    QString host;  ///< As written: "reviews" or "reviews.shop.svc.cluster.local".
    QString subset;
    int port = 0; ///< 0 when not given.
    qint64 weight = 0;
    double share = 0; ///< 0..1, what the weights as written make of it by the kind's rules: a lone destination without a weight gets all.
    Role role = Role::Other;
    QString service; ///< "shop/reviews" when it resolves to a Service.
    QString policy;  ///< "shop/reviews": the DestinationRule that defines its subset, or else applies to its host; empty without one.
    QStringList subsets; ///< What DestinationRules define for its host.
    int readyPods = 0; ///< Both are -1 where nothing is known of pods: of a route that is only rendered.
    int totalPods = 0;
    QStringList pods; ///< Names, ready ones first; at most 200.
    QString problem;  ///< Why it can't be resolved ("no subset v3 in DestinationRule reviews"); empty when fine.
    bool isBroken = false; ///< Requests to it can't arrive, for that reason.
};

/// What a rule is, wherever it stands in its object. By this a draft, a choice or a result finds its rule again when somebody inserts, removes
/// or moves rules (core/engine/rule_identity.h).
struct RuleIdentity {
    QString name;         ///< The rule's own; empty without one.
    QString matches;      ///< What it matches, in one spelling; not for people.
    QString destinations; ///< Where it leads, without the weights; not for people.
    int twin = 0;         ///< Its place, from 0, among the rules of its section that are the same in all this.
    int twins = 0;        ///< How many those are. 0: nothing is known of the rule but where it stands.
    int alike = 0;        ///< How many of its section match the same, itself included.
    [[nodiscard]] bool isKnown() const { return twins > 0; }
    [[nodiscard]] bool isSameAs(const RuleIdentity &other) const
    {
        return name == other.name && matches == other.matches && destinations == other.destinations && twin == other.twin;
    }
};

/// One rule in match order. A rule with at least two destinations is a split.
struct Rule {
    int index = 0; ///< Position in the object, from 0.
    QString
        section;  ///< "http", "tls", "tcp" of a VirtualService; "rules" of a Gateway API route; "canary" of an Ingress.
    QString name; ///< The rule's own name, if any.
    QString title;  ///< "x-tester: true", "Everything else"
    QString detail; ///< "header, exact"; "sourceLabels"; empty
    QList<Destination> destinations;
    qint64 total = 0; ///< Sum of the weights as written; kept when dragging.
    bool isCatchAll = false;
    bool isSidecarOnly = false; ///< Matches on sourceLabels or sourceNamespace: never at a gateway.
    bool isEditable = true;
    QString notEditableReason;
    QString allocation; ///< In words, when the weights do something unexpected ("both weights are 0: requests fail with
                        ///< 503").
    QString path;           ///< Where it stands: "spec.http[2]".
    RuleIdentity identity;
};

struct Finding {
    Severity severity = Severity::Info;
    QString code; ///< "IST0101" where users know one, else ours: "FW0003".
    QString kialiCode; ///< "KIA1107" where Kiali means the same; else empty.
    QString title;
    QString detail;
    QString object;       ///< "VirtualService shop/reviews"
    QString path;         ///< "spec.http[2].route[1]"
    QString action;       ///< Label of the next step; empty when there is none.
    QString actionTarget; ///< "rule:2", "pod:shop/reviews-v2-x", …
    bool canMend = false; ///< A draft of kind Mend makes it go.
    friend bool operator==(const Finding &, const Finding &) = default;
};

/// One line of the route list.
struct RouteRow {
    QString id; ///< "VirtualService/shop/reviews": unique in a context, stable over time.
    QString kind;
    QString badge; ///< "VS", "HR", "GR", "NX"
    QString ns;
    QString name;
    QString host;          ///< Group header: first host, or "(no host)".
    QList<qint64> weights; ///< Of the rule shown in the mini bar: the first split, else the catch-all.
    QList<Role> roles;     ///< Parallel to weights.
    QString summary;       ///< "90 / 10", "1 : 1 : 1", "100"
    bool isInFlight = false;
    bool isMine = false; ///< This user wrote it last, by the journal.
    Severity severity = Severity::Good;
    int problems = 0;
    QString trouble; ///< The worst of its findings in words; empty when none is a warning or worse.
    friend bool operator==(const RouteRow &, const RouteRow &) = default;
};

/// What the controller of a progressive delivery says of a split that it steers.
struct OwnerClaim {
    QString controller; ///< "Argo Rollouts", "Flagger"
    QString object;     ///< "Rollout shop/reviews"
    QString section;    ///< The rule it is about, as in Rule.
    int rule = 0;
    QString label;      ///< The destination whose share it tells.
    double share = 0;   ///< 0..1
    QString phase;      ///< Its own word: "Paused"; empty when it has none.
    bool revertsEdits = true; ///< It writes its own weight over an edited one; else it goes on from there.
    friend bool operator==(const OwnerClaim &, const OwnerClaim &) = default;
};

/// Everything the page shows of the chosen route.
struct RouteDetail {
    RouteRow row;
    QStringList hosts;
    QStringList gateways; ///< "mesh" for sidecars; for Gateway API the parents.
    QList<Rule> rules;
    QList<Finding> findings;
    QString yaml;
    QString resourceVersion;
    qint64 generation = 0;
    QString controllerStatus; ///< "gen 41 accepted"; empty when no controller says anything.
    bool isControllerCurrent = false;
    QString refusal; ///< The reason a controller gives for not loading this generation, its own word ("NotAllowedByListeners"); empty without one.
    QList<OwnerClaim> claims;
    QString owner; ///< A controller that steers the object, as far as its marks tell ("Argo CD"); which fields it owns is told by WriteGate. Else empty.
    QDateTime readAt;
    QString source; ///< "chart checkout": only rendered, nothing stands behind it that could be written to. Empty: the cluster's.
    QList<QPair<QString, QString>> facts; ///< Details tab: label and value, in order.
};

/// Rendered objects whose routes are looked at in the place of the cluster's.
struct RoutePreview {
    QString source;    ///< "chart checkout"
    QString ns;        ///< Of objects that name none.
    QString manifests; ///< YAML documents.
};

/// What of the mesh to draw, and in which colours ("#rrggbb").
struct MeshRequest {
    QString filter; ///< Part of a host, object, gateway or destination.
    bool onlyBroken = false;
    QString text;
    QString muted;
    QString line;
    QString surface;
    QString host;
    QString broken;
};

/// The routes as one drawing.
struct MeshPicture {
    QByteArray svg;  ///< Empty with a problem.
    QString problem; ///< Why there is none: nothing fits, Graphviz is missing.
    qsizetype routes = 0;
    qsizetype leftOut = 0; ///< Routes without room in it.
    QList<QPair<QString, QString>> rules; ///< Elements of the drawing by id, and the route each belongs to.
};

// --- writing -----------------------------------------------------------------------------------------------------

/// What a draft is about.
enum class DraftKind {
    Weights,
    Rule,   ///< Fields of a rule: time limits, faults, mirror.
    Canary, ///< A new rule before the rule, for some senders.
    Policy, ///< Fields of a DestinationRule's traffic policy, or of a subset's.
    Mend,   ///< What makes a finding go: `fields` hold its "code" and "path".
    Http1,  ///< EnvoyFilters that keep gateways at HTTP/1.1: `fields` are GatewayInfo::id and where its pods run, one for each.
};

/// New weights for one rule, or what was typed into a form about it; everything else of the object stays as it is. What else is needed
/// goes with it as one step: the subset that a canary leads to.
struct RouteDraft {
    QString routeId; ///< Of a Policy: "DestinationRule/shop/reviews"; of Http1: empty.
    QString section;
    int rule = 0;
    QList<qint64> weights;   ///< In the order of the rule's destinations.
    QString resourceVersion; ///< Of the object the draft started from: a change since then is a conflict.
    DraftKind kind = DraftKind::Weights;
    QString subset {};                          ///< Of a Policy; empty: the whole DestinationRule.
    QString host {};                            ///< Of a Policy whose DestinationRule may not be there yet: for which host it is made then.
    QList<QPair<QString, QString>> fields {};   ///< FormField::id and what was typed, of all kinds but Weights.
    RuleIdentity identity {}; ///< Of the rule, in the version the draft started from: no other rule is written to, wherever it stands by then.

    /// About the same thing, whatever they make of it.
    [[nodiscard]] bool isAboutSame(const RouteDraft &other) const
    {
        const bool isSameRule = identity.isKnown() && other.identity.isKnown() ? identity.isSameAs(other.identity) : rule == other.rule;
        return kind == other.kind && routeId == other.routeId && section == other.section && isSameRule && subset == other.subset;
    }
    /// They make the same of it.
    [[nodiscard]] bool saysSame(const RouteDraft &other) const { return weights == other.weights && fields == other.fields; }
};

enum class FieldType { Text, Integer, Duration, Percent, Flag, Choice };

/// A field that can be typed into, with what it holds now.
struct FormField {
    QString id;
    QString label;
    QString help;
    FieldType type = FieldType::Text;
    QStringList choices;
    QStringList choiceWords {}; ///< What to show for them, parallel; empty: as they are.
    qint64 min = 0; ///< Of Integer.
    qint64 max = 0;
    QString needs;  ///< Another field without which this one means nothing.
    QStringList needsOneOf; ///< What that one must hold; empty: anything.
    QString value;  ///< Empty: not set.
};

struct FormGroup {
    QString id;
    QString title;
    QString note;
    QList<FormField> fields;
};

/// What can be changed without writing YAML.
struct EditForm {
    QString problem; ///< Why there is nothing to change; empty otherwise.
    QString resourceVersion;
    QList<FormGroup> groups;
    int rule = 0;            ///< Where the draft's rule stands in that version, and what it is there.
    RuleIdentity identity {};
};

struct DiffLine {
    enum class Kind { Header, Context, Removed, Added };
    Kind kind = Kind::Context;
    QString text;
    bool isRandom = false; ///< Random functions or the time of day decide it.
};

/// One route as the current context and another one hold it.
struct RouteComparison {
    enum class State { Comparing, Same, Differs, Missing, Failed };
    State state = State::Comparing;
    QString routeId;
    QString context; ///< That is open.
    QString other;
    QString problem;         ///< Of Missing and Failed: why there is nothing to compare.
    QStringList differences; ///< What requests notice, a sentence each; of Differs there may be none.
    QList<DiffLine> lines;   ///< Of the YAML, without what servers write.
};

struct DiffView {
    QString problem; ///< What was typed can't be written: why. Empty otherwise.
    int changedFields = 0;
    QStringList objects; ///< That are written, in one step where there are several: "VirtualService shop/reviews".
    QList<DiffLine> lines;
    QString patch; ///< The patch that would be sent, as text to export.
};

/// What stands in the way of a write, checked before anything is sent.
struct WriteGate {
    bool isLocked = false;
    bool mayWrite = true; ///< By an access review; false with `denied` saying which right is missing.
    QString denied;
    bool needsTypedName = false;     ///< Production: the context's name and a reason.
    QStringList unreadyDestinations; ///< Would get weight without a ready endpoint: needs an explicit override.
    QString ownedBy;                 ///< Another controller that will revert the write.
    bool ownerGoesOn = false;        ///< It does not revert: its next step goes on from what was written.
    QStringList owners;              ///< All of them, each with how that is known: "Argo CD: field manager argocd-controller owns spec.http".
};

/// A Gateway of Istio, and what keeping its clients at HTTP/1.1 takes.
struct GatewayInfo {
    QString id; ///< "Gateway/shop/public-gw"
    QString ns;
    QString name;
    QString servers;     ///< "HTTP :80, HTTPS :443 *.shop.example"
    QStringList hosts;   ///< HTTPS servers as "host:port": where a protocol is negotiated.
    QString podsNs;      ///< Where its pods run; its own namespace when none was found.
    int pods = 0;
    QString problem;     ///< Why it can't be kept at HTTP/1.1; empty when it can.
    QString filter;      ///< "EnvoyFilter istio-system/public-gw-http1": it is already. Empty: not by Fairway's name.
};

/// What a TLS server agreed on.
struct AlpnAnswer {
    QString host;     ///< "shop.example:443"
    QString protocol; ///< "h2"; empty: it takes part in no negotiation.
    QString problem;  ///< Why it could not be asked.
};

struct WriteConsent {
    QString typedContext;
    QString reason;
    bool allowUnready = false;
};

enum class WriteStage { DryRun, Apply, Undo };

struct WriteOutcome {
    WriteStage stage = WriteStage::Apply;
    bool isOk = false;
    bool isConflict = false; ///< The object changed meanwhile: `theirs` shows it, the draft is kept.
    QString message;         ///< What happened, one sentence; for errors the next step too.
    QString conflictDetail;
    QStringList warnings; ///< Warning headers of the server.
    qint64 journalId = 0;
};

struct JournalEntry {
    qint64 id = 0;
    QDateTime when;
    QString who;
    QString context;
    QString object;  ///< "VirtualService shop/reviews"
    QString summary; ///< "weights 90 / 10 → 75 / 25"
    QString state;   ///< "applied", "undone", "failed", "unknown" (crashed before the answer)
    bool canUndo = false;
    QString undoNote; ///< Why it can't be undone, or what Undo will do.
    QString reason;
    QString before; ///< YAML of the fields written.
    QString after;
};

// --- rehearsal ---------------------------------------------------------------------------------------------------

struct StandInDial {
    QString destination; ///< Label of the destination.
    int latencyMs = 3;
    double errorPercent = 0;
};

struct RehearsalRequest {
    QString routeId;
    bool isWholeRoute = false; ///< Every rule, one after the other; section, rule and weights are the draft among them.
    QString section;
    int rule = 0;
    QList<qint64> weights;
    int ratePerSecond = 200;
    int durationSeconds = 60;
    qint64 maxRequests = 0; ///< 0: until the duration is over.
    bool usePods = true;    ///< Send to pods that can be reached from here (the lab's); else only stand-ins.
    QList<StandInDial> dials;
    RuleIdentity identity {}; ///< Of the rule.
};

struct RehearsalShare {
    QString label;
    Role role = Role::Other;
    QString playedBy; ///< "2 pods" or "stand-in", in words.
    bool isStandIn = false;
    qint64 requests = 0;
    qint64 errors = 0;
    double expected = 0; ///< Share by weight, 0..1.
    double share = 0;    ///< Since the start.
    double low = 0;      ///< 95 % Wilson interval.
    double high = 0;
    double recentShare = 0; ///< Last 3 s.
    double p50Ms = 0;       ///< Last second.
    double p95Ms = 0;
};

enum class RehearsalVerdict { Pending, Matches, Differs };

/// What came of one rule of a whole route; a rule with several match blocks has one of these for each.
struct RuleRehearsal {
    enum class State {
        Played,
        NeverRuns, ///< `takenBy` takes what is meant for it.
        NoRequest, ///< None could be made up that it takes.
        NotLoaded, ///< By none of the proxies whose objects are known.
        Connections, ///< It carries connections, not requests.
    };
    State state = State::Played;
    QString section;
    int rule = 0;
    QString path;    ///< "spec.http[0].match[1]"
    QString title;   ///< "x-tester: true"
    QString place;   ///< "Gateway shop/public"
    QString request; ///< "GET http://reviews/api (x-tester: true)"
    QString takenBy; ///< "rule 1 (Everything else)", or another object's.
    qint64 requests = 0;
    qint64 ownAnswers = 0; ///< Redirects, direct answers and aborts: the proxy's own.
    RehearsalVerdict verdict = RehearsalVerdict::Pending; ///< Of a split.
    QList<RehearsalShare> shares;
};

struct RehearsalStatus {
    enum class Phase { Idle, Starting, Running, Done, Failed };
    using Verdict = RehearsalVerdict;
    Phase phase = Phase::Idle;
    Verdict verdict = Verdict::Pending;
    QString routeId;
    double elapsedSeconds = 0;
    double plannedSeconds = 0;
    qint64 requests = 0;
    qint64 errors = 0;
    double achievedRate = 0;
    QList<RehearsalShare> shares;
    /// What the mesh would do with these requests and the rehearsal does not, by name; grows while the cluster is asked.
    QStringList notModelled;
    QString message; ///< The verdict in words, or why it failed.
    bool isWholeRoute = false;
    QList<RuleRehearsal> rules; ///< Of a whole route, in match order; grows while it runs.
    int plannedRules = 0;       ///< 0 while that is not known.
};

// --- everything else ---------------------------------------------------------------------------------------------

/// A running or finished piece of work for the activity strip.
struct Activity {
    quint64 id = 0;
    QString title;
    QString progress;     ///< "56 / 120 s"
    double fraction = -1; ///< 0..1, or -1 when unknown.
    bool isRunning = true;
    bool canCancel = false;
};

/// An object that a concern is about.
struct ConcernItem {
    QString name;   ///< "shop/payments-v2-x"
    QString state;  ///< "CrashLoopBackOff"
    QString target; ///< As of a Concern.
};

/// A door on Home.
struct Concern {
    QString key; ///< "routes", "releases", "pods", …
    Severity severity = Severity::Good;
    QString title;
    QString value;            ///< Right of the title: "1 of 7 failing"
    QString subject;          ///< Beside the context's name: "7 of 13 routes split"
    QString news;             ///< What is wrong, in a few words; empty where the rows below say it.
    QStringList lines;        ///< What explains it.
    QString action;           ///< "Open payments"
    QString target;           ///< "routes:VirtualService/shop/payments"
    QString note;             ///< Beside the action: "12 of 14 healthy"
    QList<RouteRow> routes;   ///< For the mini bars of the routes card, worst first.
    QList<ConcernItem> items; ///< Objects, each a door.
};

/// A kind for Explorer and the palette.
struct KindInfo {
    QString id; ///< "apps/v1/deployments"
    QString kind;
    QString group;
    bool isNamespaced = true;
    bool canList = true;
};

/// A found object, page or command of the palette.
struct SearchHit {
    QString kind;
    QString ns;
    QString name;
    QString target; ///< "routes:…", "object:v1/pods/shop/x"
};

} // namespace fairway::engine

Q_DECLARE_METATYPE(fairway::engine::RouteRow)
