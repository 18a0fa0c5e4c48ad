package dev.drydock.engine.lab;

import java.lang.Character.UnicodeScript;

/** How many columns of a terminal a character takes. */
final class CharacterWidth {
    private CharacterWidth() {}

    static int of(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK -> 0;
            default -> isWide(codePoint) ? 2 : 1;
        };
    }

    private static boolean isWide(int c) {
        if (c < 0x1100) {
            return false;
        }
        boolean fullWidthForm = (c >= 0xFF01 && c <= 0xFF60) || (c >= 0xFFE0 && c <= 0xFFE6);
        boolean cjkSign = c >= 0x3000 && c <= 0x303E;
        boolean emoji = c >= 0x1F300 && c <= 0x1FAFF;
        if (fullWidthForm || cjkSign || emoji) {
            return true;
        }
        if (c >= 0xFF61 && c <= 0xFFDC) {
            return false;
        }
        UnicodeScript script = UnicodeScript.of(c);
        boolean jamoTail = c >= 0x1160 && c <= 0x11FF;
        return switch (script) {
            case HAN, HIRAGANA, KATAKANA, BOPOMOFO, YI -> true;
            case HANGUL -> !jamoTail;
            default -> false;
        };
    }
}
