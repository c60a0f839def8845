import { type FlorinClient, memoryStorage } from '@florin/client';
import { newId } from '@florin/database';
import { expect } from 'chai';
import { serviceNames } from '../ops/platform/service-names.ts';
import { openClient, problemOr } from './sign-up.ts';
import type { TestPlatform } from './start-test-platform.ts';

type Schema = {
  $ref?: string;
  type?: string | string[];
  format?: string;
  pattern?: string;
  enum?: unknown[];
  const?: unknown;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  items?: Schema;
  properties?: Record<string, Schema>;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
};
type Operation = {
  parameters?: { in: string; name: string; schema?: Schema }[];
  requestBody?: { content?: Record<string, { schema?: Schema }> };
};
type Document = { paths: Record<string, Record<string, Operation>> };

export type Planted = { texts: Map<string, string>; requests: number };

/** Endpoints that would end the session with which everything is sent. */
const ENDS_SESSION = new Set(['/v1/auth/signout']);
const methods = new Set(['get', 'post', 'put', 'patch', 'delete']);

/**
 * Sends every operation of every service requests that are full of secrets and personal data: in the path, the query, the headers and
 * all fields of the body, with and without a token. Then it signs users up, buys, cancels and so on with such values. Returns each
 * planted text with its place.
 */
export async function plantEverywhere(
  platform: TestPlatform,
  { staff, productId }: { staff: FlorinClient; productId: string },
): Promise<Planted> {
  const token = (await staff.session.tokens())?.accessToken ?? '';
  const planted: Planted = { texts: new Map([[token, 'an access token']]), requests: 0 };
  const secret = (place: string): string => {
    const text = `plant${newId().replaceAll('-', '')}`;
    planted.texts.set(text, place);
    return text;
  };
  for (const service of serviceNames) {
    const { body } = await platform[service]('GET', platform.openapiPath(service));
    const document = body as Document;
    for (const [path, operations] of Object.entries(document.paths))
      for (const [method, operation] of Object.entries(operations)) {
        if (!methods.has(method) || ENDS_SESSION.has(path)) continue;
        for (const bearer of [token, secret('an invalid token')])
          for (const isNamed of [true, false]) {
            const what = `${method} ${path}`;
            const query = queryOf(operation, (name) => secret(`query ${name} of ${what}`), isNamed);
            const url = `${path.replaceAll(/\{\w+\}/g, () => (isNamed ? newId() : secret(`path of ${what}`)))}?${query}`;
            await platform[service](method.toUpperCase(), url, {
              token: bearer,
              headers: headersOf(secret, what),
              ...(operation.requestBody !== undefined && {
                body: bodyOf(document, operation, (field) => secret(`${field} of ${what}`)),
              }),
            }).catch(notJson);
            planted.requests++;
          }
      }
  }
  await live(platform, { planted, secret, staff, productId });
  return planted;
}

/** Names the place of each planted text that occurs in an output. */
export function findPlanted({ texts }: Planted, outputs: Readonly<Record<string, string>>): string[] {
  return Object.entries(outputs).flatMap(([name, output]) =>
    [...texts].flatMap(([text, place]) => (output.includes(text) ? [`${place} is in the ${name}`] : [])),
  );
}

type Life = { planted: Planted; secret(place: string): string; staff: FlorinClient; productId: string };

/** What users and staff do, with personal data that is accepted. */
async function live(platform: TestPlatform, { planted, secret, staff, productId }: Life): Promise<void> {
  const storage = memoryStorage();
  const florin = openClient(platform, { storage });
  const remember = async (): Promise<void> => {
    const { accessToken = '', refreshToken = '' } = (await storage.read()) ?? {};
    expect([accessToken, refreshToken]).to.not.include('');
    planted.texts.set(accessToken, 'an access token').set(refreshToken, 'a refresh token');
  };
  const [email, password] = [`${secret('an e-mail address')}@florin.example`, secret('a password')];
  const account = { email, password, name: secret('a name') };
  const { id: userId } = await florin.session.signUp(account);
  await remember();
  await problemOr(florin.session.signUp(account));
  await problemOr(florin.session.signIn({ email, password: secret('a wrong password') }));
  await florin.session.signIn({ email, password });
  await remember();
  await florin.patch('/v1/users/me', { body: { name: secret('a new name') } });
  const newPassword = secret('a new password');
  await florin.post('/v1/users/me/password', { body: { currentPassword: password, newPassword } });
  // The change has ended the token, so the client renews it.
  const idempotencyKey = secret('an idempotency key');
  const { id } = await florin.buy([{ productId, quantity: 1 }], { idempotencyKey });
  await remember();
  await staff.post('/v1/purchases/{id}/cancel', { params: { path: { id } }, body: { reason: secret('a reason') } });
  await staff.post('/v1/wallets/{userId}/adjustments', {
    params: { path: { userId } },
    body: { amountMinor: 1, reason: secret('a reason of an adjustment') },
    idempotencyKey: secret('an idempotency key of an adjustment'),
  });
  await staff.get('/v1/users', { params: { query: { email } } });
  await florin.delete('/v1/users/me', { body: { currentPassword: newPassword } });
}

function headersOf(secret: Life['secret'], what: string): Record<string, string> {
  return {
    cookie: `florin_refresh=${secret(`the cookie of ${what}`)}`,
    'idempotency-key': secret(`the idempotency key of ${what}`),
    'if-match': `"${secret(`If-Match of ${what}`)}"`,
    'user-agent': secret(`the user agent of ${what}`),
    'x-forwarded-for': secret(`X-Forwarded-For of ${what}`),
    traceparent: secret(`traceparent of ${what}`),
    tracestate: `a=${secret(`tracestate of ${what}`)}`,
    baggage: `a=${secret(`baggage of ${what}`)}`,
  };
}

function queryOf({ parameters = [] }: Operation, secret: (name: string) => string, isNamed: boolean): URLSearchParams {
  const names = parameters.filter(({ in: place }) => place === 'query').map(({ name }) => name);
  // Each alone would be rejected for the first one; a request without any is accepted.
  return new URLSearchParams(isNamed ? {} : Object.fromEntries([...names, 'email'].map((name) => [name, secret(name)])));
}

function bodyOf(document: Document, { requestBody }: Operation, secret: (field: string) => string): unknown {
  const schema = requestBody?.content?.['application/json']?.schema;
  return schema === undefined ? secret('body') : sampleOf(document, schema, { field: 'body', secret });
}

function sampleOf(document: Document, given: Schema, place: { field: string; secret(field: string): string }): unknown {
  const schema = resolved(document, given);
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  const of = (part: Schema, field: string): unknown => sampleOf(document, part, { ...place, field });
  const [choice] = schema.anyOf ?? schema.oneOf ?? schema.allOf ?? [];
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  if (schema.properties !== undefined)
    return Object.fromEntries(Object.entries(schema.properties).map(([name, part]) => [name, of(part, name)]));
  if (choice !== undefined) return of(choice, place.field);
  if (type === 'array') return [of(schema.items ?? {}, place.field)];
  if (type === 'integer' || type === 'number') return Math.max(schema.minimum ?? 1, 1);
  if (type === 'boolean') return true;
  return textOf(schema, place);
}

function textOf(
  { format, maxLength = 200 }: Schema,
  { field, secret }: { field: string; secret(field: string): string },
): string {
  if (format === 'uuid') return newId();
  const text = secret(field);
  if (format === 'email') return `${text}@florin.example`;
  if (format === 'uri') return `https://florin.example/${text}`;
  return maxLength < text.length ? 'EUR' : text;
}

function resolved(document: Document, schema: Schema): Schema {
  if (schema.$ref === undefined) return schema;
  const path = schema.$ref.slice('#/'.length).split('/');
  return path.reduce<unknown>((part, name) => (part as Record<string, unknown>)[name], document) as Schema;
}

/** The client parses JSON; a page or a file is none. */
function notJson(error: unknown): void {
  if (!(error instanceof SyntaxError)) throw error;
}
