import { idTimeMs } from '@florin/database';
import { sleep } from '@florin/runtime';
import type { TopUp } from './top-up.ts';
import type { OpenTopUpProvider, TopUpReport } from './top-up-provider.ts';

/** Behaviour by the last two digits of an amount in minor units. Other amounts settle at once. */
const behaviours: Readonly<Record<number, Behaviour>> = {
  1: 'fails',
  2: 'settles later',
  3: 'answers twice',
  4: 'overtakes itself',
  5: 'is silent at first',
};

type Behaviour = 'settles' | 'fails' | 'settles later' | 'answers twice' | 'overtakes itself' | 'is silent at first';

const SETTLES_AFTER_MS = 1_000;

/**
 * Opens a provider without money, for development and tests. It has no state: its answer depends on the amount and on the age of
 * the top-up, which is in the id. So it gives every instance the same answer.
 *
 * @param options `settlesAfterMs`: how long amounts ending in 02 stay pending, and those ending in 05 without an answer
 */
export function openSandboxProvider({ settlesAfterMs = SETTLES_AFTER_MS } = {}): OpenTopUpProvider {
  return (onReport) => ({
    name: 'sandbox',
    async charge(topUp, { signal }) {
      // Math.abs: after a clock was set back, a top-up is not young until the clock catches up.
      const isYoung = Math.abs(Date.now() - (idTimeMs(topUp.id) ?? 0)) < settlesAfterMs;
      const settled = reportOf(topUp, 'settled');
      const pending = reportOf(topUp, 'pending');
      switch (behaviours[topUp.amountMinor % 100] ?? 'settles') {
        case 'settles':
          return settled;
        case 'fails':
          return { ...reportOf(topUp, 'failed'), reason: 'The sandbox declines amounts that end in 01.' };
        case 'settles later':
          return isYoung ? pending : settled;
        case 'answers twice':
          await onReport(settled);
          return settled;
        case 'overtakes itself':
          await onReport(settled);
          return pending;
        case 'is silent at first':
          if (isYoung) await silence(signal);
          return settled;
      }
    },
  });
}

function reportOf(
  { id, amountMinor, currency }: Pick<TopUp, 'id' | 'amountMinor' | 'currency'>,
  status: TopUp['status'],
): TopUpReport {
  return { topUpId: id, status, amountMinor, currency, reference: `sandbox-${id}` };
}

async function silence(signal: AbortSignal): Promise<never> {
  await sleep(60_000, signal);
  throw new Error('The sandbox did not answer.');
}
