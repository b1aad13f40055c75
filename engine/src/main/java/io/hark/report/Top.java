package io.hark.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/// The first few of many, without sorting the rest: a page shows dozens of a hundred thousand.
public final class Top {

    private Top() {}

    /// So many at most, in that order.
    public static <T> List<T> of(Iterable<T> all, Comparator<? super T> order, int most) {
        var worstFirst = new PriorityQueue<T>(most + 1, order.reversed());
        for (T one : all) {
            if (worstFirst.size() < most) {
                worstFirst.add(one);
            } else if (most > 0 && order.compare(one, worstFirst.element()) < 0) {
                worstFirst.remove();
                worstFirst.add(one);
            }
        }
        List<T> top = new ArrayList<>(worstFirst);
        top.sort(order);
        return top;
    }
}
