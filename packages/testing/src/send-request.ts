import { once } from 'node:events';
import { request as httpRequest, type IncomingHttpHeaders, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';

export type RawAnswer = { status: number | undefined; headers: IncomingHttpHeaders; text: string };

/** Sends exactly this request: `fetch` cannot send every method, and adds `Cache-Control: no-cache` to conditional requests. */
export async function sendRequest(url: string, method: string, headers: OutgoingHttpHeaders = {}): Promise<RawAnswer> {
  const request = httpRequest(url, { method, headers }).end();
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  const text = Buffer.concat(await response.toArray()).toString();
  return { status: response.statusCode, headers: response.headers, text };
}
