import { Status, type Tone } from '@florin/ui';
import type { TextId } from '../texts/all-texts.ts';
import { useText } from '../texts/use-text.ts';

const purchaseTones: Readonly<Record<string, Tone>> = {
  requested: 'info',
  paid: 'warn',
  declined: 'bad',
  cancelled: 'neutral',
  shipped: 'info',
  delivered: 'good',
};
const parcelTones: Readonly<Record<string, Tone>> = { failed: 'bad', returned: 'bad', delivered: 'good' };
const refundTones: Readonly<Record<string, Tone>> = { review: 'warn', pending: 'info', done: 'good', rejected: 'bad' };

export const purchaseStatuses = ['requested', 'paid', 'declined', 'cancelled', 'shipped', 'delivered'] as const;
export const parcelStatuses = [
  'packed',
  'handed-over',
  'in-transit',
  'out-for-delivery',
  'failed',
  'delivered',
  'returned',
] as const;

/** The status of an order. A newer server may send a status without a text: it is shown as it is. */
export function OrderStatus({ status }: { status: string }) {
  return <KnownStatus status={status} tones={purchaseTones} prefix="status" />;
}

export function ParcelStatus({ status }: { status: string }) {
  return <KnownStatus status={status} tones={parcelTones} prefix="parcel" />;
}

export function RefundStatus({ status }: { status: string }) {
  return <KnownStatus status={status} tones={refundTones} prefix="refund.status" />;
}

type KnownStatusProps = { status: string; tones: Readonly<Record<string, Tone>>; prefix: string };

export function KnownStatus({ status, tones, prefix }: KnownStatusProps) {
  const text = useText();
  return <Status tone={tones[status] ?? 'neutral'}>{text(`${prefix}.${status}` as TextId)}</Status>;
}
