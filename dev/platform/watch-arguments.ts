import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const register = pathToFileURL(join(import.meta.dirname, '../register.mjs')).href;

/** Node's arguments that run a program from its sources, and restart it each time that a loaded file is saved. */
export function watchArguments(program: string, { inspectPort }: { inspectPort?: number | undefined } = {}): string[] {
  return [
    '--watch',
    '--watch-preserve-output',
    ...(inspectPort === undefined ? [] : [`--inspect=127.0.0.1:${inspectPort}`]),
    '--conditions=source',
    `--import=${register}`,
    '--enable-source-maps',
    program,
  ];
}
