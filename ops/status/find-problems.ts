import { delayedWorkChecks } from '@florin/invariants';
import { type ServiceName, serviceNames } from '../platform/service-names.ts';
import type { PlatformState, ServiceState } from './read-platform.ts';

export type Problem = {
  /** What is affected: `payment`, `payment database`, `kafka`. */
  part: string;
  what: string;
  toDo: string;
  /** Name of the alert, which is the heading in docs/runbook.md. */
  alert: string;
};

/** Seconds. Below it, a batch or a restart explains the delay. */
const DELAYED_S = 30;
/** Seconds. Background checks go round in less. */
const UNCHECKED_S = 6 * 3600;

/** Lists what is wrong, the causes before their consequences. */
export function findProblems({ services, kafka }: PlatformState): Problem[] {
  const of = <T>(find: (service: ServiceName, state: ServiceState) => T[]): T[] =>
    serviceNames.flatMap((name) => find(name, services[name]));
  return [
    ...of(databaseDown),
    ...(kafka.isThere ? [] : [kafkaDown(kafka.fault)]),
    ...of(serviceDown),
    ...of(switchesOn),
    ...of(delays),
    ...of(leftBehind),
    ...of(notHealthy),
    ...of(wrongData),
  ];
}

function databaseDown(name: ServiceName, { database }: ServiceState): Problem[] {
  if (database.isThere) return [];
  const toDo = `Start the database server, or correct ${name.toUpperCase()}_DATABASE_URL. ${name} answers 503 until then; nothing is lost`;
  return [{ part: `${name} database`, what: `does not answer: ${database.fault}`, toDo, alert: 'FlorinServiceDown' }];
}

function kafkaDown(fault: string): Problem {
  const toDo = 'Start Kafka, or correct KAFKA_BROKERS. Purchases are accepted and wait in the outbox until then; nothing is lost';
  return { part: 'kafka', what: `does not answer: ${fault}`, toDo, alert: 'FlorinOutboxStuck' };
}

function serviceDown(name: ServiceName, { health, url }: ServiceState): Problem[] {
  if (health.isThere) return [];
  const toDo = `Start ${name}; its log says why it ended. If it runs elsewhere, set ${name.toUpperCase()}_URL`;
  return [{ part: name, what: `does not answer at ${url}: ${health.fault}`, toDo, alert: 'FlorinServiceDown' }];
}

function switchesOn(name: ServiceName, { database, status }: ServiceState): Problem[] {
  const switches = database.isThere ? database.value.switches : status.isThere ? status.value.switches : [];
  return switches
    .filter(({ isOn }) => isOn)
    .map(({ name: thrown, reason, by, since, until }) => ({
      part: name,
      what: `switch ${thrown} is on since ${since}, by ${by ?? 'unknown'}: ${reason}`,
      toDo: `${until === null ? '' : `It ends at ${until}. `}Take it back with: npm run switch -- ${thrown} off --service ${name} --reason …`,
      alert: 'FlorinSwitchThrown',
    }));
}

function delays(name: ServiceName, { database, lag }: ServiceState): Problem[] {
  const problems: Problem[] = [];
  const age = database.isThere ? database.value.outbox.oldestAgeSeconds : 0;
  if (age > DELAYED_S) {
    const what = `the oldest event in the outbox has waited ${Math.round(age)} s`;
    problems.push({ part: name, what, toDo: `Check that ${name} runs and that Kafka answers`, alert: 'FlorinOutboxStuck' });
  }
  for (const { topic, messages, seconds } of lag.isThere ? lag.value : []) {
    if (seconds <= DELAYED_S) continue;
    const what = `the consumer is behind in ${topic} by ${messages} messages, ${seconds} s`;
    const toDo = `Check that ${name} runs, that its consumer is not paused, and its log for "batch failed"`;
    problems.push({ part: name, what, toDo, alert: 'FlorinConsumerBehind' });
  }
  return problems;
}

function leftBehind(name: ServiceName, { database }: ServiceState): Problem[] {
  if (!database.isThere) return [];
  const { deadLetters, parkedKeys, outbox } = database.value;
  const toDo = `Read them with: npm run dead-letters -- list --service ${name}. Correct the cause, then replay`;
  return [
    ...(deadLetters > 0 ? [{ part: name, what: `${deadLetters} dead letters`, toDo, alert: 'FlorinDeadLetters' }] : []),
    ...(parkedKeys > 0
      ? [{ part: name, what: `events of ${parkedKeys} keys wait behind a dead letter`, toDo, alert: 'FlorinParkedKeys' }]
      : []),
    ...(outbox.parkedKeys > 0
      ? [{ part: name, what: `Kafka refuses events of ${outbox.parkedKeys} keys`, toDo, alert: 'FlorinParkedKeys' }]
      : []),
  ];
}

/** Reasons of readiness that another line names already are left out only if they are about the same part. */
function notHealthy(name: ServiceName, { health, database }: ServiceState): Problem[] {
  if (!health.isThere || health.value.status === 'ok') return [];
  const { status, reasons } = health.value;
  return reasons
    .filter((reason) => database.isThere || !reason.startsWith('database:'))
    .filter((reason) => !reason.includes('paused by a switch'))
    .map((reason) => ({ part: name, what: `${status}: ${reason}`, toDo: 'See the reason', alert: alertOf(reason) }));
}

function alertOf(reason: string): string {
  if (reason.includes('clock of this instance')) return 'FlorinClockDifference';
  if (reason.startsWith('consumer:')) return reason.includes('is blocked') ? 'FlorinConsumerBehind' : 'FlorinConsumerStopped';
  if (reason.startsWith('kafka:')) return 'FlorinOutboxStuck';
  if (reason.includes('connections are in use')) return 'FlorinDatabasePoolWaiting';
  if (reason.startsWith('sessions:')) return 'FlorinRevocationsStale';
  if (reason.startsWith('backlog:')) return reason.includes('outbox') ? 'FlorinOutboxStuck' : 'FlorinConsumerBehind';
  return 'FlorinServiceDown';
}

function wrongData(name: ServiceName, { status }: ServiceState): Problem[] {
  if (!status.isThere) return [];
  return status.value.invariants.flatMap(({ invariant, violations, checkAgeSeconds }): Problem[] => {
    // Delayed work has lines of its own.
    if ((violations ?? 0) > 0 && !delayedWorkChecks.includes(invariant)) {
      const what = `${violations} rows break the invariant ${invariant}`;
      return [{ part: name, what, toDo: 'Run npm run audit, which lists the rows', alert: 'FlorinInvariantViolated' }];
    }
    if ((checkAgeSeconds ?? 0) <= UNCHECKED_S) return [];
    const what = `the invariant ${invariant} was last checked ${Math.round(checkAgeSeconds ?? 0)} s ago`;
    return [{ part: name, what, toDo: 'Run npm run audit', alert: 'FlorinInvariantUnchecked' }];
  });
}
