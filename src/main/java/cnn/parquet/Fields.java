package cnn.parquet;

import cnn.files.FileNames;
import java.util.List;
import java.util.function.Consumer;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.GroupType;

/** The fields of a row, or of a group within it, as they are told to the library: by name, in the order of the schema. */
record Fields(RecordConsumer to, GroupType type) {

    /** Text whose bytes that are no UTF-8 stand as {@code \xff}, as in csv. */
    void text(String name, String value) {
        field(name, () -> to.addBinary(Binary.fromString(FileNames.visible(value))));
    }

    void number(String name, long value) {
        field(name, () -> to.addLong(value));
    }

    void integer(String name, int value) {
        field(name, () -> to.addInteger(value));
    }

    void decimal(String name, float value) {
        field(name, () -> to.addFloat(value));
    }

    void flag(String name, boolean value) {
        field(name, () -> to.addBoolean(value));
    }

    void floats(String name, float[] values) {
        list(name, values.length, i -> to.addFloat(values[i]));
    }

    void texts(String name, List<String> values) {
        list(name, values.size(), i -> to.addBinary(Binary.fromString(FileNames.visible(values.get(i)))));
    }

    <T> void groups(String name, List<T> values, Element<T> element) {
        GroupType of = type.getType(name)
                .asGroupType()
                .getType(0)
                .asGroupType()
                .getType(0)
                .asGroupType();
        list(name, values.size(), i -> {
            to.startGroup();
            element.put(values.get(i), new Fields(to, of));
            to.endGroup();
        });
    }

    /** Tells the fields of one element. */
    interface Element<T> {
        void put(T value, Fields fields);
    }

    private interface Indexed {
        void put(int index);
    }

    private void field(String name, Runnable value) {
        int index = type.getFieldIndex(name);
        to.startField(name, index);
        value.run();
        to.endField(name, index);
    }

    /** As Parquet has lists: a group of a repeated group of elements; of none, the outer group alone. */
    private void list(String name, int size, Indexed elements) {
        field(name, () -> {
            to.startGroup();
            if (size > 0) {
                to.startField("list", 0);
                for (int i = 0; i < size; i++) {
                    to.startGroup();
                    to.startField("element", 0);
                    elements.put(i);
                    to.endField("element", 0);
                    to.endGroup();
                }
                to.endField("list", 0);
            }
            to.endGroup();
        });
    }

    static void row(TableWriter table, GroupType schema, Consumer<Fields> fields) {
        table.add(to -> {
            to.startMessage();
            fields.accept(new Fields(to, schema));
            to.endMessage();
        });
    }
}
