package dev.drydock.verify.change;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The common rules of two lists, in the same order.
 *
 * @param kept for each index of the earlier list, whether the rule is common
 * @param stayed for each index of the later list, whether the rule is common
 * @param lastStayed the last common index of the later list; -1 where there is none
 */
record CommonRules(boolean[] kept, boolean[] stayed, int lastStayed) {
    /** Up to so many comparisons the longest common subsequence is computed exactly. */
    private static final int EXACT = 250_000;

    static CommonRules of(List<String> was, List<String> is) {
        boolean[] kept = new boolean[was.size()];
        boolean[] stayed = new boolean[is.size()];
        int start = 0;
        int wasEnd = was.size();
        int isEnd = is.size();
        while (start < wasEnd && start < isEnd && was.get(start).equals(is.get(start))) {
            start++;
        }
        while (wasEnd > start && isEnd > start && was.get(wasEnd - 1).equals(is.get(isEnd - 1))) {
            wasEnd--;
            isEnd--;
        }
        Arrays.fill(kept, 0, start, true);
        Arrays.fill(stayed, 0, start, true);
        Arrays.fill(kept, wasEnd, was.size(), true);
        Arrays.fill(stayed, isEnd, is.size(), true);
        int[] partners = (long) (wasEnd - start) * (isEnd - start) <= EXACT
                ? exact(was.subList(start, wasEnd), is.subList(start, isEnd))
                : increasing(was.subList(start, wasEnd), is.subList(start, isEnd));
        for (int i = 0; i < partners.length; i++) {
            if (partners[i] >= 0) {
                kept[start + i] = true;
                stayed[start + partners[i]] = true;
            }
        }
        int last = stayed.length - 1;
        while (last >= 0 && !stayed[last]) {
            last--;
        }
        return new CommonRules(kept, stayed, last);
    }

    /** For each rule of the earlier list its index in the later list, or -1. The longest common subsequence; quadratic in time and memory. */
    private static int[] exact(List<String> was, List<String> is) {
        int[][] most = new int[was.size() + 1][is.size() + 1];
        for (int i = was.size() - 1; i >= 0; i--) {
            for (int j = is.size() - 1; j >= 0; j--) {
                most[i][j] = was.get(i).equals(is.get(j))
                        ? most[i + 1][j + 1] + 1
                        : Math.max(most[i + 1][j], most[i][j + 1]);
            }
        }
        int[] partners = new int[was.size()];
        Arrays.fill(partners, -1);
        int i = 0;
        int j = 0;
        while (i < was.size() && j < is.size()) {
            if (was.get(i).equals(is.get(j))) {
                partners[i++] = j++;
            } else if (most[i + 1][j] >= most[i][j + 1]) {
                i++;
            } else {
                j++;
            }
        }
        return partners;
    }

    /**
     * An approximation of {@link #exact} in nearly linear time: equal rules are paired in order, and of the pairs the longest increasing sequence
     * is taken. It is exact where no rule occurs twice.
     */
    private static int[] increasing(List<String> was, List<String> is) {
        Map<String, Deque<Integer>> later = new HashMap<>();
        for (int j = 0; j < is.size(); j++) {
            later.computeIfAbsent(is.get(j), none -> new ArrayDeque<>()).add(j);
        }
        int[] pairs = new int[was.size()];
        int[] before = new int[was.size()];
        // ends[n]: of the parts of n + 1 pairs, the one whose last index in the later list is least
        int[] ends = new int[was.size()];
        int longest = 0;
        for (int i = 0; i < was.size(); i++) {
            Deque<Integer> places = later.get(was.get(i));
            pairs[i] = places == null || places.isEmpty() ? -1 : places.remove();
            if (pairs[i] < 0) {
                continue;
            }
            int low = 0;
            int high = longest;
            while (low < high) {
                int middle = (low + high) / 2;
                if (pairs[ends[middle]] < pairs[i]) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            before[i] = low == 0 ? -1 : ends[low - 1];
            ends[low] = i;
            longest = Math.max(longest, low + 1);
        }
        int[] partners = new int[was.size()];
        Arrays.fill(partners, -1);
        for (int i = longest == 0 ? -1 : ends[longest - 1]; i >= 0; i = before[i]) {
            partners[i] = pairs[i];
        }
        return partners;
    }
}
