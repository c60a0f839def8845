import { expect } from 'chai';
import { printResult } from './print-result.ts';
import { reportPage } from './report-page.ts';
import { median, type Scenario, type ScenarioResult } from './scenario.ts';

const result: ScenarioResult = {
  tables: [
    {
      title: 'Purchases',
      columns: ['variant', 'decided/s'],
      rows: [
        ['florin', 4321.5],
        ['<naive>', 870],
      ],
    },
  ],
  targets: [{ what: 'florin to naive', wanted: '>= 4', measured: '4.97', isMet: true }],
  raw: {},
};

describe('printResult', () => {
  it('formats a table in columns, and the targets', () => {
    expect(printResult(result).split('\n')).to.deep.equal([
      '',
      'Purchases',
      '  variant  decided/s',
      '  florin       4,322',
      '  <naive>        870',
      '',
      'Targets',
      '  met      florin to naive: 4.97 (>= 4)',
    ]);
  });

  it('marks a target that is not met', () => {
    const [target] = result.targets;
    if (target === undefined) throw new Error('no target');
    expect(printResult({ ...result, tables: [], targets: [{ ...target, isMet: false }] })).to.include('not met  florin to naive');
  });
});

describe('reportPage', () => {
  it('plots each numeric column, with its text escaped', () => {
    const scenario = { name: 'purchase', summary: 'all of it' } as Scenario;
    const page = reportPage({ scenario, command: 'npm run bench -- purchase', conditions: '2 cores', result });
    expect(page.match(/<rect/g)).to.have.length(2);
    expect(page).to.include('&lt;naive>').and.not.include('<naive>');
  });
});

describe('median', () => {
  for (const [values, middle] of [
    [[3], 3],
    [[5, 1, 3], 3],
    [[4, 1, 3, 2], 2.5],
  ] as const) {
    it(`of ${values.join(', ')} is ${middle}`, () => {
      expect(median(values)).to.equal(middle);
    });
  }
});
