package cnn.cli;

import cnn.advise.Advice;
import cnn.advise.AdviceRequest;
import cnn.advise.Proposal;
import cnn.files.ScratchFolder;
import cnn.report.AdviceText;
import cnn.train.TrainingFiles;
import cnn.train.TrainingRequest;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * {@code train --auto}: asks for advice and does what it proposes.
 *
 * @param asked all that the advice does not choose
 * @param budget how long all may take
 */
record AutoTraining(TrainingJob job, TrainingRequest asked, Duration budget) {
    private static final int SHARE_OF_ADVICE = 2;
    private static final double NANOS = 1e9;

    int run(Main.Streams streams) {
        job.check(streams);
        long start = System.nanoTime();
        AdviceRequest request = new AdviceRequest(
                asked.data(),
                List.of(),
                asked.validationSplit(),
                asked.model().seed(),
                budget.dividedBy(SHARE_OF_ADVICE),
                asked.images());
        Advice advice = AdviseCommand.advise(
                request,
                job.model().weightStore(job.talk()),
                job.cacheOptions().open(job.talk()),
                job.options(),
                job.compute().threads(),
                job.talk());
        return follow(advice, (budget.toNanos() - (System.nanoTime() - start)) / NANOS, streams);
    }

    /** @param left seconds */
    int follow(Advice advice, double left, Main.Streams streams) {
        Talk talk = job.talk();
        advice.leftOut().forEach(talk::note);
        talk.note("chosen: " + AdviceText.proposed(advice));
        talk.note("fine-tuning: " + AdviceText.fineTuning(advice.trial()));
        boolean tuned = advice.trial().pays() && advice.trial().secondsPredicted() <= left;
        if (advice.trial().pays() && !tuned) {
            talk.note("fine-tuning does not fit into --budget: it would take %.0f s, and %.0f s are left"
                    .formatted(advice.trial().secondsPredicted(), left));
        }
        Proposal proposal = new Proposal(advice, asked, AdviceText.chosen(advice, tuned));
        return tuned ? tuned(proposal, streams) : job.run(streams, proposal.head());
    }

    private int tuned(Proposal proposal, Main.Streams streams) {
        try (ScratchFolder folder = ScratchFolder.open()) {
            Path head = folder.file("head.zip");
            Main.Streams silent =
                    new Main.Streams(streams.in(), OutputStream.nullOutputStream(), streams.err(), streams.terminal());
            int code = job.into(new TrainingFiles(head)).run(silent, proposal.head());
            return code == 0 ? job.run(streams, proposal.tuning(head)) : code;
        }
    }
}
