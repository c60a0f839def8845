import { AppError, requestErrors } from '@florin/app-response';
import { execute, idBytes, insertRows, queryOne } from '@florin/database';
import { appendAuditEntry, type CommandActor } from '@florin/runtime';
import type { Knex } from 'knex';
import { lockSwitch, type StoredSwitch } from './read-switches.ts';
import { switchesTable } from './switches-table.ts';

export type SwitchChange = {
  isOn: boolean;
  reason: string;
  /** Only while it is on: when it ends by itself. */
  until?: Date | undefined;
};

/**
 * Throws a switch or takes it back, with an audit entry. A change to the state that it has, with the same reason and end, changes
 * nothing and is not audited again.
 *
 * @throws AppError VALIDATION_FAILED (422) if `until` is not in the future by the database's clock, or is given with `isOn: false`
 */
export async function setSwitch(
  trx: Knex.Transaction,
  name: string,
  { actor, ...change }: SwitchChange & { actor: CommandActor },
): Promise<StoredSwitch> {
  const { now } = await queryOne<{ now: Date }>(trx, 'SELECT CURRENT_TIMESTAMP(3) AS now');
  requireFuture(change, now);
  // Two first throws meet on the key, and the second sees the state of the first.
  const never = { name, isOn: false, reason: '', since: now, untilAt: null, actorId: null, actorName: null };
  await insertRows(trx, switchesTable, [never], { onDuplicateKey: 'name = VALUES(name)' });
  const stored = await lockSwitch(trx, name);
  const before = stored?.reason === '' ? undefined : stored;
  const { isOn, reason, until = null } = change;
  const since = before?.isOn === isOn ? before.since : now;
  const after: StoredSwitch = { name, isOn, reason, since, until, by: actor.actorId ?? actor.actorName ?? null };
  if (before !== undefined && isSame(before, after)) return before;
  await execute(
    trx,
    'UPDATE switches SET is_on = ?, reason = ?, since = ?, until_at = ?, actor_id = ?, actor_name = ? WHERE name = ?',
    [isOn, reason, since, until, actor.actorId === null ? null : idBytes(actor.actorId), actor.actorName ?? null, name],
  );
  const action = isOn ? 'switch.throw' : 'switch.take-back';
  await appendAuditEntry(trx, { ...actor, action, subject: name, before: stateOf(before), after: stateOf(after) });
  return after;
}

function requireFuture({ isOn, until }: SwitchChange, now: Date): void {
  if (until === undefined || (isOn && until > now)) return;
  const message = isOn ? `until must be after ${now.toISOString()}` : 'until is only for a switch that is on';
  throw new AppError(requestErrors.VALIDATION_FAILED, { detail: message, errors: [{ path: 'until', message }] });
}

function isSame(before: StoredSwitch, after: StoredSwitch): boolean {
  return JSON.stringify(stateOf(before)) === JSON.stringify(stateOf(after));
}

function stateOf(state: StoredSwitch | undefined) {
  return state && { isOn: state.isOn, reason: state.reason, until: state.until };
}
