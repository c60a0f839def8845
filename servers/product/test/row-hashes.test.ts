import { expect } from 'chai';
import { readRows } from '../src/product-import/read-rows.ts';
import { createReadingPace } from '../src/product-import/reading-pace.ts';

type Read = { hash: string; price: string | undefined };

describe('the row hashes of a file of another shop', () => {
  const options = {
    ...({ format: 'csv', blank: 'keep', ids: 'match', seed: Buffer.alloc(32), weightUnit: 'kg' } as const),
    ...{ maxRows: 100, maxBadRows: 100, rowsDone: async () => 0 },
  };

  async function* asBody(text: string): AsyncGenerator<Buffer> {
    yield Buffer.from(text);
  }

  async function read(text: string, { day = '2026-06-15', ratePercent = 19 } = {}): Promise<Read[]> {
    const tax = { ratePercent, decimals: 2 };
    const rows = readRows(asBody(text), { ...options, tax, now: new Date(day), turns: createReadingPace().open() });
    const found: Read[] = [];
    for await (const { hash, row } of rows) found.push({ hash: hash.toString('hex'), price: row?.price });
    return found;
  }
  const hashes = (rows: readonly Read[]): string[] => rows.map(({ hash }) => hash);

  const belt = (price: string): string =>
    `Type,SKU,Name,Regular price,Sale price,Date sale price ends\nsimple,B,Belt,65,${price},2026-06-20\n`;

  it('stay the same when a sale ends', async () => {
    const [during, after] = [await read(belt('55')), await read(belt('55'), { day: '2026-07-15' })];
    expect([during[0]?.price, after[0]?.price]).to.deep.equal(['55', '65']);
    expect(hashes(after)).to.deep.equal(hashes(during));
  });

  it('stay the same with another tax rate', async () => {
    const file = 'Product ID,Name,Price tax excluded\n1,Radio,100\n';
    const [before, after] = [await read(file), await read(file, { ratePercent: 20 })];
    expect([before[0]?.price, after[0]?.price]).to.deep.equal(['119', '120']);
    expect(hashes(after)).to.deep.equal(hashes(before));
  });

  it('differ if the file has another price, or names its columns in another order', async () => {
    const [file, other] = [await read(belt('55')), await read(belt('54'))];
    expect(hashes(other)).not.to.deep.equal(hashes(file));
    const swapped = await read(belt('55').replace('Regular price,Sale price', 'Sale price,Regular price'));
    expect(hashes(swapped)).not.to.deep.equal(hashes(file));
  });

  it('do not depend on empty rows and line ends', async () => {
    const file = belt('55');
    expect(hashes(await read(`${file.replaceAll('\n', '\r\n')},,,,,\r\n`))).to.deep.equal(hashes(await read(file)));
  });
});
