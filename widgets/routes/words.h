#pragma once

#include "core/engine/types.h"

#include <QString>

/// Words that several parts of the Routes page share.
namespace fairway::ui {

/// "stable", "canary", "third", "fourth"; empty for further versions.
[[nodiscard]] QString roleWord(engine::Role role);
/// "90 / 10" when the weights are out of 100, else "1 : 1 : 1"; "100" alone.
[[nodiscard]] QString splitText(const QList<qint64> &weights);
/// What these weights do when they do something unexpected (all 0, a lone 0); empty when they are what they seem.
/// `kind` is the object's: Istio and the Gateway API disagree. Source: facts on traffic rules of both.
[[nodiscard]] QString zeroWords(const QString &kind, const QList<qint64> &weights, const QStringList &labels);
/// The weights of a rule as they are live; "100" of a lone destination that takes everything without one.
[[nodiscard]] QString splitText(const engine::Rule &rule);
/// The number people see at a rule: its place in match order, from 1. Its field (Rule::path) may count otherwise.
[[nodiscard]] int ruleNumber(const engine::RouteDetail &detail, const engine::Rule &rule);
/// "9 of 9", "2 of 3"
[[nodiscard]] QString readyText(const engine::Destination &destination);
[[nodiscard]] QList<qint64> weightsOf(const engine::Rule &rule);
[[nodiscard]] QList<engine::Role> rolesOf(const engine::Rule &rule);
[[nodiscard]] QStringList labelsOf(const engine::Rule &rule);
/// Labels longer than a bar or graph box can show are shortened in the middle.
[[nodiscard]] QString shortLabel(const QString &label, int maxLength = 24);
/// The destination whose share the truth meter and the plot show first: the canary, else the last one.
[[nodiscard]] qsizetype watchedDestination(const QList<engine::Role> &roles);

} // namespace fairway::ui
