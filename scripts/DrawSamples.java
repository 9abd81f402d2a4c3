/*
 * Draws the sample pictures under sample-images/.
 *
 * Why: a new user needs pictures to try the tool on, free of anybody else's rights. These are drawn by the program
 * below, and yet networks that were trained on photographs see in them what people see.
 *
 * Run from the project's root: java scripts/DrawSamples.java [OUTPUT_DIR]     (default: sample-images)
 *
 * Needs a JDK only. There are no fonts in it, as they differ between machines, and chance is seeded: one JDK draws the
 * same bytes each time. To add a picture, write a method that draws on a Canvas, list it in PICTURES, run the program,
 * and add the label to SampleImagesTest, which holds the files to this program and the network to the labels.
 */

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.LinearGradientPaint;
import java.awt.Paint;
import java.awt.RadialGradientPaint;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

final class DrawSamples {
    private static final List<Picture> PICTURES = List.of(
            new Picture("airliner.jpg", 640, 480, DrawSamples::airliner),
            new Picture("analog-clock.png", 480, 480, DrawSamples::analogClock),
            new Picture("basketball.jpg", 640, 480, DrawSamples::basketball),
            new Picture("container-ship.jpg", 640, 480, DrawSamples::containerShip),
            new Picture("crossword-puzzle.png", 480, 480, DrawSamples::crosswordPuzzle),
            new Picture("daisy.jpg", 640, 480, DrawSamples::daisy),
            new Picture("hot-air-balloon.jpg", 640, 480, DrawSamples::hotAirBalloon),
            new Picture("jack-o-lantern.jpg", 640, 480, DrawSamples::jackOLantern),
            new Picture("traffic-light.png", 480, 480, DrawSamples::trafficLight),
            new Picture("trailer-truck.jpg", 640, 480, DrawSamples::trailerTruck));

    /** The digits 0 to 9, each in a box 4 wide and 6 high. */
    private static final List<String> DIGITS = List.of(
            "M 2 0 C 4.6 0 4.6 6 2 6 C -0.6 6 -0.6 0 2 0 Z",
            "M 0.9 1.3 L 2.3 0 L 2.3 6",
            "M 0.2 1.6 C 0.4 -0.6 4 -0.5 3.8 1.8 C 3.6 3.4 1 4.4 0 6 L 4 6",
            "M 0.3 0.9 C 1 -0.4 3.7 -0.3 3.6 1.5 C 3.6 2.6 2.6 2.8 1.6 2.8"
                    + " C 2.8 2.8 3.9 3.2 3.9 4.3 C 3.9 6.4 0.8 6.6 0.1 5",
            "M 3 6 L 3 0 L 0 4.2 L 4 4.2",
            "M 3.6 0 L 0.8 0 L 0.4 2.7 C 1.5 1.8 4 2 3.9 4.1 C 3.8 6.4 0.9 6.6 0.1 5.1",
            "M 3.4 0.5 C 1.6 -0.6 0.2 1.6 0.1 4 C 0.1 6.7 3.9 6.7 3.9 4 C 3.9 1.9 0.6 1.7 0.1 4",
            "M 0 0 L 4 0 L 1.4 6",
            "M 2 2.8 C 0 2.8 0 0 2 0 C 4 0 4 2.8 2 2.8 C -0.6 2.8 -0.6 6 2 6 C 4.6 6 4.6 2.8 2 2.8 Z",
            "M 0.6 5.5 C 2.4 6.6 3.8 4.4 3.9 2 C 3.9 -0.7 0.1 -0.7 0.1 2 C 0.1 4.1 3.4 4.3 3.9 2");

    /** The same from either end, as crosswords are. */
    private static final List<String> CROSSWORD = List.of(
            ".....#.....#...",
            ".....#.....#...",
            "...........#...",
            "....#...#......",
            "###....#....###",
            "......#....#...",
            "...#.......#...",
            ".....#...#.....",
            "...#.......#...",
            "...#....#......",
            "###....#....###",
            "......#...#....",
            "...#...........",
            "...#.....#.....",
            "...#.....#.....");

    private DrawSamples() {}

    public static void main(String[] args) throws IOException {
        System.setProperty("java.awt.headless", "true");
        Path directory = Files.createDirectories(Path.of(args.length == 0 ? "sample-images" : args[0]));
        for (Picture picture : PICTURES) {
            picture.writeTo(directory);
        }
    }

    private static void airliner(Canvas c) {
        c.fill(c.all(), down(0, 480, 0x3a7cc4, 0xb4d8f0));
        c.cloud(120, 385, 90);
        c.cloud(540, 405, 90);
        c.graphics.rotate(Math.toRadians(-9), 320, 240);
        c.fill(path("M 305 215 L 268 128 L 288 126 L 385 215 Z"), down(126, 215, 0x7c8894, 0xb0bcc8));
        c.fill(path("M 95 215 L 52 120 L 92 120 L 168 205 Z"), across(52, 168, 0x183c88, 0x2c58b0));
        Shape fuselage = path("M 70 228 C 120 200 200 200 260 200 L 510 200 C 570 202 606 232 606 244"
                + " C 600 262 560 268 510 268 L 240 268 C 160 266 100 248 70 228 Z");
        c.fill(fuselage, down(200, 268, 0xffffff, 0xf0f4f8, 0x8c9aa8));
        c.stroke(path("M 100 238 L 604 246"), 4, 0x2c58b0);
        for (int window = 0; window < 29; window++) {
            c.fill(rounded(190 + window * 12, 220, 6, 8, 4), 0x283848);
        }
        for (double x : new double[] {170, 550}) {
            c.stroke(rounded(x - 6, 214, 11, 26, 6), 1.2, 0x98a4b0);
        }
        c.fill(path("M 566 215 L 586 224 L 580 231 L 562 227 Z"), 0x182430);
        c.fill(path("M 90 232 L 30 270 L 56 274 L 150 246 Z"), across(30, 150, 0x98a4b0, 0xc8d4e0));
        c.fill(path("M 330 250 L 160 372 L 192 376 L 420 258 Z"), linear(160, 376, 420, 250, 0xd8e0e8, 0x8896a4));
        c.fill(rounded(300, 284, 82, 36, 34), down(284, 320, 0xf4f8fc, 0x6a7886));
        c.fill(oval(370, 285, 14, 34), 0x202830);
    }

    private static void analogClock(Canvas c) {
        c.fill(c.all(), linear(0, 0, 480, 480, 0x4c687c, 0x1c2c3a));
        Shape rim = circle(240, 236, 206);
        c.shadow(rim, 8, 14, 22, 0.5);
        c.fill(rim, linear(90, 80, 390, 400, 0xffffff, 0x70747a));
        c.fill(circle(240, 236, 190), linear(90, 80, 390, 400, 0x606468, 0xf0f4f8));
        c.fill(circle(240, 236, 182), radial(210, 190, 260, 0xffffff, 0xe4e2dc));
        for (int minute = 0; minute < 60; minute++) {
            boolean full = minute % 5 == 0;
            c.stroke(ray(240, 236, full ? 158 : 166, 174, minute * 6), full ? 6 : 2, 0x151515);
        }
        for (int hour = 1; hour <= 12; hour++) {
            Point2D centre = polar(240, 236, 130, hour * 30);
            double width = c.numberWidth(hour, 30);
            c.number(hour, centre.getX() - width / 2, centre.getY() - 15, 30, 5, 0x151515);
        }
        clockHand(c, 305, 84, 11);
        clockHand(c, 54, 136, 8);
        c.stroke(ray(240, 236, -34, 150, 200), 3, 0xc01818);
        c.fill(circle(240, 236, 9), 0xc01818);
        c.fill(circle(240, 236, 3), 0x501010);
    }

    private static void clockHand(Canvas c, double degrees, double length, double width) {
        Shape hand = new BasicStroke((float) width).createStrokedShape(ray(240, 236, -26, length, degrees));
        c.shadow(hand, 4, 6, 5, 0.35);
        c.fill(hand, 0x111111);
    }

    private static void basketball(Canvas c) {
        c.fill(c.all(), down(0, 300, 0x54402c, 0x8a6a48));
        c.fill(box(0, 300, 640, 180), down(300, 480, 0xa87848, 0xd8a468));
        for (int board = -12; board <= 12; board++) {
            c.stroke(line(320 + board * 50, 300, 320 + board * 110, 480), 1.5, 0x80503014);
        }
        c.shadow(oval(190, 385, 320, 44), 0, 0, 26, 0.6);
        Shape ball = circle(320, 230, 190);
        c.fill(ball, radial(255, 150, 290, 0xf8a050, 0xd86a20, 0x6a2a08));
        for (int pimple = 0; pimple < 9000; pimple++) {
            Point2D at = polar(320, 230, 188 * Math.sqrt(c.random.nextDouble()), c.random.nextDouble() * 360);
            c.fill(circle(at.getX(), at.getY(), 1.3), pimple % 2 == 0 ? 0x30ffd090 : 0x40401000);
        }
        Shape seams = path("M 130 200 C 220 270 400 290 510 220 M 300 40 C 380 120 390 330 330 420"
                + " M 170 110 C 260 140 280 300 210 390 M 440 80 C 400 180 430 330 480 340");
        c.fill(common(stroked(at(seams, 2, 3, 0), 9), ball), 0x40ffc080);
        c.fill(common(stroked(seams, 9), ball), 0x201008);
    }

    private static void containerShip(Canvas c) {
        c.fill(c.all(), down(0, 330, 0x6aa4d8, 0xe0eef6));
        c.cloud(250, 70, 60);
        c.cloud(520, 100, 60);
        sea(c, 330);
        int[] colours = {0xc03024, 0x2858a0, 0xd88a20, 0x3a7a48, 0x8c9098, 0xe0dcd0, 0x70303c};
        for (int column = 0; column < 12; column++) {
            for (int level = 1; level <= 2 + (column * 5 + 2) % 3; level++) {
                container(c, 150 + column * 34, 272 - level * 24, colours[c.random.nextInt(colours.length)]);
            }
        }
        c.fill(box(70, 130, 72, 145), across(70, 142, 0xffffff, 0xd0d4d8));
        for (int window = 0; window < 25; window++) {
            c.fill(box(76 + window % 5 * 13, 142 + window / 5 * 24, 9, 8), 0x304050);
        }
        c.fill(box(60, 122, 90, 8), 0xe8ecf0);
        c.fill(box(84, 84, 30, 38), across(84, 114, 0xd83c28, 0x8c1c10));
        c.stroke(path("M 130 122 L 130 70 M 590 255 L 590 190"), 4, 0xd8dce0);
        c.fill(
                path(
                        "M 40 270 L 560 270 L 575 250 L 625 250 C 610 300 600 330 590 352 L 60 352 C 46 330 40 300 40 270 Z"),
                down(250, 352, 0x24406c, 0x142440));
        c.fill(path("M 49 325 L 600 325 L 590 352 L 60 352 Z"), down(325, 352, 0xa83024, 0x701c14));
        c.stroke(path("M 20 354 C 120 346 200 360 300 352 C 400 346 520 360 620 350"), 6, 0xc0ffffff);
    }

    private static void sea(Canvas c, double top) {
        c.fill(box(0, top, 640, 480 - top), down(top, 480, 0x4a84a8, 0x1c4a6c));
        for (int wave = 0; wave < 500; wave++) {
            double nearness = c.random.nextDouble();
            double x = c.random.nextDouble() * 640;
            double y = top + nearness * nearness * (480 - top) + 2;
            double length = 6 + nearness * 30;
            Shape crest = path("M %s %s Q %s %s %s %s", x, y, x + length / 2, y - 1 - 3 * nearness, x + length, y);
            c.stroke(crest, 1 + nearness, c.random.nextBoolean() ? 0x50d8ecf8 : 0x50082038);
        }
    }

    private static void container(Canvas c, double x, double y, int colour) {
        c.fill(box(x, y, 33, 23), colour);
        for (int rib = 1; rib < 6; rib++) {
            c.stroke(line(x + rib * 5.5, y + 1, x + rib * 5.5, y + 22), 1, 0x40000000);
        }
    }

    private static void crosswordPuzzle(Canvas c) {
        c.fill(c.all(), 0xf4f1e8);
        int clue = 0;
        for (int row = 0; row < 15; row++) {
            for (int column = 0; column < 15; column++) {
                double x = 22 + column * 29;
                double y = 22 + row * 29;
                Shape square = box(x, y, 29, 29);
                c.fill(square, isBlack(row, column) ? 0x161616 : 0xfffefa);
                c.stroke(square, 1.4, 0x303030);
                if (!isBlack(row, column) && (isBlack(row, column - 1) || isBlack(row - 1, column))) {
                    clue++;
                    c.number(clue, x + 3, y + 3.5, 6.5, 1, 0x202020);
                }
            }
        }
        c.stroke(box(22, 22, 435, 435), 4, 0x101010);
    }

    private static boolean isBlack(int row, int column) {
        return row < 0 || column < 0 || CROSSWORD.get(row).charAt(column) == '#';
    }

    private static void daisy(Canvas c) {
        blurredMeadow(c);
        c.stroke(path("M 330 260 C 350 340 340 420 360 490"), 14, across(330, 350, 0x78a040, 0x3c6420));
        for (int petal = 0; petal < 38; petal++) {
            boolean front = petal >= 19;
            double angle = petal * 360.0 / 19 + (front ? 9 : 0) + c.random.nextDouble() * 5;
            double length = (front ? 168 : 180) + c.random.nextDouble() * 18;
            Shape outline =
                    at(path("M 0 -20 C -34 -80 -30 %s 0 %1$s C 30 %1$s 34 -80 0 -20 Z", -length), 320, 225, angle);
            c.shadow(outline, 2, 3, 4, 0.3);
            Point2D tip = polar(320, 225, length, angle);
            c.fill(outline, linear(320, 225, tip.getX(), tip.getY(), 0xc4c8c0, 0xffffff, 0xf4f4f4));
            c.stroke(ray(320, 225, 50, length - 25, angle), 1, 0x40a0a8a0);
        }
        c.shadow(circle(320, 225, 52), 2, 4, 8, 0.4);
        c.fill(circle(320, 225, 54), radial(308, 210, 62, 0xffe040, 0xf0b808, 0xb07804));
        int[] colours = {0xfff080, 0xd89a08, 0xf4c818};
        double goldenAngle = 137.508;
        for (int floret = 0; floret < 420; floret++) {
            Point2D at = polar(320, 225, 52 * Math.sqrt(floret / 420.0), floret * goldenAngle);
            c.fill(circle(at.getX(), at.getY(), 2.4), colours[c.random.nextInt(3)]);
        }
    }

    private static void blurredMeadow(Canvas c) {
        c.fill(c.all(), 0x2c5a1c);
        for (int blob = 0; blob < 160; blob++) {
            double x = c.random.nextDouble() * 640;
            double y = c.random.nextDouble() * 480;
            double radius = 30 + c.random.nextDouble() * 90;
            int colour = c.random.nextBoolean() ? 0x8ab04a : 0x1c3a12;
            c.fill(circle(x, y, radius), radial(x, y, radius, 0x58000000 | colour, 0x01000000 | colour));
        }
    }

    private static void hotAirBalloon(Canvas c) {
        c.fill(c.all(), down(0, 480, 0x2f78c8, 0xb8dcf4));
        c.cloud(110, 360, 80);
        c.cloud(560, 310, 90);
        c.cloud(550, 90, 50);
        c.stroke(path("M 285 330 L 303 400 M 355 330 L 337 400 M 310 338 L 312 400 M 330 338 L 328 400"), 2, 0x302418);
        c.fill(rounded(298, 398, 44, 36, 8), across(298, 342, 0xa87440, 0x5a3818));
        for (int i = 0; i < 5; i++) {
            c.stroke(line(299, 404 + i * 7, 341, 404 + i * 7), 1.5, 0x80402810);
        }
        int[] colours = {0xd82018, 0xf8a010, 0xf8e020, 0x28a040, 0x1858c0, 0x7028a0, 0xd82018};
        double[] seams = {-1, -0.86, -0.62, -0.24, 0.24, 0.62, 0.86, 1};
        for (int gore = 0; gore < 7; gore++) {
            c.fill(envelope(seams[gore], seams[gore + 1]), colours[gore]);
        }
        c.fill(envelope(-1, 1), radial(260, 110, 280, 0x60ffffff, 0x00ffffff, 0x90000010));
        c.fill(oval(282, 328, 76, 14), 0x60201008);
    }

    /** The part of the balloon between two seams; -1 is its left edge, 1 its right. */
    private static Shape envelope(double left, double right) {
        return path(
                "M 320 26 C %s 26 %s 230 %s 336 L %s 336 C %s 230 %s 26 320 26 Z",
                320 + left * 200,
                320 + left * 190,
                320 + left * 38,
                320 + right * 38,
                320 + right * 190,
                320 + right * 200);
    }

    private static void jackOLantern(Canvas c) {
        c.fill(c.all(), radial(320, 300, 460, 0x3a2414, 0x060404));
        c.fill(box(0, 360, 640, 120), down(360, 480, 0x54321a, 0x1a0e06));
        c.shadow(oval(165, 380, 315, 36), 0, 0, 18, 0.8);
        c.fill(
                path("M 292 120 C 306 80 296 56 276 38 L 316 26 C 346 56 346 90 352 120 Z"),
                across(276, 350, 0x7a8a3a, 0x38441a));
        for (double x : new double[] {-140, 140, -102, 102, -56, 56, 0}) {
            double width = 150 - Math.abs(x) * 0.2;
            double height = 312 - Math.abs(x) * Math.abs(x) * 0.0042;
            c.fill(
                    oval(322 + x - width / 2, 255 - height / 2, width, height),
                    radial(322 + x - 12, 215, height / 2, 0xffa030, 0xf07a10, 0x9a3c04));
        }
        Shape face = path("M 190 225 L 240 155 L 285 230 Z M 360 230 L 405 155 L 455 225 Z"
                + " M 300 275 L 322 235 L 345 275 Z"
                + " M 165 285 L 205 305 L 215 290 L 250 300 L 255 322 L 285 322 L 287 308 L 355 308 L 357 322 L 388 322"
                + " L 392 300 L 430 290 L 440 305 L 480 285 C 470 360 400 385 390 383 L 388 362 L 358 366 L 355 388"
                + " L 290 388 L 287 366 L 258 360 L 252 380 C 220 370 175 345 165 285 Z");
        c.fill(face, radial(322, 300, 190, 0xfffbd0, 0xffd23c, 0xf08a10));
        c.stroke(face, 6, 0x8a3a06);
        c.fill(circle(322, 300, 260), radial(322, 300, 260, 0x50ffc040, 0x00ff8000));
    }

    private static void trafficLight(Canvas c) {
        c.fill(c.all(), down(0, 480, 0x6fa3d8, 0xd5e6f2));
        c.cloud(80, 120, 60);
        c.cloud(420, 330, 70);
        c.fill(box(228, 400, 24, 80), across(228, 252, 0x555a55, 0x202420));
        Shape housing = rounded(165, 36, 150, 376, 30);
        c.fill(housing, across(165, 315, 0x3a3f3c, 0x141615));
        c.stroke(housing, 4, 0x0c0d0c);
        lamp(c, 106, 0xff5a3c, 0xd00808);
        c.fill(circle(240, 106, 90), radial(240, 106, 90, 0x60ff4020, 0x00ff4020));
        lamp(c, 228, 0x4a3c10, 0x2a220a);
        lamp(c, 350, 0x123a22, 0x0a2214);
    }

    private static void lamp(Canvas c, double y, int light, int dark) {
        c.fill(circle(240, y, 52), down(y - 52, y + 52, 0x050505, 0x454a47));
        c.fill(circle(240, y, 44), radial(232, y - 8, 60, light, dark));
        Shape visor = path("M 182 %s C 182 %2$s 298 %2$s 298 %1$s C 290 %3$s 190 %3$s 182 %1$s Z", y, y - 74, y - 54);
        c.fill(visor, across(182, 298, 0x4a504c, 0x101211));
    }

    private static void trailerTruck(Canvas c) {
        c.fill(c.all(), down(0, 330, 0x5a98d4, 0xdcecf6));
        c.cloud(130, 65, 60);
        c.cloud(520, 70, 50);
        c.fill(path("M 0 300 C 160 270 400 290 640 280 L 640 350 L 0 350 Z"), down(280, 350, 0x6a8a4a, 0x4a6a30));
        c.fill(box(0, 345, 640, 135), down(345, 480, 0x6a6a6c, 0x48484a));
        c.stroke(path("M 0 452 L 180 452 M 260 452 L 440 452 M 520 452 L 640 452"), 6, 0xe8e4d0);
        c.shadow(oval(30, 386, 580, 14), 0, 0, 10, 0.7);
        c.fill(box(36, 332, 540, 20), 0x1c1c20);
        Shape trailer = box(20, 160, 420, 174);
        c.fill(trailer, down(160, 334, 0xffffff, 0xd4d8dc));
        for (int rib = 1; rib < 24; rib++) {
            c.stroke(line(20 + rib * 17.5, 162, 20 + rib * 17.5, 332), 1, 0x60808890);
        }
        c.stroke(trailer, 3, 0x909498);
        c.fill(box(20, 318, 420, 14), across(20, 440, 0xb02018, 0x801410));
        c.fill(path("M 292 334 L 300 334 L 300 378 L 308 386 L 284 386 L 292 378 Z"), 0x28282c);
        c.fill(rounded(446, 140, 8, 195, 6), across(446, 454, 0xf0f4f8, 0x70767c));
        Shape cab = path("M 460 345 L 460 160 C 462 146 474 140 490 140 L 532 146 C 556 150 566 166 572 184"
                + " L 596 262 L 602 345 Z");
        c.fill(cab, down(140, 345, 0xe83828, 0xa01810));
        c.fill(path("M 510 184 L 552 187 L 573 248 L 510 248 Z"), linear(500, 180, 570, 248, 0x90b8d0, 0x283c4c));
        c.stroke(path("M 502 175 L 502 330 M 502 258 L 590 258"), 2, 0x60400808);
        c.fill(box(512, 268, 20, 6), 0x301010);
        c.fill(rounded(584, 288, 20, 20, 8), 0xfff4c0);
        c.fill(rounded(573, 328, 38, 26, 8), down(328, 354, 0xd0d4d8, 0x60646a));
        for (double x : new double[] {66, 134, 376, 444, 556}) {
            c.fill(circle(x, 361, 32), radial(x, 361, 32, 0x303034, 0x141416));
            c.fill(circle(x, 361, 16), radial(x - 4, 355, 19, 0xf0f0f4, 0x70747a));
            c.fill(circle(x, 361, 6), 0x303236);
        }
    }

    private static Shape box(double x, double y, double width, double height) {
        return new Rectangle2D.Double(x, y, width, height);
    }

    private static Shape rounded(double x, double y, double width, double height, double arc) {
        return new RoundRectangle2D.Double(x, y, width, height, arc, arc);
    }

    private static Shape oval(double x, double y, double width, double height) {
        return new Ellipse2D.Double(x, y, width, height);
    }

    private static Shape circle(double x, double y, double radius) {
        return oval(x - radius, y - radius, 2 * radius, 2 * radius);
    }

    private static Shape line(double x1, double y1, double x2, double y2) {
        return new Line2D.Double(x1, y1, x2, y2);
    }

    /** A line towards {@code degrees}, clockwise from twelve o'clock, between two distances from a centre. */
    private static Shape ray(double x, double y, double from, double to, double degrees) {
        return new Line2D.Double(polar(x, y, from, degrees), polar(x, y, to, degrees));
    }

    private static Point2D polar(double x, double y, double distance, double degrees) {
        double angle = Math.toRadians(degrees);
        return new Point2D.Double(x + distance * Math.sin(angle), y - distance * Math.cos(angle));
    }

    /** A path written as in SVG, but only with absolute M, L, Q, C and Z, and a blank between any two words of it. */
    private static Shape path(String format, Object... numbers) {
        Path2D path = new Path2D.Double();
        Iterator<String> words =
                Arrays.asList(format.formatted(numbers).split(" ")).iterator();
        while (words.hasNext()) {
            switch (words.next()) {
                case "M" -> path.moveTo(next(words), next(words));
                case "L" -> path.lineTo(next(words), next(words));
                case "Q" -> path.quadTo(next(words), next(words), next(words), next(words));
                case "C" -> path.curveTo(next(words), next(words), next(words), next(words), next(words), next(words));
                case "Z" -> path.closePath();
                default -> throw new IllegalArgumentException(format);
            }
        }
        return path;
    }

    private static double next(Iterator<String> words) {
        return Double.parseDouble(words.next());
    }

    private static Shape at(Shape shape, double x, double y, double degrees) {
        AffineTransform place = AffineTransform.getTranslateInstance(x, y);
        place.rotate(Math.toRadians(degrees));
        return place.createTransformedShape(shape);
    }

    private static Shape stroked(Shape shape, double width) {
        return new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND).createStrokedShape(shape);
    }

    private static Shape common(Shape one, Shape other) {
        Area area = new Area(one);
        area.intersect(new Area(other));
        return area;
    }

    private static Paint across(double left, double right, int... colours) {
        return linear(left, 0, right, 0, colours);
    }

    private static Paint down(double top, double bottom, int... colours) {
        return linear(0, top, 0, bottom, colours);
    }

    private static Paint linear(double x1, double y1, double x2, double y2, int... colours) {
        return new LinearGradientPaint((float) x1, (float) y1, (float) x2, (float) y2, stops(colours), colors(colours));
    }

    private static Paint radial(double x, double y, double radius, int... colours) {
        return new RadialGradientPaint((float) x, (float) y, (float) radius, stops(colours), colors(colours));
    }

    private static float[] stops(int[] colours) {
        float[] stops = new float[colours.length];
        for (int i = 0; i < stops.length; i++) {
            stops[i] = (float) i / (stops.length - 1);
        }
        return stops;
    }

    /** A gradient is translucent if one of its colours has an alpha. */
    private static Color[] colors(int[] colours) {
        boolean translucent = Arrays.stream(colours).anyMatch(colour -> colour >>> 24 != 0);
        return Arrays.stream(colours)
                .mapToObj(colour -> new Color(colour, translucent))
                .toArray(Color[]::new);
    }

    private record Picture(String name, int width, int height, Consumer<Canvas> drawing) {
        void writeTo(Path directory) throws IOException {
            Canvas canvas = new Canvas(width, height);
            drawing.accept(canvas);
            ImageWriter writer = ImageIO.getImageWritersBySuffix(name.substring(name.lastIndexOf('.') + 1))
                    .next();
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            if (name.endsWith(".jpg")) {
                parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                parameters.setCompressionQuality(0.9f);
            }
            Path file = directory.resolve(name);
            Files.deleteIfExists(file);
            try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
                writer.setOutput(out);
                writer.write(null, new IIOImage(canvas.image, null, null), parameters);
            } finally {
                writer.dispose();
            }
        }
    }

    /** What is drawn on. Colours are 0xRRGGBB, or 0xAARRGGBB with an alpha above 0. */
    private static final class Canvas {
        final BufferedImage image;
        final Graphics2D graphics;
        final Random random = new Random(1);

        Canvas(int width, int height) {
            image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
            graphics = image.createGraphics();
            graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        }

        Shape all() {
            return box(0, 0, image.getWidth(), image.getHeight());
        }

        void fill(Shape shape, Paint paint) {
            graphics.setPaint(paint);
            graphics.fill(shape);
        }

        void fill(Shape shape, int colour) {
            fill(shape, colors(new int[] {colour})[0]);
        }

        void stroke(Shape shape, double width, Paint paint) {
            fill(stroked(shape, width), paint);
        }

        void stroke(Shape shape, double width, int colour) {
            fill(stroked(shape, width), colour);
        }

        /** Darkens what is under a shape, moved, by up to {@code strength}, and fades out {@code blur} pixels around. */
        void shadow(Shape shape, double dx, double dy, int blur, double strength) {
            Shape moved = at(shape, dx, dy, 0);
            int alpha = (int) Math.round(255 * (1 - Math.pow(1 - strength, 1.0 / blur)));
            for (int i = 1; i <= blur; i++) {
                Area layer = new Area(moved);
                layer.add(new Area(stroked(moved, 2 * i)));
                fill(layer, alpha << 24);
            }
        }

        void cloud(double x, double y, double size) {
            for (int puff = 0; puff < 40; puff++) {
                double puffX = x + random.nextGaussian() * size * 0.7;
                double puffY = y + random.nextGaussian() * size * 0.2;
                double radius = size * (0.25 + 0.3 * random.nextDouble());
                fill(circle(puffX, puffY, radius), radial(puffX, puffY, radius, 0x50ffffff, 0x00ffffff));
            }
        }

        /** A number with its upper left corner at a point. */
        void number(int value, double x, double y, double height, double width, int colour) {
            double scale = height / 6;
            for (char digit : Integer.toString(value).toCharArray()) {
                AffineTransform place = AffineTransform.getTranslateInstance(x, y);
                place.scale(scale, scale);
                stroke(place.createTransformedShape(path(DIGITS.get(digit - '0'))), width, colour);
                x += 5.4 * scale;
            }
        }

        double numberWidth(int value, double height) {
            return (Integer.toString(value).length() * 5.4 - 1.4) * height / 6;
        }
    }
}
