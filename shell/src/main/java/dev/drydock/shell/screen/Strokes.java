package dev.drydock.shell.screen;

import dev.drydock.shell.screen.Canvas.Cell;
import dev.drydock.shell.screen.Canvas.Stroke;

/** The character that shows the lines of a cell. */
final class Strokes {
    /** Indexed by the sides to which a line leaves: 1 north, 2 east, 4 south, 8 west. */
    private static final String LIGHT = " ╵╶╰╷│╭├╴╯─┴╮┤┬┼";

    private static final String DOUBLE = " ║═╚║║╔╠═╝═╩╗╣╦╬";
    /** Across double, up and down light. */
    private static final String DOUBLE_ACROSS = " ││╘││╒╞│╛═╧╕╡╤╪";
    /** Up and down double, across light. */
    private static final String DOUBLE_DOWN = " ║─╙║║╓╟─╜─╨╖╢╥╫";

    private Strokes() {}

    static String character(Cell cell, int x, boolean unicode) {
        int sides = 0;
        boolean across = false;
        boolean down = false;
        boolean broken = false;
        for (int side = 0; side < 4; side++) {
            Stroke stroke = cell.line(side);
            if (stroke != null) {
                sides |= 1 << side;
                broken |= stroke == Stroke.BROKEN;
                boolean twofold = stroke == Stroke.DOUBLE;
                across |= twofold && (side == Canvas.EAST || side == Canvas.WEST);
                down |= twofold && (side == Canvas.NORTH || side == Canvas.SOUTH);
            }
        }
        boolean straightAcross = (sides & 5) == 0;
        boolean straightDown = (sides & 10) == 0;
        if (!unicode) {
            return ascii(sides, x, across || down, broken, straightAcross, straightDown);
        }
        if (broken && sides != 0 && (straightAcross || straightDown)) {
            return straightAcross ? "╌" : "╎";
        }
        String table = across && down ? DOUBLE : across ? DOUBLE_ACROSS : down ? DOUBLE_DOWN : LIGHT;
        boolean plain = (across && straightAcross) || (down && straightDown);
        return String.valueOf((plain ? DOUBLE : table).charAt(sides));
    }

    private static String ascii(
            int sides, int x, boolean twofold, boolean broken, boolean straightAcross, boolean straightDown) {
        if (sides == 0) {
            return " ";
        }
        if (straightAcross) {
            return broken ? (x % 2 == 0 ? "-" : " ") : twofold ? "=" : "-";
        }
        if (straightDown) {
            return broken ? ":" : twofold ? "H" : "|";
        }
        return "+";
    }
}
