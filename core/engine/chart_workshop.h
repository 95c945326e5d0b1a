#pragma once

#include "core/base/cancellation.h"
#include "core/engine/chart_memory.h"
#include "core/engine/chart_renderer.h"
#include "core/engine/charts.h"
#include "core/engine/gui_dispatcher.h"
#include "core/engine/task_thread.h"

#include <QElapsedTimer>
#include <QHash>
#include <QSet>
#include <QTimer>

#include <memory>
#include <optional>
#include <string>

namespace fairway::engine {

class ChartWatcher;

/// The real ChartService.
///
/// Threads: its own are started with the first call that needs them: one for the disk, one that renders, one that lints. At most one
///          render is on its way; what changes meanwhile starts the next when it is done or cancelled.
class ChartWorkshop final : public ChartService {
    Q_OBJECT
public:
    /// `memoryFile` may be empty: then nothing is remembered.
    ChartWorkshop(std::shared_ptr<GuiDispatcher::Poster> poster, std::string memoryFile);
    ~ChartWorkshop() override;

    void open(const QString &path) override;
    void close() override;
    [[nodiscard]] State state() const override { return m_state; }
    [[nodiscard]] QString openedPath() const override { return m_path; }
    [[nodiscard]] QString problem() const override { return m_problem; }
    [[nodiscard]] ChartInfo info() const override { return m_info; }
    [[nodiscard]] QStringList recent() const override { return m_memory.recent; }
    void readMemory() override;

    [[nodiscard]] SharedText sharedText(const QString &file) const override;
    [[nodiscard]] bool isEdited(const QString &file) const override;
    [[nodiscard]] QStringList editedFiles() const override;
    [[nodiscard]] QStringList conflicts() const override;
    void setUtf8(const QString &file, std::string text) override;
    void save(const QString &file) override;
    void discard(const QString &file) override;
    void keepMine(const QString &file) override;

    [[nodiscard]] ChartInputs inputs() const override { return m_inputs; }
    void setInputs(const ChartInputs &inputs) override;
    [[nodiscard]] QList<ClusterProfile> profiles() const override { return m_memory.clusters; }
    void saveProfile(const ClusterProfile &profile) override;
    void removeProfile(const QString &name) override;
    void setOrder(ChartOrder order) override;

    [[nodiscard]] std::shared_ptr<const ChartOutput> output() const override { return m_trail.output; }
    [[nodiscard]] bool isRendering() const override { return m_isInFlight; }
    [[nodiscard]] QList<ChartProblem> findings() const override { return m_findings; }
    void renderAgain() override;

    [[nodiscard]] bool hasOrigins() const override { return m_hasExtras; }
    [[nodiscard]] QString merged() const override { return m_extras.merged; }
    [[nodiscard]] QList<int> randomLines() const override { return m_extras.randomLines; }
    [[nodiscard]] LineOrigin originOf(int outputLine) const override;
    [[nodiscard]] QList<int> linesMadeBy(const ChartPlace &place) const override;
    [[nodiscard]] QString valueAt(const ChartPlace &place) const override;
    [[nodiscard]] QList<ValueLayer> layersOf(const QString &valuePath) const override;

    void exportManifests(const QString &file) override;

private:
    struct Threads;
    /// What the disk has, read at once.
    struct DiskState {
        Result<std::shared_ptr<const ChartSource>> source = fail(ErrorCode::Internal, std::string());
        std::map<std::string, Result<SharedText>, std::less<>> outside; ///< Values files and the lookup file.
    };
    using Edits = std::shared_ptr<const TextEdits>;

    Threads &threads();
    [[nodiscard]] std::vector<std::string> outsideFiles() const;
    [[nodiscard]] static DiskState readDisk(const std::string &path, const std::vector<std::string> &outside);
    void readAgain(std::function<void()> then = {});
    void takeDisk(DiskState disk);
    void takeText(const std::string &file, const std::string *before, const std::string *now, QStringList &changed);
    void watch();
    void describe();
    void setState(State state, const QString &problem = {});
    void writeMemory();

    [[nodiscard]] static bool isOutside(std::string_view file) { return file.starts_with('/'); }
    /// The disk's text, null when there is none.
    [[nodiscard]] SharedText diskText(const std::string &file) const;
    void setEdit(const std::string &file, SharedText text);
    /// Megabytes in thousands of pieces take longer to give back than a frame: the render thread does it.
    template <typename T>
    void retire(T &&old);
    void finishSave(const QString &file, const QString &problem);

    void changed();
    void startRender();
    void drawAgain(); ///< Other random values from now on, and the time as it is.
    [[nodiscard]] RenderJob makeJob() const;
    void takeTrail(quint64 generation, std::optional<RenderTrail> trail);
    void takeExtras(quint64 generation, std::optional<RenderExtras> extras);
    void startLint();

    const std::shared_ptr<GuiDispatcher::Poster> m_poster;
    const std::string m_memoryFile;
    std::unique_ptr<Threads> m_threads;
    std::unique_ptr<ChartWatcher> m_watcher;
    ChartMemory m_memory;
    bool m_isMemoryRead = false;

    State m_state = State::Closed;
    QString m_problem;
    QString m_path;
    quint64 m_opening = 0; ///< Of the open() that counts: answers to an earlier one are dropped.
    std::shared_ptr<const ChartSource> m_source;
    std::map<std::string, Result<SharedText>, std::less<>> m_outside;
    Edits m_edits = std::make_shared<const TextEdits>(); ///< Of the chart's files and of those outside.
    QSet<QString> m_conflicts;
    std::map<std::string, SharedText> m_saved; ///< What we wrote: seen on the disk it is no news.
    ChartInfo m_info;
    ChartInputs m_inputs;
    ChartOrder m_order = ChartOrder::Apply;
    quint64 m_filesVersion = 1;
    quint64 m_seed = 0;
    std::chrono::system_clock::time_point m_seedTime {}; ///< When the seed was chosen.

    quint64 m_generation = 0;
    bool m_isInFlight = false;
    CancelSource m_cancel;
    QElapsedTimer m_sinceOutput;
    RenderTrail m_trail;
    RenderExtras m_extras;
    bool m_hasExtras = false;
    QList<ChartProblem> m_findings;
    QTimer m_lintDelay;
    bool m_isLinting = false;
    bool m_lintAgain = false;
};

} // namespace fairway::engine
