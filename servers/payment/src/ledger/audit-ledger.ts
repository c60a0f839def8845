import { idText } from '@florin/runtime';
import type { Knex } from 'knex';
import { type AuditRule, auditRules } from './audit-rules.ts';

export type Mismatch = { rule: string; id: string; detail: string };

export type LedgerAudit = {
  ok: boolean;
  transfers: number;
  entries: number;
  sumMinor: number;
  walletsChecked: number;
  mismatches: readonly Mismatch[];
};

const MOST_MISMATCHES = 100;

/**
 * Adds the whole ledger up again and compares. SQL does the adding, so that memory stays the same however long the ledger is.
 *
 * All of it is read from one snapshot (REPEATABLE READ; its first read takes it), so that the counts and what does not agree
 * speak of one moment of a ledger that goes on moving. It locks nothing, and purchases do not wait for it.
 */
export async function auditLedger(db: Knex): Promise<LedgerAudit> {
  return db.transaction(
    async (snapshot) => {
      const totals = await countLedger(snapshot);
      const mismatches: Mismatch[] = [];
      for (const rule of auditRules) {
        mismatches.push(...(await findMismatches(snapshot, rule, { limit: MOST_MISMATCHES - mismatches.length })));
        if (mismatches.length === MOST_MISMATCHES) break;
      }
      return { ok: mismatches.length === 0 && totals.sumMinor === 0, ...totals, mismatches };
    },
    { isolationLevel: 'repeatable read' },
  );
}

type Totals = Pick<LedgerAudit, 'transfers' | 'entries' | 'sumMinor' | 'walletsChecked'>;

async function countLedger(snapshot: Knex): Promise<Totals> {
  const [[row]] = (await snapshot.raw(
    `SELECT (SELECT COUNT(*) FROM transfers) AS transfers,
            (SELECT COUNT(*) FROM ledger_entries) AS entries,
            (SELECT COALESCE(SUM(amount_minor), 0) FROM ledger_entries) AS sum_minor,
            (SELECT COUNT(*) FROM wallets) AS wallets`,
  )) as [[{ transfers: number; entries: number; sum_minor: string; wallets: number }]];
  const { transfers, entries, sum_minor, wallets } = row;
  return { transfers, entries, sumMinor: Number(sum_minor), walletsChecked: wallets };
}

async function findMismatches(snapshot: Knex, { rule, sql }: AuditRule, { limit }: { limit: number }): Promise<Mismatch[]> {
  const [rows] = (await snapshot.raw(`${sql('TRUE')} LIMIT ?`, [limit])) as [{ id: Buffer; detail: string }[]];
  return rows.map(({ id, detail }) => ({ rule, id: idText(id), detail: String(detail) }));
}
