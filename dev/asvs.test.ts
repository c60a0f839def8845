import { readFileSync } from 'node:fs';
import { expect } from 'chai';

const page = readFileSync(new URL('../docs/security/asvs.md', import.meta.url), 'utf8');
const states = ['met', 'deployment', 'waits', 'not met'];
/** Requirements of the levels 1 and 2 in ASVS 5.0.0, by chapter. */
const requirements = [27, 11, 19, 10, 9, 35, 18, 7, 7, 29, 14, 9, 13, 9, 13, 16, 7];

const applicable = [...page.matchAll(/^\| (\d+\.\d+\.\d+) \| [12] \| [^|]+ \| ([^|]+) \|/gm)].map(
  ([, number = '', state = '']) => ({
    number,
    state,
  }),
);
const notApplicable = [...page.matchAll(/^\| ((?:\d+\.\d+\.\d+(?:, )?)+) \| [^|]+ \|$/gm)].flatMap(([, numbers = '']) =>
  numbers.split(', '),
);

describe('docs/security/asvs.md', () => {
  it('lists each requirement once', () => {
    const numbers = [...applicable.map(({ number }) => number), ...notApplicable];
    expect(new Set(numbers).size).to.equal(numbers.length);
    const byChapter = requirements.map((_, index) => numbers.filter((number) => number.startsWith(`${index + 1}.`)).length);
    expect(byChapter).to.deep.equal(requirements);
  });

  it('counts the states in its summary', () => {
    const counted = Object.fromEntries(
      [...page.matchAll(/^\| ([a-z ]+) \| [^|]+ \| (\d+) \|$/gm)].map(([, state = '', count]) => [state, Number(count)]),
    );
    const count = (wanted: string): number => applicable.filter(({ state }) => state === wanted).length;
    const expected = Object.fromEntries(states.map((state) => [state, count(state)]));
    expect(counted).to.deep.equal({ ...expected, 'not applicable': notApplicable.length });
  });
});
