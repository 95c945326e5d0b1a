#include "widgets/routes/xray_view.h"

#include "widgets/common/layout_parts.h"
#include "widgets/common/text_label.h"
#include "widgets/routes/marks.h"
#include "widgets/routes/xray_rule_row.h"
#include "widgets/theme/button_kind.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/severity.h"

#include <QBoxLayout>
#include <QClipboard>
#include <QGuiApplication>
#include <QPushButton>

#include <algorithm>

namespace fairway::ui {

namespace {
using State = engine::XrayAnswer::State;
constexpr qsizetype FewRules = 24;
constexpr qsizetype FewPods = 3;

void clear(QLayout &layout)
{
    while (QLayoutItem *item = layout.takeAt(0)) {
        if (item->widget() != nullptr) {
            item->widget()->hide();
            item->widget()->deleteLater();
        } else if (item->layout() != nullptr) {
            clear(*item->layout());
        }
        delete item;
    }
}

TextLabel *wrapped(const QString &text, FontRole font = FontRole::Small, Token color = Token::Text)
{
    auto *label = new TextLabel(text, font, color);
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

QVBoxLayout *column(int spacing)
{
    auto *out = new QVBoxLayout;
    out->setContentsMargins(0, 0, 0, 0);
    out->setSpacing(spacing);
    return out;
}

QPushButton *link(const QString &text)
{
    auto *button = new QPushButton(text);
    setButtonKind(button, ButtonKind::Link);
    setCompact(button);
    return button;
}
} // namespace

XrayView::XrayView(QWidget *parent)
    : QWidget(parent)
    , m_icon(new IconMark)
    , m_verdict(new TextLabel({}, FontRole::Strong))
    , m_copy(new QPushButton(tr("Copy as text")))
    , m_request(new TextLabel({}, FontRole::Mono))
    , m_facts(new TextLabel({}, FontRole::Small, Token::Muted))
    , m_details(new QWidget)
    , m_columns(new QHBoxLayout(m_details))
    , m_rulesHeader(new SectionHeader(tr("Rules tried")))
    , m_rules(column(2))
    , m_targetsHeader(new SectionHeader(tr("Goes to")))
    , m_targets(column(8))
    , m_changesHeader(new SectionHeader(tr("What the proxy does")))
    , m_changes(column(3))
    , m_notesHeader(new SectionHeader(tr("To be borne in mind")))
    , m_notes(column(3))
{
    m_verdict->setWordWrap(true);
    m_verdict->setTextFormat(Qt::PlainText);
    m_verdict->setTextInteractionFlags(Qt::TextSelectableByMouse);
    for (TextLabel *label : {m_request, m_facts}) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    setCompact(m_copy);
    m_copy->setIcon(lineIcon(QStringLiteral("copy"), Token::Text));
    m_copy->setToolTip(tr("Copy the whole decision, for a ticket or a chat"));
    auto *head = new QHBoxLayout;
    head->setSpacing(8);
    head->addWidget(m_icon, 0, Qt::AlignTop);
    head->addWidget(m_verdict, 1);
    head->addWidget(m_copy, 0, Qt::AlignTop);

    auto *left = column(4);
    left->addWidget(m_rulesHeader);
    left->addLayout(m_rules);
    left->addStretch();
    auto *right = column(4);
    const QList<QPair<SectionHeader *, QVBoxLayout *>> parts {{m_targetsHeader, m_targets}, {m_changesHeader, m_changes}, {m_notesHeader, m_notes}};
    for (const auto &[header, layout] : parts) {
        right->addWidget(header);
        right->addLayout(layout);
        right->addSpacing(8);
    }
    right->addStretch();
    m_columns->setContentsMargins(0, 0, 0, 0);
    m_columns->setSpacing(24);
    m_columns->addLayout(left, 5);
    m_columns->addLayout(right, 4);

    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(4);
    all->addLayout(head);
    all->addWidget(m_request);
    all->addWidget(m_facts);
    all->addSpacing(8);
    all->addWidget(m_details, 1);
    all->addStretch(); // what there is stands at the top when there are no details
    connect(m_copy, &QPushButton::clicked, this, &XrayView::copy);
    refresh();
}

void XrayView::setNarrow(bool isNarrow)
{
    m_columns->setDirection(isNarrow ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
    m_columns->setSpacing(isNarrow ? 12 : 24);
}

void XrayView::copy()
{
    if (m_answer.state != State::Empty) {
        QGuiApplication::clipboard()->setText(m_answer.toText());
    }
}

void XrayView::setAnswer(const engine::XrayAnswer &answer, const QList<engine::XrayPlace> &places)
{
    if (answer == m_answer && places == m_places) {
        return; // rows keep the focus
    }
    if (answer.request != m_answer.request || answer.place != m_answer.place) {
        m_showsAll = false;
    }
    m_answer = answer;
    m_places = places;
    refresh();
}

QString XrayView::placeTitle() const
{
    const auto found = std::find_if(m_places.begin(), m_places.end(), [this](const engine::XrayPlace &place) { return place.id == m_answer.place; });
    return found == m_places.end() ? m_answer.place : found->title;
}

void XrayView::refresh()
{
    refreshHead();
    const bool isAnswered = m_answer.state == State::Answered;
    m_details->setVisible(isAnswered);
    if (!isAnswered) {
        return;
    }
    fillRules();
    fillTargets();
    fillChanges();
    fillNotes();
}

void XrayView::refreshHead()
{
    const bool isAnswered = m_answer.state == State::Answered;
    m_copy->setVisible(isAnswered);
    m_request->setVisible(isAnswered);
    m_request->setText(m_answer.request);
    m_icon->setVisible(m_answer.state != State::Empty);
    if (isAnswered) {
        m_icon->setIcon(Theme::severityIcon(m_answer.severity), severityToken(m_answer.severity));
        m_verdict->setText(m_answer.verdict);
        QStringList facts {tr("Seen from: %1").arg(placeTitle())};
        if (!m_answer.listener.isEmpty()) {
            facts.append(tr("Listener %1").arg(m_answer.listener));
        }
        if (!m_answer.host.isEmpty()) {
            facts.append(tr("Host %1").arg(m_answer.host));
        }
        if (!m_answer.otherHosts.isEmpty()) {
            facts.append(tr("less exact: %1").arg(m_answer.otherHosts.mid(0, 3).join(QStringLiteral(", "))));
        }
        facts.append(tr("read as %1").arg(m_answer.readAs));
        m_facts->setText(facts.join(QStringLiteral("  ·  ")));
        return;
    }
    m_icon->setIcon(QStringLiteral("error"), Token::Bad);
    m_verdict->setText(m_answer.state == State::Empty ? tr("Follow a request without sending it") : m_answer.problem);
    m_facts->setText(m_answer.state == State::Empty
            ? tr("Type or paste a URL, a curl command, a line of an access log or the head of an HTTP request. You see the listener and "
                 "host it meets, each rule that was tried and why it did not match, the one that takes it, and the pods behind it.")
            : m_answer.state == State::Unreadable
            ? tr("Readable are: a URL, a curl command, a line of an access log (Envoy, Istio, nginx, Apache or JSON), the head of an HTTP request.")
            : QString());
}

void XrayView::fillRules()
{
    clear(*m_rules);
    const qsizetype count = m_answer.rules.size();
    m_rulesHeader->setVisible(count > 0);
    m_rulesHeader->setNote(QString::number(count + m_answer.untold));
    const bool isCut = !m_showsAll && count > FewRules;
    for (qsizetype i = 0; i < count; ++i) {
        const engine::XrayRule &rule = m_answer.rules[i];
        if (isCut && i >= FewRules && rule.state != engine::XrayRule::State::Taken) {
            continue;
        }
        auto *row = new XrayRuleRow(rule);
        connect(row, &QAbstractButton::clicked, this, [this, rule] { Q_EMIT ruleChosen(rule.routeId, rule.section, rule.index); });
        m_rules->addWidget(row);
    }
    if (isCut) {
        QPushButton *more = link(tr("Show all %1").arg(count));
        connect(more, &QPushButton::clicked, this, [this] {
            m_showsAll = true;
            fillRules();
        });
        m_rules->addWidget(more, 0, Qt::AlignLeft);
    }
    if (m_answer.untold > 0) {
        m_rules->addWidget(wrapped(tr("%1 more rules did not match").arg(m_answer.untold), FontRole::Small, Token::Muted));
    }
}

void XrayView::fillTargets()
{
    clear(*m_targets);
    m_targetsHeader->setVisible(!m_answer.targets.isEmpty());
    for (const engine::XrayTarget &target : m_answer.targets) {
        fillTarget(target);
    }
}

void XrayView::fillTarget(const engine::XrayTarget &target)
{
    auto *block = column(2);
    auto *first = new QHBoxLayout;
    first->setSpacing(7);
    first->addWidget(new RoleSwatch(target.role));
    first->addWidget(new TextLabel(target.label, FontRole::Strong));
    first->addWidget(new TextLabel(target.share, FontRole::Small, Token::Muted));
    first->addStretch();
    const bool isShort = target.readyPods < target.totalPods || !target.problem.isEmpty();
    if (isShort) {
        first->addWidget(new IconMark(QStringLiteral("warning"), Token::Warning, 14));
    }
    if (target.totalPods > 0) {
        first->addWidget(new TextLabel(tr("%1 of %2 ready").arg(target.readyPods).arg(target.totalPods), FontRole::Small, isShort ? Token::Warning : Token::Text));
    }
    block->addLayout(first);
    QString host = target.port > 0 ? QStringLiteral("%1:%2").arg(target.host).arg(target.port) : target.host;
    auto *where = new ElidedLabel(host, FontRole::Small, Token::Muted);
    where->setElideMode(Qt::ElideMiddle);
    block->addWidget(where);
    if (!target.problem.isEmpty()) {
        block->addWidget(wrapped(target.problem, FontRole::Small, Token::Warning));
    }
    const qsizetype logged = target.pods.indexOf(target.loggedPod);
    for (qsizetype i = 0; i < target.pods.size(); ++i) {
        if (i >= FewPods && i != logged) {
            continue;
        }
        const QString &pod = target.pods[i];
        QPushButton *button = link(pod.section(QLatin1Char('/'), -1));
        button->setAccessibleName(tr("Pod %1").arg(pod));
        button->setToolTip(tr("Show the pod %1").arg(pod));
        button->setEnabled(pod.contains(QLatin1Char('/'))); // an address without a pod has no page
        connect(button, &QPushButton::clicked, this, [this, pod] { Q_EMIT podChosen(pod); });
        auto *line = new QHBoxLayout;
        line->setSpacing(7);
        line->addWidget(button);
        if (i >= target.readyPods) { // the ready ones come first
            line->addWidget(new TextLabel(tr("not ready"), FontRole::Small, Token::Warning));
        }
        if (i == logged) {
            line->addWidget(new TextLabel(tr("in the log"), FontRole::Small, Token::Accent));
        }
        line->addStretch();
        block->addLayout(line);
    }
    if (target.pods.size() > FewPods + (logged >= FewPods ? 1 : 0)) {
        auto *more = new TextLabel(tr("and %1 more").arg(std::max<qsizetype>(target.totalPods, target.pods.size()) - FewPods - (logged >= FewPods ? 1 : 0)), FontRole::Small, Token::Muted);
        more->setToolTip(target.pods.join(QLatin1Char('\n')));
        block->addWidget(more);
    }
    m_targets->addLayout(block);
}

void XrayView::fillChanges()
{
    clear(*m_changes);
    m_changesHeader->setVisible(!m_answer.changes.isEmpty());
    for (const auto &[label, value] : m_answer.changes) {
        auto *row = new QHBoxLayout;
        row->setSpacing(8);
        auto *name = new TextLabel(label, FontRole::Small, Token::Muted);
        name->setMinimumWidth(96);
        row->addWidget(name, 0, Qt::AlignTop);
        row->addWidget(wrapped(value), 1);
        m_changes->addLayout(row);
    }
}

void XrayView::fillNotes()
{
    clear(*m_notes);
    m_notesHeader->setVisible(!m_answer.notes.isEmpty() || !m_answer.notModelled.isEmpty());
    for (const QString &note : m_answer.notes) {
        m_notes->addWidget(wrapped(note, FontRole::Small, Token::Muted));
    }
    if (!m_answer.notModelled.isEmpty()) {
        m_notes->addWidget(wrapped(tr("Not modelled, so it may decide otherwise: %1").arg(m_answer.notModelled.join(QStringLiteral("; "))), FontRole::Small, Token::Text));
    }
}

} // namespace fairway::ui
