#include "widgets/routes/rehearsal_panel.h"

#include "core/engine/rule_identity.h"
#include "widgets/common/badge.h"
#include "widgets/common/dialogs.h"
#include "widgets/common/fitting_row.h"
#include "widgets/common/format.h"
#include "widgets/common/layout_parts.h"
#include "widgets/common/text_label.h"
#include "widgets/routes/marks.h"
#include "widgets/routes/rehearsal_dials.h"
#include "widgets/routes/rehearsal_plot.h"
#include "widgets/routes/rehearsal_rules.h"
#include "widgets/routes/words.h"
#include "widgets/theme/button_kind.h"
#include "widgets/theme/icons.h"

#include <QHBoxLayout>
#include <QPointer>
#include <QPushButton>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

#include <cmath>

namespace fairway::ui {

namespace {
using Phase = engine::RehearsalStatus::Phase;

bool isSame(const engine::RuleIdentity &a, int indexOfA, const engine::RuleIdentity &b, int indexOfB)
{
    return a.isKnown() && b.isKnown() ? a.isSameAs(b) : indexOfA == indexOfB;
}
} // namespace

RehearsalPanel::RehearsalPanel(engine::RehearsalService &rehearsal, engine::ContextService &contexts, QWidget *parent)
    : QWidget(parent)
    , m_service(rehearsal)
    , m_contexts(contexts)
    , m_header(new SectionHeader(tr("Rehearsal")))
    , m_progress(new TextLabel({}, FontRole::Small, Token::Muted))
    , m_scope(new QToolButton)
    , m_dialsButton(new QToolButton)
    , m_run(new QPushButton(tr("Rehearse")))
    , m_dials(new RehearsalDials)
    , m_shareTitle(new QToolButton)
    , m_draftLegend(new ElidedLabel({}, FontRole::Small))
    , m_latencyLegend(new QHBoxLayout)
    , m_share(new RehearsalPlot(RehearsalPlot::Kind::Share))
    , m_latency(new RehearsalPlot(RehearsalPlot::Kind::Latency))
    , m_verdictRow(new QWidget)
    , m_verdictMark(new IconMark(QStringLiteral("info"), Token::Muted, 14))
    , m_verdict(new TextLabel({}, FontRole::Body))
    , m_figures(new TextLabel({}, FontRole::Small))
    , m_missing(new QPushButton)
    , m_swap(new QTimer(this))
{
    m_dialsButton->setText(tr("Dials"));
    m_dialsButton->setToolTip(tr("Load, duration and what the stand-ins do"));
    m_dialsButton->setAccessibleName(tr("Rehearsal dials"));
    m_dialsButton->setCheckable(true);
    m_dialsButton->setChecked(true);
    m_scope->setText(tr("Every rule"));
    m_scope->setToolTip(tr("Play every rule of the route, each with a request made up for it, instead of the chosen one"));
    m_scope->setAccessibleName(tr("Play every rule of the route"));
    m_scope->setCheckable(true);
    setButtonKind(m_scope, ButtonKind::Flat);
    setCompact(m_scope);
    setButtonKind(m_dialsButton, ButtonKind::Flat);
    setCompact(m_dialsButton);
    setCompact(m_run);
    m_note = new Badge(tr("only this workstation's traffic is split"));
    m_header->addWidget(m_progress);
    m_header->addWidget(m_scope);
    m_header->addWidget(m_dialsButton);
    m_header->addWidget(m_run);
    // The badge stands right behind the title, before the header's elastic note.
    static_cast<QHBoxLayout *>(m_header->layout())->insertWidget(1, m_note);

    setButtonKind(m_shareTitle, ButtonKind::Flat);
    setCompact(m_shareTitle);
    m_shareTitle->setFont(theme().font(FontRole::Strong));
    m_shareTitle->setToolTip(tr("Show the next destination's share"));
    connect(m_shareTitle, &QToolButton::clicked, this, [this] {
        m_watched = (m_watched + 1) % std::max<qsizetype>(m_rule.destinations.size(), 1);
        refresh();
    });

    m_plotArea = new QWidget;
    auto *plots = new QHBoxLayout(m_plotArea);
    plots->setContentsMargins(0, 0, 0, 0);
    plots->setSpacing(16);
    auto *left = new QVBoxLayout;
    auto *right = new QVBoxLayout;
    auto *leftRow = new FittingRow;
    auto *rightRow = new FittingRow;
    QHBoxLayout *leftHead = leftRow->row();
    QHBoxLayout *rightHead = rightRow->row();
    leftHead->setSpacing(6);
    rightHead->setSpacing(6);
    leftHead->addWidget(m_shareTitle);
    leftHead->addWidget(new TextLabel(QStringLiteral("%"), FontRole::Small, Token::Muted));
    leftHead->addStretch();
    const struct {
        LineSample::Style style;
        QString text;
    } samples[] = {{LineSample::Style::Solid, tr("since start")}, {LineSample::Style::Faint, tr("last 3 s")}};
    for (const auto &sample : samples) {
        auto *line = new LineSample(sample.style, engine::Role::Canary);
        m_shareSamples.append(line);
        leftHead->addWidget(line);
        auto *words = new ElidedLabel(sample.text, FontRole::Small);
        leftHead->addWidget(words);
        leftHead->addSpacing(4);
        if (sample.style == LineSample::Style::Faint)
            leftRow->addSpare({line, words});
    }
    auto *draftLine = new LineSample(LineSample::Style::Dashed, engine::Role::Other);
    draftLine->setNeutral(true);
    leftHead->addWidget(draftLine);
    leftHead->addWidget(m_draftLegend);
    auto *latencyTitle = new TextLabel(tr("Latency"), FontRole::Strong);
    latencyTitle->setFixedHeight(m_shareTitle->sizeHint().height());
    rightHead->addWidget(latencyTitle);
    rightHead->addWidget(new TextLabel(tr("ms"), FontRole::Small, Token::Muted));
    rightHead->addStretch();
    rightHead->addLayout(m_latencyLegend);
    auto *p95 = new ElidedLabel(tr("p95 dashed"), FontRole::Small, Token::Muted);
    rightHead->addWidget(p95);
    rightRow->addSpare({p95});
    m_latencyLegend->setSpacing(6);
    left->setSpacing(2);
    right->setSpacing(2);
    // The flat button's own padding must not push the title in.
    auto *outdent = new QHBoxLayout;
    outdent->setContentsMargins(-16, 0, 0, 0);
    outdent->addWidget(leftRow);
    left->addLayout(outdent);
    left->addWidget(m_share, 1);
    right->addWidget(rightRow);
    right->addWidget(m_latency, 1);
    plots->addLayout(left, 58);
    plots->addLayout(right, 42);
    m_plots = plots;

    auto *verdict = new QHBoxLayout(m_verdictRow);
    verdict->setContentsMargins(0, 6, 0, 0);
    verdict->setSpacing(7);
    m_verdict->setWordWrap(true);
    verdict->addWidget(m_verdictMark, 0, Qt::AlignTop);
    verdict->addWidget(m_verdict, 1);
    m_figures->setTextFormat(Qt::RichText);
    m_figures->setWordWrap(true);
    m_figures->setContentsMargins(0, 6, 0, 0);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(16, 10, 16, 8);
    column->setSpacing(0);
    column->addWidget(m_header);
    column->addSpacing(4);
    column->addWidget(m_dials);
    m_rules = new RehearsalRules;
    column->addWidget(m_plotArea, 1);
    column->addWidget(m_rules);
    column->addSpacing(4);
    column->addWidget(new Hairline);
    column->addWidget(m_verdictRow);
    column->addWidget(m_figures);
    setButtonKind(m_missing, ButtonKind::Link);
    setCompact(m_missing);
    m_missing->hide();
    connect(m_missing, &QPushButton::clicked, this, &RehearsalPanel::showMissing);
    column->addWidget(m_missing, 0, Qt::AlignLeft);

    m_swap->setSingleShot(true);
    m_swap->setInterval(250);
    connect(m_swap, &QTimer::timeout, this, [this] {
        if (isRunning()) {
            m_started.weights = m_weights;
            m_service.setWeights(m_weights);
        }
    });
    connect(m_run, &QPushButton::clicked, this, &RehearsalPanel::toggle);
    connect(m_scope, &QToolButton::toggled, this, &RehearsalPanel::refresh);
    connect(m_rules, &RehearsalRules::ruleChosen, this, &RehearsalPanel::ruleChosen);
    connect(m_dialsButton, &QToolButton::toggled, m_dials, &QWidget::setVisible);
    connect(m_dials, &RehearsalDials::rateChanged, this, [this](int rate) {
        if (isRunning()) {
            m_service.setRate(rate);
        }
    });
    connect(m_dials, &RehearsalDials::dialChanged, this, [this](const engine::StandInDial &dial) {
        if (isRunning()) {
            m_service.setDial(dial);
        }
        refresh();
    });
    connect(&m_service, &engine::RehearsalService::statusChanged, this, &RehearsalPanel::onStatus);
    connect(&m_contexts, &engine::ContextService::currentChanged, this,
        [this] { m_dials->setUsesPods(m_contexts.current().isPractice); });
    connect(&theme(), &Theme::changed, this, &RehearsalPanel::refresh);
    m_dials->setUsesPods(m_contexts.current().isPractice);
    clearRule();
}

bool RehearsalPanel::isOurs() const
{
    const engine::RehearsalStatus now = m_service.status();
    if (!m_hasRule || now.phase == Phase::Idle || now.routeId != m_detail.row.id) {
        return false;
    }
    if (isOutdated()) {
        return false;
    }
    if (now.isWholeRoute) {
        return true;
    }
    // Started elsewhere (the palette, another page): only the route is known, so the first split is taken for it.
    return m_started.routeId != now.routeId || (m_started.section == m_rule.section && isSame(m_started.identity, m_started.rule, m_rule.identity, m_rule.index));
}

bool RehearsalPanel::isOutdated() const
{
    const engine::RehearsalStatus now = m_service.status();
    if (now.phase == Phase::Idle || now.routeId != m_detail.row.id || m_started.routeId != now.routeId) {
        return false;
    }
    if (now.isWholeRoute) {
        return !engine::areSame(m_startedRules, identities());
    }
    return engine::findRule(m_detail, {m_started.section, m_started.rule, m_started.identity}).fate != engine::RuleFate::There;
}

QList<engine::RuleIdentity> RehearsalPanel::identities() const
{
    QList<engine::RuleIdentity> out;
    for (const engine::Rule &rule : m_detail.rules) {
        out.append(rule.identity);
    }
    return out;
}

engine::RehearsalStatus RehearsalPanel::status() const
{
    const engine::RehearsalStatus now = isOurs() ? m_service.status() : engine::RehearsalStatus {};
    return now.isWholeRoute ? engine::RehearsalStatus {} : now; // of this rule alone nothing was measured
}

bool RehearsalPanel::isRunning() const
{
    const Phase phase = status().phase;
    return phase == Phase::Running || phase == Phase::Starting;
}

void RehearsalPanel::setRule(const engine::RouteDetail &detail, const engine::Rule &rule, const QList<qint64> &weights)
{
    const bool isOther = !m_hasRule || detail.row.id != m_detail.row.id || rule.section != m_rule.section || !isSame(rule.identity, rule.index, m_rule.identity, m_rule.index);
    m_detail = detail;
    m_rule = rule;
    m_hasRule = true;
    m_weights = weights;
    m_dials->setDestinations(labelsOf(rule), rolesOf(rule));
    if (isOther) {
        m_swap->stop();
        m_watched = watchedDestination(rolesOf(rule));
        m_history.clear();
        m_history.add(status());
    } else if (isRunning() && weights != m_started.weights) {
        m_swap->start();
    }
    refresh();
}

void RehearsalPanel::clearRule()
{
    m_hasRule = false;
    m_history.clear();
    refresh();
}

engine::RehearsalRequest RehearsalPanel::request() const
{
    engine::RehearsalRequest out;
    out.routeId = m_detail.row.id;
    out.isWholeRoute = m_scope->isChecked() && m_detail.rules.size() > 1;
    out.section = m_rule.section;
    out.rule = m_rule.index;
    out.identity = m_rule.identity;
    out.weights = m_weights;
    out.ratePerSecond = m_dials->rate();
    out.durationSeconds = m_dials->duration();
    out.usePods = m_dials->usesPods() && m_detail.source.isEmpty();
    out.dials = m_dials->dials();
    return out;
}

void RehearsalPanel::setNarrow(bool isNarrow)
{
    m_plots->setDirection(isNarrow ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
    m_note->setText(isNarrow ? tr("local traffic only") : tr("only this workstation's traffic is split"));
    m_note->setToolTip(tr("Only this workstation's traffic is split; the cluster is not changed."));
    m_dials->setNarrow(isNarrow);
}

void RehearsalPanel::toggle()
{
    if (!m_run->isEnabled()) {
        return;
    }
    const Phase phase = m_service.status().phase;
    if (phase == Phase::Running || phase == Phase::Starting) {
        m_service.stop();
        return;
    }
    const engine::ContextInfo context = m_contexts.current();
    if (context.isProduction && request().usePods) {
        askConsent(window(), context, tr("Send load to pods"),
            tr("%1 of load go to real pods of %2.").arg(ratePerSecond(m_dials->rate()), m_detail.row.name),
            [self = QPointer(this)](const engine::WriteConsent &) {
                if (self) {
                    self->start();
                }
            });
        return;
    }
    start();
}

void RehearsalPanel::start()
{
    m_history.clear();
    m_started = request();
    m_startedRules = identities();
    m_dialsButton->setChecked(false); // The plots need the room now.
    m_service.start(m_started);
}

void RehearsalPanel::onStatus()
{
    if (isOurs() && !m_service.status().isWholeRoute) {
        m_history.add(m_service.status());
    }
    refresh();
    Q_EMIT statusChanged();
}

void RehearsalPanel::refresh()
{
    const engine::RehearsalStatus shown = told();
    refreshScope(shown);
    refreshRun(shown);
    refreshRule();
    if (showsRoute(shown)) {
        m_rules->setRules(shown.isWholeRoute ? shown.rules : QList<engine::RuleRehearsal> {});
    } else {
        refreshLegend(shown);
        const double planned = shown.plannedSeconds > 0 ? shown.plannedSeconds : m_dials->duration();
        m_share->show(m_history, m_watched, planned);
        m_latency->show(m_history, m_watched, planned);
    }
    refreshVerdict(shown);
    refreshFigures(shown);
}

engine::RehearsalStatus RehearsalPanel::told() const
{
    const engine::RehearsalStatus now = isOurs() ? m_service.status() : engine::RehearsalStatus {};
    const bool runs = now.phase == Phase::Running || now.phase == Phase::Starting;
    return runs || now.isWholeRoute == m_scope->isChecked() ? now : engine::RehearsalStatus {};
}

bool RehearsalPanel::showsRoute(const engine::RehearsalStatus &shown) const
{
    const bool runs = shown.phase == Phase::Running || shown.phase == Phase::Starting;
    return runs ? shown.isWholeRoute : m_scope->isChecked();
}

/// What runs decides what is shown; otherwise what was chosen for the next run.
void RehearsalPanel::refreshScope(const engine::RehearsalStatus &shown)
{
    m_scope->setVisible(m_detail.rules.size() > 1);
    m_scope->setEnabled(shown.phase != Phase::Running && shown.phase != Phase::Starting);
    const bool isRoute = showsRoute(shown);
    m_plotArea->setVisible(!isRoute);
    m_rules->setVisible(isRoute);
}

void RehearsalPanel::refreshRun(const engine::RehearsalStatus &shown)
{
    const Phase anywhere = m_service.status().phase;
    const bool runsAnywhere = anywhere == Phase::Running || anywhere == Phase::Starting;
    const bool runs = shown.phase == Phase::Running || shown.phase == Phase::Starting;
    const bool playsRoute = showsRoute(shown);

    m_run->setText(runsAnywhere ? tr("Stop") : tr("Rehearse"));
    m_run->setIcon(runsAnywhere ? lineIcon(QStringLiteral("stop"), Token::Text) : lineIcon(QStringLiteral("play"), Token::Text));
    const bool canRun = runsAnywhere || (m_hasRule && (playsRoute || !m_rule.destinations.isEmpty()));
    m_run->setEnabled(canRun);
    m_run->setToolTip(runsAnywhere ? tr("Stop the rehearsal (R)")
            : canRun               ? tr("Send test requests through the built-in proxy with the draft's weights (R)")
                                   : tr("The rule has no destination"));
    m_dials->setRunning(runs);
    if (runs && playsRoute) {
        m_progress->setText(shown.plannedRules > 0 ? tr("rule %1 of %2").arg(std::min<qsizetype>(shown.rules.size() + 1, shown.plannedRules)).arg(shown.plannedRules) : QString());
    } else if (runs) {
        m_progress->setText(tr("running %1 s of %2 s").arg(std::lround(shown.elapsedSeconds)).arg(std::lround(shown.plannedSeconds)));
    } else if (runsAnywhere) {
        m_progress->setText(tr("running for another rule"));
    } else if (shown.phase == Phase::Done) {
        m_progress->setText(tr("ran %1 s").arg(std::lround(shown.elapsedSeconds)));
    } else {
        m_progress->setText({});
    }
}

/// One rule is played at a time: which one, and that the others are not.
void RehearsalPanel::refreshRule()
{
    const auto rules = static_cast<int>(m_detail.rules.size());
    int place = 0;
    for (int i = 0; i < rules; ++i) {
        if (m_detail.rules[i].section == m_rule.section && m_detail.rules[i].index == m_rule.index) {
            place = i + 1;
        }
    }
    const bool isOneOfMany = !showsRoute(told()) && m_hasRule && rules > 1 && place > 0;
    m_header->setNote(isOneOfMany ? tr("plays rule %1 of %2").arg(place).arg(rules) : QString());
    m_header->setToolTip(isOneOfMany ? tr("Every request is one that matches “%1”. The other rules of the route are not played.").arg(m_rule.title)
                                     : QString());
}

void RehearsalPanel::refreshLegend(const engine::RehearsalStatus &shown)
{
    const QStringList labels = labelsOf(m_rule);
    const QList<engine::Role> roles = rolesOf(m_rule);
    const QString watched = labels.value(m_watched);
    m_shareTitle->setText(watched.isEmpty() ? tr("Share") : tr("Share of %1").arg(shortLabel(watched, 12)));
    m_shareTitle->setEnabled(labels.size() > 1);
    for (QWidget *sample : std::as_const(m_shareSamples)) {
        static_cast<LineSample *>(sample)->setRole(roles.value(m_watched, engine::Role::Canary));
    }
    double expected = 0;
    if (m_watched < shown.shares.size()) {
        expected = shown.shares[m_watched].expected;
    } else {
        qint64 total = 0;
        for (const qint64 weight : m_weights) {
            total += weight;
        }
        const bool isLone = m_weights.size() == 1; // It is played with everything, whatever its weight.
        expected = isLone ? 1 : total > 0 ? static_cast<double>(m_weights.value(m_watched)) / static_cast<double>(total) : 0;
    }
    m_draftLegend->setText(tr("draft %1").arg(percent(expected)));

    QString key = labels.join(u'\n');
    for (const engine::Role role : roles) {
        key += QString::number(static_cast<int>(role));
    }
    if (key == m_legendKey) {
        return;
    }
    m_legendKey = key;
    for (QWidget *part : std::as_const(m_latencyParts)) {
        part->deleteLater();
    }
    m_latencyParts.clear();
    const qsizetype drawn = std::min<qsizetype>(labels.size(), 3);
    for (qsizetype i = 0; i < drawn; ++i) {
        m_latencyParts.append(new LineSample(LineSample::Style::Solid, roles[i]));
        m_latencyParts.append(new ElidedLabel(labels[i], FontRole::Small));
    }
    if (drawn < labels.size()) {
        m_latencyParts.append(new TextLabel(tr("+%1").arg(labels.size() - drawn), FontRole::Small, Token::Muted));
    }
    for (QWidget *part : std::as_const(m_latencyParts)) {
        m_latencyLegend->addWidget(part);
    }
}

} // namespace fairway::ui
