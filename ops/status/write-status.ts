import { delayedWorkChecks } from '@florin/invariants';
import type { Part } from '../platform/part.ts';
import { type ServiceName, serviceNames } from '../platform/service-names.ts';
import type { Problem } from './find-problems.ts';
import type { PlatformState, ServiceState } from './read-platform.ts';

/** Writes the status for a person: first what is wrong, then each part. */
export function writeStatus(state: PlatformState, problems: readonly Problem[]): string {
  const { at, services, kafka } = state;
  return [
    `Florin at ${at}: ${problems.length === 0 ? 'fine' : `${problems.length} problem${problems.length === 1 ? '' : 's'}`}`,
    ...problems.flatMap(({ part, what, toDo, alert }) => [
      `  ! ${part}: ${what}`,
      `      ${toDo}`,
      `      docs/runbook.md#${alert.toLowerCase()}`,
    ]),
    '',
    ...serviceNames.flatMap((name) => writeService(name, services[name])),
    writeKafka(kafka),
  ].join('\n');
}

function writeService(name: ServiceName, { health, status, database, lag, url }: ServiceState): string[] {
  const version = status.isThere
    ? `  version ${status.value.version}, instance ${status.value.instance}, up ${duration(status.value.upSeconds)}`
    : '';
  return [
    `${name.padEnd(8)} ${health.isThere ? health.value.status : 'down'}  ${url}${version}`,
    row('database', database, (value) => {
      const { outbox, deadLetters, parkedKeys, clockDifferenceSeconds: clock } = value;
      const age = outbox.rows === 0 ? '' : `, the oldest ${duration(outbox.oldestAgeSeconds)} old`;
      return `up; outbox ${outbox.rows} events${age}; ${deadLetters} dead letters; ${parkedKeys + outbox.parkedKeys} parked keys; clock ${signed(clock)} s`;
    }),
    ...(lag.isThere && lag.value.length === 0
      ? []
      : [
          row('consumer', lag, (lags) =>
            lags.map((one) => `${one.topic} ${one.messages} messages, ${one.seconds} s behind`).join('; '),
          ),
        ]),
    row('checks', status, ({ invariants }) => writeInvariants(invariants)),
    row(
      'jobs',
      status,
      ({ jobs }) => jobs.map(({ job, lastSuccess }) => `${job} ${lastSuccess ?? 'never'}`).join('; ') || 'none has succeeded yet',
    ),
    row('switches', database, ({ switches }) => writeSwitches(switches)),
  ];
}

function row<Value>(title: string, part: Part<Value>, write: (value: Value) => string): string {
  return `  ${title.padEnd(9)} ${part.isThere ? write(part.value) : `unknown: ${part.fault}`}`;
}

type CheckedInvariant = { invariant: string; violations: number | null; checkAgeSeconds: number | null };

function writeInvariants(invariants: readonly CheckedInvariant[]): string {
  const ages = invariants.flatMap(({ checkAgeSeconds }) => checkAgeSeconds ?? []);
  if (ages.length === 0) return 'invariants never checked in the background; npm run audit checks them now';
  const broken = invariants.filter(
    ({ invariant, violations }) => (violations ?? 0) > 0 && !delayedWorkChecks.includes(invariant),
  ).length;
  return `${ages.length} invariants, ${broken} broken, the oldest check ${duration(Math.max(...ages))} ago`;
}

function writeSwitches(switches: readonly { name: string; isOn: boolean; until: string | null }[]): string {
  const on = switches.filter(({ isOn }) => isOn);
  return on.length === 0
    ? 'none on'
    : on.map(({ name, until }) => `${name} ON${until === null ? '' : ` until ${until}`}`).join('; ');
}

function writeKafka(kafka: PlatformState['kafka']): string {
  if (!kafka.isThere) return `kafka    down  ${kafka.fault}`;
  const members = serviceNames.map((name) => `${name} ${kafka.value.members[name]}`).join(', ');
  return `kafka    up  members of the consumer groups: ${members}`;
}

function signed(seconds: number): string {
  return seconds > 0 ? `+${seconds}` : String(seconds);
}

function duration(seconds: number): string {
  if (seconds < 120) return `${Math.round(seconds)} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  return seconds < 172_800 ? `${Math.round(seconds / 3600)} h` : `${Math.round(seconds / 86_400)} days`;
}
