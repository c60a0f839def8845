import type { Tone } from '@florin/ui';
import { KnownStatus } from '../orders/order-status.tsx';

const tones: Readonly<Record<string, Tone>> = { open: 'warn', 'awaiting-return': 'info', approved: 'good', rejected: 'bad' };

export const claimStatuses = ['open', 'awaiting-return', 'approved', 'rejected', 'withdrawn'] as const;

export function ClaimStatus({ status }: { status: string }) {
  return <KnownStatus status={status} tones={tones} prefix="claimStatus" />;
}
