#include "tests/core/engine/chart_folder.h"
#include "tests/widgets/fake_engine.h"
#include "widgets/theme/theme.h"
#include "widgets/values/value_form.h"
#include "widgets/values/value_form_model.h"

#include <QApplication>
#include <QPixmap>
#include <QTimer>
#include <QTreeView>

// Draws the form of a chart into a picture, to be held beside the design: value_form_preview OUT.png [dark|light] [CHART] [VALUE]
int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    const QStringList args = app.arguments();
    using namespace fairway;
    ui::installTheme(app, args.value(2) == QLatin1String("light") ? ui::SchemeChoice::Light : ui::SchemeChoice::Dark).setMotion(false);
    const test::ChartFolder sample;
    test::FakeEngine engine;
    engine.chartService.open(args.size() > 3 ? args[3] : sample.path());
    ui::ValueForm form(engine.chartService);
    form.resize(460, 860);
    form.show();
    form.setFile(QStringLiteral("values.yaml"));
    QTimer::singleShot(1500, &app, [&] {
        form.showValue(args.value(4, QStringLiteral("canary.weight")));
        form.view().setFocus();
    });
    QTimer::singleShot(2200, &app, [&] {
        form.grab().save(args.value(1, QStringLiteral("form.png")));
        QApplication::quit();
    });
    return QApplication::exec();
}
