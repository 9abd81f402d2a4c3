package cnn.onednn;

import cnn.program.Backend;
import cnn.program.BackendContract;
import cnn.program.Precision;

class OneDnnTest implements BackendContract {

    @Override
    public Backend backend() {
        return new OneDnn(Precision.FP32);
    }
}
