import type { Finding } from './finding.ts';

/** A variant that was requested, however often it was sent and by however many clients. */
export type WantedVariant = {
  parentId: string;
  size: string;
  /** Opening stock. */
  stock: number;
  /** Number of requests that were answered 201. */
  created: number;
  /** Number of requests without an answer, or with one that does not say whether they were applied. */
  lost: number;
};

export type StoredVariant = { id: string; parentId: string; size: string };
export type StoredParent = { id: string; stock: number; movements: number };

export type StoredVariants = { variants: readonly StoredVariant[]; parents: readonly StoredParent[] };

export type VariantHistory = ReturnType<typeof createVariantHistory>;

/** Records the variants that were added, and the products that options were given to, with the answers. */
export function createVariantHistory() {
  const wanted = new Map<string, WantedVariant>();
  /** The parent that an answer named, by the product that became a variant. */
  const given = new Map<string, string>();
  const violations: Finding[] = [];
  const violated = (check: string, subject: string, detail: string): void => void violations.push({ check, subject, detail });
  return {
    violations,
    counts: () => ({ variants: wanted.size, given: given.size }),
    violated,

    /** The variant of a request. Several requests may want the same one. */
    want(parentId: string, size: string, stock: number): WantedVariant {
      const key = `${parentId} ${size}`;
      const known = wanted.get(key) ?? { parentId, size, stock, created: 0, lost: 0 };
      wanted.set(key, known);
      return known;
    },

    /** A request was answered 201. */
    created(variant: WantedVariant): void {
      variant.created++;
      if (variant.created > 1)
        violated('a variant is created once', variant.parentId, `${variant.size} was created ${variant.created} times`);
    },

    /** Options were given to a product: an answer named its parent. */
    gave(productId: string, parentId: string): void {
      const known = given.get(productId);
      if (known !== undefined && known !== parentId)
        violated('a product gets options once', productId, `the parents ${known} and ${parentId} were answered`);
      given.set(productId, parentId);
    },

    /** A purchase of a product with options was accepted. */
    soldParent: (parentId: string): void => violated('a product with options is not sold', parentId, 'a purchase was accepted'),

    check({ variants, parents }: StoredVariants): Finding[] {
      return [...checkVariants([...wanted.values()], variants), ...checkGiven(given, variants), ...checkParents(parents)];
    },
  };
}

function checkVariants(wanted: readonly WantedVariant[], stored: readonly StoredVariant[]): Finding[] {
  const counts = new Map<string, number>();
  for (const { parentId, size } of stored) counts.set(`${parentId} ${size}`, (counts.get(`${parentId} ${size}`) ?? 0) + 1);
  const findings: Finding[] = [];
  for (const { parentId, size, created, lost } of wanted) {
    const found = counts.get(`${parentId} ${size}`) ?? 0;
    const detail = `${size}: ${found} stored, ${created} answered, ${lost} without an answer`;
    if (created > 0 && found === 0) findings.push({ check: 'an answered variant is kept', subject: parentId, detail });
    if (found > 1) findings.push({ check: 'a variant is stored once', subject: parentId, detail });
    if (found > 0 && created + lost === 0)
      findings.push({ check: 'a rejected variant is not stored', subject: parentId, detail });
  }
  return findings;
}

function checkGiven(given: ReadonlyMap<string, string>, stored: readonly StoredVariant[]): Finding[] {
  const parents = new Map(stored.map(({ id, parentId }) => [id, parentId]));
  return [...given].flatMap(([productId, parentId]) =>
    parents.get(productId) === parentId
      ? []
      : [
          {
            check: 'a product with given options is a variant of the answered parent',
            subject: productId,
            detail: `${parentId} answered, ${parents.get(productId) ?? 'none'} stored`,
          },
        ],
  );
}

function checkParents(parents: readonly StoredParent[]): Finding[] {
  return parents.flatMap(({ id, stock, movements }) =>
    stock === 0 && movements === 0
      ? []
      : [{ check: 'a product with options has no stock', subject: id, detail: `stock ${stock}, ${movements} movements` }],
  );
}
