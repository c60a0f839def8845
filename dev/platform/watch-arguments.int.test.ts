import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually } from '@florin/testing';
import { expect } from 'chai';
import { findFreePorts } from './free-ports.ts';
import { watchArguments } from './watch-arguments.ts';

const root = join(import.meta.dirname, '../..');

describe('npm run dev', () => {
  let directory: string;
  let child: ChildProcess | undefined;
  let output = '';
  beforeEach(async () => {
    await mkdir(join(root, '.florin'), { recursive: true });
    directory = await mkdtemp(join(root, '.florin/watch-'));
    await write(
      'main.ts',
      "import { greeting } from './greeting.ts';\nconsole.log(greeting as string);\nsetInterval(() => {}, 1_000);",
    );
    await write('greeting.ts', "export const greeting: string = 'hello';");
    output = '';
  });
  afterEach(async () => {
    if (child !== undefined) {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    }
    await rm(directory, { recursive: true });
  });

  const write = (file: string, text: string): Promise<void> => writeFile(join(directory, file), text);
  const start = (options: { inspectPort?: number } = {}): void => {
    const args = watchArguments(join(directory, 'main.ts'), options);
    child = spawn(process.execPath, args, { env: process.env, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk) => {
        output += String(chunk);
      });
  };

  it('runs a service from its sources, and restarts it when a loaded file is saved', async () => {
    start();
    await eventually(() => expect(output).to.include('hello'));
    await write('greeting.ts', "export const greeting: string = 'good evening';");
    await eventually(() => expect(output).to.include('good evening'));
  });

  it('waits for the next save if a file does not load', async () => {
    start();
    await eventually(() => expect(output).to.include('hello'));
    await write('greeting.ts', 'export const greeting: string = ;');
    await eventually(() => expect(output).to.match(/error/i));
    await write('greeting.ts', "export const greeting: string = 'back';");
    await eventually(() => expect(output).to.match(/^back$/m));
  });

  it('listens for a debugger', async () => {
    const [inspectPort = 0] = await findFreePorts(1);
    start({ inspectPort });
    const targets = await eventually(async () => {
      const response = await fetch(`http://127.0.0.1:${inspectPort}/json/list`);
      return (await response.json()) as { url: string }[];
    });
    expect(targets[0]?.url).to.include('main.ts');
  });
});
