#pragma once

#include "core/engine/types.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <memory>
#include <string>

/// Value types of the Charts page: what ChartService takes and gives. Plain data, copied freely.
///
/// Files are named by one text everywhere: inside the chart by their path with slashes ("templates/a.yaml",
/// "charts/common/values.yaml", "charts/redis-1.2.0.tgz/values.yaml"), values files by their absolute path. Lines count from 1; 0 is none.
namespace fairway::engine {

/// A text in UTF-8, not null: given from one to the next instead of copied, because it may have megabytes.
using SharedText = std::shared_ptr<const std::string>;

/// One file of the chart's tree. Folders follow from the paths.
struct ChartFileRow {
    QString path;
    bool isEditable = false; ///< Text in a folder of the disk: neither inside an archive nor binary.
    bool isEdited = false;   ///< Differs from the disk.
    bool isConflict = false; ///< Edited here and changed on the disk since.
    friend bool operator==(const ChartFileRow &, const ChartFileRow &) = default;
};

/// A chart inside the chart.
struct SubchartRow {
    QString folder; ///< "charts/common" or "charts/redis-1.2.0.tgz"
    QString name;
    QString version;
    bool isPackaged = false;
    friend bool operator==(const SubchartRow &, const SubchartRow &) = default;
};

/// What is open.
struct ChartInfo {
    QString path; ///< Absolute: the folder or the archive.
    QString name;
    QString version;
    QString appVersion;
    QString description;
    bool isArchive = false;    ///< Read only.
    bool isLibrary = false;    ///< Renders nothing by itself.
    QStringList missing;       ///< Dependencies Chart.yaml names that are not in charts/.
    QList<ChartFileRow> files; ///< Sorted by path.
    QList<SubchartRow> subcharts;
};

// --- what it is rendered with ------------------------------------------------------------------------------------------

struct ValuesFile {
    QString path;
    bool isOn = true;
    friend bool operator==(const ValuesFile &, const ValuesFile &) = default;
};

/// One flag: "--set image.tag=2".
struct SetFlag {
    enum class Kind { Set, String, Json, File, Literal };
    Kind kind = Kind::Set;
    QString text;
    bool isOn = true;
    friend bool operator==(const SetFlag &, const SetFlag &) = default;
};
/// "--set", "--set-string", …
[[nodiscard]] QString toString(SetFlag::Kind kind);

/// What templates see in .Capabilities.
struct ClusterProfile {
    QString name;
    QString kubeVersion;     ///< "1.33"; empty: what Helm assumes without a cluster.
    QStringList apiVersions; ///< In addition to Helm's own: "networking.istio.io/v1".
    friend bool operator==(const ClusterProfile &, const ClusterProfile &) = default;
};

/// Everything besides the files that decides what comes out. Remembered for each chart.
struct ChartInputs {
    QList<ValuesFile> valuesFiles; ///< In the order of -f: later ones win.
    QList<SetFlag> sets;           ///< In order.
    QString release = QStringLiteral("release-name");
    QString ns = QStringLiteral("default");
    int helmVersion = 4; ///< 3 or 4.
    ClusterProfile cluster;
    QString lookupFile; ///< YAML with objects that `lookup` finds; empty: it finds nothing.
    bool isUpgrade = false;
    bool isPinned = true; ///< Random functions and the time of day give the same at each render.
    friend bool operator==(const ChartInputs &, const ChartInputs &) = default;
};

// --- what comes out ------------------------------------------------------------------------------------------------------

/// One document of the output.
struct ChartObject {
    enum class Phase { Crd, PreHook, Main, PostHook, Other }; ///< Other: tests and hooks that an install doesn't run.
    QString kind;
    QString apiVersion;
    QString name;
    QString ns; ///< As written; empty when not.
    QString file; ///< That it stands in: "templates/service.yaml".
    int line = 0;  ///< In ChartOutput::text: its `---`.
    int lines = 0; ///< Of its own, without `---` and `# Source:`.
    Phase phase = Phase::Main;
    QStringList hookEvents; ///< "pre-install"; empty: no hook.
    int hookWeight = 0;
};

enum class ChartOrder { ByFile, Apply };

/// What is wrong, and where: shown in the banner, in the editor's margin and in the findings.
struct ChartProblem {
    Severity severity = Severity::Error;
    QString source;  ///< "render", "schema", "values", "chart", "lint", "extra"
    QString message; ///< One line.
    QString detail;  ///< All Helm says; may be the same.
    QString file;    ///< Empty when it can't be placed.
    int line = 0;
    QString valuePath; ///< "canary.weight" when a value is to blame.
    friend bool operator==(const ChartProblem &, const ChartProblem &) = default;
};

/// The answer to one state of files and inputs. Immutable; shared between threads.
struct ChartOutput {
    quint64 generation = 0;
    ChartOrder order = ChartOrder::ByFile;
    bool isRendered = false; ///< `text` is the output of this state; else the problems say why there is none.
    QString text;            ///< `---`, `# Source: …`, the object, and so on.
    QList<ChartObject> objects; ///< In the order of the text.
    QString notes;              ///< NOTES.txt
    QList<ChartProblem> problems;
    double milliseconds = 0; ///< From files and values to manifests.
    int lineCount = 0;
};

// --- where it comes from ----------------------------------------------------------------------------------------------------

struct ChartPlace {
    QString file;
    int line = 0;
    friend bool operator==(const ChartPlace &, const ChartPlace &) = default;
};

/// One layer that says something about a value.
struct ValueLayer {
    enum class Kind { Default, ParentChart, ValuesFile, Set };
    Kind kind = Kind::Default;
    QString label; ///< "values.yaml", "-f prod.yaml", "--set"
    ChartPlace place; ///< Of a flag none.
    int setIndex = -1; ///< In ChartInputs::sets.
    QString value;     ///< In one line, shortened.
    bool isWinner = false;
};

/// One value that fed a line.
struct ValueOrigin {
    QString path;             ///< "canary.weight"
    bool isCondition = false; ///< It only decided whether the line is there.
    QList<ValueLayer> layers; ///< Weakest first.
};

/// Where one line of the output comes from.
struct LineOrigin {
    int line = 0; ///< Of the output; 0: not known.
    ChartPlace place; ///< The template's line that wrote it.
    QString placeText; ///< That line, trimmed.
    QList<ChartPlace> includes; ///< Outermost first, how it got there.
    QList<ValueOrigin> values;
    bool isRandom = false;
};

} // namespace fairway::engine
