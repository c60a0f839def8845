import { type DataOf, type FlorinClient, FlorinProblem } from '@florin/client';
import { type GuestItem, notMerged, splitToFit } from './guest-cart.ts';
import type { GuestCartStore } from './guest-cart-store.ts';

export type Cart = DataOf<'get', '/v1/cart'>;
/** An item that the shop could not put into the user's cart. */
export type LeftOut = { productId: string; quantity: number; code: string };
/** The user's cart, and what the merge that made it has left out. */
export type MergedCart = { cart: Cart; leftOut: readonly LeftOut[] };

/**
 * Reads the cart of the signed-in user. What the browser kept before the sign-in goes into it first. A repeated merge changes
 * nothing, so a lost answer, or a second tab, does no harm.
 */
export async function readCart(florin: FlorinClient, guest: GuestCartStore, signal?: AbortSignal): Promise<MergedCart> {
  const items = guest.read();
  if (items.length === 0) return { cart: (await florin.get('/v1/cart', { signal })).data, leftOut: [] };
  const merged = await merge(florin, items).catch((error: unknown) => {
    if (error instanceof FlorinProblem && error.code === 'CART_FULL') return mergeWhatFits(florin, items);
    throw error;
  });
  guest.write(notMerged(guest.read(), items));
  return merged;
}

async function merge(florin: FlorinClient, items: readonly GuestItem[]): Promise<MergedCart> {
  return (await florin.post('/v1/cart/merge', { body: { items: [...items] } })).data;
}

async function mergeWhatFits(florin: FlorinClient, items: readonly GuestItem[]): Promise<MergedCart> {
  const { data: cart } = await florin.get('/v1/cart');
  const { fitting, over } = splitToFit(items, cart.items);
  const full = over.map((item) => ({ ...item, code: 'CART_FULL' }));
  if (fitting.length === 0) return { cart, leftOut: full };
  const merged = await merge(florin, fitting);
  return { cart: merged.cart, leftOut: [...merged.leftOut, ...full] };
}
