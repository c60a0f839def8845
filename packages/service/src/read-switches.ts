import { query, readRow, type StoredRowOf } from '@florin/database';
import type { Knex } from 'knex';
import { switchesTable } from './switches-table.ts';

/** What was stored when somebody last changed a switch. */
export type StoredSwitch = {
  name: string;
  /** False also once `until` has passed. */
  isOn: boolean;
  reason: string;
  /** When it got its current state. */
  since: Date;
  /** When it ends by itself; null: somebody has to take it back. */
  until: Date | null;
  /** User id or name of who changed it last. */
  by: string | null;
};

type Row = StoredRowOf<typeof switchesTable> & { is_over: number };

/** Reads the switches of a service that were ever thrown. The database's clock decides whether one has ended. */
export async function readSwitches(db: Knex): Promise<StoredSwitch[]> {
  return (await query<Row>(db, `${SELECT} ORDER BY name`)).map(toSwitch);
}

/** Locks a switch and returns it; undefined if it was never thrown. */
export async function lockSwitch(trx: Knex.Transaction, name: string): Promise<StoredSwitch | undefined> {
  return (await query<Row>(trx, `${SELECT} WHERE name = ? FOR UPDATE`, [name])).map(toSwitch)[0];
}

const SELECT = `SELECT ${switchesTable.list}, COALESCE(until_at <= CURRENT_TIMESTAMP(3), 0) AS is_over FROM switches`;

function toSwitch({ is_over: isOver, ...row }: Row): StoredSwitch {
  const { name, isOn, reason, since, untilAt, actorId, actorName } = readRow(switchesTable, row);
  const hasEnded = isOn && Boolean(isOver);
  return {
    name,
    isOn: isOn && !hasEnded,
    reason,
    since: hasEnded && untilAt !== null ? untilAt : since,
    until: isOn && !hasEnded ? untilAt : null,
    by: actorId ?? actorName,
  };
}
