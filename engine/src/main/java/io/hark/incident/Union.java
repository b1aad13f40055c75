package io.hark.incident;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Sets of numbers that are joined, with the links that joined them.
///
/// *Source*: Tarjan: Efficiency of a good but not linear set union algorithm (1975); the smallest
/// number is the root, so that it does not depend on the order of joining.
///
/// *Thread*: one owner.
final class Union {

    private final int[] parent;
    private final List<Link> links = new ArrayList<>();
    private final List<Integer> members = new ArrayList<>(); // one of each link

    Union(int size) {
        parent = new int[size];
        for (int i = 0; i < size; i++) {
            parent[i] = i;
        }
    }

    /// The smallest number of the set that `i` is in.
    int root(int i) {
        int root = i;
        while (parent[root] != root) {
            root = parent[root];
        }
        while (parent[i] != root) { // next time the way is short
            int above = parent[i];
            parent[i] = root;
            i = above;
        }
        return root;
    }

    /// Makes one set of two; what is one already needs no further link.
    void join(int a, int b, Link link) {
        int one = root(a);
        int other = root(b);
        if (one != other) {
            parent[Math.max(one, other)] = Math.min(one, other);
            links.add(link);
            members.add(a);
        }
    }

    /// The links of every set by its root, in the order they were made.
    Map<Integer, List<Link>> links() {
        Map<Integer, List<Link>> within = new HashMap<>();
        for (int i = 0; i < links.size(); i++) {
            within.computeIfAbsent(root(members.get(i)), _ -> new ArrayList<>()).add(links.get(i));
        }
        return within;
    }
}
