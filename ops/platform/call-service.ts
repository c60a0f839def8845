import { demoAccounts } from '@florin/auth-server/demo-accounts';
import { forEachService, type ServiceName, settingOf } from './service-names.ts';

type Environment = {
  /** Default: that of the process. */
  environment?: NodeJS.ProcessEnv;
};
type Call = Environment & { token?: string; body?: Readonly<Record<string, unknown>>; timeoutMs?: number };
type Answer = { data?: unknown; title?: string; detail?: string; code?: string };

const TIMEOUT_MS = 30_000;
const defaultPorts = forEachService((_, { port }) => port);

/** The address of a running service: AUTH_URL and so on (default: its port on this machine). */
export function urlOfService(service: ServiceName, environment = process.env): string {
  const port = environment[settingOf(service, 'PORT')] ?? defaultPorts[service];
  return environment[settingOf(service, 'URL')] ?? `http://127.0.0.1:${port}`;
}

/**
 * Calls an endpoint of a running service and returns the `data` of its answer.
 *
 * @throws Error with the answer's `status`, or without one if the service does not answer
 */
export async function callService(
  service: ServiceName,
  method: string,
  path: string,
  { token, body, timeoutMs = TIMEOUT_MS, environment = process.env }: Call,
): Promise<unknown> {
  const base = urlOfService(service, environment);
  const response = await fetch(base + path, {
    method,
    headers: { 'content-type': 'application/json', ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(timeoutMs),
  }).catch((error: unknown) => {
    throw new Error(`${service} does not answer at ${base}. Is the platform running?`, { cause: error });
  });
  const text = await response.text();
  const answer = (text === '' ? {} : JSON.parse(text)) as Answer;
  if (!response.ok) {
    const message = `${service}: ${answer.detail ?? answer.title} (${response.status} ${answer.code})`;
    throw Object.assign(new Error(message), { status: response.status });
  }
  return answer.data;
}

/** Signs in as FLORIN_ADMIN_EMAIL with FLORIN_ADMIN_PASSWORD (default: the admin of `npm start`) and returns the access token. */
export async function signInAsAdmin({
  timeoutMs = TIMEOUT_MS,
  environment = process.env,
}: Omit<Call, 'body'> = {}): Promise<string> {
  const { admin } = demoAccounts;
  const { FLORIN_ADMIN_EMAIL: email = admin.email, FLORIN_ADMIN_PASSWORD: password = admin.password } = environment;
  const call = { body: { email, password }, timeoutMs, environment };
  return ((await callService('auth', 'POST', '/v1/auth/signin', call)) as { accessToken: string }).accessToken;
}
