import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type StubS3 = { url: string; authorizations: string[]; stop(): Promise<void> };

const PAGE_KEYS = 2;

/** Stands for an S3 server: put, get, head, list in small pages, and delete, with the bucket in the path. */
export async function startStubS3(bucket: string): Promise<StubS3> {
  const objects = new Map<string, Buffer>();
  const authorizations: string[] = [];
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    authorizations.push(request.headers.authorization ?? '');
    const url = new URL(request.url ?? '', 'http://stub');
    const [, named, ...rest] = decodeURIComponent(url.pathname).split('/');
    const body = await readAll(request);
    if (named !== bucket) return answer(response, 404, error('NoSuchBucket'));
    const key = rest.join('/');
    if (request.method === 'PUT') {
      objects.set(key, body);
      return answer(response, 200, '');
    }
    if (request.method === 'POST') {
      for (const [, deleted = ''] of body.toString().matchAll(/<Key>([^<]+)<\/Key>/g)) objects.delete(deleted);
      return answer(response, 200, '<DeleteResult></DeleteResult>');
    }
    if (key === '') return answer(response, 200, list([...objects.keys()].sort(), url.searchParams));
    const found = objects.get(key);
    return answer(response, found === undefined ? 404 : 200, found ?? error('NoSuchKey'));
  };
  const server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    authorizations,
    stop: () => new Promise<void>((resolve) => server.close(() => resolve()).closeAllConnections()),
  };
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function answer(response: ServerResponse, status: number, body: string | Buffer): void {
  const type = typeof body === 'string' ? 'application/xml' : 'application/octet-stream';
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) }).end(body);
}

function error(code: string): string {
  return `<Error><Code>${code}</Code><Message>${code}</Message></Error>`;
}

function list(keys: readonly string[], query: URLSearchParams): string {
  const after = query.get('continuation-token') ?? '';
  const left = keys.filter((key) => key.startsWith(query.get('prefix') ?? '') && key > after);
  const page = left.slice(0, PAGE_KEYS);
  const token = left.length > page.length ? `<NextContinuationToken>${page.at(-1)}</NextContinuationToken>` : '';
  const contents = page.map(
    (key) => `<Contents><Key>${key}</Key><LastModified>2026-11-27T12:00:00.000Z</LastModified></Contents>`,
  );
  return `<ListBucketResult>${token}<IsTruncated>${token !== ''}</IsTruncated>${contents.join('')}</ListBucketResult>`;
}
