import { column, defineTable, idBytes, insertRows, omitFields, readRow, type StoredRowOf } from '@florin/database';
import type { Event } from '@florin/events';
import { integerValue, type Keyset, keysetPage, type Page, type PageRequest } from '@florin/pagination';
import { id, named, time } from '@florin/values';
import Joi from 'joi';
import type { Knex } from 'knex';

export type TimelineStep = { at: string; type: string; service: string; eventId?: string; detail?: Record<string, unknown> };

export const timelineStepSchema = named(
  'TimelineStep',
  Joi.object({
    at: time().required(),
    type: Joi.string().required().description('An event type'),
    service: Joi.string().required(),
    eventId: id(),
    detail: Joi.object().unknown(),
  }),
);

export const timelineTable = defineTable('purchase_timeline', {
  id: column.integer('bigint unsigned').byDatabase(),
  purchaseId: column.id(),
  at: column.time(),
  type: column.text('varchar(64)'),
  service: column.text('varchar(16)'),
  eventId: column.id(),
  detail: column.json<Record<string, unknown>>('text').orNull(),
});

/** Adds events to the timelines of their purchases. */
export async function insertTimeline(trx: Knex.Transaction, events: readonly Event[]): Promise<void> {
  const steps = events.map((event) => ({
    purchaseId: event.subject,
    at: new Date(event.time),
    type: event.type,
    service: event.source.slice(1),
    eventId: event.id,
    detail: detailOf(event),
  }));
  await insertRows(trx, timelineTable, steps);
}

/** Another service's clock may be behind. The timeline never shows an event before its cause. */
export function afterItsCause<E extends Event>(event: E, cause: Date): E {
  return cause > new Date(event.time) ? { ...event, time: cause.toISOString() } : event;
}

const stepTable = omitFields(timelineTable, ['purchaseId']);
type StepRow = StoredRowOf<typeof stepTable>;

const oldestFirst: Keyset<StepRow> = {
  name: 'oldest',
  columns: [
    { column: 'at', direction: 'asc', toSql: (value) => new Date(integerValue(value)) },
    { column: 'id', direction: 'asc', toSql: integerValue },
  ],
  keyOf: ({ at, id }) => [at.getTime(), id],
};

/** Lists the steps of a purchase, oldest first. */
export async function listTimeline(db: Knex, purchaseId: string, request: PageRequest): Promise<Page<StepRow>> {
  const query = db(db.raw('purchase_timeline FORCE INDEX (purchase_timeline_purchase)'))
    .select(stepTable.cells.map(({ column }) => column))
    .where({ purchase_id: idBytes(purchaseId) });
  return keysetPage(query, oldestFirst, request);
}

export function presentStep(row: StepRow): TimelineStep {
  const { at, type, service, eventId, detail } = readRow(stepTable, row);
  return { at: at.toISOString(), type, service, eventId, ...(detail === null ? {} : { detail }) };
}

/** The data of the event without the ids and items, which the purchase has. */
function detailOf({ data }: Event): Record<string, unknown> {
  const { purchaseId: _purchase, userId: _user, items: _items, ...facts } = data as Record<string, unknown>;
  return facts;
}
