import { type Invariant, type Query, sweepInvariant } from '@florin/invariants';
import type { ServiceName } from '../platform/service-names.ts';
import type { Counters } from './counters.ts';

type Options = { service: ServiceName; counters: Counters; userId?: string | undefined };

/** Checks the selected invariants of one service in order. With `userId`, only those of single users. */
export async function checkInvariants(query: Query, invariants: readonly Invariant[], options: Options): Promise<void> {
  const { service, counters, userId } = options;
  for (const invariant of invariants) {
    if (!counters.wants(invariant.check) || (userId !== undefined && 'sweep' in invariant)) continue;
    const things = 'sweep' in invariant ? invariant.things : invariant.over.things;
    const check = counters.open(invariant.check, service, userId === undefined ? things : undefined);
    for await (const { rows, violations } of sweepInvariant(query, invariant, { userId })) {
      for (const { subject, detail } of violations) check.report(subject, detail);
      check.countRows(rows);
    }
    check.end();
  }
}
