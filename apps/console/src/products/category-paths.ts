type Node = { id: string; name: string; children?: readonly Node[] };

/** A category and the names from the top down to it, such as `Clothing › Shirts`. */
export type CategoryPath = { id: string; path: string; depth: number };

/** The categories of a tree in its order, each before its children. */
export function pathsOf(tree: readonly Node[], above: readonly string[] = []): readonly CategoryPath[] {
  return tree.flatMap(({ id, name, children = [] }) => {
    const names = [...above, name];
    return [{ id, path: names.join(' › '), depth: above.length }, ...pathsOf(children, names)];
  });
}
