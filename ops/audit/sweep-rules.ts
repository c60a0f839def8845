import type { AuditRule } from '@florin/payment-server/ledger';
import { checkSnapshots, type SweptPage, sweepRule } from '@florin/payment-server/ledger';
import { idText } from '@florin/runtime';
import type { ServiceName } from '../platform/service-names.ts';
import type { Query } from './open-doors.ts';
import type { CheckTally, Tally } from './tally.ts';

type Options = { service: ServiceName; tally: Tally; userId?: string | undefined };

/** Goes through one service's tables in pages along their indexes, rule by rule. SQL compares; what comes back is what is wrong. */
export async function sweepRules(query: Query, rules: readonly AuditRule[], options: Options): Promise<void> {
  const { service, tally, userId } = options;
  for (const rule of rules) {
    if (!tally.wants(rule.check)) continue;
    const check = tally.open(rule.check, service, userId === undefined ? rule.over.things : undefined);
    await tell(sweepRule(query, rule, { userId }), check);
  }
}

/** The sums of the ledger's accounts that are kept, against its entries. */
export async function sweepSnapshots(query: Query, tally: Tally): Promise<void> {
  if (tally.wants('snapshots')) await tell(checkSnapshots(query), tally.open('snapshots', 'payment'));
}

async function tell(pages: AsyncGenerator<SweptPage>, check: CheckTally): Promise<void> {
  for await (const { rows, broken } of pages) {
    for (const { id, detail } of broken) check.report(subjectOf(id), String(detail));
    check.countRows(rows);
  }
  check.end();
}

/** Ids are 16 bytes; the keys of messages are text. */
function subjectOf(id: unknown): string {
  if (!Buffer.isBuffer(id)) return String(id);
  return id.length === 16 ? idText(id) : id.toString('utf8');
}
