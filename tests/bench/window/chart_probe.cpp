#include "app/fairway/pages.h"
#include "core/engine/engine.h"
#include "tests/bench/window/heartbeat.h"
#include "widgets/charts/charts_page.h"
#include "widgets/charts/code_editor.h"
#include "widgets/charts/output_panel.h"
#include "widgets/charts/values_panel.h"
#include "widgets/frame/main_window.h"
#include "widgets/theme/theme.h"

#include <QAction>
#include <QApplication>
#include <QCommandLineParser>
#include <QElapsedTimer>
#include <QFile>
#include <QKeyEvent>
#include <QLineEdit>
#include <QSettings>

#include <cstdio>
#include <functional>

// A chart and a values file of megabytes in the real window: prints for each thing a user does how long the GUI thread was away, from then
// until all that follows from it has come to rest. bench_large_texts.py is what people run.
using namespace fairway;

namespace {

constexpr int RestMs = 1200; ///< So long nothing follows any more.
constexpr int MostMs = 20'000;

struct Action {
    const char *name;
    std::function<void()> run;
};

class Probe : public QObject {
    Q_OBJECT
public:
    Probe(ui::MainWindow &window, engine::Engine &engine, QString chart, QString valuesFile)
        : m_window(window)
        , m_charts(engine.charts())
        , m_chart(std::move(chart))
        , m_valuesFile(std::move(valuesFile))
    {
        connect(&m_look, &QTimer::timeout, this, &Probe::look);
        m_look.setInterval(50);
    }

    void start()
    {
        const auto source = [this](const char *file, int line) { return [this, file, line] { Q_EMIT layers().lineClicked(QString::fromLatin1(file), line); }; };
        m_actions = {
            {"nothing", [] {}},
            {"open a chart", [this] { m_window.openTarget(QStringLiteral("charts:") + m_chart); }},
            {"a value that changes every object", [this] { type(*layers().currentEditor(), "x"); }},
            {"a value that adds a line to every object", [this] { m_charts.setText(QStringLiteral("values.yaml"), QStringLiteral("tag: \"1\"\nextra: true\n")); }},
            {"fold all documents", [this] { trigger("Alt+0"); }},
            {"a value that changes what is folded", [this] { type(*layers().currentEditor(), "y"); }},
            {"fold all documents again", [this] { trigger("Alt+0"); }},
            {"unfold all documents", [this] { trigger("Alt+9"); }},
            {"Ctrl+End in the manifests", [this] { key(output().editor(), Qt::Key_End, Qt::ControlModifier); }},
            {"Ctrl+Home in the manifests", [this] { key(output().editor(), Qt::Key_Home, Qt::ControlModifier); }},
            {"find in the manifests", [this] { output().editor().find(QStringLiteral("KEY9: "), true, true); }},
            {"find what is not in the manifests", [this] { output().editor().find(QStringLiteral("nowhere"), true, true); }},
            {"filter the documents", [this] { output().findChild<QLineEdit *>()->setText(QStringLiteral("item-77")); }},
            {"end the filter", [this] { output().findChild<QLineEdit *>()->clear(); }},
            {"where a line comes from", [this] { Q_EMIT output().lineClicked(m_charts.output()->lineCount / 2); }},
            {"what a template's line made", source("templates/maps.yaml", 5)},
            {"what a value made", source("values.yaml", 1)},
            {"the order of an install", [this] { m_charts.setOrder(engine::ChartOrder::ByFile); }},
            {"the merged values", [this] { layers().openFile(ui::ValuesPanel::MergedTab); }},
            {"copy the manifests", [this] { trigger("Ctrl+Shift+Y"); }},
            {"render again", [this] { trigger("Ctrl+Shift+G"); }},
            {"add a values file", [this] { addValues(); }},
            {"open the values file", [this] { layers().openFile(m_valuesFile); }},
            {"type in the values file", [this] { type(*layers().currentEditor(), "#"); }},
            {"type on in the values file", [this] { type(*layers().currentEditor(), "#"); }},
            {"fold the values file", [this] { layers().currentEditor()->foldAll(true); }},
            {"unfold the values file", [this] { layers().currentEditor()->foldAll(false); }},
            {"Ctrl+End in the values file", [this] { key(*layers().currentEditor(), Qt::Key_End, Qt::ControlModifier); }},
            {"type at its end", [this] { type(*layers().currentEditor(), "#"); }},
            {"find in the values file", [this] { layers().currentEditor()->find(QStringLiteral("nowhere"), true, true); }},
            {"what is edited is dropped", [this] { m_charts.discard(m_valuesFile); }},
            {"the values file changes on the disk", [this] { changeOnDisk(); }},
            {"another colour scheme", [] { ui::theme().setChoice(ui::SchemeChoice::Light); }},
            {"close the chart", [this] { m_charts.close(); }},
        };
        m_look.start();
        next();
    }

private:
    [[nodiscard]] ui::OutputPanel &output() const { return *m_window.findChild<ui::OutputPanel *>(); }
    [[nodiscard]] ui::ValuesPanel &layers() const { return *m_window.findChild<ui::ValuesPanel *>(QStringLiteral("layers")); }

    static void key(ui::CodeEditor &editor, int key, Qt::KeyboardModifiers modifiers, const QString &text = {})
    {
        QKeyEvent press(QEvent::KeyPress, key, modifiers, text);
        QApplication::sendEvent(editor.focusProxy(), &press);
    }
    static void type(ui::CodeEditor &editor, const char *text)
    {
        if (QString::fromLatin1(text) != QLatin1String("#")) { // into the quotes of `tag: "1"`
            key(editor, Qt::Key_Home, Qt::ControlModifier);
            for (int i = 0; i < 6; ++i)
                key(editor, Qt::Key_Right, {});
        }
        key(editor, 0, {}, QString::fromLatin1(text));
    }

    void trigger(const char *keys) const
    {
        for (QAction *action : m_window.findChild<ui::ChartsPage *>()->actions()) {
            if (action->shortcut() == QKeySequence(QString::fromLatin1(keys)))
                action->trigger();
        }
    }

    void addValues()
    {
        engine::ChartInputs inputs = m_charts.inputs();
        inputs.valuesFiles.append({m_valuesFile, true});
        m_charts.setInputs(inputs);
    }

    void changeOnDisk() const
    {
        QFile file(m_valuesFile);
        if (file.open(QIODevice::Append))
            file.write("last: true\n");
    }

    void next()
    {
        (void)m_beats.takeWorst();
        (void)m_beats.takeBusy();
        m_since.restart();
        m_rest.restart();
        m_actions[m_at].run();
    }

    void look()
    {
        const bool isWorking = m_charts.state() == engine::ChartService::State::Loading
            || (m_charts.state() == engine::ChartService::State::Open && (m_charts.isRendering() || !m_charts.hasOrigins()));
        if (isWorking)
            m_rest.restart();
        if (m_rest.elapsed() < RestMs && m_since.elapsed() < MostMs)
            return;
        std::printf("%s\t%.1f\t%.1f\t%lld\n", m_actions[m_at].name, m_beats.takeWorst(), m_beats.takeBusy(), static_cast<long long>(m_since.elapsed() - m_rest.elapsed()));
        std::fflush(stdout);
        ++m_at;
        if (m_at == m_actions.size())
            QCoreApplication::quit();
        else
            next();
    }

    ui::MainWindow &m_window;
    engine::ChartService &m_charts;
    const QString m_chart;
    const QString m_valuesFile;
    std::vector<Action> m_actions;
    std::size_t m_at = 0;
    bench::Heartbeat m_beats {this};
    QTimer m_look;
    QElapsedTimer m_since; ///< The action began.
    QElapsedTimer m_rest;  ///< Nothing is on its way.
};

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    QCommandLineParser parser;
    parser.addOptions({
        {QStringLiteral("state"), QStringLiteral("Folder for the state."), QStringLiteral("FOLDER")},
        {QStringLiteral("chart"), QStringLiteral("Chart to open."), QStringLiteral("FOLDER")},
        {QStringLiteral("values"), QStringLiteral("Values file to add."), QStringLiteral("FILE")},
    });
    parser.process(application);
    ui::installTheme(application, ui::SchemeChoice::Dark);
    engine::EngineOptions options;
    options.stateFolder = parser.value(QStringLiteral("state"));
    options.kubeconfig = options.stateFolder + QStringLiteral("/none");
    QSettings settings(options.stateFolder + QStringLiteral("/window.ini"), QSettings::IniFormat);
    const std::unique_ptr<engine::Engine> engine = engine::createEngine(options);
    ui::MainWindow window(*engine, settings);
    window.addPages(ui::railPages(*engine));
    window.resize(1440, 900);
    window.openTarget(QStringLiteral("charts:"));
    window.show();
    Probe probe(window, *engine, parser.value(QStringLiteral("chart")), parser.value(QStringLiteral("values")));
    QTimer::singleShot(1000, &probe, &Probe::start);
    return QApplication::exec();
}

#include "chart_probe.moc"
