import type { Part } from '../platform/part.ts';
import { serviceNames } from '../platform/service-names.ts';
import type { PurchaseTrace } from './trace-purchase.ts';

/** Writes a trace for a person: what is known, one line for each step, and the parts that could not be read. */
export function writeTrace(trace: PurchaseTrace): string {
  const { purchaseId, traceIds, purchase, payment, events, log } = trace;
  return [
    `purchase ${purchaseId}`,
    `trace    ${traceIds.length === 0 ? 'unknown' : traceIds.join(', ')}`,
    one('product', purchase, (value) =>
      value === null
        ? 'does not know this purchase'
        : `${value.status}${value.declineReason === null ? '' : ` (${value.declineReason})`}, ${value.totalMinor} minor units ${value.currency}, refund ${value.refund}, user ${value.userId}, requested ${value.createdAt}`,
    ),
    ...section('timeline', purchase, (value) =>
      (value?.timeline ?? []).map(({ at, type, service, detail }) => `${at}  ${type}  ${service}  ${JSON.stringify(detail)}`),
    ),
    ...section('events in Kafka', events, (found) =>
      found.map(({ time, type, topic, partition, offset, id }) => {
        const handledBy = serviceNames.flatMap((name) => {
          const part = trace.handled[name];
          const at = part.isThere ? part.value[id] : undefined;
          return at === undefined ? [] : [`${name} handled it ${at}`];
        });
        return [`${time}  ${type}  ${topic}/${partition} at ${offset}  ${id}`, ...handledBy].join('; ');
      }),
    ),
    ...serviceNames.flatMap((name) =>
      section(`waiting in ${name}`, trace.waiting[name], (waiting) =>
        waiting.map(({ at, where, topic, reason }) => `${at}  ${where}  ${topic}${reason === null ? '' : `  ${reason}`}`),
      ),
    ),
    one('payment', payment, (value) =>
      value === null
        ? 'has not decided'
        : `${value.status}${value.declineReason === null ? '' : ` (${value.declineReason})`}, ${value.amountMinor} minor units ${value.currency}, decided ${value.decidedAt}, payment ${value.id}`,
    ),
    ...section('ledger', payment, (value) =>
      (value?.entries ?? []).map(
        ({ at, kind, account, amountMinor, sequence, balanceAfterMinor, transferId }) =>
          `${at}  ${kind}  ${account}  ${amountMinor}${sequence === null ? '' : `  entry ${sequence}, balance after ${balanceAfterMinor}`}  transfer ${transferId}`,
      ),
    ),
    ...section('log', log, (lines) => lines.map(({ time, service, level, event }) => `${time}  ${level}  ${service}  ${event}`)),
  ].join('\n');
}

function one<Value>(title: string, part: Part<Value>, write: (value: Value) => string): string {
  return `${title.padEnd(8)} ${part.isThere ? write(part.value) : `cannot be read: ${part.fault}`}`;
}

/** A title with its lines; nothing for an empty list. */
function section<Value>(title: string, part: Part<Value>, write: (value: Value) => string[]): string[] {
  if (!part.isThere) return [`${title}: cannot be read: ${part.fault}`];
  const lines = write(part.value);
  return lines.length === 0 ? [] : [`${title}:`, ...lines.map((line) => `  ${line}`)];
}
