package cnn.zoo;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** How many letters must be put in, taken out or changed to make one word of another (Levenshtein 1966). */
public final class EditDistance {

    private EditDistance() {}

    /** The words nearest to one, the nearest first; case does not matter. */
    public static List<String> nearest(String word, List<String> words, int atMost) {
        String plain = word.toLowerCase(Locale.ROOT);
        return words.stream()
                .sorted(Comparator.comparingInt(known -> between(plain, known.toLowerCase(Locale.ROOT))))
                .limit(atMost)
                .toList();
    }

    static int between(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
