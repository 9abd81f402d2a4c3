package cnn.onednn;

import cnn.program.Backend;
import cnn.program.BackendContract;
import cnn.program.Precision;
import cnn.program.TrainingContract;

class OneDnnTest implements BackendContract, TrainingContract {

    @Override
    public Backend backend() {
        return new OneDnn(Precision.FP32);
    }
}
