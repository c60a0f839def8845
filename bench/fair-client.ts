import { Agent, request as send } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type AttackName, type AttackRequest, type AttackTarget, requestsOf } from './fair-attacks.ts';

/** The hostile client: a process that runs one attack and sends the number of its answers to its parent. */

export type AttackSpec = { attack: AttackName; url: string; seconds: number; target: AttackTarget };
/** Number of answers by status; `none` without one. */
export type AttackResult = Record<string, number>;

const CONNECTIONS = 8;
/** Requests per second of all connections. More would measure the processor time of this client, which shares the machine. */
const RATE_PER_S = 100;
const SLOW_CONNECTIONS = 200;
const SLOW_BYTE_EVERY_MS = 1_000;
/** Of its own, so that limits for an address do not count the honest load. Linux has all of 127.0.0.0/8. */
const LOCAL_ADDRESS = '127.0.0.2';
const FORWARDED_FOR = '203.0.113.66';
const TIMEOUT_MS = 10_000;

process.on('message', (spec: AttackSpec) => {
  const run = spec.attack === 'slow connections' ? hold(spec) : flood(spec, spec.attack);
  void run.then((result) => process.send?.(result));
});

async function flood(
  { url, seconds, target }: AttackSpec,
  attack: Exclude<AttackName, 'slow connections'>,
): Promise<AttackResult> {
  const next = requestsOf(attack, target);
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const endsAt = Date.now() + seconds * 1_000;
  const answers: AttackResult = {};
  const work = async (): Promise<void> => {
    while (Date.now() < endsAt) {
      const pause = sleep((1_000 * CONNECTIONS) / RATE_PER_S);
      count(answers, await statusOf(url, agent, next()));
      await pause;
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, work));
  agent.destroy();
  return answers;
}

function statusOf(url: string, agent: Agent, { method, path, headers, body }: AttackRequest): Promise<string> {
  return new Promise((resolve) => {
    const options = { agent, method, localAddress: LOCAL_ADDRESS, timeout: TIMEOUT_MS };
    const own = {
      'x-forwarded-for': FORWARDED_FOR,
      ...(body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }),
    };
    const request = send(url + path, { ...options, headers: { ...headers, ...own } }, (response) => {
      response.resume();
      response.once('close', () => resolve(String(response.statusCode)));
    });
    request.once('timeout', () => request.destroy());
    request.once('error', () => resolve('none'));
    request.end(body);
  });
}

/** Opens connections that send one byte of a body each second, and opens another one for each that is closed. */
async function hold({ url, seconds, target }: AttackSpec): Promise<AttackResult> {
  const { hostname, port } = new URL(url);
  const endsAt = Date.now() + seconds * 1_000;
  const answers: AttackResult = {};
  const head = [
    'POST /v1/purchases HTTP/1.1',
    `Host: ${hostname}`,
    `X-Forwarded-For: ${FORWARDED_FOR}`,
    `Authorization: Bearer ${target.token}`,
    'Content-Type: application/json',
    'Content-Length: 10000',
  ].join('\r\n');
  const work = async (): Promise<void> => {
    while (Date.now() < endsAt) {
      let status = 'none';
      const socket = connect({ host: hostname, port: Number(port), localAddress: LOCAL_ADDRESS });
      socket.on('error', () => {});
      socket.on('data', (bytes: Buffer) => {
        status = /^HTTP\/1\.1 (\d+)/.exec(bytes.toString('latin1'))?.[1] ?? status;
      });
      socket.write(`${head}\r\n\r\n`);
      while (!socket.destroyed && Date.now() < endsAt) {
        await sleep(SLOW_BYTE_EVERY_MS);
        if (socket.writable) socket.write(' ');
      }
      socket.destroy();
      count(answers, status);
    }
  };
  await Promise.all(Array.from({ length: SLOW_CONNECTIONS }, work));
  return answers;
}

function count(answers: AttackResult, status: string): void {
  answers[status] = (answers[status] ?? 0) + 1;
}
