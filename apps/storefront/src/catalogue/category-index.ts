import type { components } from '@florin/client';
import { categorySlugs } from '@florin/values/slugs';

export type Category = components['schemas']['Category'];

/** A category at its place in the tree. */
export type CategoryNode = {
  id: string;
  name: string;
  description: string;
  /** Its address: `/c/clothing/shirts`. */
  path: string;
  /** From the top to its parent. */
  above: readonly CategoryNode[];
  children: readonly CategoryNode[];
};

export type CategoryIndex = {
  top: readonly CategoryNode[];
  byId: ReadonlyMap<string, CategoryNode>;
  /** By the part of the address behind `/c/`, decoded. */
  bySlugs: ReadonlyMap<string, CategoryNode>;
};

/** Finds the categories of a tree by id and by address. */
export function indexCategories(tree: readonly Category[]): CategoryIndex {
  const byId = new Map<string, CategoryNode>();
  const bySlugs = new Map<string, CategoryNode>();
  const place = (
    siblings: readonly Category[],
    above: readonly CategoryNode[],
    slugsAbove: readonly string[],
  ): CategoryNode[] => {
    const slugs = categorySlugs(siblings);
    return siblings.map((category) => {
      const own = [...slugsAbove, slugs.get(category.id) ?? ''];
      const children: CategoryNode[] = [];
      const { id, name, description } = category;
      const node: CategoryNode = { id, name, description, path: pathOf(own), above, children };
      byId.set(id, node);
      bySlugs.set(own.join('/'), node);
      children.push(...place(category.children ?? [], [...above, node], own));
      return node;
    });
  };
  return { top: place(tree, [], []), byId, bySlugs };
}

/** Finds the category of an address, whatever the case and the normal form in which it was typed. */
export function findCategory({ bySlugs }: CategoryIndex, slugs: string): CategoryNode | undefined {
  return bySlugs.get(slugs.normalize('NFC').toLowerCase().replace(/\/+$/, ''));
}

function pathOf(slugs: readonly string[]): string {
  return `/c/${slugs.map(encodeURIComponent).join('/')}`;
}
