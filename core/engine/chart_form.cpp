#include "core/engine/chart_form.h"

#include "core/engine/task_thread.h"
#include "core/engine/text.h"
#include "core/value/yaml.h"

#include <QMetaObject>

#include <algorithm>
#include <map>
#include <utility>

namespace fairway::engine {

namespace {

constexpr qsizetype maxChanges = 1000;

/// Under which name a chart's values stand in its parent's: the alias its parent's Chart.yaml gives it.
std::string nameInParent(const std::string &parentChartYaml, const std::string &name)
{
    const Result<value::Value> metadata = value::parseYaml(parentChartYaml);
    if (!metadata)
        return name;
    const value::Value &dependencies = (*metadata)["dependencies"];
    for (std::size_t i = 0; i < dependencies.size(); ++i) {
        if (dependencies[i]["name"].stringOr() == name && !dependencies[i]["alias"].stringOr().empty())
            return std::string(dependencies[i]["alias"].stringOr());
    }
    return name;
}

} // namespace

chart::FormSource formSource(const ChartService &charts, const QString &file)
{
    const auto text = [&charts](const QString &name) { return charts.utf8(name); };
    const ChartInputs inputs = charts.inputs();
    chart::FormSource source;
    source.schema = text(QStringLiteral("values.schema.json"));
    source.defaults = text(QStringLiteral("values.yaml"));
    source.isDefaults = file == QLatin1String("values.yaml");
    source.text = text(file);
    source.version = inputs.helmVersion == 3 ? chart::HelmVersion::V3 : chart::HelmVersion::V4;
    bool isAbove = source.isDefaults;
    for (const ValuesFile &layer : inputs.valuesFiles) {
        if (layer.path == file)
            isAbove = true;
        else if (layer.isOn)
            (isAbove ? source.above : source.below).push_back(text(layer.path));
    }
    std::map<QString, std::vector<std::string>> steps;
    QList<SubchartRow> subcharts = charts.info().subcharts;
    std::sort(subcharts.begin(), subcharts.end(), [](const SubchartRow &a, const SubchartRow &b) { return a.folder < b.folder; });
    for (const SubchartRow &sub : subcharts) {
        const qsizetype cut = sub.folder.lastIndexOf(QLatin1String("/charts/"));
        const QString parent = cut < 0 ? QString() : sub.folder.left(cut);
        const QString chartYaml = parent.isEmpty() ? QStringLiteral("Chart.yaml") : parent + QStringLiteral("/Chart.yaml");
        std::vector<std::string> path = steps[parent];
        path.push_back(nameInParent(text(chartYaml), toUtf8(sub.name)));
        steps[sub.folder] = path;
        source.subcharts.push_back({std::move(path), text(sub.folder + QStringLiteral("/values.schema.json")), text(sub.folder + QStringLiteral("/values.yaml"))});
    }
    return source;
}

struct ChartForm::Edited {
    std::string before;
    Result<std::string> after;
    chart::FormChange change;
    QString file;
};

ChartForm::ChartForm(ChartService &charts, QObject *parent)
    : QObject(parent)
    , m_charts(charts)
    , m_thread(std::make_unique<TaskThread>())
{
    connect(&charts, &ChartService::textChanged, this, &ChartForm::refresh);
    connect(&charts, &ChartService::inputsChanged, this, &ChartForm::refresh);
    connect(&charts, &ChartService::filesChanged, this, &ChartForm::refresh);
    connect(&charts, &ChartService::stateChanged, this, &ChartForm::refresh);
}

ChartForm::~ChartForm()
{
    m_thread->stop();
}

void ChartForm::setFile(const QString &file)
{
    if (file == m_file)
        return;
    m_file = file;
    m_changes.clear();
    m_form.reset();
    m_problem.clear();
    Q_EMIT formChanged();
    refresh();
}

bool ChartForm::isReadOnly() const
{
    const ChartInfo info = m_charts.info();
    const auto row = std::find_if(info.files.begin(), info.files.end(), [this](const ChartFileRow &each) { return each.path == m_file; });
    return row != info.files.end() && !row->isEditable;
}

void ChartForm::refresh()
{
    ++m_wanted;
    startMaking();
}

void ChartForm::startMaking()
{
    if (m_making != 0 || m_file.isEmpty() || m_charts.state() != ChartService::State::Open)
        return;
    m_making = m_wanted;
    m_thread->post([this, source = formSource(m_charts, m_file), number = m_wanted, file = m_file] {
        auto made = std::make_shared<Result<chart::ValueForm>>(chart::makeValueForm(source));
        QMetaObject::invokeMethod(this, [this, made, number, file] {
            m_making = 0;
            if (file == m_file) {
                m_problem = *made ? QString() : toQString(made->error().message);
                if (*made)
                    m_form = std::make_shared<const chart::ValueForm>(std::move(**made));
                Q_EMIT formChanged();
            }
            if (number != m_wanted)
                startMaking();
            startEditing();
        }, Qt::QueuedConnection);
    });
}

void ChartForm::apply(chart::FormChange change)
{
    // Typing into one field: only what it has become counts.
    if (!m_changes.isEmpty() && change.kind == chart::FormChange::Kind::Set && m_changes.last().kind == change.kind && m_changes.last().pointer == change.pointer)
        m_changes.last() = std::move(change);
    else if (m_changes.size() < maxChanges)
        m_changes.append(std::move(change));
    startEditing();
}

void ChartForm::startEditing()
{
    // A change may need to know what the one before it led to: each waits for the form of the present text.
    if (m_isEditing || m_changes.isEmpty() || !m_form || m_making != 0 || !m_problem.isEmpty()) {
        if (!m_problem.isEmpty() && !m_changes.isEmpty()) {
            Q_EMIT refused(toQString(m_changes.first().pointer), m_problem);
            m_changes.clear();
        }
        return;
    }
    m_isEditing = true;
    m_thread->post([this, text = m_charts.utf8(m_file), form = m_form, change = m_changes.takeFirst(), file = m_file] {
        auto edited = std::make_shared<Edited>(Edited {text, chart::applyFormChange(text, *form, change), change, file});
        QMetaObject::invokeMethod(this, [this, edited] { takeEdited(*edited); }, Qt::QueuedConnection);
    });
}

void ChartForm::takeEdited(const Edited &edited)
{
    m_isEditing = false;
    if (edited.file != m_file)
        return startEditing();
    if (m_charts.utf8(m_file) != edited.before) {
        m_changes.prepend(edited.change); // somebody typed meanwhile: once more, on the new text
        refresh();
        return;
    }
    if (!edited.after) {
        Q_EMIT refused(toQString(edited.change.pointer), toQString(edited.after.error().message));
    } else if (*edited.after != edited.before) {
        m_charts.setUtf8(m_file, *edited.after);
        Q_EMIT textEdited(m_file);
        refresh();
    }
    startEditing();
}

} // namespace fairway::engine
