/** Why people move stock. Sales and returns move it by themselves. */
export const stockReasons = ['delivery', 'correction', 'damage', 'loss', 'found', 'transfer', 'count'] as const;
export type StockReason = (typeof stockReasons)[number];

export type NewMovement = { reason: StockReason; delta?: number; count?: number; countedAt?: string; note?: string };

/**
 * What the API gets of the form: a count names the units that are there, another reason those that come or go.
 *
 * @param countedAt time of the count (RFC 3339)
 */
export function movementOf(form: { reason: StockReason; units: number; note: string }, countedAt: string): NewMovement {
  const note = form.note.trim() === '' ? {} : { note: form.note.trim() };
  if (form.reason === 'count') return { reason: 'count', count: form.units, countedAt, ...note };
  return { reason: form.reason, delta: form.units, ...note };
}

/** Whether the text is a whole number that the reason allows: a count is not negative, a change is not 0. */
export function isUnits(typed: unknown, reason: string): boolean {
  const text = typeof typed === 'string' ? typed.trim() : '';
  if (!/^-?\d{1,9}$/.test(text)) return false;
  return reason === 'count' ? Number(text) >= 0 : Number(text) !== 0;
}
