import type { Random } from '../../dev/seed/random.ts';
import type { Coupon } from './coupon.ts';

export type Product = { id: string; priceMinor: number };

/** The products on sale. Purchases meet at the newest. */
export type Shop = {
  products: Product[];
  /** Variants on sale, and products that become one. */
  variants: Product[];
  /** Coupons that may be used up. Purchases meet at the newest. */
  coupons: Coupon[];
  /** Cheap products with names of maximum length: a basket of all of them makes an event of 33 kB. */
  longNamed: Product[];
  /** Share of large baskets, filled from `longNamed`. */
  largeBaskets: number;
};

const MAX_PRODUCTS = 40;

export function addProduct(shop: Shop, product: Product): void {
  shop.products.push(product);
  if (shop.products.length > MAX_PRODUCTS) shop.products.shift();
}

export function addVariant({ variants }: Shop, variant: Product): void {
  variants.push(variant);
  if (variants.length > MAX_PRODUCTS) variants.shift();
}

const MAX_COUPONS = 6;

export function addCoupon({ coupons }: Shop, coupon: Coupon): void {
  coupons.push(coupon);
  if (coupons.length > MAX_COUPONS) coupons.shift();
}

/** Draws the coupon of a purchase. Most purchases have none. */
export function drawCouponOf({ coupons }: Shop, random: Random): Coupon | undefined {
  if (coupons.length === 0 || !random.chance(0.3)) return undefined;
  return random.chance(0.5) ? coupons.at(-1) : random.pick(coupons);
}

type Basket = { productId: string; quantity: number }[];

/** Fills a basket with one to three products, often the newest, so that purchases meet at one row. Some baskets are large. */
export function fillBasket({ products, variants, longNamed, largeBaskets }: Shop, random: Random): Basket {
  if (random.chance(largeBaskets)) return fillLargeBasket(longNamed, random);
  const chosen = new Set<Product>();
  const newest = products.at(-1);
  if (newest && random.chance(0.4)) chosen.add(newest);
  if (variants.length > 0 && random.chance(0.2)) chosen.add(random.pick(variants));
  const size = random.pickWeighted([
    [6, 1],
    [3, 2],
    [1, 3],
  ]);
  while (chosen.size < Math.min(size, products.length)) chosen.add(random.pick(products));
  return [...chosen].map(({ id }) => ({
    productId: id,
    quantity: random.chance(0.05) ? random.between(50, 500) : random.between(1, 3),
  }));
}

/** Fills a basket with up to the maximum number of items. */
function fillLargeBasket(longNamed: readonly Product[], random: Random): Basket {
  return longNamed.slice(0, random.between(30, longNamed.length)).map(({ id }) => ({ productId: id, quantity: 1 }));
}
