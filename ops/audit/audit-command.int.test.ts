import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { type AuditedPlatform, startAuditedPlatform } from '../test/audited-platform.ts';
import { fillDatabases } from '../test/fill-databases.ts';
import type { AuditReport } from './audit-report.ts';

const PURCHASES = Number(process.env['FLORIN_AUDIT_TEST_PURCHASES'] ?? 50_000);
/** Several pages of rows. */
const FEW_PURCHASES = 5_000;
/** Bytes of live heap that may come with each further purchase. Its rows would take twice that. */
const BYTES_PER_PURCHASE = 130;

const florin = join(import.meta.dirname, '../../dev/florin.mjs');
const reportHeap = join(import.meta.dirname, '../test/report-heap.mjs');

type Run = { code: number; stdout: string; stderr: string };

describe('the audit command', function () {
  this.timeout(480_000);
  let platform: AuditedPlatform;
  let directory: string;
  let heapOfFew: number;

  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'florin-audit-'));
    platform = await startAuditedPlatform();
    await fillDatabases(platform.databaseUrls, { purchases: FEW_PURCHASES });
    heapOfFew = (await measureHeap('--json')).heap;
    await platform.stop();
    platform = await startAuditedPlatform();
    await fillDatabases(platform.databaseUrls, { purchases: PURCHASES });
  });
  after(async () => {
    await platform?.stop();
    await rm(directory, { recursive: true });
  });

  function audit(...args: string[]): Promise<Run> {
    return runAudit(args);
  }

  function runAudit(args: string[], node: string[] = []): Promise<Run> {
    const { auth, product, payment, media } = platform.databaseUrls;
    // Nothing else of the environment, whose NODE_OPTIONS could change the memory.
    const env = {
      PATH: process.env['PATH'],
      AUTH_DATABASE_URL: auth,
      PRODUCT_DATABASE_URL: product,
      PAYMENT_DATABASE_URL: payment,
      MEDIA_DATABASE_URL: media,
      REPORT_HEAP: join(directory, 'heap'),
    };
    const program = [...node, '--conditions=source', florin, 'audit', ...args];
    return new Promise((resolve) => {
      execFile(process.execPath, program, { env, maxBuffer: 1e8 }, (error, stdout, stderr) => {
        resolve({ code: typeof error?.code === 'number' ? error.code : error === null ? 0 : -1, stdout, stderr });
      });
    });
  }

  async function measureHeap(...args: string[]): Promise<Run & { heap: number }> {
    const run = await runAudit(args, ['--expose-gc', '--import', reportHeap]);
    return { ...run, heap: Number(await readFile(join(directory, 'heap'), 'utf8')) };
  }

  const expectBounded = (heap: number): void => {
    expect((heap - heapOfFew) / (PURCHASES - FEW_PURCHASES), 'bytes per purchase').to.be.below(BYTES_PER_PURCHASE);
  };

  it('checks many rows in bounded memory', async () => {
    const { code, stdout, stderr, heap } = await measureHeap('--json');
    if (process.env['FLORIN_AUDIT_TEST_PURCHASES']) process.stdout.write(stderr);
    expect(code, stderr).to.equal(0);
    const { ok, findings, summary } = JSON.parse(stdout) as AuditReport;
    expect({ ok, findings }).to.deep.equal({ ok: true, findings: [] });
    expect(summary).to.include(`, ${PURCHASES.toLocaleString('en-US')} purchases and 100 products across four services in `);
    expectBounded(heap);
    expect(stderr).to.match(/^product\+payment paid-purchases: [\d,]+ rows in [\d.]+ s, ok$/m);
  });

  it('prints a table and the findings, and exits with 1 after a violation', async () => {
    await platform.db.product('products').orderBy('id').limit(1).update({ stock: 7 });
    const { code, stdout } = await audit('--only', 'stock,buyer-limits', '--settle-ms', '0');
    expect(code).to.equal(1);
    expect(stdout).to.match(/^check +of +rows +found +time$/m);
    expect(stdout).to.match(/^stock +product +100 +1 +[\d.]+ s$/m);
    expect(stdout).to.match(/^buyer-limits +product\+payment +2,500 +ok +[\d.]+ s$/m);
    expect(stdout).to.match(/^Findings:\n {2}stock: [-0-9a-f]{36}\n {4}stock 7, \d+ movements sum to \d+, /m);
    expect(stdout.trim().split('\n').at(-1)).to.match(/^Checked 2,500 wallets and 100 products .+: VIOLATIONS: 1 of stock\.$/);
  });

  it('counts any number of differences in the same memory', async () => {
    await platform.db.product('purchases').update({ currency: 'USD' });
    const only = ['--only', 'paid-purchases,declined-purchases'];
    const { code, stdout, stderr, heap } = await measureHeap('--json', ...only, '--settle-ms', '0');
    expect(code, stderr).to.equal(1);
    expectBounded(heap);
    const { checks, findings } = JSON.parse(stdout) as AuditReport;
    expect(checks.map(({ name, findings: found }) => [name, found])).to.deep.equal([
      ['paid-purchases', PURCHASES * 0.9],
      ['declined-purchases', PURCHASES * 0.1],
    ]);
    expect(findings).to.have.length(100);
  });

  it('prints its help, and exits with 2 on wrong usage', async () => {
    expect(await audit('--help')).to.deep.include({ code: 0, stderr: '' });
    for (const [args, message] of [
      [['--only', 'magic'], 'Unknown check magic'],
      [['--settle-ms', 'soon'], '--settle-ms must be a number of milliseconds: "soon"'],
      [['--what'], "Unknown option '--what'"],
    ] as const) {
      const { code, stdout, stderr } = await audit(...args);
      expect({ code, stdout }).to.deep.equal({ code: 2, stdout: '' });
      expect(stderr).to.include(message);
    }
  });
});
