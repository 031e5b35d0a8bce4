package io.github.counterfoil.webdesk;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Writes pictures of pages with few colours, so that they are small. */
final class Pictures {
    private Pictures() {}

    static void write(Path file, byte[] png) throws IOException {
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(png));
        int[] indexes = new int[picture.getWidth() * picture.getHeight()];
        Map<Integer, Integer> colours = new LinkedHashMap<>();
        int step = 8;
        do {
            colours.clear();
            for (int i = 0; i < indexes.length; i++) {
                int colour = coarse(picture.getRGB(i % picture.getWidth(), i / picture.getWidth()), step);
                Integer index = colours.putIfAbsent(colour, colours.size());
                indexes[i] = index == null ? colours.size() - 1 : index;
            }
            step += 4;
        } while (colours.size() > 256);
        int[] palette = colours.keySet().stream().mapToInt(colour -> colour).toArray();
        IndexColorModel model = new IndexColorModel(8, palette.length, palette, 0, false, -1, DataBuffer.TYPE_BYTE);
        BufferedImage small =
                new BufferedImage(picture.getWidth(), picture.getHeight(), BufferedImage.TYPE_BYTE_INDEXED, model);
        small.getRaster().setPixels(0, 0, picture.getWidth(), picture.getHeight(), indexes);
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        ImageWriteParam smallest = writer.getDefaultWriteParam();
        smallest.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        smallest.setCompressionQuality(0);
        Files.deleteIfExists(file);
        try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(small, null, null), smallest);
        } finally {
            writer.dispose();
        }
    }

    private static int coarse(int colour, int step) {
        int coarse = 0xff000000;
        for (int shift = 0; shift < 24; shift += 8) {
            int part = colour >> shift & 255;
            coarse |= Math.min(255, (part + step / 2) / step * step) << shift;
        }
        return coarse;
    }
}
