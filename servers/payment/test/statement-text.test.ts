import { escapeHtml } from '@florin/http';
import { expect } from 'chai';
import { csvCell } from '../src/statements/statement-csv.ts';
import { moneyIn } from '../src/statements/statement-html.ts';

describe('the text of a statement', () => {
  it('has no cell that a spreadsheet takes for a formula', () => {
    for (const text of ['=1+1', '+1', '-1', '@sum(a1)', '\tx', '\rx', '\nx']) expect(csvCell(text)).to.match(/^"?'/);
    expect(csvCell('=HYPERLINK("x","y")')).to.equal('"\'=HYPERLINK(""x"",""y"")"');
  });

  it('keeps numbers and plain text as they are', () => {
    expect([csvCell(-300), csvCell(0), csvCell('purchase'), csvCell('a,b'), csvCell('')]).to.deep.equal([
      '-300',
      '0',
      'purchase',
      '"a,b"',
      '',
    ]);
  });

  it('escapes markup', () => {
    expect(escapeHtml(`<b a="1" c='2'>&`)).to.equal('&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;');
  });

  it('formats amounts with the decimals of their currency', () => {
    const plain = (currency: string, minor: number | bigint) => moneyIn(currency)(minor).replaceAll('\u00a0', ' ');
    expect(plain('EUR', 0)).to.equal('EUR 0.00');
    expect(plain('EUR', 5)).to.equal('EUR 0.05');
    expect(plain('EUR', -123456)).to.equal('-EUR 1,234.56');
    expect(plain('EUR', Number.MAX_SAFE_INTEGER)).to.equal('EUR 90,071,992,547,409.91');
    expect(plain('JPY', 1234)).to.equal('JPY 1,234');
    expect(plain('KWD', -1)).to.equal('-KWD 0.001');
    expect(plain('HUF', 12345)).to.equal('HUF 123.45');
    expect(plain('IQD', -1234567)).to.equal('-IQD 1,234.567');
    expect(plain('EUR', -(2n ** 60n))).to.equal('-EUR 11,529,215,046,068,469.76');
  });
});
