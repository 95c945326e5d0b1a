#pragma once

#include "core/engine/chart_types.h"
#include "core/engine/text.h"

#include <QObject>

#include <memory>
#include <string>

namespace fairway::engine {

/// One chart, open as a workshop: its files with edits that are not saved yet, the values and flags it is rendered with, and what
/// comes out. Needs no cluster and no context.
///
/// Rendering: every change of text or inputs starts a render of the state as it then is. A running one of an older state is cancelled
///          and its result dropped: output() only ever goes forward (ChartOutput::generation). What takes longer than the manifests
///          themselves follows for the same generation: originsReady() and findingsChanged().
/// Text:    the service holds the truth about every text. A page that edits calls setText() with each change and takes textChanged()
///          for changes that came from elsewhere (the disk, another view, discard()).
/// Disk:    the chart's folders and the values files are watched. A file that isn't edited here follows the disk at once; one that is
///          becomes a conflict, which keepMine() or discard() ends. Nothing is written but by save() and exportManifests().
/// Threads: GUI thread only; calls return at once. Reading, rendering, lint and writing happen on the service's own threads.
class ChartService : public QObject {
    Q_OBJECT
public:
    enum class State { Closed, Loading, Open, Failed };
    Q_ENUM(State)

    using QObject::QObject;

    // The chart
    virtual void open(const QString &path) = 0; ///< A folder (or its Chart.yaml) or a .tgz. Edits of the one before are lost.
    virtual void close() = 0;
    [[nodiscard]] virtual State state() const = 0;
    [[nodiscard]] virtual QString openedPath() const = 0; ///< Absolute; also while loading and when it failed.
    [[nodiscard]] virtual QString problem() const = 0; ///< Why it could not be opened, in Helm's words.
    [[nodiscard]] virtual ChartInfo info() const = 0;
    [[nodiscard]] virtual QStringList recent() const = 0; ///< Newest first; known once readMemory() has led to stateChanged().
    virtual void readMemory() = 0; ///< Recent charts and profiles, from the disk. Once; open() does it too.

    // Texts
    [[nodiscard]] virtual SharedText sharedText(const QString &file) const = 0; ///< Empty when there is no such file.
    [[nodiscard]] std::string utf8(const QString &file) const { return *sharedText(file); }
    [[nodiscard]] QString text(const QString &file) const { return toQString(utf8(file)); } ///< Not for megabytes at each key.
    [[nodiscard]] virtual bool isEdited(const QString &file) const = 0;
    [[nodiscard]] virtual QStringList editedFiles() const = 0;
    [[nodiscard]] virtual QStringList conflicts() const = 0;
    virtual void setUtf8(const QString &file, std::string text) = 0;
    void setText(const QString &file, const QString &text) { setUtf8(file, toUtf8(text)); }
    virtual void save(const QString &file) = 0; ///< Answered by saved(). Refused while in conflict.
    virtual void discard(const QString &file) = 0;  ///< Back to what is on the disk; ends a conflict.
    virtual void keepMine(const QString &file) = 0; ///< Ends a conflict: the next save() overwrites what is on the disk now.

    // Inputs
    [[nodiscard]] virtual ChartInputs inputs() const = 0;
    virtual void setInputs(const ChartInputs &inputs) = 0;
    [[nodiscard]] virtual QList<ClusterProfile> profiles() const = 0; ///< Saved by the user, by name.
    virtual void saveProfile(const ClusterProfile &profile) = 0;
    virtual void removeProfile(const QString &name) = 0;
    virtual void setOrder(ChartOrder order) = 0; ///< Of the next outputs; renders again.

    // Output
    /// The latest; never null. While a state can't be rendered isRendered is false and the page goes on showing what it had.
    [[nodiscard]] virtual std::shared_ptr<const ChartOutput> output() const = 0;
    [[nodiscard]] virtual bool isRendering() const = 0; ///< A newer output than output() is on its way.
    [[nodiscard]] virtual QList<ChartProblem> findings() const = 0; ///< Of lint, for the state of output() or one before.
    virtual void renderAgain() = 0; ///< With new random values.
    /// The values of all layers as templates see them, as YAML. As originsReady().
    [[nodiscard]] virtual QString merged() const = 0;
    [[nodiscard]] virtual QList<int> randomLines() const = 0; ///< That another run would give differently. As originsReady().

    // Where it comes from. Local and quick; empty until originsReady() for the present output.
    [[nodiscard]] virtual bool hasOrigins() const = 0;
    [[nodiscard]] virtual LineOrigin originOf(int outputLine) const = 0;
    /// Output lines made by a line of a template, or fed by the value on a line of a values file.
    [[nodiscard]] virtual QList<int> linesMadeBy(const ChartPlace &place) const = 0;
    /// The value written on a line of a values file: its path in the whole chart's values; empty when there is none.
    [[nodiscard]] virtual QString valueAt(const ChartPlace &place) const = 0;
    [[nodiscard]] virtual QList<ValueLayer> layersOf(const QString &valuePath) const = 0;

    // Going out
    virtual void exportManifests(const QString &file) = 0; ///< As `helm template --include-crds` prints them. Answered by exported().

Q_SIGNALS:
    void stateChanged();
    void filesChanged(); ///< info(), edited marks or conflicts.
    void textChanged(const QString &file);
    void inputsChanged();
    void renderingChanged();
    void outputChanged();
    void originsReady();
    void findingsChanged();
    void saved(const QString &file, const QString &problem);     ///< Problem empty: it is on the disk.
    void exported(const QString &file, const QString &problem);
};

} // namespace fairway::engine
