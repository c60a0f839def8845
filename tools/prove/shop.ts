import type { Random } from './random.ts';

export type Ware = { id: string; priceMinor: number };

/** What is on sale, as the clients know it. The newest is the one that everybody wants. */
export type Shop = { wares: Ware[] };

const MOST_WARES = 40;

export function addWare(shop: Shop, ware: Ware): void {
  shop.wares.push(ware);
  if (shop.wares.length > MOST_WARES) shop.wares.shift();
}

/** One to three different wares in small numbers; often the newest, so that purchases meet at one row. */
export function fillBasket({ wares }: Shop, random: Random): { productId: string; quantity: number }[] {
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
