#pragma once

#include "core/engine/contexts.h"
#include "core/engine/engine.h"
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
        operate::ContextSettings &settings, std::string journalPath);

    /// Opens the journal on the worker.
    void begin();
    void takePicture(const std::shared_ptr<const RoutePicture> &picture);
    /// Rendered routes: their drafts can be compared and exported, never sent. Null: none.
    void takePreview(const std::shared_ptr<const RoutePicture> &preview);
    /// A new connection: finish what a crashed process left open.
    void takeSession();
    /// True when this user's journal holds an applied write to that object in the current context.
    [[nodiscard]] bool isMine(const QString &object) const;

    [[nodiscard]] EditForm editForm(const WeightDraft &draft) const override;
    [[nodiscard]] DiffView diff(const WeightDraft &draft) const override;
    void checkGate(const WeightDraft &draft) override;
    void dryRun(const WeightDraft &draft, const WriteConsent &consent) override;
    void apply(const WeightDraft &draft, const WriteConsent &consent) override;
    void undo(qint64 journalId, const WriteConsent &consent) override;
    void refreshDraft(const WeightDraft &draft) override;
    [[nodiscard]] QList<JournalEntry> journal() const override { return m_entries; }
    [[nodiscard]] QString exportPatch(const WeightDraft &draft) const override;

Q_SIGNALS:
    void noticed(const QString &message);

private:
    struct Desk; ///< What a task on the worker needs, kept alive by it.
    /// The object a draft is about, as the newest picture has it; nothing when it is not there.
    [[nodiscard]] std::optional<value::ObjectView> objectOf(const QString &id) const;
    [[nodiscard]] Result<operate::Change> changeOf(const WeightDraft &draft) const;
    [[nodiscard]] std::shared_ptr<Desk> desk() const;
    [[nodiscard]] static QString whyNothingIsSent(const WeightDraft &draft); ///< Empty: it may be.
    void run(const WeightDraft &draft, const WriteConsent &consent, WriteStage stage);
    void reloadJournal();
    [[nodiscard]] static WriteOutcome outcomeOf(const operate::WriteOutcome &outcome, WriteStage stage);

    Contexts &m_contexts;
    Overview &m_overview;
    const std::shared_ptr<GuiDispatcher::Poster> m_poster;
    TaskThread &m_worker;
    operate::ContextSettings &m_settings;
    const std::string m_journalPath;
    std::shared_ptr<operate::Journal> m_journal; ///< Null until opened.
    QString m_journalProblem;
    QList<JournalEntry> m_entries;
    std::shared_ptr<const RoutePicture> m_picture;
    std::shared_ptr<const RoutePicture> m_preview;
    /// The object each draft began from: the picture moves on, a draft must not.
    mutable QHash<QString, value::ObjectView> m_bases;
};

} // namespace fairway::engine
