import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { eventually } from '@florin/testing';
import { expect } from 'chai';

type Run = { child: ChildProcess; output(): string; started(): Promise<void>; exitCode(): Promise<number | null> };

describe('runProcess', () => {
  const children: ChildProcess[] = [];
  const run = (behaviour: string): Run => {
    const child = spawn(
      process.execPath,
      [...process.execArgv, fileURLToPath(new URL('./run-process-child.ts', import.meta.url))],
      {
        env: { ...process.env, BEHAVIOUR: behaviour },
        stdio: ['pipe', 'pipe', 'inherit'],
      },
    );
    children.push(child);
    let output = '';
    child.stdout?.on('data', (data: Buffer) => {
      output += data.toString();
    });
    const closed = once(child, 'close') as Promise<[number | null]>;
    return {
      child,
      output: () => output,
      started: async () => {
        await eventually(() => expect(output).to.include('"started"'));
      },
      exitCode: async () => (await closed)[0],
    };
  };
  after(() => {
    for (const child of children) child.kill('SIGKILL');
  });

  const stopped = (reason: string) =>
    new RegExp(`"started".*\\n.*"reason":"${reason}".*\\n.*"stop: http".*\\n.*"stop: database".*\\n.*"stopped"`);

  it('stops in order at SIGTERM and SIGINT, with exit code 0', async () => {
    for (const [signal, { child, output, started, exitCode }] of [['SIGTERM', run('')] as const, ['SIGINT', run('')] as const]) {
      await started();
      child.kill(signal);
      expect(await exitCode()).to.equal(0);
      expect(output()).to.match(stopped(signal));
    }
  });

  it('logs the warnings about its settings, once', async () => {
    const { child, output, started, exitCode } = run('is warned');
    await started();
    child.kill('SIGTERM');
    expect(await exitCode()).to.equal(0);
    expect(output().match(/"level":"warn".*"an old name"/g)).to.have.length(1);
  });

  it('stops once, however many signals it gets', async () => {
    const { child, output, started, exitCode } = run('');
    await started();
    child.kill('SIGTERM');
    await eventually(() => expect(output()).to.include('"stop: http"'));
    child.kill('SIGTERM');
    child.kill('SIGINT');
    expect(await exitCode()).to.equal(0);
    expect(output().match(/stop: http/g)).to.have.length(1);
  });

  it('stops in order after an uncaught error, logs it and exits with an error', async () => {
    const faults = { 'cannot start': 'no database', 'throws later': 'nobody caught this', 'rejects later': 'nobody caught this' };
    const runs = Object.entries(faults).map(([behaviour, reason]) => ({ behaviour, reason, ...run(behaviour) }));
    for (const { behaviour, reason, output, exitCode } of runs) {
      expect(await exitCode(), behaviour).to.equal(1);
      expect(output(), behaviour).to.match(
        new RegExp(`"error":"${reason}".*\\n(.*\\n)*.*"stop: http".*\\n.*"stop: database".*\\n`),
      );
    }
  });

  it('exits with an error within the timeout when stopping hangs or fails', async () => {
    const faults = {
      'hangs while stopping': 'did not stop in time',
      'hangs with nothing to do': 'did not stop in time',
      'throws while stopping': 'cannot stop',
      'rejects while stopping': 'nobody caught this',
    };
    const runs = Object.entries(faults).map(([behaviour, reason]) => ({ behaviour, reason, ...run(behaviour) }));
    for (const { behaviour, reason, child, output, started, exitCode } of runs) {
      await started();
      child.kill('SIGTERM');
      expect(await exitCode(), behaviour).to.equal(1);
      expect(output(), behaviour).to.include(reason);
    }
  });
});
