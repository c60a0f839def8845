import { OtherDriver } from './other-driver.ts';

const LASTING = new Set(['TypeError', 'RangeError', 'ReferenceError', 'SyntaxError']);
/** Errors that kafkajs calls final, but that come from a slow or unavailable broker. */
const PASSING = new Set(['KafkaJSTimeout', 'KafkaJSLockTimeout', 'KafkaJSGroupCoordinatorNotFound', 'OtherDriver']);

/**
 * Whether waiting may cure the error that ended a session. An error without a verdict of kafkajs comes from the consumer's
 * database.
 */
export function mayPass(error: unknown): boolean {
  const causes = causesOf(error);
  if (causes.some(({ name, retriable }) => retriable === true || PASSING.has(name))) return true;
  return !causes.some(({ name, retriable }) => retriable === false || LASTING.has(name));
}

type Cause = { name: string; type?: string; retriable?: boolean; cause?: unknown };

function causesOf(error: unknown): Cause[] {
  const causes: Cause[] = [];
  for (let cause = error as Cause | undefined; cause && !causes.includes(cause); cause = cause.cause as Cause | undefined)
    causes.push(cause);
  return causes;
}

/** Replaces Kafka's refusal of a member with another assignment strategy by an error that says what to do. */
export function explainRefusal(error: unknown, group: string): unknown {
  const isRefused = causesOf(error).some(({ type }) => type === 'INCONSISTENT_GROUP_PROTOCOL');
  return isRefused ? new OtherDriver(group, { cause: error }) : error;
}
