import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { readRecords } from '../src/product-import/read-records.ts';
import { createReadingPace } from '../src/product-import/reading-pace.ts';
import { cellText } from '../src/product-import/scan-record.ts';

type Shown = string[] | string;

/** Reads the records of a file in chunks of `chunkLength`: the cells or the fault of each. */
async function recordsOf(file: string | Buffer, { delimiter = ',', chunkLength = 65_536 } = {}): Promise<Shown[]> {
  const bytes = Buffer.from(file);
  const records: Shown[] = [];
  const options = { delimiter: delimiter.charCodeAt(0), turns: createReadingPace().open() };
  for await (const record of readRecords(inChunks(bytes, chunkLength), options)) {
    records.push(record.fault ?? record.cells.map((cell) => cellText(record.bytes, cell)));
  }
  return records;
}

async function* inChunks(bytes: Buffer, length: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}

describe('readRecords', () => {
  for (const chunkLength of [1, 2, 3, 7, 65_536]) {
    describe(`in chunks of ${chunkLength} bytes`, () => {
      const cases: [string, string, Shown[]][] = [
        ['nothing', '', []],
        [
          'LF',
          'a,b\nc,d\n',
          [
            ['a', 'b'],
            ['c', 'd'],
          ],
        ],
        [
          'CR LF',
          'a,b\r\nc,d\r\n',
          [
            ['a', 'b'],
            ['c', 'd'],
          ],
        ],
        [
          'CR',
          'a,b\rc,d\r',
          [
            ['a', 'b'],
            ['c', 'd'],
          ],
        ],
        ['line ends mixed', 'a\nb\r\nc\rd\r\n"e"\r"f"\n"g"', [['a'], ['b'], ['c'], ['d'], ['e'], ['f'], ['g']]],
        [
          'a last line without an end',
          'a,b\r\nc,"d"',
          [
            ['a', 'b'],
            ['c', 'd'],
          ],
        ],
        [
          'an empty last cell',
          'a,b\r\nc,',
          [
            ['a', 'b'],
            ['c', ''],
          ],
        ],
        ['line ends inside quotes', '"a\r\nb","c\rd","e\nf"\r\n', [['a\r\nb', 'c\rd', 'e\nf']]],
        ['quotes inside quotes', '"a ""b"", c","""",""\n', [['a "b", c', '"', '']]],
        ['quotes inside bare cells', 'a "b",5"\n', [['a "b"', '5"']]],
        ['blanks after a closing quote', '"a" ,"b"  \n', [['a', 'b']]],
        ['a byte order mark between two files', 'a\n\uFEFF"b"\n', [['a'], ['b']]],
        ['text after a closing quote', 'a\n"b"c,d\ne,f\n', [['a'], 'QUOTE_INSIDE', ['e', 'f']]],
        ['a quote that is not closed', 'a,b\nc,"d\ne,f\ng,h', [['a', 'b'], 'QUOTE_OPEN', ['e', 'f'], ['g', 'h']]],
        ['an open quote that the next row closes', 'a,"b\n"c","d"\n', ['QUOTE_INSIDE', ['c', 'd']]],
        ['an open quote in the last row', 'a,b\r\nc,"d\r\n', [['a', 'b'], 'QUOTE_OPEN']],
      ];
      for (const [what, file, records] of cases) {
        it(`${what}`, async () => expect(await recordsOf(file, { chunkLength })).to.deep.equal(records));
      }
    });
  }

  const long = 'x'.repeat(130_000);
  for (const [what, file, records] of [
    ['a row', `a,b\n${long},c\nd,e\n`, [['a', 'b'], 'TOO_LONG', ['d', 'e']]],
    ['a row in quotes', `a,b\n"${long}",c\nd,e\n`, [['a', 'b'], 'TOO_LONG', ['d', 'e']]],
    ['a row of many lines', `a,b\n"${'x\ny,z\n'.repeat(30_000)}",c\nd,e\n`, [['a', 'b'], 'TOO_LONG', ['d', 'e']]],
    ['the last row', `a,b\n${long}`, [['a', 'b'], 'TOO_LONG']],
    ['a row of many chunks', `a,b\r\n${long.repeat(20)}\r\nd,e`, [['a', 'b'], 'TOO_LONG', ['d', 'e']]],
    ['a cell in quotes of many chunks', `a,b\r\n"${long.repeat(20)}"\r\nd,e`, [['a', 'b'], 'QUOTE_OPEN', ['d', 'e']]],
    ['a row of many cells', `a,b\n${','.repeat(20_000)}\nd,e`, [['a', 'b'], 'TOO_WIDE', ['d', 'e']]],
  ] as const) {
    for (const chunkLength of [1_000, 65_536, 10_000_000]) {
      it(`skips ${what} that is too long and continues, in chunks of ${chunkLength}`, async () => {
        expect(await recordsOf(file, { chunkLength })).to.deep.equal(records);
      });
    }
  }

  it('finds every row after a quote that is open for a megabyte', async () => {
    const rows = Array.from({ length: 50_000 }, (_, index) => [`row-${index}`, 'some more text of it']);
    const file = `a,"b\n${rows.map((row) => row.join()).join('\r\n')}`;
    expect(await recordsOf(file)).to.deep.equal(['QUOTE_OPEN', ...rows]);
  });

  it('yields to the event loop while it reads many records', async () => {
    let turns = 0;
    const watch = setInterval(() => turns++, 1);
    await recordsOf(Buffer.from(',\n'.repeat(1_000_000)), { chunkLength: 10_000_000 });
    clearInterval(watch);
    expect(turns).to.be.above(100);
  });

  it('finds the same records as csv-parse, for any cells and chunks', async () => {
    const cell = fc.string({ unit: fc.constantFrom(...Array.from('a,;"\r\n é漢🍵')), maxLength: 8 });
    const table = fc.array(fc.tuple(fc.array(cell, { minLength: 2, maxLength: 4 }), fc.constantFrom('\n', '\r', '\r\n')), {
      maxLength: 6,
    });
    await fc.assert(
      fc.asyncProperty(table, fc.integer({ min: 1, max: 20 }), async (rows, chunkLength) => {
        const written = rows.map(([cells, end]) => cells.map((text) => `"${text.replaceAll('"', '""')}"`).join() + end).join('');
        const others = parse(written, { record_delimiter: ['\r\n', '\n', '\r'], relax_column_count: true }) as string[][];
        expect(others).to.deep.equal(rows.map(([cells]) => cells));
        expect(await recordsOf(written, { chunkLength })).to.deep.equal(others);
      }),
    );
  });
});
