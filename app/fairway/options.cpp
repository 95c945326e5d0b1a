#include "app/fairway/options.h"

#include <QCommandLineParser>

#include <cstdio>
#include <cstdlib>

namespace fairway::ui {
namespace {

[[noreturn]] void refuse(const QString &text)
{
    std::fprintf(stderr, "fairway: %s\n", qPrintable(text));
    std::exit(2);
}

int whole(const QCommandLineParser &parser, const QString &name, int most)
{
    const QString text = parser.value(name);
    bool isNumber = false;
    const int value = text.toInt(&isNumber);
    if (!isNumber || value < 0 || value > most)
        refuse(QStringLiteral("--%1 %2: not a whole number from 0 to %3").arg(name, text).arg(most));
    return value;
}

QString oneOf(const QCommandLineParser &parser, const QString &name, const QStringList &allowed)
{
    const QString text = parser.value(name);
    if (!text.isEmpty() && !allowed.contains(text))
        refuse(QStringLiteral("--%1 %2: not one of %3").arg(name, text, allowed.join(QStringLiteral(", "))));
    return text;
}

} // namespace

SchemeChoice schemeFrom(const QString &name)
{
    if (name == QLatin1String("dark"))
        return SchemeChoice::Dark;
    return name == QLatin1String("light") ? SchemeChoice::Light : SchemeChoice::Desktop;
}

Options readOptions(const QStringList &arguments)
{
    const auto s = [](const char *text) { return QString::fromLatin1(text); };
    QCommandLineParser parser;
    parser.setApplicationDescription(s("Sees, rehearses and steers the traffic of a Kubernetes cluster."));
    const QCommandLineOption help = parser.addHelpOption();
    const QCommandLineOption version = parser.addVersionOption();
    parser.addOptions({
        {s("lab"), s("Open on the practice cluster, which runs inside this program.")},
        {s("lab-pods"), s("Generated pods in the practice cluster."), s("N"), s("0")},
        {s("lab-churn"), s("Changes per second among them."), s("R"), s("0")},
        {s("lab-kubeconfig"), s("Where to leave the practice cluster's kubeconfig, for kubectl and others."), s("FILE")},
        {s("kubeconfig"), s("Kubeconfig file; else KUBECONFIG, then ~/.kube/config."), s("FILE")},
        {s("context"), s("Context to open; else the kubeconfig's current-context."), s("NAME")},
        {s("state"), s("Folder for settings and the journal; else the desktop's."), s("FOLDER")},
        {s("scheme"), s("dark, light or desktop."), s("SCHEME")},
        {s("language"), s("en or zh_CN."), s("LANGUAGE")},
        {s("open"), s("Place to open, e.g. routes:VirtualService/shop/reviews."), s("TARGET")},
        {s("chart"), s("Chart to open: a folder or a .tgz."), s("PATH")},
        {s("size"), s("Size of the window, e.g. 1440x900."), s("WxH")},
        {s("screenshot"), s("Write a picture of the window when it has loaded, and end."), s("FILE")},
    });
    if (!parser.parse(arguments))
        refuse(parser.errorText());
    if (parser.isSet(help))
        parser.showHelp(0);
    if (parser.isSet(version))
        parser.showVersion();
    if (!parser.positionalArguments().isEmpty())
        refuse(QStringLiteral("unexpected argument %1").arg(parser.positionalArguments().first()));

    Options options;
    options.engine.startLab = parser.isSet(s("lab"));
    options.engine.labPods = whole(parser, s("lab-pods"), 100000);
    options.engine.labChurn = whole(parser, s("lab-churn"), 10000);
    options.engine.labKubeconfig = parser.value(s("lab-kubeconfig"));
    options.engine.kubeconfig = parser.value(s("kubeconfig"));
    options.engine.initialContext = parser.value(s("context"));
    options.engine.stateFolder = parser.value(s("state"));
    options.scheme = oneOf(parser, s("scheme"), {s("dark"), s("light"), s("desktop")});
    options.language = oneOf(parser, s("language"), {s("en"), s("zh_CN")});
    options.screenshot = parser.value(s("screenshot"));
    options.open = parser.value(s("open"));
    options.chart = parser.value(s("chart"));
    if (const QString size = parser.value(s("size")); !size.isEmpty()) {
        options.size = {size.section(QLatin1Char('x'), 0, 0).toInt(), size.section(QLatin1Char('x'), 1).toInt()};
        if (options.size.width() < 640 || options.size.height() < 400 || options.size.width() > 8192
            || options.size.height() > 8192)
            refuse(QStringLiteral("--size %1: not WIDTHxHEIGHT between 640x400 and 8192x8192").arg(size));
    }
    return options;
}

} // namespace fairway::ui
