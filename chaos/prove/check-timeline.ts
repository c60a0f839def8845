import type { Finding } from './finding.ts';
import type { Status } from './purchase-history.ts';

export type TimelineFacts = {
  id: string;
  status: Status;
  refund: 'none' | 'pending' | 'done';
  /** What the timeline shows, in its order. */
  steps: readonly { type: string; eventId: string }[];
};

type Published = {
  /** Each purchase's events on the topics: type by event id. */
  consumed: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Events that were not the platform's, but asked it again. */
  reissued: ReadonlySet<string>;
};

const answerTypes = ['purchase-paid', 'purchase-declined', 'purchase-refunded'];
const askTypes = ['purchase-requested', 'purchase-cancelled'];

/** A timeline shows exactly the events that were published, each once, and they are those that its purchase's state implies. Pure. */
export function checkTimeline({ id, status, refund, steps }: TimelineFacts, { consumed, reissued }: Published): Finding[] {
  const findings: Finding[] = [];
  const find = (check: string, detail: string): void => void findings.push({ check, subject: id, detail });
  const published = consumed.get(id) ?? new Map<string, string>();
  const shown = new Set(steps.map(({ eventId }) => eventId));
  if (shown.size < steps.length) find('a timeline shows each event once', steps.map(({ type }) => type).join(', '));
  for (const [eventId, type] of published) {
    if (!shown.has(eventId) && !reissued.has(eventId))
      find('every event published is on its timeline', `${type} ${eventId} is not`);
  }
  for (const { type, eventId } of steps) {
    if (!published.has(eventId)) find('every event on a timeline was published', `${type} ${eventId} was not`);
  }
  const countOf = (types: readonly string[], list: Iterable<string>): number =>
    [...list].filter((type) => types.includes(type)).length;
  const asks = countOf(askTypes, published.values());
  const answers = countOf(answerTypes, published.values());
  if (asks !== answers) find('every ask has one answer', `${asks} asks, ${answers} answers`);

  const own = steps.filter(({ type }) => !answerTypes.includes(type)).map(({ type }) => type);
  if (own.toSorted().join(', ') !== ownSteps(status).toSorted().join(', '))
    find('a timeline tells how its purchase came to be', `${status} by ${own.join(', ')}`);
  const has = new Set(steps.map(({ type }) => type));
  for (const type of impliedAnswers(status, refund)) {
    if (![...type].some((one) => has.has(one)))
      find('a timeline tells how its purchase came to be', `${status}, refund ${refund}, without ${type.join(' or ')}`);
  }
  if (has.has('purchase-paid') && has.has('purchase-declined')) find('a purchase has one decision', 'it was paid and declined');
  return findings;
}

function ownSteps(status: Status): string[] {
  const further: Partial<Record<Status, string[]>> = {
    cancelled: ['purchase-cancelled'],
    shipped: ['purchase-shipped'],
    delivered: ['purchase-shipped', 'purchase-delivered'],
  };
  return ['purchase-requested', ...(further[status] ?? [])];
}

/** The answers that must be there; of each inner list, one. */
function impliedAnswers(status: Status, refund: TimelineFacts['refund']): string[][] {
  switch (status) {
    case 'paid':
    case 'shipped':
    case 'delivered':
      return [['purchase-paid']];
    case 'declined':
      return [['purchase-declined']];
    case 'cancelled':
      return refund === 'done'
        ? [['purchase-paid'], ['purchase-refunded']]
        : [['purchase-paid', 'purchase-declined'], ['purchase-refunded']];
    case 'requested':
      return [];
  }
}
