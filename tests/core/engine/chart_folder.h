#pragma once

#include <QDir>
#include <QFile>
#include <QString>
#include <QTemporaryDir>

namespace fairway::test {

/// A chart in a temporary folder: a ConfigMap with values, a Secret with random data, a hook, a subchart under an alias, a schema.
class ChartFolder {
public:
    ChartFolder()
    {
        write("Chart.yaml",
            "apiVersion: v2\nname: checkout\nversion: 2.8.0\nappVersion: 4.12.0\ndependencies:\n"
            "- name: common\n  version: 1.0.0\n  alias: cache\n  repository: file://../common\n");
        write("values.yaml", "# defaults\nimage:\n  tag: \"4.11.0\"\ncanary:\n  weight: 0\nreplicas: 2\ncache:\n  size: 64Mi\n");
        write("values.schema.json",
            R"({"type":"object","properties":{"canary":{"type":"object","properties":{"weight":{"type":"integer","maximum":100}}}}})");
        write("templates/_helpers.tpl", "{{- define \"checkout.labels\" -}}\napp: checkout\nversion: {{ .Values.image.tag }}\n{{- end -}}\n");
        write("templates/configmap.yaml",
            "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Release.Name }}\n  namespace: {{ .Release.Namespace }}\n  labels:\n"
            "    {{- include \"checkout.labels\" . | nindent 4 }}\ndata:\n  weight: {{ .Values.canary.weight | quote }}\n");
        write("templates/secret.yaml",
            "apiVersion: v1\nkind: Secret\nmetadata:\n  name: {{ .Release.Name }}\nstringData:\n  key: {{ randAlphaNum 24 }}\n");
        write("templates/hook.yaml",
            "apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: migrate\n  annotations:\n    helm.sh/hook: pre-install\n    "
            "helm.sh/hook-weight: \"-5\"\n");
        write("charts/common/Chart.yaml", "apiVersion: v2\nname: common\nversion: 1.0.0\n");
        write("charts/common/values.yaml", "size: 32Mi\nttl: 60\n");
        write("charts/common/templates/cm.yaml",
            "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: cache\ndata:\n  size: {{ .Values.size }}\n  ttl: {{ .Values.ttl | quote }}\n");
    }

    void write(const char *name, const QByteArray &text) const { writeTo(path() + QLatin1Char('/') + QString::fromLatin1(name), text); }
    /// A file beside the chart; its absolute path.
    QString beside(const char *name, const QByteArray &text) const
    {
        const QString file = m_folder.path() + QLatin1Char('/') + QString::fromLatin1(name);
        writeTo(file, text);
        return file;
    }
    [[nodiscard]] QByteArray read(const char *name) const
    {
        QFile file(path() + QLatin1Char('/') + QString::fromLatin1(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    [[nodiscard]] QString path() const { return m_folder.path() + QStringLiteral("/checkout"); }

private:
    static void writeTo(const QString &file, const QByteArray &text)
    {
        QDir().mkpath(file.section(QLatin1Char('/'), 0, -2));
        QFile out(file);
        if (!out.open(QIODevice::WriteOnly | QIODevice::Truncate) || out.write(text) != text.size())
            qFatal("%s can't be written", qPrintable(file));
    }

    QTemporaryDir m_folder;
};

} // namespace fairway::test
