/** Parents and children of a file that wait for each other. */
export type Families<Parent, Child> = {
  /** Keeps a child until its parent comes. */
  holdChild(key: string, child: Child): void;
  /** Keeps a parent until its first child comes. Returns the parent with the same key that it replaces. */
  holdParent(key: string, parent: Parent): Parent | undefined;
  takeChildren(key: string): Child[];
  takeParent(key: string): Parent | undefined;
  /** Whether the bound is exceeded: call `takeAll`. */
  isFull(): boolean;
  /** Takes everything that is held, in the order in which it came. */
  takeAll(): { parents: Parent[]; children: { key: string; children: Child[] }[] };
};

const MAX_HELD = 20_000;
/** In UTF-16 units of text. */
const MAX_HELD_LENGTH = 8_000_000;

/** Bounds what a file may make the reader hold: the number of rows and the length of their text. */
export function createFamilies<Parent extends { length: number }, Child extends { length: number }>(): Families<Parent, Child> {
  const parents = new Map<string, Parent>();
  const children = new Map<string, Child[]>();
  let count = 0;
  let length = 0;
  const add = (sign: 1 | -1, held: { length: number }): void => {
    count += sign;
    length += sign * held.length;
  };
  const families: Families<Parent, Child> = {
    holdChild(key, child) {
      const known = children.get(key);
      if (known === undefined) children.set(key, [child]);
      else known.push(child);
      add(1, child);
    },
    holdParent(key, parent) {
      const replaced = families.takeParent(key);
      parents.set(key, parent);
      add(1, parent);
      return replaced;
    },
    takeChildren(key) {
      const taken = children.get(key) ?? [];
      children.delete(key);
      for (const child of taken) add(-1, child);
      return taken;
    },
    takeParent(key) {
      const taken = parents.get(key);
      parents.delete(key);
      if (taken !== undefined) add(-1, taken);
      return taken;
    },
    isFull: () => count > MAX_HELD || length > MAX_HELD_LENGTH,
    takeAll() {
      const taken = {
        parents: [...parents.values()],
        children: Array.from(children, ([key, children]) => ({ key, children })),
      };
      parents.clear();
      children.clear();
      [count, length] = [0, 0];
      return taken;
    },
  };
  return families;
}
