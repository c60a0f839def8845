import { expect } from 'chai';
import type { ChaosRun } from './chaos-run.ts';
import { reportPage } from './report-page.ts';

const run: ChaosRun = {
  seed: 42,
  counters: {
    startedAt: 0,
    operations: { buy: 3 },
    answers: { '202': 3 },
    faults: [
      { atMs: 1_500, kind: 'kill', point: 'payment-1' },
      { atMs: 2_500, kind: 'crash', point: 'before-commit' },
    ],
    perSecond: [1, 0, 2],
    errors500: [],
  },
  copies: { copy: 1, reissue: 0 },
  checked: [{ what: 'purchases', count: 3 }],
  rounds: 1,
  findings: [],
  story: [],
  durationMs: 3_000,
  wallMs: 4_000,
};

describe('reportPage', () => {
  it('draws each fault in the lane of its kind, with the seed and the verdict', () => {
    const page = reportPage(run, 'npm run prove -- --seed 42');
    expect(page).to.include('Seed 42').and.include('0 violations');
    expect(page).to.include('kill (1)').and.include('1.5 s: kill, payment-1');
    expect(page).to.include('crash (1)').and.include('2.5 s: crash, before-commit');
    expect(page.match(/<rect/g)).to.have.length(2);
  });

  it('loads no other resource', () => {
    expect(reportPage(run, '')).to.not.match(/https?:|<script|<link/);
  });

  it('shows a violation, escaped, with the command that repeats the run', () => {
    const findings = [{ check: 'one key, one purchase', subject: '<b>p1</b>', detail: 'twice' }];
    const page = reportPage({ ...run, findings, story: ['purchase p1'] }, 'npm run prove -- --seed 42');
    expect(page).to.include('1 violations').and.include('Repeat with: npm run prove -- --seed 42');
    expect(page).to.include('&lt;b&gt;p1&lt;/b&gt;').and.not.include('<b>p1');
  });
});
