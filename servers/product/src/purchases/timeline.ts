import type { Event } from '@florin/events';
import { integerValue, type Keyset, keysetPage, type Page, type PageRequest } from '@florin/pagination';
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

type StepRow = { id: number; at: Date; type: string; service: string; event_id: Buffer; detail: string | null };

const oldestFirst: Keyset<StepRow> = {
  name: 'oldest',
  columns: [
    { column: 'at', direction: 'asc', toSql: (value) => new Date(integerValue(value)) },
    { column: 'id', direction: 'asc', toSql: integerValue },
  ],
  keyOf: ({ at, id }) => [at.getTime(), id],
};

/** A page of the steps, oldest first. */
export async function listTimeline(db: Knex, purchaseId: string, request: PageRequest): Promise<Page<StepRow>> {
  const query = db(db.raw('purchase_timeline FORCE INDEX (purchase_timeline_purchase)'))
    .select('id', 'at', 'type', 'service', 'event_id', 'detail')
    .where({ purchase_id: idBytes(purchaseId) });
  return keysetPage(query, oldestFirst, request);
}

export function presentStep({ at, type, service, event_id, detail }: StepRow): TimelineStep {
  return {
    at: at.toISOString(),
    type,
    service,
    eventId: idText(event_id),
    ...(detail === null ? {} : { detail: JSON.parse(detail) as Record<string, unknown> }),
  };
}

/** The facts of the step without what every step shares; the items are the purchase's own. */
function detailOf({ data }: Event): Record<string, unknown> {
  const { purchaseId: _purchase, userId: _user, items: _items, ...facts } = data as Record<string, unknown>;
  return facts;
}
