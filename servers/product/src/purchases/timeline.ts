import type { Event } from '@florin/events';
import { idBytes, idText } from '@florin/runtime';
import { id, time } from '@florin/values';
import Joi from 'joi';
import type { Knex } from 'knex';

export type TimelineStep = { at: string; type: string; service: string; eventId?: string; detail?: Record<string, unknown> };

export const timelineStepSchema = Joi.object({
  at: time().required(),
  type: Joi.string().required().description('An event type'),
  service: Joi.string().required(),
  eventId: id(),
  detail: Joi.object().unknown(),
});

/** Notes that these events happened to their purchases, whoever made them. */
export async function insertTimeline(trx: Knex.Transaction, events: readonly Event[]): Promise<void> {
  await trx.raw(
    `INSERT INTO purchase_timeline (purchase_id, at, type, service, event_id, detail) VALUES ${events.map(() => '(?, ?, ?, ?, ?, ?)').join(', ')}`,
    events.flatMap((event) => [
      idBytes(event.subject),
      new Date(event.time),
      event.type,
      event.source.slice(1),
      idBytes(event.id),
      JSON.stringify(detailOf(event)),
    ]),
  );
}

/** Oldest first. A purchase has few steps, unless someone re-sends events without end: then the first thousand. */
export async function readTimeline(db: Knex, purchaseId: string): Promise<TimelineStep[]> {
  const [rows] = (await db.raw(
    'SELECT at, type, service, event_id, detail FROM purchase_timeline WHERE purchase_id = ? ORDER BY at, id LIMIT 1000',
    [idBytes(purchaseId)],
  )) as [{ at: Date; type: string; service: string; event_id: Buffer; detail: string | null }[]];
  return rows.map(({ at, type, service, event_id, detail }) => ({
    at: at.toISOString(),
    type,
    service,
    eventId: idText(event_id),
    ...(detail === null ? {} : { detail: JSON.parse(detail) as Record<string, unknown> }),
  }));
}

/** The facts of the step without what every step shares; the items are the purchase's own. */
function detailOf({ data }: Event): Record<string, unknown> {
  const { purchaseId: _purchase, userId: _user, items: _items, ...facts } = data as Record<string, unknown>;
  return facts;
}
