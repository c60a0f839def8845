import { services } from '../../ops/platform/services.ts';
import { operationOf, type SampleRequest, SIGN_INS, SIGN_UP } from './sample-requests.ts';

/** Builds a collection of Postman's format 2.1, with a folder for each tag. */
export function postmanCollection(requests: readonly SampleRequest[]): string {
  const folders = new Map<string, object[]>();
  for (const request of requests) folders.set(request.folder, [...(folders.get(request.folder) ?? []), itemOf(request)]);
  const collection = {
    info: {
      name: 'Florin',
      description:
        'Generated from docs/api/florin.json by npm run docs. Send "Sign up" first: its tokens are used by the others.',
      schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
    },
    auth: { type: 'bearer', bearer: [{ key: 'token', value: '{{accessToken}}', type: 'string' }] },
    variable: Object.entries(variables()).map(([key, value]) => ({ key, value })),
    item: [...folders].map(([name, item]) => ({ name, item })),
  };
  return `${JSON.stringify(collection, null, 2)}\n`;
}

/** The variables of both collections, with the addresses of `npm start`. */
export function variables(): Record<string, string> {
  const addresses = Object.fromEntries(services.map(({ name, port }) => [name, `http://localhost:${port}`]));
  return { ...addresses, email: '', password: 'correct horse battery', accessToken: '', refreshToken: '' };
}

function itemOf(request: SampleRequest): object {
  const { name, method, headers, body, isPublic } = request;
  const all = { ...headers, ...(body && { 'Content-Type': body.contentType }) };
  return {
    name,
    request: {
      method: method.toUpperCase(),
      ...(isPublic && { auth: { type: 'noauth' } }),
      header: Object.entries(all).map(([key, value]) => ({ key, value })),
      url: urlOf(request),
      ...(body && { body: { mode: 'raw', raw: body.text } }),
    },
    event: eventsOf(request),
  };
}

function urlOf({ service, path, pathValues }: SampleRequest): object {
  const [pathname = '', query] = path.replaceAll(/\{(\w+)\}/g, ':$1').split('?');
  return {
    raw: `{{${service}}}${pathname}${query === undefined ? '' : `?${query}`}`,
    host: [`{{${service}}}`],
    path: pathname.slice(1).split('/'),
    ...(query !== undefined && { query: [...new URLSearchParams(query)].map(([key, value]) => ({ key, value })) }),
    variable: Object.entries(pathValues).map(([key, value]) => ({ key, value })),
  };
}

function eventsOf(request: SampleRequest): object[] {
  const event = (listen: string, exec: string[]) => ({ listen, script: { type: 'text/javascript', exec } });
  const keep = ['accessToken', 'refreshToken'].map(
    (name) => `pm.collectionVariables.set('${name}', pm.response.json().data.${name});`,
  );
  return [
    ...(operationOf(request) === SIGN_UP
      ? [event('prerequest', ["pm.collectionVariables.set('email', 'postman-' + Date.now() + '@florin.example');"])]
      : []),
    event('test', [
      `pm.test('answers as documented', () => pm.expect(pm.response.code).to.be.oneOf(${JSON.stringify(request.statuses)}));`,
      ...(SIGN_INS.includes(operationOf(request)) ? ['if (pm.response.code < 300) {', ...keep, '}'] : []),
    ]),
  ];
}
