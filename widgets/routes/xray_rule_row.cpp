#include "widgets/routes/xray_rule_row.h"

namespace fairway::ui {

namespace {
using State = engine::XrayRule::State;

QString stateWord(State state)
{
    switch (state) {
    case State::Taken: return XrayRuleRow::tr("Takes it");
    case State::Passed: return XrayRuleRow::tr("Does not match");
    case State::NotHeld: break;
    }
    return XrayRuleRow::tr("Not loaded here");
}

QString placeOf(const engine::XrayRule &rule)
{
    return rule.field.isEmpty() ? rule.object : rule.object + QLatin1Char(' ') + rule.field;
}

MarkedRow::Content contentOf(const engine::XrayRule &rule)
{
    const bool isTaken = rule.state == State::Taken;
    MarkedRow::Content out;
    out.icon = isTaken ? QStringLiteral("check-circle") : rule.state == State::Passed ? QStringLiteral("close") : QStringLiteral("minus");
    out.iconToken = isTaken ? Token::Good : Token::Muted;
    out.title = rule.title;
    out.titleToken = rule.state == State::NotHeld ? Token::Muted : Token::Text;
    out.isStrong = out.isFramed = isTaken;
    out.place = placeOf(rule);
    out.words = rule.reason;
    out.canBePressed = !rule.routeId.isEmpty();
    return out;
}
} // namespace

XrayRuleRow::XrayRuleRow(const engine::XrayRule &rule, QWidget *parent)
    : MarkedRow(contentOf(rule), parent)
{
    setAccessibleName(tr("%1: %2").arg(stateWord(rule.state), rule.title));
    setAccessibleDescription(rule.reason);
    setToolTip(rule.routeId.isEmpty() ? placeOf(rule) : tr("Show %1").arg(placeOf(rule)));
}

} // namespace fairway::ui
