import type { Tone } from '@florin/ui/tone';

const tones: Readonly<Record<string, Tone>> = {
  open: 'info',
  'awaiting-return': 'warn',
  approved: 'good',
  rejected: 'bad',
  withdrawn: 'neutral',
};

/** The id of the text that names the status of a claim, and its tone. The set of statuses is open. */
export function claimStatusWords(status: string): { id: string; tone: Tone } {
  const tone = tones[status];
  return { id: `claims.status.${tone === undefined ? 'other' : status}`, tone: tone ?? 'neutral' };
}

type Outcome = { status: string; refundMinor?: number; refund?: { status: string } };

/** The id of the text about the outcome of a claim, or about its next step. */
export function outcomeText({ status, refundMinor = 0, refund }: Outcome): string {
  if (status !== 'approved') return `claims.outcome.${tones[status] === undefined ? 'other' : status}`;
  if (refundMinor === 0) return 'claims.outcome.approved.without';
  return `claims.outcome.approved.${refund?.status === 'done' ? 'done' : 'pending'}`;
}
