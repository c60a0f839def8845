import { AppError } from '@florin/app-response';
import { expect } from 'chai';
import type { Request } from 'express';
import { ifMatchOf, requireMatch } from '../src/index.ts';

const requestWith = (header: string | undefined): Request => ({ get: () => header }) as unknown as Request;

/** The result for a change of version 2. */
function outcomeOf(header: string | undefined): string {
  try {
    requireMatch(ifMatchOf(requestWith(header)), { version: 2 });
    return 'changed';
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return `${error.status} ${error.code}`;
  }
}

const outcomes: Record<string, (string | undefined)[]> = {
  changed: [
    '"2"',
    'W/"2"',
    '*',
    '"1", "2"',
    'W/"1",W/"2"',
    '"2","3"',
    ' "1" ,\t"2" ',
    ',"2"',
    '"2",',
    ', , "1", , "2",,',
    '"other", "2"',
    '"a,b", "2"',
    '"2", "2"',
  ],
  '412 PRECONDITION_FAILED': ['"1"', 'W/"3"', '"1", "3"', '"02"', '"\xe9"', '""', '"W/"', '"*"', '"2-gzip"', '"99999999999"'],
  '400 IF_MATCH_MALFORMED': [
    '',
    ' ',
    ',',
    ', ,',
    '2',
    'w/"2"',
    'W/ "2"',
    'W/2',
    'W/"2',
    '"2',
    '2"',
    "'2'",
    '"1" "2"',
    '"1"; "2"',
    '*, "2"',
    '"2", *',
    '**',
    'W/*',
    '"2"x',
    '"a"b"',
    '"2\t"',
    '"2 "',
    '"a b"',
  ],
  '428 PRECONDITION_REQUIRED': [undefined],
};

describe('If-Match', () => {
  for (const [outcome, headers] of Object.entries(outcomes))
    for (const header of headers) {
      it(`${JSON.stringify(header) ?? 'nothing'}: ${outcome}`, () => {
        expect(outcomeOf(header)).to.equal(outcome);
      });
    }

  it('is parsed in time linear in its length', () => {
    /** Processor time in milliseconds, which other processes do not extend. */
    const timeOf = (header: string): number => {
      const before = process.cpuUsage();
      outcomeOf(header);
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1000;
    };
    for (const end of ['', 'x', '"'])
      for (const part of [' ', '\t', ',', '"', '"2" ', 'W/', '"2",', ' ,']) {
        expect(timeOf(`"1",${part.repeat(16_000)}${end}`), JSON.stringify([part, end])).to.be.below(200);
      }
  });
});
