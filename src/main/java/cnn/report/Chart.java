package cnn.report;

import cnn.image.PngEncoder;
import java.awt.Dimension;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.apache.batik.svggen.SVGGraphics2DIOException;
import org.jfree.chart.JFreeChart;
import org.w3c.dom.Document;

/**
 * A chart that can be drawn as SVG and as PNG, in light and in dark colours.
 *
 * @param name of its files, without suffix
 * @param title what it shows, in a few words
 * @param drawing makes the chart in the colours of a theme
 * @param width in CSS pixels
 * @param height in CSS pixels
 */
record Chart(String name, String title, Function<Theme, JFreeChart> drawing, int width, int height) {
    private static final int PIXELS_PER_PIXEL = 2;

    /** An SVG document in UTF-8. */
    byte[] svg(Theme theme) {
        SVGGraphics2D graphics = new SVGGraphics2D(context(), false);
        graphics.setSVGCanvasSize(new Dimension(width, height));
        drawing.apply(theme).draw(graphics, new Rectangle2D.Double(0, 0, width, height));
        StringWriter text = new StringWriter();
        try {
            var root = graphics.getRoot();
            root.setAttributeNS(null, "viewBox", "0 0 " + width + " " + height);
            graphics.stream(root, text, true, false);
        } catch (SVGGraphics2DIOException e) {
            throw new UncheckedIOException("a text in memory cannot fail", e);
        } finally {
            graphics.dispose();
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** A PNG file of twice the width and height, for screens with fine pixels and for print. */
    byte[] png(Theme theme) {
        BufferedImage image =
                new BufferedImage(PIXELS_PER_PIXEL * width, PIXELS_PER_PIXEL * height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.scale(PIXELS_PER_PIXEL, PIXELS_PER_PIXEL);
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        drawing.apply(theme).draw(graphics, new Rectangle2D.Double(0, 0, width, height));
        graphics.dispose();
        return PngEncoder.encode(image);
    }

    private static SVGGeneratorContext context() {
        try {
            Document document = DocumentBuilderFactory.newDefaultNSInstance()
                    .newDocumentBuilder()
                    .getDOMImplementation()
                    .createDocument("http://www.w3.org/2000/svg", "svg", null);
            SVGGeneratorContext context = SVGGeneratorContext.createDefault(document);
            context.setComment(null);
            context.setPrecision(2);
            return context;
        } catch (ParserConfigurationException e) {
            throw new LinkageError("this Java has no XML documents", e);
        }
    }
}
