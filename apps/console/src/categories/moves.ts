type Node = { id: string; children?: readonly Node[] };

/** The ids of a category and of all below it: it cannot move there. */
export function withDescendants(node: Node): readonly string[] {
  return [node.id, ...(node.children ?? []).flatMap(withDescendants)];
}
