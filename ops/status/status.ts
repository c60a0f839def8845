import { sleep } from '@florin/runtime';
import { runCommandLine } from '../command-line.ts';
import { signInAsAdmin } from '../platform/call-service.ts';
import type { Part } from '../platform/part.ts';
import { serviceNames, settingOf } from '../platform/service-names.ts';
import { findProblems } from './find-problems.ts';
import { loadTopics } from './load-topics.ts';
import { readPlatform } from './read-platform.ts';
import { writeStatus } from './write-status.ts';

const help = `npm run status -- [--watch] [--json]

Says what is up, what waits, and what is wrong with what to do. Works while any part is down: each part has its own time limit.

  --watch   again every 5 seconds, until Ctrl-C
  --json    one JSON value; with --watch one for each reading

It asks the services at ${serviceNames.map((name) => settingOf(name, 'URL')).join(', ')} (default: their ports on this machine), the
databases and Kafka (default: those of npm start). Jobs and invariants take an admin: FLORIN_ADMIN_EMAIL with
FLORIN_ADMIN_PASSWORD (default: the admin of npm start).

Exit code 0: all is fine; 1: something is wrong, or a switch is on; 2: wrong usage.`;

const WATCH_EVERY_MS = 5_000;
const SIGN_IN_TIMEOUT_MS = 3_000;
const CLEAR_SCREEN = '\u001B[2J\u001B[H';

await runCommandLine({
  help,
  flags: { watch: { type: 'boolean', default: false } },
  async run({ values, isJson, answer, signal }) {
    const isWatching = values['watch'] === true;
    const topics = await loadTopics();
    const token = keepToken();
    let code = 0;
    do {
      const state = await readPlatform({ topics, token: token.get, environment: process.env });
      if (serviceNames.some((name) => isRejected(state.services[name].status))) token.forget();
      const problems = findProblems(state);
      const clear = isWatching && !isJson && process.stdout.isTTY ? CLEAR_SCREEN : '';
      answer({ ...state, ok: problems.length === 0, problems }, clear + writeStatus(state, problems));
      code = problems.length === 0 ? 0 : 1;
      if (isWatching) await sleep(WATCH_EVERY_MS, signal);
    } while (isWatching && !signal.aborted);
    return code;
  },
});

/** Whether the service answered that the token is not valid. A new one for a service that is down would open a session at each reading. */
function isRejected(part: Part<unknown>): boolean {
  return !part.isThere && part.fault.includes('(401 ');
}

/** Signs in once, and again after a service did not accept the token. A refused password is sent once: more would lock the account. */
function keepToken(): { get(): Promise<string>; forget(): void } {
  let known: string | undefined;
  let refusal: unknown;
  return {
    async get() {
      // Another admin's sign-ins must not be counted as failed because nobody configured one here.
      if (!isOfDevelopment() && !process.env['FLORIN_ADMIN_PASSWORD']) throw new Error('FLORIN_ADMIN_PASSWORD is not set');
      if (refusal !== undefined) throw refusal;
      known ??= await signInAsAdmin({ timeoutMs: SIGN_IN_TIMEOUT_MS }).catch((error: unknown) => {
        if ((error as { status?: number }).status === 401) refusal = error;
        throw error;
      });
      return known;
    },
    forget() {
      known = undefined;
    },
  };
}

function isOfDevelopment(): boolean {
  return process.env['NODE_ENV'] !== 'production';
}
