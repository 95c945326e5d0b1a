#pragma once

#include "core/engine/types.h"
#include "core/engine/xray.h"

/// The data of the design's pictures: thirteen routes of a shop, one of them failing.
namespace fairway::test {

[[nodiscard]] QList<engine::ContextInfo> sampleContexts();
[[nodiscard]] QList<engine::RouteRow> sampleRows();
[[nodiscard]] engine::RouteDetail sampleDetail(const engine::RouteRow &row);
/// Says of each rule what it is, by title and destinations; to be called when a test changed them.
void identify(engine::RouteDetail &detail);
/// As somebody else would: the rules behind it move on, the object is a newer one.
void insertRule(engine::RouteDetail &detail, qsizetype position, engine::Rule rule);
[[nodiscard]] QList<engine::JournalEntry> sampleJournal();
[[nodiscard]] QList<engine::Concern> sampleConcerns();
[[nodiscard]] QList<engine::Concern> sampleInLine();
[[nodiscard]] QList<engine::KindInfo> sampleKinds();
[[nodiscard]] engine::XrayAnswer sampleXray(); ///< A request for reviews that the last of three rules takes.

} // namespace fairway::test
