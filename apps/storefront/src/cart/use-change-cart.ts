import { useFlorin } from '@florin/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useSession } from '../session/index.ts';
import { couponProblem } from './cart-problems.ts';
import { type GuestItem, setGuestQuantity } from './guest-cart.ts';
import { guestCart } from './guest-cart-store.ts';
import { cartChanges, setCart } from './use-cart.ts';

/** Sets the units of a product in the cart, of a guest or a user. 0 removes it. */
export function useSetQuantity() {
  const florin = useFlorin();
  const queries = useQueryClient();
  const session = useSession();
  return useMutation({
    scope: cartChanges,
    mutationFn: async (item: GuestItem) => {
      if (session.status !== 'signedIn') return guestCart.write(setGuestQuantity(guestCart.read(), item));
      const { productId, quantity } = item;
      const { data } = await florin.put('/v1/cart/items/{productId}', { params: { path: { productId } }, body: { quantity } });
      setCart(queries, session.user.id, data);
    },
  });
}

/** Sets the coupon of the user's cart; null removes it. A code that does not apply leaves the cart, and the reason is told. */
export function useSetCoupon() {
  const florin = useFlorin();
  const queries = useQueryClient();
  const session = useSession();
  return useMutation({
    scope: cartChanges,
    mutationFn: async (code: string | null) => {
      const set = async (wanted: string | null) => (await florin.put('/v1/cart/coupon', { body: { code: wanted } })).data;
      const cart = await set(code);
      const reason = code === null ? undefined : couponProblem(cart.problems);
      const kept = reason === undefined ? cart : await set(null);
      if (session.status === 'signedIn') setCart(queries, session.user.id, kept);
      return { reason };
    },
  });
}
