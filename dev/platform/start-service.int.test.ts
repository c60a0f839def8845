import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '@florin/testing';
import { expect } from 'chai';
import { isRunning } from '../infra/process-identity.ts';
import { findFreePorts } from './free-ports.ts';

const SERVICE = `
import { createServer } from 'node:http';
createServer((_request, response) => response.end()).listen(Number(process.env.PORT));
`;

describe('startService', () => {
  let directory: string;
  let launcher: ChildProcess | undefined;
  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'florin-service-'));
    await writeFile(join(directory, 'service.mjs'), SERVICE);
  });
  after(async () => {
    launcher?.kill('SIGKILL');
    await rm(directory, { recursive: true });
  });

  it('ends the service when its launcher is killed, if it is asked to', async () => {
    const [port] = await findFreePorts(1);
    const options = `{ directory: ${JSON.stringify(directory)}, port: ${port}, environment: { ...process.env, PORT: '${port}' },
      nodeArguments: [${JSON.stringify(join(directory, 'service.mjs'))}], signal: new AbortController().signal,
      endsWithLauncher: true, onUnexpectedExit() {} }`;
    const program = `
      const { startService } = await import(${JSON.stringify(new URL('./start-service.ts', import.meta.url).href)});
      await startService('auth', ${options});`;
    const args = [...process.execArgv, '--input-type=module', '--eval', program];
    launcher = spawn(process.execPath, args, { env: process.env, stdio: ['ignore', 'ignore', 'inherit'] });
    await eventually(async () => expect((await fetch(`http://127.0.0.1:${port}`)).status).to.equal(200));
    const service = await readFile(join(directory, 'auth.pid'), 'utf8');
    expect(isRunning(service)).to.equal(true);
    launcher.kill('SIGKILL');
    await once(launcher, 'exit');
    await eventually(() => expect(isRunning(service)).to.equal(false));
  });
});
