package cnn.report;

import cnn.evaluate.Explanation;
import cnn.image.Pixels;
import cnn.image.PngEncoder;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.stream.IntStream;

/** A picture beside itself with the heat over it, and a legend. */
public final class ExplanationPicture {
    private static final int MARGIN = 16;
    private static final int LEGEND_HEIGHT = 78;
    private static final int BAR_WIDTH = 180;
    private static final int BAR_HEIGHT = 12;
    private static final int GAP = 8;
    private static final String NONE = "speaks not for it";
    private static final String MOST = "speaks for it most";
    private static final Font BOLD = new Font(Font.SANS_SERIF, Font.BOLD, 18);

    private ExplanationPicture() {}

    /** The content of a PNG file. */
    public static byte[] png(Explanation explanation) {
        Pixels picture = explanation.picture();
        String title = "%s, %s"
                .formatted(
                        OneLine.of(explanation.prediction().label().name()),
                        Figure.percent(explanation.prediction().probability()));
        String words = "%s, Grad-CAM at %s (%dx%d)"
                .formatted(
                        OneLine.of(explanation.model()),
                        OneLine.of(explanation.layer()),
                        explanation.heat().height(),
                        explanation.heat().width());
        int legend = width(NONE, Plots.SMALL) + GAP + BAR_WIDTH + GAP + width(MOST, Plots.SMALL);
        int text = IntStream.of(width(title, BOLD), width(words, Plots.LABEL), legend)
                .max()
                .orElseThrow();
        int wide = Math.max(picture.width() * 2 + 3 * MARGIN, text + 2 * MARGIN);
        int top = picture.height() + 2 * MARGIN;
        BufferedImage sheet = new BufferedImage(wide, top + LEGEND_HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = sheet.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
        graphics.drawImage(image(picture), MARGIN, MARGIN, null);
        graphics.drawImage(
                image(HeatOverlay.over(picture, explanation.heat())), 2 * MARGIN + picture.width(), MARGIN, null);
        graphics.setColor(Theme.LIGHT.text());
        graphics.setFont(BOLD);
        graphics.drawString(title, MARGIN, top + 12);
        graphics.setFont(Plots.LABEL);
        graphics.setColor(Theme.LIGHT.quiet());
        graphics.drawString(words, MARGIN, top + 33);
        legend(graphics, MARGIN, top + 45);
        graphics.dispose();
        return PngEncoder.encode(sheet);
    }

    private static void legend(Graphics2D graphics, int left, int top) {
        graphics.setFont(Plots.SMALL);
        graphics.drawString(NONE, left, top + 11);
        int start = left + graphics.getFontMetrics().stringWidth(NONE) + GAP;
        for (int x = 0; x < BAR_WIDTH; x++) {
            graphics.setColor(HeatOverlay.colour(x / (BAR_WIDTH - 1.0)));
            graphics.fillRect(start + x, top, 1, BAR_HEIGHT);
        }
        graphics.setColor(Theme.LIGHT.quiet());
        graphics.drawString(MOST, start + BAR_WIDTH + GAP, top + 11);
    }

    private static int width(String text, Font font) {
        BufferedImage any = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = any.createGraphics();
        FontMetrics metrics = graphics.getFontMetrics(font);
        graphics.dispose();
        return metrics.stringWidth(text);
    }

    private static BufferedImage image(Pixels pixels) {
        BufferedImage image = new BufferedImage(pixels.width(), pixels.height(), BufferedImage.TYPE_INT_RGB);
        byte[] rgb = pixels.rgb();
        for (int i = 0; i < rgb.length; i += 3) {
            int colour = (rgb[i] & 0xff) << 16 | (rgb[i + 1] & 0xff) << 8 | (rgb[i + 2] & 0xff);
            image.setRGB(i / 3 % pixels.width(), i / 3 / pixels.width(), colour);
        }
        return image;
    }
}
