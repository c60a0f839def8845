import { newIdempotencyKey } from '@florin/client';
import { useFlorin } from '@florin/ui';
import { type QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { useSession } from '../session/index.ts';
import { CartFull, unitsOf } from './cart-items.ts';
import { addToGuestCart, type GuestItem } from './guest-cart.ts';
import { guestCart, useGuestItems } from './guest-cart-store.ts';
import { type Cart, type LeftOut, readCart } from './read-cart.ts';

/** One change after the other: the server's answers arrive in the order of the changes. */
export const cartChanges = { id: 'cart' };

export const leftOutKey = ['cart', 'leftOut'] as const;

export function cartKey(userId: string | undefined) {
  return ['cart', 'of', userId] as const;
}

/** Shows a cart that the server has answered. */
export function setCart(queries: QueryClient, userId: string, cart: Cart): void {
  // A cart that is being read may be older.
  void queries.cancelQueries({ queryKey: cartKey(userId) });
  queries.setQueryData(cartKey(userId), cart);
}

/** The cart of the signed-in user, as the server has it. Guests have none: see `useGuestItems`. */
export function useUserCart() {
  const florin = useFlorin();
  const queries = useQueryClient();
  const session = useSession();
  const isSignedIn = session.status === 'signedIn';
  // After the end of the session the page goes on showing what it has.
  const userId = isSignedIn || session.status === 'ended' ? session.user.id : undefined;
  return useQuery({
    queryKey: cartKey(userId),
    queryFn: async ({ signal }): Promise<Cart> => {
      const { cart, leftOut } = await readCart(florin, guestCart, signal);
      if (leftOut.length > 0) queries.setQueryData<readonly LeftOut[]>(leftOutKey, leftOut);
      return cart;
    },
    enabled: isSignedIn,
    // Another tab or device changes it too.
    refetchOnWindowFocus: 'always',
  });
}

/** What the last merge has left out, and how the reader puts the message away. */
export function useLeftOut(): { leftOut: readonly LeftOut[]; dismiss(): void } {
  const queries = useQueryClient();
  const { data } = useQuery<readonly LeftOut[]>({ queryKey: leftOutKey, queryFn: () => [], enabled: false });
  return { leftOut: data ?? [], dismiss: () => queries.setQueryData(leftOutKey, []) };
}

/** Units in the cart, of a guest or a user; undefined while unknown. */
export function useCartUnits(): number | undefined {
  const { status } = useSession();
  const guestItems = useGuestItems();
  const { data } = useUserCart();
  if (status === 'guest' || status === 'ended') return unitsOf(guestItems);
  return data && unitsOf(data.items);
}

/** Adds units of a product to the cart, of a guest or a user. */
export function useAddToCart() {
  const florin = useFlorin();
  const queries = useQueryClient();
  const session = useSession();
  const sent = useRef({ text: '', key: '' });
  return useMutation({
    scope: cartChanges,
    mutationFn: async (item: GuestItem) => {
      // Before the session is known the item waits for the merge.
      if (session.status !== 'signedIn') return addAsGuest(item);
      // The same key until it succeeds: after a lost answer the same units are not added twice.
      const text = JSON.stringify(item);
      if (sent.current.text !== text) sent.current = { text, key: newIdempotencyKey() };
      const { data } = await florin.post('/v1/cart/items', { body: item, idempotencyKey: sent.current.key });
      sent.current = { text: '', key: '' };
      setCart(queries, session.user.id, data);
    },
  });
}

function addAsGuest(item: GuestItem): void {
  const items = addToGuestCart(guestCart.read(), item);
  if (items === undefined) throw new CartFull();
  guestCart.write(items);
}
