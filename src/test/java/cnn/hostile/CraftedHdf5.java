package cnn.hostile;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A sound Keras file of the earliest HDF5 layout, some of whose datasets are made to lie elsewhere: in another file (external
 * storage, external links), in pieces (virtual datasets), or nowhere (links in a circle). See the HDF5 File Format
 * Specification, version 3: IV.A.2.g (links), IV.A.2.h (external data files), IV.A.2.i (layout).
 */
final class CraftedHdf5 {
    private static final int END_OF_FILE = 0x28;
    /** Layout message, version 3, contiguous, as h5py writes it, and the start of the header of a group without attributes. */
    private static final byte[] LAYOUT =
            new Bytes().hex("0800 1800 00 000000 03 01").done();

    private static final byte[] PLAIN_GROUP =
            new Bytes().hex("01 00 0100 01000000 18000000 00000000 1100 1000").done();

    private final byte[] sound;

    CraftedHdf5(byte[] sound) {
        this.sound = sound;
    }

    /** By name; each must be refused. */
    Map<String, byte[]> all() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        List<Integer> layouts = places(LAYOUT);
        for (int which : new int[] {0, 1, layouts.size() - 1}) {
            files.put(
                    "external storage in other.h5, dataset " + which, external(layouts.get(which), "other.h5", false));
            files.put(
                    "external storage, address kept, dataset " + which, external(layouts.get(which), "other.h5", true));
        }
        files.put("external storage in /etc/passwd", external(layouts.get(0), "/etc/passwd", false));
        files.put("external storage in /dev/zero", external(layouts.get(0), "/dev/zero", false));
        for (int which : new int[] {0, 1, layouts.size() - 1}) {
            files.put("virtual dataset " + which, virtual(layouts.get(which)));
        }
        int groups = places(PLAIN_GROUP).size();
        files.putAll(links("conv1", 0, "kernel:0"));
        files.putAll(links("conv_dw_1", 2, "depthwise_kernel:0"));
        files.putAll(links("predictions", groups - 1, "kernel:0", "bias:0"));
        return files;
    }

    /** The message that names other files goes where h5py left room behind the layout. */
    private byte[] external(int layout, String name, boolean keepAddress) {
        Bytes heapAndName = new Bytes().raw(sound);
        long heap = sound.length;
        int names = 16 + name.length() / 8 * 8;
        heapAndName
                .text("HEAP")
                .le32(0)
                .le64(names)
                .le64(1)
                .le64(heap + 32)
                .zeros(8)
                .text(name)
                .zeros(names - 8 - name.length());
        ByteBuffer file = buffer(heapAndName.done());
        file.putLong(END_OF_FILE, file.capacity());
        if (!keepAddress) {
            file.putLong(layout + 10, -1);
        }
        int gap = layout + 8 + 24;
        int gapBytes = file.getShort(gap + 2) - 48;
        long bytes = file.getLong(layout + 18);
        file.position(gap);
        file.put(new Bytes()
                .hex("0700 2800 00 000000 01 000000 0100 0100")
                .le64(heap)
                .le64(8)
                .le64(0)
                .le64(bytes)
                .done());
        file.put(new Bytes().hex("0000").le16(gapBytes).done());
        return file.array();
    }

    /** A layout of version 4, of class virtual, whose mapping lies in a global heap that is not one. */
    private byte[] virtual(int layout) {
        ByteBuffer file = buffer(sound.clone());
        file.position(layout + 8);
        file.put(new Bytes().hex("04 03").le64(2048).le32(1).zeros(10).done());
        return file.array();
    }

    /** The datasets of a layer replaced by links of every kind. */
    private Map<String, byte[]> links(String layer, int group, String... names) {
        String path = "/model_weights/" + layer + "/" + layer + "/";
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put(
                "external link to other.h5, " + layer,
                linked(group, name -> externalLink(name, "other.h5", path + name), names));
        files.put(
                "external link to nothing, " + layer,
                linked(group, name -> externalLink(name, "/nowhere.h5", path + name), names));
        files.put(
                "external link to /dev/zero, " + layer,
                linked(group, name -> externalLink(name, "/dev/zero", path + name), names));
        files.put("soft link to itself, " + layer, linked(group, name -> softLink(name, path + name), names));
        return files;
    }

    /** The group of that number replaced by one that holds nothing but links. */
    private byte[] linked(int group, Function<String, byte[]> link, String... names) {
        int header = places(PLAIN_GROUP).get(group);
        long end = sound.length;
        Bytes messages = new Bytes();
        messages.hex("0200 1800 00 000000 00 00").le64(-1).le64(-1).zeros(6);
        messages.hex("0a00 0800 00 000000").zeros(8);
        for (String name : names) {
            byte[] body = link.apply(name);
            messages.le16(6).le16((body.length + 7) / 8 * 8).zeros(4).raw(body).zeros((8 - body.length % 8) % 8);
        }
        Bytes longer =
                new Bytes().raw(sound).hex("01 00").le16(2 + names.length).le32(1);
        longer.le32(messages.size()).le32(0).raw(messages.done());
        ByteBuffer file = buffer(longer.done());
        file.putLong(END_OF_FILE, file.capacity());
        for (int at : places(new Bytes().le64(header).le32(1).done())) {
            file.putLong(at, end).putInt(at + 8, 0);
        }
        return file.array();
    }

    private static byte[] externalLink(String name, String file, String path) {
        Bytes link = new Bytes().hex("01 08 40").one(name.length()).text(name).le16(file.length() + path.length() + 3);
        return link.one(0).text(file).one(0).text(path).one(0).done();
    }

    private static byte[] softLink(String name, String path) {
        return new Bytes()
                .hex("01 08 01")
                .one(name.length())
                .text(name)
                .le16(path.length())
                .text(path)
                .done();
    }

    private List<Integer> places(byte[] pattern) {
        List<Integer> places = new ArrayList<>();
        for (int at = 0; at + pattern.length <= sound.length; at++) {
            if (Arrays.equals(sound, at, at + pattern.length, pattern, 0, pattern.length)) {
                places.add(at);
            }
        }
        return places;
    }

    private static ByteBuffer buffer(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
