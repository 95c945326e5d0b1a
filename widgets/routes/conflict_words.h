#pragma once

#include "core/engine/types.h"
#include "widgets/routes/draft_book.h"

#include <QList>
#include <QStringList>

/// A draft and what stands in the cluster by now, side by side.
namespace fairway::ui {

/// Label, theirs, mine; a dash where a destination is only on one side. `aside`: the draft that was set aside, if any.
[[nodiscard]] QList<QStringList> conflictRows(const engine::Rule &rule, const QList<qint64> &mine, const DraftBook::Displaced *aside);
/// "Somebody changed its destinations (new: v3; gone: v1). Your draft …"
[[nodiscard]] QString displacedText(const DraftBook::Displaced &aside);

/// "The rule “Everything else” is not there any more …", and the rows of a draft whose rule is gone.
[[nodiscard]] QString lostText(const DraftBook::Lost &lost);
[[nodiscard]] QList<QStringList> lostRows(const DraftBook::Lost &lost);

} // namespace fairway::ui
