import { type Invariant, type Query, sweepInvariant } from '@florin/invariants';
import type { ServiceName } from '../platform/service-names.ts';
import type { Tally } from './tally.ts';

type Options = { service: ServiceName; tally: Tally; userId?: string | undefined };

/** Checks the wanted invariants of one service, one after another. With `userId`, only those that concern single users. */
export async function checkInvariants(query: Query, invariants: readonly Invariant[], options: Options): Promise<void> {
  const { service, tally, userId } = options;
  for (const invariant of invariants) {
    if (!tally.wants(invariant.check) || (userId !== undefined && 'sweep' in invariant)) continue;
    const things = 'sweep' in invariant ? invariant.things : invariant.over.things;
    const check = tally.open(invariant.check, service, userId === undefined ? things : undefined);
    for await (const { rows, violations } of sweepInvariant(query, invariant, { userId })) {
      for (const { subject, detail } of violations) check.report(subject, detail);
      check.countRows(rows);
    }
    check.end();
  }
}
