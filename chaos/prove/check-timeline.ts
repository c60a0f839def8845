import type { Finding } from './finding.ts';
import type { Status } from './purchase-history.ts';

export type TimelineFacts = {
  id: string;
  status: Status;
  refund: 'none' | 'pending' | 'done';
  /** Steps of the timeline, in its order. */
  steps: readonly { type: string; eventId: string }[];
};

type Published = {
  /** Events on the topics: by purchase, type by event id. */
  consumed: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Ids of the requests that the duplicator reissued. */
  reissued: ReadonlySet<string>;
};

const outcomeTypes = ['purchase-paid', 'purchase-declined', 'purchase-refunded'];
const requestTypes = ['purchase-requested', 'purchase-cancelled'];
const refundAnswers = ['refund-posted', 'refund-rejected'];
/** Product asks again until payment answers: the timeline shows the first question and the first answer. */
const refundTypes = ['refund-requested', ...refundAnswers];

/** Checks that a timeline has each published event once, and the events that the purchase's status implies. Pure. */
export function checkTimeline({ id, status, refund, steps }: TimelineFacts, { consumed, reissued }: Published): Finding[] {
  const findings: Finding[] = [];
  const find = (check: string, detail: string): void => void findings.push({ check, subject: id, detail });
  const published = consumed.get(id) ?? new Map<string, string>();
  const shown = new Set(steps.map(({ eventId }) => eventId));
  if (shown.size < steps.length) find('a timeline has each event once', steps.map(({ type }) => type).join(', '));
  for (const [eventId, type] of published) {
    if (refundTypes.includes(type)) continue;
    if (!shown.has(eventId) && !reissued.has(eventId)) find('a timeline has every published event', `${type} ${eventId} is not`);
  }
  for (const { type, eventId } of steps) {
    if (!published.has(eventId)) find('a timeline has only published events', `${type} ${eventId} was not`);
  }
  const countOf = (types: readonly string[], list: Iterable<string>): number =>
    [...list].filter((type) => types.includes(type)).length;
  const requests = countOf(requestTypes, published.values());
  const outcomes = countOf(outcomeTypes, published.values());
  if (requests !== outcomes) find('every request has one outcome event', `${requests} requests, ${outcomes} outcome events`);

  const all = steps.map(({ type }) => type);
  const asked = countOf(['refund-requested'], all);
  const answered = countOf(refundAnswers, all);
  if (asked !== answered) find('every refund has one answer', `${asked} refunds requested, ${answered} answered`);
  const own = all.filter((type) => ![...outcomeTypes, ...refundTypes].includes(type));
  if (!ownSteps(status).some((expected) => expected.toSorted().join(', ') === own.toSorted().join(', ')))
    find('a timeline explains the status of its purchase', `${status} by ${own.join(', ')}`);
  const has = new Set(steps.map(({ type }) => type));
  for (const type of impliedOutcomes(status, refund)) {
    if (![...type].some((one) => has.has(one)))
      find('a timeline explains the status of its purchase', `${status}, refund ${refund}, without ${type.join(' or ')}`);
  }
  if (has.has('purchase-paid') && has.has('purchase-declined')) find('a purchase has one decision', 'it was paid and declined');
  return findings;
}

/** The steps of product that a status may have. The audit checks that a purchase is cancelled after it was shipped only by a return. */
function ownSteps(status: Status): string[][] {
  const further: Partial<Record<Status, string[][]>> = {
    cancelled: [['purchase-cancelled'], ['purchase-shipped', 'purchase-cancelled']],
    shipped: [['purchase-shipped']],
    delivered: [['purchase-shipped', 'purchase-delivered']],
  };
  return (further[status] ?? [[]]).map((steps) => ['purchase-requested', ...steps]);
}

/** Outcome events that the timeline must have: one of each inner list. */
function impliedOutcomes(status: Status, refund: TimelineFacts['refund']): string[][] {
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
