import { expect } from 'chai';
import fc from 'fast-check';
import { idBytes, idText, isId, newId } from '../src/index.ts';

describe('ids', () => {
  it('are the same after conversion to 16 bytes and back', () => {
    fc.assert(fc.property(fc.uuid(), (id) => idText(idBytes(id)) === id && idBytes(id).length === 16));
  });

  it('are unique, and sort by creation time', () => {
    const ids = Array.from({ length: 1_000 }, newId);
    expect(new Set(ids).size).to.equal(1_000);
    expect([...ids].sort()).to.deep.equal(ids);
    expect(ids.map(idBytes).sort(Buffer.compare).map(idText)).to.deep.equal(ids);
    expect(ids.every(isId)).to.equal(true);
  });

  it('have the same bytes in upper and lower case', () => {
    const id = newId();
    expect(idBytes(id.toUpperCase())).to.deep.equal(idBytes(id));
  });

  const id = '01a1fc5e-e3b2-7681-9bf5-30b498b3816b';
  for (const text of [
    '',
    'alice',
    id.slice(1),
    `${id}0`,
    `{${id}}`,
    id.replaceAll('-', ''),
    ` ${id}`,
    `${id}\n`,
    id.replace('-7', '-9'),
  ]) {
    it(`are not ${JSON.stringify(text)}`, () => {
      expect(isId(text)).to.equal(false);
    });
  }
});
