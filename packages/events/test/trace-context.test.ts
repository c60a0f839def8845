import { expect } from 'chai';
import { newTraceparent, readTraceparent } from '../src/index.ts';

const traceId = '0af7651916cd43dd8448eb211c80319c';
const parentId = 'b7ad6b7169203331';
const good = `00-${traceId}-${parentId}-01`;

const taken: Record<string, [header: string, read: string]> = {
  'version 00': [good, good],
  'version 00, not sampled': [`00-${traceId}-${parentId}-00`, `00-${traceId}-${parentId}-00`],
  'version 00 with the random flag': [`00-${traceId}-${parentId}-03`, `00-${traceId}-${parentId}-03`],
  'a higher version': [`01-${traceId}-${parentId}-01`, good],
  'the highest version': [`fe-${traceId}-${parentId}-00`, `00-${traceId}-${parentId}-00`],
  'a higher version with flags of its own': [`cc-${traceId}-${parentId}-fb`, good],
  'a higher version with more fields': [`cc-${traceId}-${parentId}-01-what-the-future-brings`, good],
  'a higher version that ends in a dash': [`cc-${traceId}-${parentId}-01-`, good],
  'zeros in part': [`00-${'0'.repeat(31)}1-${'0'.repeat(15)}1-01`, `00-${'0'.repeat(31)}1-${'0'.repeat(15)}1-01`],
};

const ignored: Record<string, unknown> = {
  nothing: undefined,
  'a number': 1,
  'an object': { traceparent: good },
  'empty text': '',
  'an all-zero trace id': `00-${'0'.repeat(32)}-${parentId}-01`,
  'an all-zero parent id': `00-${traceId}-${'0'.repeat(16)}-01`,
  'an all-zero trace id of a higher version': `01-${'0'.repeat(32)}-${parentId}-01`,
  'an all-zero parent id of a higher version': `01-${traceId}-${'0'.repeat(16)}-01`,
  'version ff': `ff-${traceId}-${parentId}-01`,
  'version 00 with more fields': `${good}-more`,
  'version 00 that ends in a dash': `${good}-`,
  'a higher version with trailing text without a dash': `cc-${traceId}-${parentId}-01.what`,
  'a higher version with longer flags': `cc-${traceId}-${parentId}-011`,
  'a trace id in capitals': `00-${traceId.toUpperCase()}-${parentId}-01`,
  'a parent id in capitals': `00-${traceId}-${parentId.toUpperCase()}-01`,
  'flags in capitals': `00-${traceId}-${parentId}-0A`,
  'a version in capitals': `CC-${traceId}-${parentId}-01`,
  'a trace id that is not hexadecimal': `00-${'g'.repeat(32)}-${parentId}-01`,
  'a short trace id': `00-${traceId.slice(1)}-${parentId}-01`,
  'a long trace id': `00-${traceId}a-${parentId}-01`,
  'a short parent id': `00-${traceId}-${parentId.slice(1)}-01`,
  'no flags': `00-${traceId}-${parentId}`,
  'short flags': `00-${traceId}-${parentId}-1`,
  'flags that are not hexadecimal': `00-${traceId}-${parentId}-0x`,
  'a short version': `0-${traceId}-${parentId}-01`,
  'spaces around it': ` ${good} `,
  'a trailing line break': `${good}\n`,
  'another separator': good.replaceAll('-', '_'),
  'two traceparents': `${good}, ${good}`,
  'two of a higher version': `cc${good.slice(2)}, cc${good.slice(2)}`,
};

describe('a traceparent', () => {
  for (const [name, [header, read]] of Object.entries(taken)) {
    it(`is accepted: ${name}`, () => {
      expect(readTraceparent(header)).to.equal(read);
    });
  }

  for (const [name, header] of Object.entries(ignored)) {
    it(`is ignored: ${name}`, () => {
      expect(readTraceparent(header)).to.equal(undefined);
    });
  }

  it('is valid when made, and differs each time', () => {
    const made = Array.from({ length: 1_000 }, newTraceparent);
    for (const one of made) expect(readTraceparent(one)).to.equal(one);
    for (const part of [1, 2]) expect(new Set(made.map((one) => one.split('-')[part]))).to.have.property('size', made.length);
    expect(made[0]).to.match(/-00$/);
  });
});
