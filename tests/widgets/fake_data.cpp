#include "tests/widgets/fake_data.h"

using namespace fairway::engine;

namespace fairway::test {
namespace {

QString s(const char *text)
{
    return QString::fromUtf8(text);
}

RouteRow row(const char *kind, const char *badge, const char *name, const char *host, QList<qint64> weights,
    const char *summary, bool isMine = false)
{
    RouteRow r;
    r.kind = s(kind);
    r.badge = s(badge);
    r.ns = s("shop");
    r.name = s(name);
    r.id = r.kind + s("/shop/") + r.name;
    r.host = s(host);
    r.weights = weights;
    const QList<Role> roles {Role::Stable, Role::Canary, Role::Third, Role::Fourth};
    for (qsizetype i = 0; i < weights.size(); ++i)
        r.roles << roles[qMin<qsizetype>(i, 3)];
    r.summary = s(summary);
    r.isInFlight = weights.size() > 1;
    r.isMine = isMine;
    return r;
}

Destination destination(const char *subset, qint64 weight, Role role, int ready, int total)
{
    Destination d;
    d.label = s(subset);
    d.host = s("reviews");
    d.subset = s(subset);
    d.weight = weight;
    d.role = role;
    d.service = s("shop/reviews");
    d.readyPods = ready;
    d.totalPods = total;
    for (int i = 0; i < total; ++i)
        d.pods << s("reviews-%1-6c4b%2").arg(s(subset)).arg(i);
    return d;
}

QString yamlOf(const RouteRow &r)
{
    return s("apiVersion: networking.istio.io/v1\nkind: %1\nmetadata:\n  name: %2\n  namespace: shop\n  generation: 41\nspec:\n"
             "  hosts:\n  - %3\n  http:\n  - match:\n    - headers:\n        x-tester:\n          exact: \"true\"\n    route:\n"
             "    - destination:\n        host: reviews\n        subset: v2\n  - route:\n    - destination:\n        host: reviews\n"
             "        subset: v1\n      weight: 90\n    - destination:\n        host: reviews\n        subset: v2\n      weight: 10\n")
        .arg(r.kind, r.name, r.host);
}

} // namespace

void identify(RouteDetail &detail)
{
    for (Rule &rule : detail.rules) {
        QStringList leads;
        for (const Destination &each : rule.destinations)
            leads << each.host + s("|") + each.subset;
        rule.path = s("spec.%1[%2]").arg(rule.section).arg(rule.index);
        rule.identity = {rule.name, rule.title, leads.join(s(",")), 0, 0, 0};
    }
    for (Rule &rule : detail.rules) {
        for (const Rule &other : detail.rules) {
            rule.identity.alike += other.identity.matches == rule.identity.matches;
            const bool isTwin = other.identity.matches == rule.identity.matches && other.identity.destinations == rule.identity.destinations && other.name == rule.name;
            rule.identity.twins += isTwin;
            rule.identity.twin += isTwin && other.index < rule.index;
        }
    }
}

void insertRule(RouteDetail &detail, qsizetype position, Rule rule)
{
    detail.rules.insert(position, std::move(rule));
    for (qsizetype i = 0; i < detail.rules.size(); ++i)
        detail.rules[i].index = static_cast<int>(i);
    identify(detail);
    detail.resourceVersion = QString::number(detail.resourceVersion.toLongLong() + 1);
}

QList<ContextInfo> sampleContexts()
{
    ContextInfo prod;
    prod.name = s("prod-eu1");
    prod.server = s("https://10.20.0.1:6443");
    prod.user = s("operator");
    prod.isProduction = true;
    prod.sourceFile = s("/home/me/.kube/config");
    ContextInfo staging = prod;
    staging.name = s("staging-eu1");
    staging.server = s("https://10.30.0.1:6443");
    staging.isProduction = false;
    staging.isLocked = false;
    ContextInfo broken = staging;
    broken.name = s("dev-lon");
    broken.problem = s("The client certificate /home/me/.kube/dev.crt can't be read: no such file");
    ContextInfo lab;
    lab.name = s("practice");
    lab.server = s("http://127.0.0.1:41235");
    lab.isPractice = true;
    return {prod, staging, broken, lab};
}

QList<RouteRow> sampleRows()
{
    QList<RouteRow> rows {
        row("VirtualService", "VS", "reviews", "reviews.shop.example", {90, 10}, "90 / 10", true),
        row("VirtualService", "VS", "ratings", "reviews.shop.example", {95, 5}, "95 / 5", true),
        row("GRPCRoute", "GR", "ratings-grpc", "reviews.shop.example", {100}, "100"),
        row("HTTPRoute", "HR", "storefront", "shop.example.com", {100}, "100"),
        row("HTTPRoute", "HR", "checkout", "shop.example.com", {80, 20}, "80 / 20", true),
        row("Ingress", "NX", "web-canary", "shop.example.com", {85, 15}, "85 / 15"),
        row("HTTPRoute", "HR", "search", "api.shop.example.com", {1, 1, 1}, "1 : 1 : 1"),
        row("HTTPRoute", "HR", "catalog", "api.shop.example.com", {100}, "100"),
        row("GRPCRoute", "GR", "orders", "api.shop.example.com", {1000, 50}, "1000 : 50"),
        row("HTTPRoute", "HR", "payments", "pay.example.com", {50, 50}, "50 / 50", true),
        row("VirtualService", "VS", "refunds", "pay.example.com", {100}, "100"),
        row("VirtualService", "VS", "notify", "mail.shop.example", {100}, "100"),
        row("HTTPRoute", "HR", "digest", "mail.shop.example", {100}, "100"),
    };
    rows[0].severity = Severity::Warning;
    rows[0].problems = 2;
    rows[9].severity = Severity::Error;
    rows[9].problems = 1;
    return rows;
}

RouteDetail sampleDetail(const RouteRow &r)
{
    RouteDetail d;
    d.row = r;
    d.hosts = {r.host};
    d.gateways = {s("public-gw"), s("mesh")};
    d.generation = 41;
    d.resourceVersion = s("81234");
    d.controllerStatus = s("gen 41 accepted");
    d.isControllerCurrent = true;
    d.readAt = QDateTime::currentDateTimeUtc().addSecs(-3);
    d.yaml = yamlOf(r);
    d.facts = {{s("Kind"), r.kind}, {s("Namespace"), r.ns}, {s("Hosts"), r.host}, {s("Gateways"), s("public-gw, mesh")},
        {s("Generation"), s("41")}, {s("Resource version"), s("81234")}};

    const QStringList labels {s("v1"), s("v2"), s("v3"), s("v4")};
    Rule main;
    main.section = s("http");
    main.title = s("Everything else");
    main.isCatchAll = true;
    for (qsizetype i = 0; i < r.weights.size(); ++i) {
        const int total = i == 0 ? 9 : 3;
        const bool isFailing = r.severity == Severity::Error && i == 1;
        const int ready = isFailing ? 0 : (i == 1 && r.severity == Severity::Warning ? 2 : total);
        main.destinations << destination(qPrintable(labels[i]), r.weights[i], r.roles[i], ready, total);
        main.total += r.weights[i];
    }
    for (Destination &one : main.destinations) {
        one.share = main.total > 0 ? static_cast<double>(one.weight) / static_cast<double>(main.total) : 0;
        one.isBroken = one.readyPods == 0;
    }
    if (r.name != s("reviews")) {
        main.title = s("Every request");
        d.rules = {main};
    } else {
        Rule tester;
        tester.section = s("http");
        tester.title = s("x-tester: true");
        tester.detail = s("header, exact");
        tester.destinations << destination("v2", 100, Role::Canary, 2, 3);
        tester.total = 100;
        Rule bff;
        bff.index = 1;
        bff.section = s("http");
        bff.title = s("app = mobile-bff");
        bff.detail = s("sourceLabels");
        bff.isSidecarOnly = true;
        bff.destinations << destination("v1", 100, Role::Stable, 9, 9);
        bff.total = 100;
        main.index = 2;
        d.rules = {tester, bff, main};
    }
    identify(d);
    const QString object = r.kind + s(" shop/") + r.name;
    if (r.severity == Severity::Warning) {
        d.findings << Finding {Severity::Warning, {}, {}, s("v2 has 2 of 3 pods ready"),
            s("With this draft a ready v2 pod carries 158 req/s; a v1 pod carries 120."), object, s("spec.http[2].route[1]"),
            s("Show the pod"), s("pod:shop/reviews-v2-6c4b2")};
        d.findings << Finding {Severity::Warning, s("FW0003"), {}, s("Rule 2 is skipped at public-gw"),
            s("sourceLabels match in sidecars only. Requests through the gateway fall to rule 3."), object, s("spec.http[1]"),
            s("Go to rule 2"), s("rule:1")};
    }
    if (r.severity == Severity::Error)
        d.findings << Finding {Severity::Error, {}, {}, s("v2 has no ready endpoint: 1 in 2 fails"),
            s("Requests sent there are answered with 503."), object, s("spec.rules[0].backendRefs[1]"), s("Show the pods"),
            s("pod:shop/payments-v2")};
    d.findings << Finding {Severity::Good, {}, {}, s("Weights add up, subsets exist"),
        s("100 in total; v1 and v2 are in DestinationRule reviews."), object, {}, {}, {}};
    return d;
}

QList<JournalEntry> sampleJournal()
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    JournalEntry a;
    a.id = 3;
    a.when = now.addSecs(-11 * 60);
    a.who = s("operator");
    a.context = s("staging-eu1");
    a.object = s("VirtualService shop/ratings");
    a.summary = s("weights 100 / 0 → 95 / 5");
    a.state = s("applied");
    a.canUndo = true;
    a.undoNote = s("sets the weights back to 100 / 0");
    a.before = s("spec:\n  http:\n  - route:\n    - weight: 100\n    - weight: 0\n");
    a.after = s("spec:\n  http:\n  - route:\n    - weight: 95\n    - weight: 5\n");
    JournalEntry b = a;
    b.id = 2;
    b.when = now.addSecs(-3 * 3600);
    b.object = s("HTTPRoute shop/checkout");
    b.summary = s("weights 90 / 10 → 80 / 20");
    b.state = s("undone");
    b.canUndo = false;
    b.undoNote = s("already undone");
    JournalEntry c = b;
    c.id = 1;
    c.when = now.addDays(-1);
    c.context = s("prod-eu1");
    c.object = s("HTTPRoute shop/payments");
    c.summary = s("weights 100 / 0 → 50 / 50");
    c.state = s("failed");
    c.reason = s("CHG-4411");
    c.undoNote = s("nothing was written");
    return {a, b, c};
}

QList<Concern> sampleConcerns()
{
    Concern routes;
    routes.key = s("routes");
    routes.severity = Severity::Error;
    routes.title = s("Routes in flight");
    routes.value = s("1 of 7 failing");
    routes.subject = s("7 of 13 routes split");
    routes.note = s("6 of 7 healthy");
    routes.action = s("Open payments");
    routes.target = s("routes:HTTPRoute/shop/payments");
    for (const RouteRow &r : sampleRows()) {
        if (!r.isInFlight)
            continue;
        routes.routes << r;
        if (r.severity == Severity::Error)
            routes.routes.last().trouble = s("v2 of payments has no ready endpoint: 1 in 2 fails");
    }
    std::stable_sort(routes.routes.begin(), routes.routes.end(), [](const RouteRow &a, const RouteRow &b) { return a.severity > b.severity; });
    Concern release;
    release.key = s("releases");
    release.severity = Severity::Error;
    release.title = s("Release stuck");
    release.value = s("23 min");
    release.subject = s("pay / payments");
    release.news = s("pending-upgrade since 14:03");
    release.lines = {s("Revision 13 is still serving, 6 of 6 pods"),
        s("Upgrades are blocked until it is mended")};
    release.action = s("Show its Secret");
    release.target = s("explorer:v1/secrets/pay/sh.helm.release.v1.payments.v14");
    Concern pods;
    pods.key = s("pods");
    pods.severity = Severity::Warning;
    pods.title = s("Pods not ready");
    pods.value = s("2 of 48");
    pods.news = s("Not ready: 2");
    pods.items = {{s("shop/reviews-v2-6c4b2"), s("not ready"), s("object:v1/pods/shop/reviews-v2-6c4b2")},
        {s("shop/payments-v2-77f9c"), s("CrashLoopBackOff"), s("object:v1/pods/shop/payments-v2-77f9c")}};
    pods.action = s("Open the pods");
    pods.target = s("explorer:v1/pods");
    Concern hpa;
    hpa.key = s("hpa");
    hpa.severity = Severity::Warning;
    hpa.title = s("HPA at its maximum");
    hpa.value = s("38 min");
    hpa.subject = s("api / search-api");
    hpa.news = s("Wants 26, may run 20");
    hpa.lines = {s("CPU 91 %, target 70 %")};
    hpa.action = s("Open the HPA");
    hpa.target = s("explorer:autoscaling/v2/horizontalpodautoscalers/api/search-api");
    return {routes, release, pods, hpa};
}

QList<Concern> sampleInLine()
{
    QList<Concern> out;
    const auto add = [&out](const char *key, const char *title, const char *value, const char *target) {
        Concern c;
        c.key = s(key);
        c.title = s(title);
        c.value = s(value);
        c.target = s(target);
        out << c;
    };
    add("routes", "Routes", "34 of 35 send to ready endpoints", "routes:");
    add("releases", "Releases", "41 of 42 deployed", "explorer:v1/secrets");
    add("services", "Services", "213 of 214 have endpoints", "explorer:v1/services");
    add("hpa", "Autoscaling", "30 of 31 HPAs within their range", "explorer:autoscaling/v2/horizontalpodautoscalers");
    return out;
}

QList<KindInfo> sampleKinds()
{
    QList<KindInfo> out;
    const auto add = [&out](const char *id, const char *kind, const char *group, bool isNamespaced = true, bool canList = true) {
        out << KindInfo {s(id), s(kind), s(group), isNamespaced, canList};
    };
    add("v1/pods", "Pod", "");
    add("v1/services", "Service", "");
    add("v1/configmaps", "ConfigMap", "");
    add("v1/secrets", "Secret", "", true, false);
    add("v1/nodes", "Node", "", false);
    add("apps/v1/deployments", "Deployment", "apps");
    add("autoscaling/v2/horizontalpodautoscalers", "HorizontalPodAutoscaler", "autoscaling");
    add("networking.istio.io/v1/virtualservices", "VirtualService", "networking.istio.io");
    add("networking.istio.io/v1/destinationrules", "DestinationRule", "networking.istio.io");
    add("gateway.networking.k8s.io/v1/httproutes", "HTTPRoute", "gateway.networking.k8s.io");
    return out;
}

XrayAnswer sampleXray()
{
    const QString object = s("VirtualService shop/reviews");
    const QString id = s("VirtualService/shop/reviews");
    XrayAnswer out;
    out.state = XrayAnswer::State::Answered;
    out.readAs = s("access log line");
    out.request = s("GET http://reviews:9080/api/7?page=2");
    out.place = s("mesh/shop");
    out.verdict = s("VirtualService shop/reviews http[2] takes it.");
    out.listener = s("0.0.0.0_9080");
    out.host = s("reviews.shop.svc.cluster.local");
    out.rules = {{XrayRule::State::Passed, s("x-tester: true"), object, s("spec.http[0].match[0]"),
                     s("Header x-tester is absent: wanted is one that is \"true\"."), id, s("http"), 0},
        {XrayRule::State::NotHeld, s("app = mobile-bff"), object, s("spec.http[1].match[0]"),
            s("Not loaded here: it is for clients with app=mobile-bff."), id, s("http"), 1},
        {XrayRule::State::Taken, s("Everything else"), object, s("spec.http[2]"), {}, id, s("http"), 2}};
    XrayTarget v1 {s("v1"), s("reviews.shop.svc.cluster.local"), s("v1"), 9080, s("90 of 100"), Role::Stable, s("shop/reviews"), 9, 9, {}, {}, {}};
    XrayTarget v2 {s("v2"), s("reviews.shop.svc.cluster.local"), s("v2"), 9080, s("10 of 100"), Role::Canary, s("shop/reviews"), 2, 3, {}, {}, {}};
    for (int i = 0; i < 9; ++i)
        v1.pods << s("shop/reviews-v1-6c4b%1").arg(i);
    for (int i = 0; i < 3; ++i)
        v2.pods << s("shop/reviews-v2-6c4b%1").arg(i);
    out.targets = {v1, v2};
    out.changes = {{s("Timeout"), s("5 s")}, {s("Retries"), s("2 on connect-failure,refused-stream")}, {s("Request header"), s("sets x-split: reviews")}};
    out.notes = {s("Other headers than the line shows are not known.")};
    out.notModelled = {s("mTLS"), s("EnvoyFilter istio-system/lua patches HTTP_FILTER: not modelled")};
    return out;
}

} // namespace fairway::test
