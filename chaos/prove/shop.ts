import type { Random } from '../../dev/seed/random.ts';

export type Ware = { id: string; priceMinor: number };

/** What is on sale, as the clients know it. The newest is the one that everybody wants. */
export type Shop = {
  wares: Ware[];
  /** Cheap, with the longest names that there are: a basket of all of them makes an event of 33 kB. */
  longNamed: Ware[];
  /** How often a basket is a large one of those. */
  largeBaskets: number;
};

const MOST_WARES = 40;

export function addWare(shop: Shop, ware: Ware): void {
  shop.wares.push(ware);
  if (shop.wares.length > MOST_WARES) shop.wares.shift();
}

type Basket = { productId: string; quantity: number }[];

/** One to three different wares in small numbers; often the newest, so that purchases meet at one row. Now and then a large one. */
export function fillBasket({ wares, longNamed, largeBaskets }: Shop, random: Random): Basket {
  if (random.chance(largeBaskets)) return fillLargeBasket(longNamed, random);
  const chosen = new Set<Ware>();
  const newest = wares.at(-1);
  if (newest && random.chance(0.4)) chosen.add(newest);
  const size = random.pickWeighted([
    [6, 1],
    [3, 2],
    [1, 3],
  ]);
  while (chosen.size < Math.min(size, wares.length)) chosen.add(random.pick(wares));
  return [...chosen].map(({ id }) => ({
    productId: id,
    quantity: random.chance(0.05) ? random.between(50, 500) : random.between(1, 3),
  }));
}

/** Up to as many items as a purchase may have. */
function fillLargeBasket(longNamed: readonly Ware[], random: Random): Basket {
  return longNamed.slice(0, random.between(30, longNamed.length)).map(({ id }) => ({ productId: id, quantity: 1 }));
}
