package cnn.image;

/**
 * What of a picture is resized.
 *
 * @param part of the picture that there is to the filter: what lies around it is not seen
 * @param box within that part which becomes the result; a filter that reaches over its edge sees the part around it
 */
record Region(Pixels pixels, Crop part, Crop box) {

    static Region whole(Pixels pixels) {
        Crop all = new Crop(0, 0, pixels.height(), pixels.width());
        return new Region(pixels, all, all);
    }

    /** Where in the picture's bytes a row of the part begins. */
    int at(int row) {
        return 3 * ((part.top() + row) * pixels.width() + part.left());
    }
}
