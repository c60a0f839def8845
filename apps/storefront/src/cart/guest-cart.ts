/** Maximum number of different products in a cart; the server has the same bound. */
export const MAX_CART_ITEMS = 50;
/** Maximum units of one product that the shop's pages offer. */
export const MAX_UNITS = 999;

export type GuestItem = { productId: string; quantity: number };

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Reads the stored cart of a guest. Anything that is no cart, such as what another program stored, counts as empty. */
export function parseGuestCart(text: string | null): readonly GuestItem[] {
  try {
    const stored: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(stored) ? stored.filter(isGuestItem).slice(0, MAX_CART_ITEMS) : [];
  } catch {
    return [];
  }
}

function isGuestItem(item: unknown): item is GuestItem {
  if (typeof item !== 'object' || item === null) return false;
  const { productId, quantity } = item as Partial<GuestItem>;
  return typeof productId === 'string' && ID.test(productId) && Number.isSafeInteger(quantity) && Number(quantity) > 0;
}

/** @returns the cart with these further units; undefined if it is full */
export function addToGuestCart(
  items: readonly GuestItem[],
  { productId, quantity }: GuestItem,
): readonly GuestItem[] | undefined {
  const present = items.find((item) => item.productId === productId);
  if (present === undefined) return items.length < MAX_CART_ITEMS ? [...items, { productId, quantity }] : undefined;
  return setGuestQuantity(items, { productId, quantity: Math.min(present.quantity + quantity, MAX_UNITS) });
}

/** Sets the quantity of a product; 0 removes it. An absent product is appended. */
export function setGuestQuantity(items: readonly GuestItem[], { productId, quantity }: GuestItem): readonly GuestItem[] {
  if (quantity === 0) return items.filter((item) => item.productId !== productId);
  if (!items.some((item) => item.productId === productId)) return [...items, { productId, quantity }];
  return items.map((item) => (item.productId === productId ? { productId, quantity } : item));
}

/** The items that the guest has changed since `merged` was sent: these still wait for the next merge. */
export function notMerged(items: readonly GuestItem[], merged: readonly GuestItem[]): readonly GuestItem[] {
  return items.filter(
    ({ productId, quantity }) => !merged.some((sent) => sent.productId === productId && sent.quantity === quantity),
  );
}

/** Divides the items into those for which the user's cart has room, and the others. */
export function splitToFit(items: readonly GuestItem[], cart: readonly { productId: string }[]) {
  const present = new Set(cart.map(({ productId }) => productId));
  let room = MAX_CART_ITEMS - present.size;
  const fitting = items.filter(({ productId }) => present.has(productId) || room-- > 0);
  return { fitting, over: items.filter((item) => !fitting.includes(item)) };
}
