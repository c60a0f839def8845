import type { Purchase } from '@florin/client';
import type { Tone } from '@florin/ui/tone';

type Facts = Pick<Purchase, 'status' | 'refund' | 'refundedMinor' | 'totalMinor'>;

const tones: Readonly<Record<string, Tone>> = {
  requested: 'info',
  paid: 'good',
  shipped: 'info',
  delivered: 'good',
  declined: 'bad',
  cancelled: 'neutral',
};

/** The id of the text that names the status of an order, and its tone. The set of statuses is open. */
export function statusWords({ status }: Pick<Facts, 'status'>): { id: string; tone: Tone } {
  const tone = tones[status];
  return { id: `orders.status.${tone === undefined ? 'other' : status}`, tone: tone ?? 'neutral' };
}

/** What the buyer can do with an order. */
export function actionsOf({ status }: Pick<Facts, 'status'>) {
  return {
    canCancel: status === 'requested' || status === 'paid',
    canReorder: status !== 'requested',
    canClaim: status === 'delivered',
    hasReceipt: status === 'paid' || status === 'shipped' || status === 'delivered',
  };
}

const UNDECIDED_EVERY_MS = 2_000;
const OPEN_EVERY_MS = 30_000;

/** Milliseconds until an order is read again: soon while the shop is to decide, seldom while a parcel is under way; false at the end. */
export function pollEveryMs(order: Facts | undefined): number | false {
  if (order === undefined) return false;
  if (order.status === 'requested' || order.refund === 'pending') return UNDECIDED_EVERY_MS;
  return order.status === 'paid' || order.status === 'shipped' ? OPEN_EVERY_MS : false;
}

/** The id of the text that says what was paid back; undefined if nothing was. */
export function refundWords({ status, refund, refundedMinor, totalMinor }: Facts): string | undefined {
  if (refund === 'pending') return 'orders.refund.pending';
  if (refundedMinor === 0) return undefined;
  return status === 'cancelled' || refundedMinor === totalMinor ? 'orders.refund.full' : 'orders.refund.part';
}
