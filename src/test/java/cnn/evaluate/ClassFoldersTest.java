package cnn.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cnn.UserError;
import cnn.zoo.Labels;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClassFoldersTest {

    @Test
    void saysHowToNameFoldersForAModelWithoutNames() {
        ClassFolders folders = new ClassFolders("m.h5", Labels.numbered(3));
        assertThat(folders.indices(List.of("class_0", "class_2"))).containsExactly(0, 2);
        assertThatThrownBy(() -> folders.indices(List.of("cats")))
                .isInstanceOf(UserError.class)
                .hasMessage(
                        "m.h5 knows no class 'cats'; it tells 3 classes apart and has no names for them: name the "
                                + "folders class_0 to class_2, in the order of its outputs (of Keras: the folders' names, sorted)");
    }
}
