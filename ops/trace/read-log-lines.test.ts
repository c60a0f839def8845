import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { failureOf } from '@florin/testing';
import { expect } from 'chai';
import { serviceNames } from '../platform/service-names.ts';
import { composeLogArguments } from './compose-lines.ts';
import { readLogLines } from './read-log-lines.ts';

const period = { fromMs: Date.UTC(2027, 0, 2, 3, 4, 5), toMs: Date.UTC(2027, 0, 2, 4, 4, 5) };

describe('composeLogArguments', () => {
  it('asks for the lines of every service in the period, and for a bounded number', () => {
    expect(composeLogArguments(period).join(' ')).to.equal(
      `compose logs --no-color --no-log-prefix --tail 200000 --since 2027-01-02T03:04:05.000Z --until 2027-01-02T04:04:05.000Z ${serviceNames.join(' ')}`,
    );
  });
});

describe('The log lines of a purchase, from docker compose', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'florin-logs-'));
  });
  afterEach(() => rm(directory, { recursive: true }));

  /** Searches with a stub of docker that runs this script. */
  const search = async (script: string) => {
    const stub = join(directory, 'docker');
    await writeFile(stub, `#!/bin/sh\n${script}\n`);
    await chmod(stub, 0o755);
    const environment = { PATH: `${directory}:${process.env['PATH']}` };
    return readLogLines({ isDocker: true }, { ...period, texts: ['purchase-1', 'trace-1'], environment });
  };
  const line = (second: number, event: string): string =>
    JSON.stringify({ time: `2027-01-02T03:04:0${second}.000Z`, service: 'product', level: 'info', event });

  it('are those with one of the texts, oldest first', async () => {
    const lines = [
      `\u001b[2K${line(7, 'purchase-1 paid')}`,
      `payment-1  | ${line(4, 'purchase-1 heard')}`,
      line(6, 'purchase-2 paid'),
      line(5, 'trace-1'),
      'no JSON: purchase-1',
    ];
    const found = await search(`cat <<'EOF'\n${lines.join('\n')}\nEOF`);
    expect(found.map(({ event }) => event)).to.deep.equal([
      'no JSON: purchase-1',
      'purchase-1 heard',
      'trace-1',
      'purchase-1 paid',
    ]);
  });

  it('are at most 200, of a docker that would write more', async () => {
    expect(await search("while echo 'purchase-1'; do :; done")).to.have.length(200);
  });

  it('cannot be read if docker fails, or is missing', async () => {
    const failed = await failureOf(search("echo 'no configuration file provided: not found' >&2; exit 14"));
    expect(String(failed)).to.equal('Error: docker compose logs ended with 14: no configuration file provided: not found');
    const environment = { PATH: directory };
    await rm(join(directory, 'docker'));
    const missing = readLogLines({ isDocker: true }, { ...period, texts: ['purchase-1'], environment });
    expect(String(await failureOf(missing))).to.match(/spawn docker ENOENT/);
  });
});
