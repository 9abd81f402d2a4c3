package cnn.image;

import java.util.List;

/** Pictures of one size side by side, as a sheet for people. */
public final class PictureGrid {
    private static final int GAP = 4;
    private static final byte[] WHITE = {-1, -1, -1};

    private PictureGrid() {}

    /**
     * One picture of many, row by row, with white lines between them.
     *
     * @param pictures at least one, all of one size
     * @param columns at least 1
     */
    public static Pixels of(List<Pixels> pictures, int columns) {
        int width = pictures.get(0).width();
        int height = pictures.get(0).height();
        if (!pictures.stream().allMatch(picture -> picture.width() == width && picture.height() == height)) {
            throw new IllegalArgumentException("pictures of several sizes");
        }
        int rows = (pictures.size() + columns - 1) / columns;
        Pixels sheet =
                new Pixels(1, 1, WHITE).on(columns * (width + GAP) - GAP, rows * (height + GAP) - GAP, 0, 0, WHITE);
        for (int i = 0; i < pictures.size(); i++) {
            sheet.put(pictures.get(i), i / columns * (height + GAP), i % columns * (width + GAP));
        }
        return sheet;
    }
}
