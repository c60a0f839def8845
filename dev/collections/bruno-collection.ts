import { variables } from './postman-collection.ts';
import { operationOf, type SampleRequest, SIGN_INS, SIGN_UP } from './sample-requests.ts';

/** Builds a collection of Bruno: one file for each request, in a folder for each tag. */
export function brunoCollection(requests: readonly SampleRequest[]): Record<string, string> {
  const { accessToken: _, refreshToken: __, email: ___, ...fixed } = variables();
  return {
    'bruno.json': `${JSON.stringify({ version: '1', name: 'Florin', type: 'collection' }, null, 2)}\n`,
    'collection.bru': [block('auth', ['mode: bearer']), block('auth:bearer', ['token: {{accessToken}}'])].join('\n'),
    'environments/local.bru': block(
      'vars',
      Object.entries(fixed).map(([name, value]) => `${name}: ${value}`),
    ),
    ...Object.fromEntries(requests.map((request, index) => [fileOf(request), fileText(request, index + 1)])),
  };
}

/** Bruno runs folders in the order of their names: the order of the requests is in `seq` of each file alone. */
function fileOf({ method, path }: SampleRequest): string {
  const [pathname = ''] = path.split('?');
  return `${method}${pathname.replaceAll(/[^\w.-]+/g, '-').replace(/-$/, '')}.bru`;
}

function fileText(request: SampleRequest, seq: number): string {
  const { name, folder, method, service, path, isPublic, pathValues, headers, body } = request;
  const isJson = body?.contentType === 'application/json';
  const kind = body === undefined ? 'none' : isJson ? 'json' : 'text';
  const url = `{{${service}}}${path.replaceAll(/\{(\w+)\}/g, ':$1')}`;
  const [, query] = path.split('?');
  const all = { ...headers, ...(body && !isJson && { 'Content-Type': body.contentType }) };
  return [
    block('meta', [
      `name: ${name.replaceAll(/[:"/\\]/g, ' ')}`,
      'type: http',
      `seq: ${seq}`,
      `tags: [`,
      `  ${tagOf(folder)}`,
      `]`,
    ]),
    block(method, [`url: ${url}`, `body: ${kind}`, `auth: ${isPublic ? 'none' : 'inherit'}`]),
    fields('params:query', Object.fromEntries(new URLSearchParams(query))),
    fields('params:path', pathValues),
    fields('headers', all),
    ...(body ? [block(`body:${kind}`, body.text.split('\n'))] : []),
    ...scriptsOf(request),
  ]
    .filter((text) => text !== '')
    .join('\n');
}

function scriptsOf(request: SampleRequest): string[] {
  const keep = ['accessToken', 'refreshToken'].map((name) => `  bru.setVar('${name}', res.body.data.${name});`);
  return [
    ...(operationOf(request) === SIGN_UP
      ? [block('script:pre-request', ["bru.setVar('email', 'bruno-' + Date.now() + '@florin.example');"])]
      : []),
    ...(SIGN_INS.includes(operationOf(request))
      ? [block('script:post-response', ['if (res.status < 300) {', ...keep, '}'])]
      : []),
    block('tests', [
      "test('answers as documented', function () {",
      `  expect(${JSON.stringify(request.statuses)}).to.include(res.status);`,
      '});',
    ]),
  ];
}

function tagOf(folder: string): string {
  return folder.toLowerCase().replaceAll(/\W+/g, '-');
}

function fields(name: string, values: Record<string, string>): string {
  const lines = Object.entries(values).map(([key, value]) => `${key}: ${value}`);
  return lines.length === 0 ? '' : block(name, lines);
}

function block(name: string, lines: readonly string[]): string {
  return `${name} {\n${lines.map((line) => `  ${line}\n`).join('')}}\n`;
}
