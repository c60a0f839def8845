import { demoAccounts } from '../servers/auth/src/demo-accounts.ts';
import { readArguments, runCommandLine, UsageError } from './command-line.ts';
import { type ServiceName, serviceNames } from './platform/service-names.ts';

const help = `npm run dead-letters -- <list | show ID | replay ID | drop ID> [--service auth|product|payment] [--json]

Looks at messages that could not be handled, on the running platform, as an admin.

  list      what is set aside, oldest first; "parked" waits behind a dead one of its key
  show      one of them, with its message
  replay    handle it again, and then all that waits behind it, in order
  drop      give it up for good; what waits behind it still waits

list looks at all services unless one is named. The admin is FLORIN_ADMIN_EMAIL with FLORIN_ADMIN_PASSWORD, else npm start's
own; the services are at AUTH_URL, PRODUCT_URL and PAYMENT_URL, else at their ports on this machine.`;

type Letter = {
  id: string;
  status: string;
  topic: string;
  partition: number;
  offset: string;
  key: string | null;
  reason?: string;
};
type Json = Record<string, unknown>;

const defaultPorts: Record<ServiceName, number> = { auth: 3001, product: 3002, payment: 3003 };

await runCommandLine(help, async () => {
  const { values, positionals } = readArguments({ service: { type: 'string' } });
  if (values['help']) return print(help);
  const [action = 'list', id] = positionals;
  const services = chosenServices(values['service']);
  const token = await signIn();
  if (action === 'list') return list(services, { token, isJson: values['json'] === true });
  const [service] = services;
  if (id === undefined || service === undefined || services.length > 1)
    throw new UsageError(`${action} needs an ID and --service.`);
  const path = `/v1/${service}/dead-letters/${encodeURIComponent(id)}`;
  if (action === 'show') return print(JSON.stringify(await call(service, 'GET', path, { token }), null, 2));
  if (action === 'replay') {
    const { replayed } = (await call(service, 'POST', `${path}/replay`, { token })) as { replayed: number };
    return print(values['json'] ? JSON.stringify({ replayed }) : `${replayed} handled.`);
  }
  if (action === 'drop') {
    await call(service, 'DELETE', path, { token });
    return print(values['json'] ? JSON.stringify({ dropped: id }) : 'Dropped. What waits behind it still waits.');
  }
  throw new UsageError(`There is no ${JSON.stringify(action)}.`);
});

async function list(services: readonly ServiceName[], { token, isJson }: { token: string; isJson: boolean }): Promise<number> {
  const letters: (Letter & { service: ServiceName })[] = [];
  for (const service of services) {
    const found = (await call(service, 'GET', `/v1/${service}/dead-letters?limit=100`, { token })) as Letter[];
    letters.push(...found.map((letter) => ({ service, ...letter })));
  }
  if (isJson) return print(JSON.stringify(letters));
  for (const { service, id, status, topic, partition, offset, key, reason = '' } of letters) {
    print(`${service}  ${id}  ${status.padEnd(6)}  ${topic}/${partition} at ${offset}  key ${key ?? 'none'}  ${reason}`);
  }
  return print(
    letters.length === 0 ? 'No dead letters.' : `${letters.length} set aside (at most 100 of each service are listed).`,
  );
}

function chosenServices(service: unknown): readonly ServiceName[] {
  if (service === undefined) return serviceNames;
  const known = serviceNames.find((name) => name === service);
  if (known === undefined) throw new UsageError(`--service is one of ${serviceNames.join(', ')}.`);
  return [known];
}

async function signIn(): Promise<string> {
  const { FLORIN_ADMIN_EMAIL: email = demoAccounts.admin.email, FLORIN_ADMIN_PASSWORD: password = demoAccounts.admin.password } =
    process.env;
  const { accessToken } = (await call('auth', 'POST', '/v1/auth/signin', { body: { email, password } })) as {
    accessToken: string;
  };
  return accessToken;
}

async function call(
  service: ServiceName,
  method: string,
  path: string,
  { token, body }: { token?: string; body?: Json },
): Promise<unknown> {
  const name = service.toUpperCase();
  const base = process.env[`${name}_URL`] ?? `http://127.0.0.1:${process.env[`${name}_PORT`] ?? defaultPorts[service]}`;
  const response = await fetch(base + path, {
    method,
    headers: { 'content-type': 'application/json', ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(30_000),
  }).catch((error: unknown) => {
    throw new Error(`${service} does not answer at ${base}: is the platform up?`, { cause: error });
  });
  const text = await response.text();
  const answer = (text === '' ? {} : JSON.parse(text)) as { data?: unknown; title?: string; detail?: string; code?: string };
  if (!response.ok) throw new Error(`${service}: ${answer.detail ?? answer.title} (${response.status} ${answer.code})`);
  return answer.data;
}

function print(text: string): number {
  process.stdout.write(`${text}\n`);
  return 0;
}
