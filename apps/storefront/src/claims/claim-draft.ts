export const reasons = ['damaged', 'wrong-item', 'not-as-described', 'changed-mind', 'other'] as const;
export type Reason = (typeof reasons)[number];

/** What the buyer has typed so far. `quantities` by product. */
export type ClaimDraft = { quantities: Readonly<Record<string, number>>; reason: Reason | ''; text: string };

export const emptyDraft: ClaimDraft = { quantities: {}, reason: '', text: '' };

type Claim = { status: string; items: readonly { productId: string; quantity: number }[] };

const ended: readonly string[] = ['withdrawn', 'rejected'];

/** Units of each product that other claims leave. */
export function claimableUnits(items: readonly { productId: string; quantity: number }[], claims: readonly Claim[]) {
  const taken = new Map<string, number>();
  for (const claim of claims.filter(({ status }) => !ended.includes(status)))
    for (const { productId, quantity } of claim.items) taken.set(productId, (taken.get(productId) ?? 0) + quantity);
  return new Map(items.map(({ productId, quantity }) => [productId, Math.max(0, quantity - (taken.get(productId) ?? 0))]));
}

export type ClaimFault = 'items' | 'reason';

/** What the draft lacks, in the order of the form. */
export function claimFaults({ quantities, reason }: ClaimDraft): ClaimFault[] {
  const hasItems = Object.values(quantities).some((quantity) => quantity > 0);
  return [...(hasItems ? [] : (['items'] as const)), ...(reason === '' ? (['reason'] as const) : [])];
}

/** The body to send. @throws if the draft has faults */
export function claimBody({ quantities, reason, text }: ClaimDraft, photos: readonly { id: string }[] = []) {
  if (reason === '') throw new TypeError('A claim has a reason');
  const items = Object.entries(quantities)
    .filter(([, quantity]) => quantity > 0)
    .map(([productId, quantity]) => ({ productId, quantity }));
  return {
    items,
    reason,
    ...(text.trim() !== '' && { text: text.trim() }),
    ...(photos.length > 0 && { photos: photos.map(({ id }) => id) }),
  };
}
