const known: readonly string[] = [
  'purchase-requested',
  'purchase-paid',
  'purchase-declined',
  'purchase-shipped',
  'purchase-delivered',
  'purchase-refunded',
  'refund-requested',
  'refund-posted',
  'refund-rejected',
];
const cancellers: readonly string[] = ['buyer', 'staff', 'timeout'];

type Step = { type: string; detail?: Record<string, unknown> };

/** The id of the text of a step, and the amount that it moves. Undefined for steps that later releases may have. */
export function stepWords({ type, detail = {} }: Step): { id: string; amountMinor: number | undefined } | undefined {
  const amount = detail['amountMinor'];
  const amountMinor = typeof amount === 'number' && amount > 0 && type !== 'purchase-declined' ? amount : undefined;
  if (type === 'purchase-cancelled') return { id: `orders.step.cancelled.${cancellerOf(detail)}`, amountMinor: undefined };
  return known.includes(type) ? { id: `orders.step.${type}`, amountMinor } : undefined;
}

function cancellerOf({ by, cause }: Record<string, unknown>): string {
  if (cause === 'returned') return 'returned';
  return typeof by === 'string' && cancellers.includes(by) ? by : 'staff';
}
