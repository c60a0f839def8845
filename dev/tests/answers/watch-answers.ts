// Loaded before all tests (.mocharc.json). Compares every answer of a service that runs in a test process, or in a process that a
// test starts from source, with the service's OpenAPI document. An answer that differs fails the running test (fail-tests.ts), and
// ends a process that runs no tests.
import { ServerResponse } from 'node:http';
import { createAnswerCheck, type FindAnswerFaults, type SentAnswer } from './find-answer-faults.ts';

/** Where a process that runs tests collects the faults. A symbol, since Mocha may load a module twice. */
const ANSWER_FAULTS = Symbol.for('florin.answer-faults');

/** A response of Express. `readDocument`: `createApp` keeps the document, as JSON, in this way. */
type AppResponse = ServerResponse & {
  app?: { locals: { title?: string; readDocument?(): string; successors?: Readonly<Record<string, string>> } };
  req: { method?: string; originalUrl?: string; route?: { path?: string } };
};

/** Paths for machines that watch the service, and pages. They are no part of the API. */
const BESIDE_THE_API = /^\/(health\/|metrics$|openapi\.json$|docs($|\/))/;

/** Titles of services. Tests of packages mount endpoints of their own. */
const SERVICE = /^Florin /;

const checks = new Map<string, FindAnswerFaults>();
const bodies = new WeakMap<ServerResponse, string[]>();
const { write, end } = ServerResponse.prototype;

ServerResponse.prototype.write = function (this: ServerResponse, ...args: Parameters<typeof write>) {
  keep(this, args[0]);
  return write.apply(this, args);
} as typeof write;

ServerResponse.prototype.end = function (this: ServerResponse, ...args: Parameters<typeof end>) {
  if (!this.writableEnded) {
    keep(this, args[0]);
    checkAnswer(this);
  }
  return end.apply(this, args);
} as typeof end;

function keep(response: ServerResponse, chunk: unknown): void {
  if (chunk === undefined || chunk === null || typeof chunk === 'function') return;
  const isJson = /json\b/.test(String(response.getHeader('content-type') ?? ''));
  const kept = bodies.get(response) ?? [];
  kept.push(isJson ? Buffer.from(chunk as string).toString() : '');
  bodies.set(response, kept);
}

function checkAnswer(response: ServerResponse): void {
  const { app, req: request } = response as AppResponse;
  const { title = '', readDocument } = app?.locals ?? {};
  const path = request.originalUrl?.split('?')[0] ?? '';
  if (readDocument === undefined || !SERVICE.test(title) || BESIDE_THE_API.test(path)) return;
  const { [ANSWER_FAULTS]: faultsOfTests } = globalThis as { [ANSWER_FAULTS]?: string[] };
  const faults = checkOf(readDocument())(answerOf(response as AppResponse));
  if (faults.length === 0) return;
  const text = `${request.method} ${path} answered ${response.statusCode}, and its OpenAPI document differs: ${faults.join('; ')}`;
  if (faultsOfTests !== undefined) faultsOfTests.push(text);
  // Outside of the request, whose error handler would answer with it.
  else setImmediate(() => endWith(text));
}

function endWith(text: string): never {
  throw new Error(text);
}

function checkOf(document: string): FindAnswerFaults {
  const known = checks.get(document) ?? createAnswerCheck(JSON.parse(document) as object);
  checks.set(document, known);
  return known;
}

function answerOf(response: AppResponse): SentAnswer {
  const { method = '', route: { path: route } = {} } = response.req;
  const successors = response.app?.locals.successors ?? {};
  const query = [...new URLSearchParams(response.req.originalUrl?.split('?')[1]).keys()];
  const successor = [`${route}`, ...query.map((name) => `${route}?${name}`)].map((one) => successors[one]).find(Boolean);
  const chunks = bodies.get(response) ?? [];
  const headers = response.getHeaders();
  const isJson = /\/(problem\+)?json\b/.test(String(headers['content-type'] ?? ''));
  return {
    method,
    route: successor ?? route,
    status: response.statusCode,
    headers,
    json: isJson && chunks.length > 0 ? chunks.join('') : undefined,
    isEmpty: chunks.length === 0,
  };
}
