import { runCommandLine, UsageError } from './command-line.ts';
import { callService as call, signInAsAdmin } from './platform/call-service.ts';
import { type ServiceName, serviceNames, settingOf } from './platform/service-names.ts';

const help = `npm run dead-letters -- <list | show ID | replay ID | drop ID [--force]> [--service ${serviceNames.join('|')}] [--json]

Lists and clears messages that could not be handled and events that could not be published, on the running platform, as an admin.

  list      lists dead and parked messages, oldest first. Consumed messages: "parked" ones wait behind a "dead" one of their key.
            Events to publish: "waiting" ones wait behind a "refused" one of their key
  show      shows one of them with its content
  replay    handles or publishes it again, and then all that wait behind it, in order
  drop      removes it for good; those behind it stay parked. --force also removes one that is only waiting

list reads all services by default. The admin is FLORIN_ADMIN_EMAIL with FLORIN_ADMIN_PASSWORD (default: the admin of npm start).
The services are at ${serviceNames.map((name) => settingOf(name, 'URL')).join(', ')} (default: their ports on this machine).

Exit code 0: done; 1: failed; 2: wrong usage.`;

/** The endpoints: consumed messages that could not be handled, and events that Kafka rejected. */
const kinds = ['dead-letters', 'parked-events'] as const;
type Kind = (typeof kinds)[number];

type Letter = { id: string; status: string; topic: string; key: string | null; reason?: string };
/** A dead letter has a partition and an offset; a parked event has a type and a size. */
type FoundLetter = Letter & {
  service: ServiceName;
  kind: Kind;
  partition?: number;
  offset?: string;
  type?: string;
  bytes?: number;
};
type Which = { path: string; token: string; isForced: boolean };
type Action = (service: ServiceName, which: Which) => Promise<{ value: unknown; text: string }>;

const actions: Record<'show' | 'replay' | 'drop', Action> = {
  async show(service, { path, token }) {
    const letter = await call(service, 'GET', path, { token });
    return { value: letter, text: JSON.stringify(letter, null, 2) };
  },
  async replay(service, { path, token }) {
    const { replayed } = (await call(service, 'POST', `${path}/replay`, { token })) as { replayed: number };
    return { value: { replayed }, text: `${replayed} replayed.` };
  },
  async drop(service, { path, token, isForced }) {
    await call(service, 'DELETE', isForced ? `${path}?force=true` : path, { token });
    return { value: { dropped: path.split('/').at(-1) }, text: 'Dropped. Events behind it stay parked.' };
  },
};

await runCommandLine({
  help,
  flags: { service: { type: 'string' }, force: { type: 'boolean', default: false } },
  maxPositionals: 2,
  async run({ values, positionals, answer }) {
    const [action = 'list', id] = positionals;
    if (!isAction(action)) throw new UsageError(`Unknown action ${JSON.stringify(action)}.`);
    const services = chosenServices(values['service']);
    if (action === 'list') {
      const letters = await list(services, await signInAsAdmin());
      answer(letters, written(letters));
      return 0;
    }
    const [service] = services;
    if (id === undefined || service === undefined || services.length > 1)
      throw new UsageError(`${action} needs an ID and --service.`);
    const token = await signInAsAdmin();
    const path = await findPath(service, { id, token });
    const { value, text } = await actions[action](service, { path, token, isForced: values['force'] === true });
    answer(value, text);
    return 0;
  },
});

function isAction(text: string): text is 'list' | keyof typeof actions {
  return text === 'list' || text in actions;
}

async function list(services: readonly ServiceName[], token: string): Promise<FoundLetter[]> {
  const letters: FoundLetter[] = [];
  for (const service of services) {
    for (const kind of kinds) {
      const found = (await call(service, 'GET', `/v1/${service}/${kind}?limit=100`, { token })) as Letter[];
      letters.push(...found.map((letter) => ({ service, kind, ...letter })));
    }
  }
  return letters;
}

function written(letters: readonly FoundLetter[]): string {
  const lines = letters.map(({ service, id, status, topic, partition, offset, key, type, bytes, reason = '' }) => {
    const what = partition === undefined ? `${type} of ${bytes} bytes for ${topic}` : `${topic}/${partition} at ${offset}`;
    return `${service}  ${id}  ${status.padEnd(7)}  ${what}  key ${key ?? 'none'}  ${reason}`;
  });
  const sum = `${letters.length} dead or parked (maximum 100 of each kind and service).`;
  return [...lines, letters.length === 0 ? 'No dead letters, no parked events.' : sum].join('\n');
}

function chosenServices(service: unknown): readonly ServiceName[] {
  if (service === undefined) return serviceNames;
  const known = serviceNames.find((name) => name === service);
  if (known === undefined) throw new UsageError(`--service must be one of ${serviceNames.join(', ')}.`);
  return [known];
}

/** Finds the endpoint of an id: a dead letter or a parked event. */
async function findPath(service: ServiceName, { id, token }: { id: string; token: string }): Promise<string> {
  const paths = kinds.map((kind) => `/v1/${service}/${kind}/${encodeURIComponent(id)}`);
  for (const path of paths) {
    const isThere = await call(service, 'GET', path, { token }).then(
      () => true,
      (error: Error & { status?: number }) => {
        if (error.status === 404) return false;
        throw error;
      },
    );
    if (isThere) return path;
  }
  throw new Error(`${service}: no dead letter or parked event ${id}`);
}
