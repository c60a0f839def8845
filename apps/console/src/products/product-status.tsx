import type { Tone } from '@florin/ui';
import { KnownStatus } from '../orders/order-status.tsx';

const tones: Readonly<Record<string, Tone>> = { active: 'good', draft: 'warn' };

export const productStatuses = ['active', 'draft', 'archived'] as const;

export function ProductStatus({ status }: { status: string }) {
  return <KnownStatus status={status} tones={tones} prefix="productStatus" />;
}
