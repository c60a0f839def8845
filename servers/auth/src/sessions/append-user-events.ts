import { idBytes } from '@florin/database';
import { type EventData, type EventType, makeEvent, type OutgoingEvent } from '@florin/events';
import { appendEvents } from '@florin/messaging';
import type { Knex } from 'knex';
import type { LockedUser } from './lock-user.ts';

/** A fact about a user. It gets its sequence number among the user's events when it is appended. */
export type UserFact = (sequence: number) => OutgoingEvent;

export function userFact<Type extends EventType>(type: Type, data: EventData<Type>): UserFact {
  return (sequence) => makeEvent(type, { sequence, data });
}

/** Appends facts about a locked user and increments the user's version for each. */
export async function appendUserEvents(
  trx: Knex.Transaction,
  { user, version }: LockedUser,
  facts: readonly UserFact[],
): Promise<void> {
  const next = version + facts.length;
  // A published contact stays published: the facts are about something else. The assignments take effect from left to right.
  await trx.raw(
    'UPDATE users SET contact_version = IF(contact_version = version, ?, contact_version), version = ? WHERE id = ?',
    [next, next, idBytes(user.id)],
  );
  await appendEvents(
    trx,
    facts.map((fact, index) => fact(version + 1 + index)),
  );
}
