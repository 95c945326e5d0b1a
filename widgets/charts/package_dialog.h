#pragma once

#include "core/engine/chart_library.h"
#include "core/engine/chart_packager.h"
#include "core/engine/charts.h"
#include "widgets/common/dialogs.h"

class QCheckBox;
class QProgressBar;

namespace fairway::ui {

class TextLabel;

/// Packs the open chart: versions, folder, signature; asks before it replaces a file; shows what came of it, and what failed, in place.
class PackageDialog final : public ActionDialog {
    Q_OBJECT
public:
    /// `folder`: where the package goes unless the user says otherwise.
    PackageDialog(engine::ChartService &charts, const QString &folder, QWidget *parent);

Q_SIGNALS:
    void packaged(const QString &path);
    void saveRequested(); ///< Of all texts that are not saved.

private:
    enum class Step { Asking, Running, Asked, Done };
    QWidget *buildForm(const QString &folder);
    QWidget *buildResult();
    QWidget *buildPush();
    void push();
    void takePushed(const QString &reference, const QString &digest, const QString &problem);
    void run();
    void take(const engine::PackageOutcome &outcome);
    void setStep(Step step);
    void tell(const QString &sentence, bool isBad);
    void refresh();
    [[nodiscard]] QString whyNot() const;

    engine::ChartService &m_charts;
    engine::ChartPackager m_packager;
    engine::ChartLibrary m_library;
    Step m_step = Step::Asking;
    QWidget *m_form = nullptr;
    QWidget *m_unsaved = nullptr;
    QLineEdit *m_version = nullptr;
    QLineEdit *m_appVersion = nullptr;
    QLineEdit *m_folder = nullptr;
    QCheckBox *m_sign = nullptr;
    QWidget *m_signing = nullptr;
    QLineEdit *m_key = nullptr;
    QLineEdit *m_keyring = nullptr;
    QLineEdit *m_passphrase = nullptr;
    QProgressBar *m_progress = nullptr;
    TextLabel *m_message = nullptr;
    QWidget *m_result = nullptr;
    TextLabel *m_path = nullptr;
    QLineEdit *m_registry = nullptr;
    QCheckBox *m_plainHttp = nullptr;
    QPushButton *m_push = nullptr;
};

} // namespace fairway::ui
