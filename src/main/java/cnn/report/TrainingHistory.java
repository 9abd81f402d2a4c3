package cnn.report;

import cnn.train.EpochRow;
import java.util.ArrayList;
import java.util.List;

/**
 * The epochs of a training as csv: {@code epoch,loss,accuracy,val_loss,val_accuracy}, the phase where there are several, and
 * {@code val_macro_f1}.
 *
 * @param withPhase whether to add the column
 */
public record TrainingHistory(boolean withPhase) {

    /** The whole file: equal rows, equal text. */
    public String csv(List<EpochRow> rows) {
        StringBuilder text = new StringBuilder(
                line("phase", List.of("epoch", "loss", "accuracy", "val_loss", "val_accuracy"), "val_macro_f1"));
        for (EpochRow row : rows) {
            text.append(line(
                    row.phase(),
                    List.of(
                            String.valueOf(row.epoch()),
                            number(row.loss()),
                            number(row.accuracy()),
                            number(row.valLoss()),
                            number(row.valAccuracy())),
                    number(row.valMacroF1())));
        }
        return text.toString();
    }

    private String line(String phase, List<String> fields, String last) {
        List<String> all = new ArrayList<>(fields);
        if (withPhase) {
            all.add(phase);
        }
        all.add(last);
        return Csv.row(all.toArray(String[]::new));
    }

    private static String number(double value) {
        return SignificantDigits.of((float) value);
    }
}
