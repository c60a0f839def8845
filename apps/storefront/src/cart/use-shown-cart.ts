import { type DataOf, type FlorinClient, FlorinProblem } from '@florin/client';
import { useFlorin } from '@florin/ui';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useSession } from '../session/index.ts';
import { type GuestItem, setGuestQuantity } from './guest-cart.ts';
import { guestCart, useGuestItems } from './guest-cart-store.ts';
import { useUserCart } from './use-cart.ts';

/** The cart as the page shows it: that of the user, or a quote of what the guest's browser keeps. */
export function useShownCart() {
  const { status } = useSession();
  const user = useUserCart();
  const isGuest = status === 'guest' || status === 'ended';
  const guest = useGuestQuote(isGuest);
  return isGuest ? guest : user;
}

function useGuestQuote(isGuest: boolean) {
  const florin = useFlorin();
  const items = useGuestItems();
  return useQuery({
    queryKey: ['cart', 'guest', items],
    queryFn: ({ signal }) => quoteGuest(florin, items, signal),
    enabled: isGuest,
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: 'always',
  });
}

async function quoteGuest(florin: FlorinClient, items: readonly GuestItem[], signal: AbortSignal) {
  if (items.length === 0) return emptyCart;
  const quote = florin.post('/v1/purchases/quote', { body: { items: [...items] }, signal });
  return (await quote.catch(dropUnknown)).data;
}

/** A product that no longer exists leaves the cart. The query runs again, because its items have changed. */
function dropUnknown(error: unknown): never {
  const productId =
    error instanceof FlorinProblem && error.code === 'PRODUCT_NOT_FOUND' ? error.extensions['productId'] : undefined;
  if (typeof productId === 'string') guestCart.write(setGuestQuantity(guestCart.read(), { productId, quantity: 0 }));
  throw error;
}

/** Its currency is never shown. */
const emptyCart: DataOf<'post', '/v1/purchases/quote'> = {
  items: [],
  subtotalMinor: 0,
  discountMinor: 0,
  deliveryMinor: 0,
  totalMinor: 0,
  currency: '',
  tax: [],
  problems: [],
};
