import { commandActor } from '@florin/runtime';
import { line, parseTime } from '@florin/values';
import { asFlag, asHelp, runCommandLine, UsageError } from '../command-line.ts';
import { findServiceDatabases } from '../platform/service-databases.ts';
import { type ServiceName, serviceNames } from '../platform/service-names.ts';
import { loadSwitches } from './find-switch.ts';
import { type ListedSwitch, listSwitches } from './list-switches.ts';
import { throwSwitch } from './throw-switch.ts';

const help = `npm run switch -- [NAME on|off --reason TEXT] [--until TIME] [--service ${serviceNames.join('|')}] [--as USER] [--json]

Stops or pauses a part of the platform without a release. All instances follow within a second, also while Kafka is away.
Without arguments it lists all switches.

  --reason TEXT  why, for the audit log and for the next person (at most 200 characters)
  --until TIME   the switch ends by itself: a time such as 2026-11-27T03:30:00Z, or a duration such as 30m or 2h
  --service      the service, if more than one has a switch of this name
${asHelp}

It writes to the service's database: AUTH_MIGRATION_DATABASE_URL and so on (default: that of npm start). The services need not run.

Exit code 0: done; 1: failed; 2: wrong usage.`;

const MAX_REASON_LENGTH = 200;

await runCommandLine({
  help,
  flags: { reason: { type: 'string' }, until: { type: 'string' }, service: { type: 'string' }, ...asFlag },
  maxPositionals: 2,
  async run({ values, positionals, answer }) {
    const [name, state] = positionals;
    if (name === undefined) {
      const { listed, unread } = await listSwitches(await loadSwitches(), await findServiceDatabases(process.env));
      answer(listed, [...listed.map(written), ...unread.map((one) => `The database of ${one} does not answer.`)].join('\n'));
      return unread.length === 0 ? 0 : 1;
    }
    if (state !== 'on' && state !== 'off') throw new UsageError('Say on or off.');
    const shown = await throwSwitch({
      name,
      isOn: state === 'on',
      reason: reasonOf(values['reason']),
      until: untilOf(values['until']),
      service: chosenService(values['service']),
      actor: commandActor(values),
      environment: process.env,
    });
    answer(shown, written(shown));
    return 0;
  },
});

function written({ service, name, isOn, effect, reason, since, until, by }: ListedSwitch): string {
  const title = `${isOn ? 'ON ' : 'off'}  ${service.padEnd(7)}  ${name}`;
  if (!isOn) return title;
  const end = until === null ? 'until it is taken back' : `until ${until}`;
  return `${title}\n     ${effect}.\n     ${reason} (${by ?? 'unknown'}, since ${since}, ${end})`;
}

function chosenService(service: string | boolean | undefined): ServiceName | undefined {
  if (service === undefined) return undefined;
  const known = serviceNames.find((name) => name === service);
  if (known === undefined) throw new UsageError(`--service must be one of ${serviceNames.join(', ')}.`);
  return known;
}

function reasonOf(text: string | boolean | undefined): string {
  const checked = line(MAX_REASON_LENGTH).required().label('--reason').validate(text);
  if (checked.error !== undefined) throw new UsageError(`Give a reason: ${checked.error.message}.`);
  return checked.value as string;
}

function untilOf(text: string | boolean | undefined): Date | undefined {
  if (text === undefined) return undefined;
  const [, amount, unit] = /^(\d{1,4})([mh])$/.exec(String(text)) ?? [];
  if (amount !== undefined) return new Date(Date.now() + Number(amount) * (unit === 'h' ? 3_600_000 : 60_000));
  const time = parseTime(String(text));
  if (time instanceof Date) return time;
  throw new UsageError('--until must be a time with a zone, such as 2026-11-27T03:30:00Z, or a duration such as 30m or 2h.');
}
