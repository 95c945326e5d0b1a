#pragma once

#include "core/engine/contexts.h"
#include "core/engine/draft_change.h"
#include "core/engine/engine.h"
#include "core/engine/gateways.h"
#include "core/engine/overview.h"
#include "core/operate/journal.h"
#include "core/operate/writer.h"

#include <QHash>

#include <memory>
#include <optional>

namespace fairway::engine {

/// The window's side of the one write path (core/operate/writer.h): turns drafts of weights into changes, runs them on
/// the worker, and keeps the journal's newest entries at hand. Threads: GUI thread only; what blocks runs on the
/// worker.
class Writes final : public WriteService {
    Q_OBJECT
public:
    Writes(Contexts &contexts, Overview &overview, std::shared_ptr<GuiDispatcher::Poster> poster, TaskThread &worker,
        operate::ContextSettings &settings, const Gateways &gateways, std::string journalPath);

    /// Opens the journal on the worker.
    void begin();
    void takePicture(const std::shared_ptr<const RoutePicture> &picture);
    /// Rendered routes: their drafts can be compared and exported, never sent. Null: none.
    void takePreview(const std::shared_ptr<const RoutePicture> &preview);
    /// A new connection: finish what a crashed process left open.
    void takeSession();
    /// True when this user's journal holds an applied write to that object in the current context.
    [[nodiscard]] bool isMine(const QString &object) const;

    [[nodiscard]] EditForm editForm(const RouteDraft &draft) const override;
    [[nodiscard]] DiffView diff(const RouteDraft &draft) const override;
    void checkGate(const RouteDraft &draft) override;
    void dryRun(const RouteDraft &draft, const WriteConsent &consent) override;
    void apply(const RouteDraft &draft, const WriteConsent &consent) override;
    void undo(qint64 journalId, const WriteConsent &consent) override;
    void refreshDraft(const RouteDraft &draft) override;
    [[nodiscard]] QList<JournalEntry> journal() const override { return m_entries; }
    [[nodiscard]] QString exportPatch(const RouteDraft &draft) const override;

Q_SIGNALS:
    void noticed(const QString &message);

private:
    struct Desk; ///< What a task on the worker needs, kept alive by it.
    /// As the newest picture has it; nothing when it is not there.
    [[nodiscard]] std::optional<value::ObjectView> known(const QString &id) const;
    /// The object a draft is about; one that is still to be made has no resourceVersion.
    [[nodiscard]] std::optional<value::ObjectView> objectOf(const RouteDraft &draft) const;
    [[nodiscard]] const RouteDetail *detailOf(const RouteDraft &draft) const;
    [[nodiscard]] Result<PlannedChanges> changesOf(const RouteDraft &draft) const;
    [[nodiscard]] Result<PlannedChanges> http1Changes(const RouteDraft &draft, const DraftPlace &place) const;
    void unpin(const RouteDraft &draft) const;
    [[nodiscard]] QList<OwnerClaim> claimsOn(const RouteDraft &draft) const;
    [[nodiscard]] std::optional<RouteDraft> laidOver(const RouteDraft &draft, const value::ObjectView &newest, const operate::Merge &merge) const;
    [[nodiscard]] static QString baseKey(const RouteDraft &draft);
    [[nodiscard]] static QString patchText(const PlannedChanges &planned);
    [[nodiscard]] std::shared_ptr<Desk> desk() const;
    [[nodiscard]] static QString whyNothingIsSent(const RouteDraft &draft); ///< Empty: it may be.
    void run(const RouteDraft &draft, const WriteConsent &consent, WriteStage stage);
    void reloadJournal();
    [[nodiscard]] static WriteOutcome outcomeOf(const operate::WriteOutcome &outcome, WriteStage stage);

    Contexts &m_contexts;
    Overview &m_overview;
    const std::shared_ptr<GuiDispatcher::Poster> m_poster;
    TaskThread &m_worker;
    operate::ContextSettings &m_settings;
    const Gateways &m_gateways;
    const std::string m_journalPath;
    std::shared_ptr<operate::Journal> m_journal; ///< Null until opened.
    QString m_journalProblem;
    QList<JournalEntry> m_entries;
    std::shared_ptr<const RoutePicture> m_picture;
    std::shared_ptr<const RoutePicture> m_preview;
    /// The object each draft began from, and behind its key with '>' those that go with it: the picture moves on, a draft must not.
    mutable QHash<QString, value::ObjectView> m_bases;
};

} // namespace fairway::engine
