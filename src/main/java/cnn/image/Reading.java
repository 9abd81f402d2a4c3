package cnn.image;

/**
 * How the pictures of a training were read: what makes others look to the network as those did.
 *
 * @param autoOrient whether the EXIF orientation was applied
 */
public record Reading(Loading loading, boolean autoOrient) {}
