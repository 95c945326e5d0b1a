#include "widgets/routes/route_editing.h"

#include "widgets/routes/compare_dialog.h"
#include "widgets/routes/edit_dialog.h"
#include "widgets/routes/http1_dialog.h"
#include "widgets/theme/button_kind.h"
#include "widgets/theme/icons.h"

#include <QMenu>
#include <QToolButton>

namespace fairway::ui {

RouteEditing::RouteEditing(engine::Engine &engine, QWidget *page)
    : QObject(page)
    , m_engine(engine)
    , m_page(page)
    , m_button(new QToolButton(page))
    , m_menu(new QMenu(m_button))
{
    m_button->setText(tr("Edit"));
    m_button->setAccessibleName(tr("Edit this route"));
    m_button->setPopupMode(QToolButton::InstantPopup);
    m_button->setMenu(m_menu);
    setCompact(m_button);
    connect(m_menu, &QMenu::aboutToShow, this, &RouteEditing::fillMenu);
    setRule({}, nullptr);
}

void RouteEditing::setRule(const engine::RouteDetail &detail, const engine::Rule *rule)
{
    m_detail = detail;
    m_hasRule = rule != nullptr;
    m_rule = m_hasRule ? *rule : engine::Rule();
    m_button->setEnabled(m_hasRule);
    m_button->setToolTip(m_hasRule ? tr("Time limits, retries, faults, mirror, canary by sender, traffic policy; other contexts (E)") : tr("There is no rule to edit"));
}

engine::RouteDraft RouteEditing::subjectOf(engine::DraftKind kind) const
{
    engine::RouteDraft subject;
    subject.routeId = m_detail.row.id;
    subject.section = m_rule.section;
    subject.rule = m_rule.index;
    subject.identity = m_rule.identity;
    subject.kind = kind;
    return subject;
}

QString RouteEditing::ruleName() const
{
    return QStringLiteral("%1[%2]").arg(m_rule.section).arg(m_rule.index);
}

void RouteEditing::fillMenu()
{
    m_menu->clear();
    // A form that has nothing to say is not offered; why not stands where it would be.
    const auto offer = [this](const engine::RouteDraft &subject, const QString &text, const QKeySequence &key, auto run) {
        const engine::EditForm form = m_engine.writes().editForm(subject);
        QAction *action = m_menu->addAction(text);
        action->setShortcut(key);
        action->setShortcutContext(Qt::WidgetShortcut); // Shown only: the page has the key.
        action->setEnabled(form.problem.isEmpty());
        action->setToolTip(form.problem);
        connect(action, &QAction::triggered, this, run);
    };
    m_menu->setToolTipsVisible(true);
    offer(subjectOf(engine::DraftKind::Rule), tr("Rule %1…").arg(ruleName()), QKeySequence(Qt::Key_E), [this] { editRule(); });
    offer(subjectOf(engine::DraftKind::Canary), tr("Canary for some senders…"), QKeySequence(Qt::SHIFT | Qt::Key_E), [this] { addCanary(); });
    QStringList policies;
    QStringList hosts;
    for (const engine::Destination &destination : m_rule.destinations) {
        const bool isPolicyNew = !destination.policy.isEmpty() && !policies.contains(destination.policy);
        if (isPolicyNew) {
            policies.append(destination.policy);
            m_menu->addSeparator();
            m_menu->addAction(tr("Traffic policy of %1…").arg(destination.policy), this, [this, policy = destination.policy] { editPolicy(policy, {}); });
        }
        if (!destination.subset.isEmpty() && destination.subsets.contains(destination.subset)) {
            m_menu->addAction(tr("Traffic policy of subset %1…").arg(destination.subset), this,
                [this, policy = destination.policy, subset = destination.subset] { editPolicy(policy, subset); });
        }
        const bool isMakeable = destination.policy.isEmpty() && !destination.service.isEmpty() && m_detail.row.kind == QLatin1String("VirtualService") && m_detail.source.isEmpty();
        if (isMakeable && !hosts.contains(destination.service)) {
            hosts.append(destination.service);
            m_menu->addSeparator();
            m_menu->addAction(tr("New traffic policy for %1…").arg(destination.service), this, [this, destination] { makePolicy(destination); });
        }
    }
    if (!m_detail.source.isEmpty()) {
        return;
    }
    m_menu->addSeparator();
    const auto more = [this](const QString &text, const QKeySequence &key, auto run) {
        QAction *action = m_menu->addAction(text);
        action->setShortcut(key);
        action->setShortcutContext(Qt::WidgetShortcut);
        connect(action, &QAction::triggered, this, run);
    };
    more(tr("Keep gateways at HTTP/1.1…"), QKeySequence(Qt::Key_H), [this] { forceHttp1(); });
    more(tr("Compare with another context…"), QKeySequence(Qt::SHIFT | Qt::Key_C), [this] { compare(); });
}

void RouteEditing::editRule()
{
    if (m_hasRule) {
        open(subjectOf(engine::DraftKind::Rule), tr("Edit rule %1"), QStringLiteral("%1 %2/%3").arg(m_detail.row.kind, m_detail.row.ns, m_detail.row.name));
    }
}

void RouteEditing::addCanary()
{
    if (m_hasRule) {
        open(subjectOf(engine::DraftKind::Canary), tr("Canary for some senders, before rule %1"),
            QStringLiteral("%1 %2/%3").arg(m_detail.row.kind, m_detail.row.ns, m_detail.row.name));
    }
}

void RouteEditing::mend(const engine::Finding &finding)
{
    const QString own = QStringLiteral("%1 %2/%3").arg(m_detail.row.kind, m_detail.row.ns, m_detail.row.name);
    engine::RouteDraft subject;
    subject.kind = engine::DraftKind::Mend;
    subject.routeId = finding.object == own ? m_detail.row.id : QString(finding.object).replace(finding.object.indexOf(u' '), 1, u'/');
    subject.fields = {{QStringLiteral("code"), finding.code}, {QStringLiteral("path"), finding.path}};
    open(subject, tr("Mend: %1").arg(finding.title), finding.object);
}

void RouteEditing::editPolicy(const QString &policy, const QString &subset)
{
    engine::RouteDraft subject;
    subject.routeId = QStringLiteral("DestinationRule/") + policy;
    subject.kind = engine::DraftKind::Policy;
    subject.subset = subset;
    open(subject, subset.isEmpty() ? tr("Traffic policy of %1").arg(policy) : tr("Traffic policy of subset %1").arg(subset),
        QStringLiteral("DestinationRule %1").arg(policy));
}

void RouteEditing::makePolicy(const engine::Destination &destination)
{
    engine::RouteDraft subject;
    subject.routeId = QStringLiteral("DestinationRule/") + destination.service;
    subject.kind = engine::DraftKind::Policy;
    subject.host = destination.service.section(u'/', 1);
    open(subject, tr("New traffic policy for %1").arg(destination.service), QStringLiteral("DestinationRule %1").arg(destination.service));
}

void RouteEditing::compare()
{
    if (!m_detail.row.id.isEmpty() && m_detail.source.isEmpty()) {
        show(new CompareDialog(m_engine, m_detail.row.id, m_page->window()));
    }
}

void RouteEditing::forceHttp1()
{
    if (m_detail.source.isEmpty()) {
        show(new Http1Dialog(m_engine, m_page->window()));
    }
}

void RouteEditing::open(const engine::RouteDraft &subject, const QString &title, const QString &object)
{
    show(new EditDialog(m_engine, subject, title, object, m_detail.source, m_page->window()));
}

void RouteEditing::show(QDialog *dialog)
{
    if (m_open) {
        delete dialog;
        m_open->raise();
        return;
    }
    m_open = dialog;
    // What had the keyboard before may be gone with the rule it belonged to.
    connect(m_open, &QDialog::finished, m_button, [this] { m_button->setFocus(Qt::OtherFocusReason); });
    m_open->open();
}

} // namespace fairway::ui
